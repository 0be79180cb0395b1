<?php

// Generated from erpsync/v1/push.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** The upload is finished. */
final class PushFinished extends Message
{
    public function __construct(
        /** The last batch that was done; 0: there was none. */
        public int $lastBatchNumber = 0,
        /** What became of all items of the upload, each counted once however often it was sent. */
        public ?PushCounts $counts = null,
        /** The revision at or after which everyone sees all of it. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lastBatchNumber', 0, 'int64'),
            $in->optional('counts', 'message', PushCounts::class),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lastBatchNumber', $this->lastBatchNumber, 0, 'int64');
        $out->optional('counts', $this->counts, 'message');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
