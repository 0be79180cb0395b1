<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** One relative change. */
final class StockAdjustment extends Message
{
    public function __construct(
        /** The article, 1 to 255 bytes. */
        public string $sku = '',
        /** The warehouse or store, at most 64 bytes; empty: `main`. */
        public string $location = '',
        /** Units that came (positive) or went (negative); not zero. */
        public string $quantity = '',
        /**
         * Its number in the source's ledger; 0: none. A movement whose number a statement already
         * contains changes nothing. Not negative.
         */
        public int $ledgerNumber = 0,
        /** Why, for people: at most 255 bytes. */
        public string $reason = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('sku', '', 'string'),
            $in->one('location', '', 'string'),
            $in->one('quantity', '', 'string'),
            $in->one('ledgerNumber', 0, 'int64'),
            $in->one('reason', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('sku', $this->sku, '', 'string');
        $out->one('location', $this->location, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
        $out->one('ledgerNumber', $this->ledgerNumber, 0, 'int64');
        $out->one('reason', $this->reason, '', 'string');
    }
}
