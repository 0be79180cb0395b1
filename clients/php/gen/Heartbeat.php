<?php

// Generated from erpsync/v1/changes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** Nothing has happened that the filter lets through. */
final class Heartbeat extends Message
{
    public function __construct(
        /** Everything up to this revision was delivered. */
        public int $revision = 0,
        /** The server's clock. */
        public ?Timestamp $serverTime = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('revision', 0, 'int64'),
            $in->optional('serverTime', 'timestamp'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('revision', $this->revision, 0, 'int64');
        $out->optional('serverTime', $this->serverTime, 'timestamp');
    }
}
