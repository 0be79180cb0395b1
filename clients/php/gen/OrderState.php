<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A state of an order, whole. */
final class OrderState extends Message
{
    public function __construct(
        /** ISO 4217: that of the order. */
        public string $currencyCode = '',
        /**
         * 1 to 2,000 lines, with units that have left already.
         *
         * @var list<OrderLine>
         */
        public array $lines = [],
        /**
         * At most 100.
         *
         * @var list<Charge>
         */
        public array $charges = [],
        /**
         * One for each category and rate that lines and charges name; at most 50.
         *
         * @var list<Tax>
         */
        public array $taxTotals = [],
        /** What is to be paid. */
        public string $total = '',
        /** Where it goes. */
        public ?Address $shippingAddress = null,
        /** Who pays. */
        public ?Address $billingAddress = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('currencyCode', '', 'string'),
            $in->many('lines', 'message', OrderLine::class),
            $in->many('charges', 'message', Charge::class),
            $in->many('taxTotals', 'message', Tax::class),
            $in->one('total', '', 'string'),
            $in->optional('shippingAddress', 'message', Address::class),
            $in->optional('billingAddress', 'message', Address::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('currencyCode', $this->currencyCode, '', 'string');
        $out->many('lines', $this->lines, 'message');
        $out->many('charges', $this->charges, 'message');
        $out->many('taxTotals', $this->taxTotals, 'message');
        $out->one('total', $this->total, '', 'string');
        $out->optional('shippingAddress', $this->shippingAddress, 'message');
        $out->optional('billingAddress', $this->billingAddress, 'message');
    }
}
