<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Some levels of a snapshot. */
final class StockSnapshotChunk extends Message
{
    public function __construct(
        /**
         * By sku, then location.
         *
         * @var list<StockLevel>
         */
        public array $levels = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('levels', 'message', StockLevel::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('levels', $this->levels, 'message');
    }
}
