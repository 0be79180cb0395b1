<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** How much of an article is kept back from a shop. */
final class StockBuffer extends Message
{
    public function __construct(
        /** The shop: the name of a system, 1 to 64 bytes. It need not be there yet. */
        public string $shop = '',
        /** The article, 1 to 255 bytes. */
        public string $sku = '',
        /** Where, at most 64 bytes; empty: at each location that has no buffer of its own. */
        public string $location = '',
        /**
         * Units that the shop must leave there: not negative. Empty: there is no such buffer (any more); at
         * a location then the one without location counts.
         */
        public string $units = '',
        /** Of the last change; 0 in requests. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('shop', '', 'string'),
            $in->one('sku', '', 'string'),
            $in->one('location', '', 'string'),
            $in->one('units', '', 'string'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('shop', $this->shop, '', 'string');
        $out->one('sku', $this->sku, '', 'string');
        $out->one('location', $this->location, '', 'string');
        $out->one('units', $this->units, '', 'string');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
