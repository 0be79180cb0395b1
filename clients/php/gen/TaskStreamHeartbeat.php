<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** Nothing has happened. */
final class TaskStreamHeartbeat extends Message
{
    public function __construct(
        /** The server's clock. */
        public ?Timestamp $serverTime = null,
        /** How many leases of this stream it takes for held. */
        public int $leased = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('serverTime', 'timestamp'),
            $in->one('leased', 0, 'int32'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('serverTime', $this->serverTime, 'timestamp');
        $out->one('leased', $this->leased, 0, 'int32');
    }
}
