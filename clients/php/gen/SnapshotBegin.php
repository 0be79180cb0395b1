<?php

// Generated from erpsync/v1/changes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A snapshot begins. What changes while it is read comes again as changes after it. */
final class SnapshotBegin extends Message
{
    public function __construct(
        /** Everything up to this revision is in the snapshot. */
        public int $asOfRevision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('asOfRevision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('asOfRevision', $this->asOfRevision, 0, 'int64');
    }
}
