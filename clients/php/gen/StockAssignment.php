<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** From which locations a shop sells. */
final class StockAssignment extends Message
{
    public function __construct(
        /** The shop: the name of a system, 1 to 64 bytes. It need not be there yet. */
        public string $shop = '',
        /**
         * Locations in order of priority, at most 100, each once, 1 to 64 bytes. An order line that names
         * no location is promised at the first that can serve the whole line; where none can, at the one
         * that has most of it. A shop without any sees all locations, and its lines are promised at `main`.
         *
         * @var list<string>
         */
        public array $locations = [],
        /** Of the last change; 0 in requests. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('shop', '', 'string'),
            $in->many('locations', 'string'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('shop', $this->shop, '', 'string');
        $out->many('locations', $this->locations, 'string');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
