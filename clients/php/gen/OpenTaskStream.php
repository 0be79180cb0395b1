<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Duration;
use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Begins a stream. */
final class OpenTaskStream extends Message
{
    public function __construct(
        /**
         * How many leases of this stream may be held at a time; 0: 10; at most 100, larger is lowered;
         * negative is refused. A lease is held until it is answered, or its time is over. One that is
         * answered beside the stream counts until its time is over.
         */
        public int $maxLeased = 0,
        /** How long they are held: 10 s to 600 s; absent: 60 s. */
        public ?Duration $leaseTime = null,
        /** How often to hear that nothing has happened: 1 to 60 s; absent: 10 s. */
        public ?Duration $heartbeatInterval = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('maxLeased', 0, 'int32'),
            $in->optional('leaseTime', 'duration'),
            $in->optional('heartbeatInterval', 'duration'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('maxLeased', $this->maxLeased, 0, 'int32');
        $out->optional('leaseTime', $this->leaseTime, 'duration');
        $out->optional('heartbeatInterval', $this->heartbeatInterval, 'duration');
    }
}
