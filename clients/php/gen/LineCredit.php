<?php

// Generated from erpsync/v1/invoices.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What of one line of an invoice was credited. */
final class LineCredit extends Message
{
    public function __construct(
        /** Units. */
        public string $quantity = '',
        /** How much, as the price mode has it. */
        public string $amount = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('quantity', '', 'string'),
            $in->one('amount', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('quantity', $this->quantity, '', 'string');
        $out->one('amount', $this->amount, '', 'string');
    }
}
