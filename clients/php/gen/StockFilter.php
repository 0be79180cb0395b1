<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What to watch. */
final class StockFilter extends Message
{
    public function __construct(
        /**
         * Only these articles, at most 1,000; empty: all.
         *
         * @var list<string>
         */
        public array $skus = [],
        /**
         * Only these warehouses or stores, at most 100; empty: all.
         *
         * @var list<string>
         */
        public array $locations = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('skus', 'string'),
            $in->many('locations', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('skus', $this->skus, 'string');
        $out->many('locations', $this->locations, 'string');
    }
}
