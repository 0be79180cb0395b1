<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of movements. */
final class ListStockMovementsResponse extends Message
{
    public function __construct(
        /**
         * Newest first.
         *
         * @var list<StockMovement>
         */
        public array $movements = [],
        /** For the next page; empty: this was the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('movements', 'message', StockMovement::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('movements', $this->movements, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
