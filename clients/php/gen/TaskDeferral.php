<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** One task for later. */
final class TaskDeferral extends Message
{
    public function __construct(
        /** The lease under which it was taken. */
        public string $lease = '',
        /** Why, for people, at most 1,000 bytes. */
        public string $message = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lease', '', 'string'),
            $in->one('message', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lease', $this->lease, '', 'string');
        $out->one('message', $this->message, '', 'string');
    }
}
