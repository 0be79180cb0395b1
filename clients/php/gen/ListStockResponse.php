<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of levels. */
final class ListStockResponse extends Message
{
    public function __construct(
        /**
         * By sku, then location.
         *
         * @var list<StockLevel>
         */
        public array $levels = [],
        /** For the next page; empty: this was the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('levels', 'message', StockLevel::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('levels', $this->levels, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
