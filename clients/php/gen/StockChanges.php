<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Levels that have changed. */
final class StockChanges extends Message
{
    public function __construct(
        /** Where the reader was before: what lies between was not of its filter. */
        public int $previousRevision = 0,
        /** Where it is now. */
        public int $revision = 0,
        /**
         * Each as it is now, at least as new as the revision.
         *
         * @var list<StockLevel>
         */
        public array $levels = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('previousRevision', 0, 'int64'),
            $in->one('revision', 0, 'int64'),
            $in->many('levels', 'message', StockLevel::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('previousRevision', $this->previousRevision, 0, 'int64');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->many('levels', $this->levels, 'message');
    }
}
