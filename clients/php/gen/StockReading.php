<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** One absolute reading. */
final class StockReading extends Message
{
    public function __construct(
        /** The article, 1 to 255 bytes. */
        public string $sku = '',
        /** The warehouse or store, at most 64 bytes; empty: `main`. */
        public string $location = '',
        /**
         * The figure: units that lie there, or, where `basis` is AVAILABLE, those less what is open of all
         * of the source's orders; may be negative.
         */
        public string $onHand = '',
        /** Raised when the source was restored or renumbered; not negative. */
        public int $sourceEpoch = 0,
        /**
         * Rises with each reading. A lower (epoch, sequence) than the last is STALE; the same is a
         * DUPLICATE, or refused with STATEMENT_SEQUENCE_REUSED if it says something else. 0: not
         * numbered, then readings count in the order of arrival; refused with
         * STATEMENT_SEQUENCE_REQUIRED once readings of the level were numbered. Not negative.
         */
        public int $statementSequence = 0,
        /**
         * The highest movement that it contains, in the source's own ledger numbers; 0: movements
         * recorded before it arrived are contained. Not negative.
         */
        public int $ledgerThrough = 0,
        /**
         * What the figure is; unspecified: ON_HAND.
         *
         * @var StockBasis|string A value that is newer than this client is its name.
         */
        public StockBasis|string $basis = StockBasis::DEFAULT,
        /**
         * Units that the source has promised to all its open orders, those that erpsync handed over among
         * them (SAP Committed, Business Central Qty. on Sales Order); not negative. Empty: nothing is said,
         * and nothing counts as committed elsewhere. Not together with AVAILABLE, which excludes it.
         */
        public string $committed = '',
        /**
         * Of which of erpsync's orders `committed` or AVAILABLE knows: the highest revision that erpsync had
         * answered the source (to an acknowledgement, or to anything) before the reading was made; 0: none.
         * An order counts if its acknowledgement has a revision at or below it. Must be given with either,
         * and be a revision that was.
         */
        public ?int $ordersCountedThrough = null,
        /**
         * Where several systems tell of goods: the revision up to which what the others told is in the
         * source's books. Absent: all that was recorded before the reading arrived is contained; give it
         * wherever a reading may be older than that. Not negative, and a revision that was.
         */
        public ?int $effectsThrough = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('sku', '', 'string'),
            $in->one('location', '', 'string'),
            $in->one('onHand', '', 'string'),
            $in->one('sourceEpoch', 0, 'int64'),
            $in->one('statementSequence', 0, 'int64'),
            $in->one('ledgerThrough', 0, 'int64'),
            $in->one('basis', StockBasis::DEFAULT, 'enum', StockBasis::class),
            $in->one('committed', '', 'string'),
            $in->optional('ordersCountedThrough', 'int64'),
            $in->optional('effectsThrough', 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('sku', $this->sku, '', 'string');
        $out->one('location', $this->location, '', 'string');
        $out->one('onHand', $this->onHand, '', 'string');
        $out->one('sourceEpoch', $this->sourceEpoch, 0, 'int64');
        $out->one('statementSequence', $this->statementSequence, 0, 'int64');
        $out->one('ledgerThrough', $this->ledgerThrough, 0, 'int64');
        $out->one('basis', $this->basis, StockBasis::DEFAULT, 'enum');
        $out->one('committed', $this->committed, '', 'string');
        $out->optional('ordersCountedThrough', $this->ordersCountedThrough, 'int64');
        $out->optional('effectsThrough', $this->effectsThrough, 'int64');
    }
}
