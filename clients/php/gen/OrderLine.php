<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A line as it was ordered. */
final class OrderLine extends Message
{
    public function __construct(
        /** The shop's id of the line, unique within the order, 1 to 255 bytes. */
        public string $lineId = '',
        /** The article, 1 to 255 bytes. */
        public string $sku = '',
        /**
         * Where it is served from, at most 64 bytes. Empty: the first of the locations assigned to the shop
         * that can serve the whole line, else the one that has most of it; `main` where none is assigned. A
         * line is promised at one place: whoever wants units of two places says so in two lines.
         */
        public string $location = '',
        /** For people, at most 1,000 bytes. */
        public string $description = '',
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
            $in->one('lineId', '', 'string'),
            $in->one('sku', '', 'string'),
            $in->one('location', '', 'string'),
            $in->one('description', '', 'string'),
            $in->one('quantity', '', 'string'),
            $in->one('unitPrice', '', 'string'),
            $in->one('discount', '', 'string'),
            $in->one('amount', '', 'string'),
            $in->many('taxes', 'message', Tax::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lineId', $this->lineId, '', 'string');
        $out->one('sku', $this->sku, '', 'string');
        $out->one('location', $this->location, '', 'string');
        $out->one('description', $this->description, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
        $out->one('unitPrice', $this->unitPrice, '', 'string');
        $out->one('discount', $this->discount, '', 'string');
        $out->one('amount', $this->amount, '', 'string');
        $out->many('taxes', $this->taxes, 'message');
    }
}
