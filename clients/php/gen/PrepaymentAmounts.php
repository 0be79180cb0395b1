<?php

// Generated from erpsync/v1/invoices.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Amounts of a prepayment invoice. */
final class PrepaymentAmounts extends Message
{
    public function __construct(
        /** As the price mode has it. */
        public string $amount = '',
        /**
         * At each rate of the invoice, in its order: base and tax.
         *
         * @var list<Tax>
         */
        public array $taxTotals = [],
        /** With taxes. */
        public string $total = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('amount', '', 'string'),
            $in->many('taxTotals', 'message', Tax::class),
            $in->one('total', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('amount', $this->amount, '', 'string');
        $out->many('taxTotals', $this->taxTotals, 'message');
        $out->one('total', $this->total, '', 'string');
    }
}
