<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What left of one article. */
final class ShipmentLine extends Message
{
    public function __construct(
        /** The order's line; empty: goods beyond the order, which then need a `sku`. */
        public string $lineId = '',
        /** The article, 1 to 255 bytes; empty: the line's. Where both are given, they must agree. */
        public string $sku = '',
        /** Where it left from, at most 64 bytes; empty: where the line is served from, or `main`. */
        public string $location = '',
        /** Units, more than zero. */
        public string $quantity = '',
        /**
         * The number of the movement in the ERP's ledger: a statement that contains it does not count it
         * twice. 0: none. Not negative.
         */
        public int $ledgerNumber = 0,
        /**
         * True: nothing more of the order's line will leave; what is open of it then is cancelled. Only with
         * a `line_id`.
         */
        public bool $completesLine = false,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lineId', '', 'string'),
            $in->one('sku', '', 'string'),
            $in->one('location', '', 'string'),
            $in->one('quantity', '', 'string'),
            $in->one('ledgerNumber', 0, 'int64'),
            $in->one('completesLine', false, 'bool'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lineId', $this->lineId, '', 'string');
        $out->one('sku', $this->sku, '', 'string');
        $out->one('location', $this->location, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
        $out->one('ledgerNumber', $this->ledgerNumber, 0, 'int64');
        $out->one('completesLine', $this->completesLine, false, 'bool');
    }
}
