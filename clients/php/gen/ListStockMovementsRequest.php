<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks for movements of one level. */
final class ListStockMovementsRequest extends Message
{
    public function __construct(
        /** The article, 1 to 255 bytes. */
        public string $sku = '',
        /** The warehouse or store, at most 64 bytes; empty: `main`. */
        public string $location = '',
        /** Entries of a page; 0: 100; at most 1,000, larger is lowered; negative is refused. */
        public int $pageSize = 0,
        /** From the last page of the same request; empty: the first page. */
        public string $pageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('sku', '', 'string'),
            $in->one('location', '', 'string'),
            $in->one('pageSize', 0, 'int32'),
            $in->one('pageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('sku', $this->sku, '', 'string');
        $out->one('location', $this->location, '', 'string');
        $out->one('pageSize', $this->pageSize, 0, 'int32');
        $out->one('pageToken', $this->pageToken, '', 'string');
    }
}
