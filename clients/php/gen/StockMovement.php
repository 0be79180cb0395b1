<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** One movement, as it was recorded. */
final class StockMovement extends Message
{
    public function __construct(
        /** The revision that recorded it. */
        public int $revision = 0,
        /** When, by the database's clock. */
        public ?Timestamp $time = null,
        /** Units that came (positive) or went (negative). */
        public string $quantity = '',
        /** Its number in the source's ledger; 0: none. */
        public int $ledgerNumber = 0,
        /** Why: `adjustment: …`, `shipment …`, `return …`. */
        public string $cause = '',
        /** Whether a statement contained it already, so that it changed nothing. */
        public bool $contained = false,
        /** Who told of it; empty where that was not noted yet. */
        public string $system = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('revision', 0, 'int64'),
            $in->optional('time', 'timestamp'),
            $in->one('quantity', '', 'string'),
            $in->one('ledgerNumber', 0, 'int64'),
            $in->one('cause', '', 'string'),
            $in->one('contained', false, 'bool'),
            $in->one('system', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('revision', $this->revision, 0, 'int64');
        $out->optional('time', $this->time, 'timestamp');
        $out->one('quantity', $this->quantity, '', 'string');
        $out->one('ledgerNumber', $this->ledgerNumber, 0, 'int64');
        $out->one('cause', $this->cause, '', 'string');
        $out->one('contained', $this->contained, false, 'bool');
        $out->one('system', $this->system, '', 'string');
    }
}
