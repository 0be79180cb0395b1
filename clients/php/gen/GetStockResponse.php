<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A level. */
final class GetStockResponse extends Message
{
    public function __construct(
        /** As it is. */
        public ?StockLevel $level = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('level', 'message', StockLevel::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('level', $this->level, 'message');
    }
}
