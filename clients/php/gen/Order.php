<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** An order, as it is. */
final class Order extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $orderId = '',
        /** The shop that submitted it. */
        public string $shop = '',
        /** The shop's number. */
        public string $externalOrderId = '',
        /** Of the last change. */
        public int $revision = 0,
        /** When it came in, by the database's clock. */
        public ?Timestamp $placeTime = null,
        /** The date on the document: `2026-11-23`; empty: none given. */
        public string $orderDate = '',
        /** Whether it was sold already when it came in. */
        public bool $alreadyPlaced = false,
        /** Whether it may wait for stock. */
        public bool $allowBackOrder = false,
        /**
         * How far it has come.
         *
         * @var OrderStatus|string A value that is newer than this client is its name.
         */
        public OrderStatus|string $status = OrderStatus::DEFAULT,
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
         * As ordered.
         *
         * @var list<OrderLine>
         */
        public array $lines = [],
        /**
         * What became of each line, in the same order.
         *
         * @var list<OrderLineQuantities>
         */
        public array $quantities = [],
        /**
         * What is charged beside goods.
         *
         * @var list<Charge>
         */
        public array $charges = [],
        /**
         * Taxes of the whole order.
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
        /** The shop's id of the customer; empty: a guest. */
        public string $externalCustomerId = '',
        /** Why the amounts of an order that was placed already do not add up; absent: they do. */
        public ?Problem $amountsProblem = null,
        /**
         * Whether the ERP has taken it over.
         *
         * @var OrderHandover|string A value that is newer than this client is its name.
         */
        public OrderHandover|string $handover = OrderHandover::DEFAULT,
        /** The ERP's number; empty: none yet. */
        public string $erpNumber = '',
        /**
         * What has left, oldest first.
         *
         * @var list<Shipment>
         */
        public array $shipments = [],
        /**
         * What was invoiced, oldest first.
         *
         * @var list<Invoice>
         */
        public array $invoices = [],
        /** What was paid, in sum. */
        public ?PaymentSummary $paymentSummary = null,
        /**
         * What happened to its payments, as it was recorded.
         *
         * @var list<Payment>
         */
        public array $payments = [],
        /** Who keeps it back; absent: nobody. */
        public ?OrderHold $hold = null,
        /**
         * What was wished off it, oldest first.
         *
         * @var list<Cancellation>
         */
        public array $cancellations = [],
        /** The newest version of it that its shop has said; 0: the one in which it came. */
        public int $shopVersion = 0,
        /**
         * What else it was wished to be, oldest first.
         *
         * @var list<Amendment>
         */
        public array $amendments = [],
        /** The return in exchange for which it was placed, by erpsync's id; empty: none. */
        public string $replacesReturnId = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('orderId', '', 'string'),
            $in->one('shop', '', 'string'),
            $in->one('externalOrderId', '', 'string'),
            $in->one('revision', 0, 'int64'),
            $in->optional('placeTime', 'timestamp'),
            $in->one('orderDate', '', 'string'),
            $in->one('alreadyPlaced', false, 'bool'),
            $in->one('allowBackOrder', false, 'bool'),
            $in->one('status', OrderStatus::DEFAULT, 'enum', OrderStatus::class),
            $in->one('currencyCode', '', 'string'),
            $in->one('priceMode', PriceMode::DEFAULT, 'enum', PriceMode::class),
            $in->one('roundingMode', RoundingMode::DEFAULT, 'enum', RoundingMode::class),
            $in->many('lines', 'message', OrderLine::class),
            $in->many('quantities', 'message', OrderLineQuantities::class),
            $in->many('charges', 'message', Charge::class),
            $in->many('taxTotals', 'message', Tax::class),
            $in->one('total', '', 'string'),
            $in->optional('shippingAddress', 'message', Address::class),
            $in->optional('billingAddress', 'message', Address::class),
            $in->one('externalCustomerId', '', 'string'),
            $in->optional('amountsProblem', 'message', Problem::class),
            $in->one('handover', OrderHandover::DEFAULT, 'enum', OrderHandover::class),
            $in->one('erpNumber', '', 'string'),
            $in->many('shipments', 'message', Shipment::class),
            $in->many('invoices', 'message', Invoice::class),
            $in->optional('paymentSummary', 'message', PaymentSummary::class),
            $in->many('payments', 'message', Payment::class),
            $in->optional('hold', 'message', OrderHold::class),
            $in->many('cancellations', 'message', Cancellation::class),
            $in->one('shopVersion', 0, 'int64'),
            $in->many('amendments', 'message', Amendment::class),
            $in->one('replacesReturnId', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('shop', $this->shop, '', 'string');
        $out->one('externalOrderId', $this->externalOrderId, '', 'string');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->optional('placeTime', $this->placeTime, 'timestamp');
        $out->one('orderDate', $this->orderDate, '', 'string');
        $out->one('alreadyPlaced', $this->alreadyPlaced, false, 'bool');
        $out->one('allowBackOrder', $this->allowBackOrder, false, 'bool');
        $out->one('status', $this->status, OrderStatus::DEFAULT, 'enum');
        $out->one('currencyCode', $this->currencyCode, '', 'string');
        $out->one('priceMode', $this->priceMode, PriceMode::DEFAULT, 'enum');
        $out->one('roundingMode', $this->roundingMode, RoundingMode::DEFAULT, 'enum');
        $out->many('lines', $this->lines, 'message');
        $out->many('quantities', $this->quantities, 'message');
        $out->many('charges', $this->charges, 'message');
        $out->many('taxTotals', $this->taxTotals, 'message');
        $out->one('total', $this->total, '', 'string');
        $out->optional('shippingAddress', $this->shippingAddress, 'message');
        $out->optional('billingAddress', $this->billingAddress, 'message');
        $out->one('externalCustomerId', $this->externalCustomerId, '', 'string');
        $out->optional('amountsProblem', $this->amountsProblem, 'message');
        $out->one('handover', $this->handover, OrderHandover::DEFAULT, 'enum');
        $out->one('erpNumber', $this->erpNumber, '', 'string');
        $out->many('shipments', $this->shipments, 'message');
        $out->many('invoices', $this->invoices, 'message');
        $out->optional('paymentSummary', $this->paymentSummary, 'message');
        $out->many('payments', $this->payments, 'message');
        $out->optional('hold', $this->hold, 'message');
        $out->many('cancellations', $this->cancellations, 'message');
        $out->one('shopVersion', $this->shopVersion, 0, 'int64');
        $out->many('amendments', $this->amendments, 'message');
        $out->one('replacesReturnId', $this->replacesReturnId, '', 'string');
    }
}
