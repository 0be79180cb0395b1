<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What lies at one place, and what of it is promised. */
final class StockLevel extends Message
{
    public function __construct(
        /** The article, 1 to 255 bytes, compared exactly. */
        public string $sku = '',
        /** The warehouse or store, 1 to 64 bytes. */
        public string $location = '',
        /** Units that lie there: the last statement and what moved since. May be negative. */
        public string $onHand = '',
        /** Units promised to open orders. */
        public string $reserved = '',
        /**
         * Units that may still be sold, to a shop that asks: by it;
         * `on_hand - reserved - committed_elsewhere`, never below zero.
         */
        public string $sellable = '',
        /** Units that orders wait for. */
        public string $backOrdered = '',
        /** Units promised that do not lie there: `max(0, reserved - on_hand)`. */
        public string $short = '',
        /**
         * The revision of the last change; to a shop: also of what is kept back from it, and of whether the
         * article is for sale.
         */
        public int $revision = 0,
        /**
         * The last statement; absent where there was none. A newer one that leaves all figures as they
         * are is no change: it gets no revision, and watches are not told.
         */
        public ?StockStatement $statement = null,
        /**
         * True where the level was removed: only `sku`, `location` and `revision` are set. It is an article of
         * its own again, of which nothing was said there.
         */
        public bool $removed = false,
        /** Units kept back from the shop that asks, of which `sellable` is less; empty for ERPs and tools. */
        public string $buffer = '',
        /**
         * Whether the article is for sale now, told to shops. Unless OPEN or CLOSED_OUT, nothing is sellable.
         *
         * @var Sale|string A value that is newer than this client is its name.
         */
        public Sale|string $sale = Sale::DEFAULT,
        /**
         * Units that the source of the last statement has promised to orders that erpsync does not know:
         * its `committed`, less what is open here of the orders that it counts; never negative. Units that
         * are taken off such an order stay in it until the next statement, because the last one may have
         * been read when the ERP had given them up already. 0 where the statement says nothing of orders.
         */
        public string $committedElsewhere = '',
        /**
         * What other systems told of that the leader's last statement does not contain: part of `on_hand`.
         *
         * @var list<StockEffect>
         */
        public array $pendingEffects = [],
        /**
         * True where the article is made of others: `on_hand` and `sellable` are the whole units that what lies
         * there, or may be sold, would make; of the difference, `buffer` is what is kept back of its parts, and
         * `reserved` the rest. `back_ordered`, `short`, `committed_elsewhere` and `pending_effects` are told of
         * its parts alone.
         */
        public bool $composed = false,
        /**
         * How many readings since the last statement were STALE, one after the other; 0: the last was not. That
         * one more was is no change of the level: it gets no revision, and watches are not told. From the fifth
         * on it is an incident (`MonitoringService`, STALE_STATEMENTS).
         */
        public int $staleReadings = 0,
        /** Whose readings these were; empty: there were none. */
        public string $staleSystem = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('sku', '', 'string'),
            $in->one('location', '', 'string'),
            $in->one('onHand', '', 'string'),
            $in->one('reserved', '', 'string'),
            $in->one('sellable', '', 'string'),
            $in->one('backOrdered', '', 'string'),
            $in->one('short', '', 'string'),
            $in->one('revision', 0, 'int64'),
            $in->optional('statement', 'message', StockStatement::class),
            $in->one('removed', false, 'bool'),
            $in->one('buffer', '', 'string'),
            $in->one('sale', Sale::DEFAULT, 'enum', Sale::class),
            $in->one('committedElsewhere', '', 'string'),
            $in->many('pendingEffects', 'message', StockEffect::class),
            $in->one('composed', false, 'bool'),
            $in->one('staleReadings', 0, 'int64'),
            $in->one('staleSystem', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('sku', $this->sku, '', 'string');
        $out->one('location', $this->location, '', 'string');
        $out->one('onHand', $this->onHand, '', 'string');
        $out->one('reserved', $this->reserved, '', 'string');
        $out->one('sellable', $this->sellable, '', 'string');
        $out->one('backOrdered', $this->backOrdered, '', 'string');
        $out->one('short', $this->short, '', 'string');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->optional('statement', $this->statement, 'message');
        $out->one('removed', $this->removed, false, 'bool');
        $out->one('buffer', $this->buffer, '', 'string');
        $out->one('sale', $this->sale, Sale::DEFAULT, 'enum');
        $out->one('committedElsewhere', $this->committedElsewhere, '', 'string');
        $out->many('pendingEffects', $this->pendingEffects, 'message');
        $out->one('composed', $this->composed, false, 'bool');
        $out->one('staleReadings', $this->staleReadings, 0, 'int64');
        $out->one('staleSystem', $this->staleSystem, '', 'string');
    }
}
