<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Says whether articles may be sold. */
final class SetSellabilityRequest extends Message
{
    public function __construct(
        /**
         * 1 to 1,000 articles, in the order in which they were said.
         *
         * @var list<Sellability>
         */
        public array $articles = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('articles', 'message', Sellability::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('articles', $this->articles, 'message');
    }
}
