<?php

// Generated from erpsync/v1/document.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A tax, by its category and rate. */
final class Tax extends Message
{
    public function __construct(
        /** The merchant's own code, 1 to 32 bytes: `S`. */
        public string $category = '',
        /** Percent as a decimal: `19` is 19 %. Not negative, at most 100. */
        public string $rate = '',
        /** The part of the amount that it applies to, as the price mode has it; empty: all of it. */
        public string $base = '',
        /** The tax. On lines and charges present exactly if rounding is per line. */
        public string $amount = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('category', '', 'string'),
            $in->one('rate', '', 'string'),
            $in->one('base', '', 'string'),
            $in->one('amount', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('category', $this->category, '', 'string');
        $out->one('rate', $this->rate, '', 'string');
        $out->one('base', $this->base, '', 'string');
        $out->one('amount', $this->amount, '', 'string');
    }
}
