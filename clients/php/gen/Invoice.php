<?php

// Generated from erpsync/v1/invoices.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** An invoice, as it is. */
final class Invoice extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $invoiceId = '',
        /** The system that told of it. */
        public string $system = '',
        /** Its number there. */
        public string $externalInvoiceId = '',
        /** The order. */
        public string $orderId = '',
        /** The date on the document: `2026-11-23`. */
        public string $invoiceDate = '',
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
         * What was invoiced.
         *
         * @var list<InvoiceLine>
         */
        public array $lines = [],
        /**
         * What is charged beside goods.
         *
         * @var list<Charge>
         */
        public array $charges = [],
        /**
         * Taxes of the whole invoice.
         *
         * @var list<Tax>
         */
        public array $taxTotals = [],
        /** What is to be paid. */
        public string $total = '',
        /** What of it was credited since. */
        public ?InvoiceCredits $credits = null,
        /** When it was recorded, by the database's clock. */
        public ?Timestamp $recordTime = null,
        /** Of the last change. */
        public int $revision = 0,
        /**
         * What it is.
         *
         * @var InvoiceKind|string A value that is newer than this client is its name.
         */
        public InvoiceKind|string $kind = InvoiceKind::DEFAULT,
        /** What became of it; of a PREPAYMENT invoice alone. */
        public ?Prepayment $prepayment = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('invoiceId', '', 'string'),
            $in->one('system', '', 'string'),
            $in->one('externalInvoiceId', '', 'string'),
            $in->one('orderId', '', 'string'),
            $in->one('invoiceDate', '', 'string'),
            $in->one('currencyCode', '', 'string'),
            $in->one('priceMode', PriceMode::DEFAULT, 'enum', PriceMode::class),
            $in->one('roundingMode', RoundingMode::DEFAULT, 'enum', RoundingMode::class),
            $in->many('lines', 'message', InvoiceLine::class),
            $in->many('charges', 'message', Charge::class),
            $in->many('taxTotals', 'message', Tax::class),
            $in->one('total', '', 'string'),
            $in->optional('credits', 'message', InvoiceCredits::class),
            $in->optional('recordTime', 'timestamp'),
            $in->one('revision', 0, 'int64'),
            $in->one('kind', InvoiceKind::DEFAULT, 'enum', InvoiceKind::class),
            $in->optional('prepayment', 'message', Prepayment::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('invoiceId', $this->invoiceId, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->one('externalInvoiceId', $this->externalInvoiceId, '', 'string');
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('invoiceDate', $this->invoiceDate, '', 'string');
        $out->one('currencyCode', $this->currencyCode, '', 'string');
        $out->one('priceMode', $this->priceMode, PriceMode::DEFAULT, 'enum');
        $out->one('roundingMode', $this->roundingMode, RoundingMode::DEFAULT, 'enum');
        $out->many('lines', $this->lines, 'message');
        $out->many('charges', $this->charges, 'message');
        $out->many('taxTotals', $this->taxTotals, 'message');
        $out->one('total', $this->total, '', 'string');
        $out->optional('credits', $this->credits, 'message');
        $out->optional('recordTime', $this->recordTime, 'timestamp');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->one('kind', $this->kind, InvoiceKind::DEFAULT, 'enum');
        $out->optional('prepayment', $this->prepayment, 'message');
    }
}
