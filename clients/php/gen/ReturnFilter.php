<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What to watch. */
final class ReturnFilter extends Message
{
    public function __construct(
        /** Only returns of this shop's orders; empty: of all. */
        public string $shop = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('shop', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('shop', $this->shop, '', 'string');
    }
}
