<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Goods that came or went, as another system than the leader of the location told. */
final class StockEffect extends Message
{
    public function __construct(
        /** Who told of it. */
        public string $system = '',
        /** Units that came (positive) or went (negative). */
        public string $quantity = '',
        /** Its number in that system's ledger; 0: none. */
        public int $ledgerNumber = 0,
        /** The revision that recorded it: for `effects_through`. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('system', '', 'string'),
            $in->one('quantity', '', 'string'),
            $in->one('ledgerNumber', 0, 'int64'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('system', $this->system, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
        $out->one('ledgerNumber', $this->ledgerNumber, 0, 'int64');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
