<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What a source said last of a level. */
final class StockStatement extends Message
{
    public function __construct(
        /** Raised when the source was restored or renumbered. */
        public int $sourceEpoch = 0,
        /** Rises with each reading; 0: the source does not number its readings. */
        public int $statementSequence = 0,
        /** The highest number of the source's ledger that the reading contains; 0: none given. */
        public int $ledgerThrough = 0,
        /**
         * What lay there when it was read: as said, or, where `basis` is AVAILABLE, that and what was open
         * of the orders that it counts.
         */
        public string $onHand = '',
        /**
         * What the figure was.
         *
         * @var StockBasis|string A value that is newer than this client is its name.
         */
        public StockBasis|string $basis = StockBasis::DEFAULT,
        /** The figure, where `basis` is AVAILABLE; else empty. */
        public string $available = '',
        /** What the source had promised to all its orders; empty where it said nothing of that. */
        public string $committed = '',
        /** As it was said; absent where it was not. */
        public ?int $ordersCountedThrough = null,
        /** As it was said; absent where it was not. */
        public ?int $effectsThrough = null,
        /** Who stated it; empty where that was not noted yet. */
        public string $system = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('sourceEpoch', 0, 'int64'),
            $in->one('statementSequence', 0, 'int64'),
            $in->one('ledgerThrough', 0, 'int64'),
            $in->one('onHand', '', 'string'),
            $in->one('basis', StockBasis::DEFAULT, 'enum', StockBasis::class),
            $in->one('available', '', 'string'),
            $in->one('committed', '', 'string'),
            $in->optional('ordersCountedThrough', 'int64'),
            $in->optional('effectsThrough', 'int64'),
            $in->one('system', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('sourceEpoch', $this->sourceEpoch, 0, 'int64');
        $out->one('statementSequence', $this->statementSequence, 0, 'int64');
        $out->one('ledgerThrough', $this->ledgerThrough, 0, 'int64');
        $out->one('onHand', $this->onHand, '', 'string');
        $out->one('basis', $this->basis, StockBasis::DEFAULT, 'enum');
        $out->one('available', $this->available, '', 'string');
        $out->one('committed', $this->committed, '', 'string');
        $out->optional('ordersCountedThrough', $this->ordersCountedThrough, 'int64');
        $out->optional('effectsThrough', $this->effectsThrough, 'int64');
        $out->one('system', $this->system, '', 'string');
    }
}
