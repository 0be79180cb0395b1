<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Some readings of an upload. */
final class PushStockBatch extends Message
{
    public function __construct(
        /** From 1, one more than the last. */
        public int $batchNumber = 0,
        /**
         * 1 to 1,000 readings; of two for one level the later row counts.
         *
         * @var list<StockReading>
         */
        public array $readings = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('batchNumber', 0, 'int64'),
            $in->many('readings', 'message', StockReading::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('batchNumber', $this->batchNumber, 0, 'int64');
        $out->many('readings', $this->readings, 'message');
    }
}
