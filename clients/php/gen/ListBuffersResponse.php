<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of buffers. */
final class ListBuffersResponse extends Message
{
    public function __construct(
        /**
         * By shop, sku and location; those that were removed with empty units.
         *
         * @var list<StockBuffer>
         */
        public array $buffers = [],
        /** For the next page; empty: this was the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('buffers', 'message', StockBuffer::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('buffers', $this->buffers, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
