<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** An order to take in. */
final class SubmitOrderRequest extends Message
{
    public function __construct(
        /** The shop's number, its identity, 1 to 255 bytes. */
        public string $externalOrderId = '',
        /** The date on the document: `2026-11-23`; empty: none. */
        public string $orderDate = '',
        /** True: the shop has sold it already, and it cannot be refused. */
        public bool $alreadyPlaced = false,
        /** Whether it may wait for stock. An order that is already placed always may. */
        public bool $allowBackOrder = false,
        /** ISO 4217. */
        public string $currencyCode = '',
        /**
         * Whether prices contain taxes.
         *
         * @var PriceMode|string A value that is newer than this client is its name.
         */
        public PriceMode|string $priceMode = PriceMode::DEFAULT,
        /**
         * Where taxes are rounded.
         *
         * @var RoundingMode|string A value that is newer than this client is its name.
         */
        public RoundingMode|string $roundingMode = RoundingMode::DEFAULT,
        /**
         * 1 to 2,000 lines.
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
        /** The shop's id of the customer, at most 255 bytes; empty: a guest. */
        public string $externalCustomerId = '',
        /**
         * The shop's id of the reservation that the order takes over, in the same instant: what is held
         * goes to the order, what the order wants beyond it is reserved as usual, and what is held beyond
         * the order is free again. INVALID_STATE where it has ended, NOT_FOUND where the shop has none of
         * this id; an order that is already placed is served as if it had named none, and told so. Empty:
         * none.
         */
        public string $externalReservationId = '',
        /**
         * What had become of it before erpsync was there; absent: it is new. An order that opens the books
         * was placed already, whatever `already_placed` says.
         */
        public ?OpeningState $opening = null,
        /**
         * The return in exchange for which it is placed, of an order of the same shop; absent: none. NOT_FOUND
         * where it is unknown, or of another shop's order. An order that is already placed is taken in without it,
         * and its task is parked for that reason.
         */
        public ?DocumentReference $replacesReturn = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalOrderId', '', 'string'),
            $in->one('orderDate', '', 'string'),
            $in->one('alreadyPlaced', false, 'bool'),
            $in->one('allowBackOrder', false, 'bool'),
            $in->one('currencyCode', '', 'string'),
            $in->one('priceMode', PriceMode::DEFAULT, 'enum', PriceMode::class),
            $in->one('roundingMode', RoundingMode::DEFAULT, 'enum', RoundingMode::class),
            $in->many('lines', 'message', OrderLine::class),
            $in->many('charges', 'message', Charge::class),
            $in->many('taxTotals', 'message', Tax::class),
            $in->one('total', '', 'string'),
            $in->optional('shippingAddress', 'message', Address::class),
            $in->optional('billingAddress', 'message', Address::class),
            $in->one('externalCustomerId', '', 'string'),
            $in->one('externalReservationId', '', 'string'),
            $in->optional('opening', 'message', OpeningState::class),
            $in->optional('replacesReturn', 'message', DocumentReference::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalOrderId', $this->externalOrderId, '', 'string');
        $out->one('orderDate', $this->orderDate, '', 'string');
        $out->one('alreadyPlaced', $this->alreadyPlaced, false, 'bool');
        $out->one('allowBackOrder', $this->allowBackOrder, false, 'bool');
        $out->one('currencyCode', $this->currencyCode, '', 'string');
        $out->one('priceMode', $this->priceMode, PriceMode::DEFAULT, 'enum');
        $out->one('roundingMode', $this->roundingMode, RoundingMode::DEFAULT, 'enum');
        $out->many('lines', $this->lines, 'message');
        $out->many('charges', $this->charges, 'message');
        $out->many('taxTotals', $this->taxTotals, 'message');
        $out->one('total', $this->total, '', 'string');
        $out->optional('shippingAddress', $this->shippingAddress, 'message');
        $out->optional('billingAddress', $this->billingAddress, 'message');
        $out->one('externalCustomerId', $this->externalCustomerId, '', 'string');
        $out->one('externalReservationId', $this->externalReservationId, '', 'string');
        $out->optional('opening', $this->opening, 'message');
        $out->optional('replacesReturn', $this->replacesReturn, 'message');
    }
}
