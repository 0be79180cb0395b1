<?php

// Generated from erpsync/v1/push.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** The upload is open. */
final class PushOpened extends Message
{
    public function __construct(
        /** The last batch that was done; 0: none. Go on with the next number. */
        public int $lastBatchNumber = 0,
        /** Whether it was finished before: then there is nothing more to say. */
        public bool $finished = false,
        /**
         * How many batches may be on their way without having been acknowledged; more are not read until
         * some were.
         */
        public int $unacknowledgedBatchesMax = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lastBatchNumber', 0, 'int64'),
            $in->one('finished', false, 'bool'),
            $in->one('unacknowledgedBatchesMax', 0, 'int32'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lastBatchNumber', $this->lastBatchNumber, 0, 'int64');
        $out->one('finished', $this->finished, false, 'bool');
        $out->one('unacknowledgedBatchesMax', $this->unacknowledgedBatchesMax, 0, 'int32');
    }
}
