<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What became of a batch. They come in the order of the batches. */
final class PushStockAcknowledged extends Message
{
    public function __construct(
        /** Which. */
        public int $batchNumber = 0,
        /** The revision at or after which everyone sees it. */
        public int $revision = 0,
        /** How many rows ended how. */
        public ?PushCounts $counts = null,
        /**
         * The rows that were not APPLIED, in order.
         *
         * @var list<StockResult>
         */
        public array $results = [],
        /** Whether this repeats what was answered to the same batch before. */
        public bool $replayed = false,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('batchNumber', 0, 'int64'),
            $in->one('revision', 0, 'int64'),
            $in->optional('counts', 'message', PushCounts::class),
            $in->many('results', 'message', StockResult::class),
            $in->one('replayed', false, 'bool'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('batchNumber', $this->batchNumber, 0, 'int64');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->optional('counts', $this->counts, 'message');
        $out->many('results', $this->results, 'message');
        $out->one('replayed', $this->replayed, false, 'bool');
    }
}
