<?php

// Generated from erpsync/v1/invoices.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A line of an invoice. */
final class InvoiceLine extends Message
{
    public function __construct(
        /** Its id on the invoice, unique there, 1 to 255 bytes. */
        public string $invoiceLineId = '',
        /** The order's line that it invoices. */
        public string $orderLineId = '',
        /** Units, more than zero. */
        public string $quantity = '',
        /** The price of a unit, not negative, up to 6 decimals. */
        public string $unitPrice = '',
        /** What is taken off the line, not negative; empty: nothing. */
        public string $discount = '',
        /** quantity x unit_price, rounded to the currency, less the discount. Exactly. */
        public string $amount = '',
        /**
         * Its taxes.
         *
         * @var list<Tax>
         */
        public array $taxes = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('invoiceLineId', '', 'string'),
            $in->one('orderLineId', '', 'string'),
            $in->one('quantity', '', 'string'),
            $in->one('unitPrice', '', 'string'),
            $in->one('discount', '', 'string'),
            $in->one('amount', '', 'string'),
            $in->many('taxes', 'message', Tax::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('invoiceLineId', $this->invoiceLineId, '', 'string');
        $out->one('orderLineId', $this->orderLineId, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
        $out->one('unitPrice', $this->unitPrice, '', 'string');
        $out->one('discount', $this->discount, '', 'string');
        $out->one('amount', $this->amount, '', 'string');
        $out->many('taxes', $this->taxes, 'message');
    }
}
