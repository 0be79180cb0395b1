<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** One task was taken over. */
final class TaskAcknowledgement extends Message
{
    public function __construct(
        /** The lease under which it was taken. */
        public string $lease = '',
        /**
         * The number of what the ERP made of it, 1 to 255 bytes; empty: a draft that has none yet, or
         * nothing that has one. The number may follow under the same lease. It names the order, the return
         * or the payment from then on.
         */
        public string $externalNumber = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lease', '', 'string'),
            $in->one('externalNumber', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lease', $this->lease, '', 'string');
        $out->one('externalNumber', $this->externalNumber, '', 'string');
    }
}
