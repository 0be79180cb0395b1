<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What became of the readings. */
final class SetStockResponse extends Message
{
    public function __construct(
        /** The revision at or after which everyone sees them. */
        public int $revision = 0,
        /**
         * One for each row, in order.
         *
         * @var list<StockResult>
         */
        public array $results = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('revision', 0, 'int64'),
            $in->many('results', 'message', StockResult::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('revision', $this->revision, 0, 'int64');
        $out->many('results', $this->results, 'message');
    }
}
