<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** One task that the ERP will not take over as it is. */
final class TaskRefusal extends Message
{
    public function __construct(
        /** The lease under which it was taken. */
        public string $lease = '',
        /** The ERP's own code for the reason, at most 64 bytes; may be empty. */
        public string $code = '',
        /** Why, for people, 1 to 1,000 bytes. */
        public string $message = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lease', '', 'string'),
            $in->one('code', '', 'string'),
            $in->one('message', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lease', $this->lease, '', 'string');
        $out->one('code', $this->code, '', 'string');
        $out->one('message', $this->message, '', 'string');
    }
}
