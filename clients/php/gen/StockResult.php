<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What became of one row. */
final class StockResult extends Message
{
    public function __construct(
        /** The row, from 0. */
        public int $index = 0,
        /**
         * What became of it.
         *
         * @var Outcome|string A value that is newer than this client is its name.
         */
        public Outcome|string $outcome = Outcome::DEFAULT,
        /** Why it was refused; absent otherwise. */
        public ?Problem $problem = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('index', 0, 'int32'),
            $in->one('outcome', Outcome::DEFAULT, 'enum', Outcome::class),
            $in->optional('problem', 'message', Problem::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('index', $this->index, 0, 'int32');
        $out->one('outcome', $this->outcome, Outcome::DEFAULT, 'enum');
        $out->optional('problem', $this->problem, 'message');
    }
}
