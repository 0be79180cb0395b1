<?php

// Generated from erpsync/v1/changes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A snapshot is whole. */
final class SnapshotEnd extends Message
{
    public function __construct(
        /** How many entries it had. */
        public int $entryCount = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('entryCount', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('entryCount', $this->entryCount, 0, 'int64');
    }
}
