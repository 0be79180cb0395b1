<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Duration;
use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A stream is open. */
final class TaskStreamOpened extends Message
{
    public function __construct(
        /** How many leases may be held at a time. */
        public int $maxLeased = 0,
        /** How long they are held. */
        public ?Duration $leaseTime = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('maxLeased', 0, 'int32'),
            $in->optional('leaseTime', 'duration'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('maxLeased', $this->maxLeased, 0, 'int32');
        $out->optional('leaseTime', $this->leaseTime, 'duration');
    }
}
