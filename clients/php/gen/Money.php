<?php

// Generated from erpsync/v1/common.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** An amount of money in one currency. */
final class Money extends Message
{
    public function __construct(
        /** ISO 4217, three capital letters: `EUR`. */
        public string $currencyCode = '',
        /**
         * A decimal: `-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?`. Amounts of documents carry no more decimals
         * than their currency (EUR 2, JPY 0, KWD 3).
         */
        public string $amount = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('currencyCode', '', 'string'),
            $in->one('amount', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('currencyCode', $this->currencyCode, '', 'string');
        $out->one('amount', $this->amount, '', 'string');
    }
}
