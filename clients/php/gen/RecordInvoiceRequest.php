<?php

// Generated from erpsync/v1/invoices.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** An invoice was posted. */
final class RecordInvoiceRequest extends Message
{
    public function __construct(
        /** The caller's number, its identity, 1 to 255 bytes. */
        public string $externalInvoiceId = '',
        /** Of which order. */
        public ?OrderReference $order = null,
        /** The date on the document: `2026-11-23`. */
        public string $invoiceDate = '',
        /** ISO 4217: the order's. */
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
         * At most 2,000; with charges, at least one. None in a PREPAYMENT invoice.
         *
         * @var list<InvoiceLine>
         */
        public array $lines = [],
        /**
         * At most 100. In a PREPAYMENT invoice at least one, and all of them PREPAYMENT.
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
        /**
         * What it is; unspecified: STANDARD.
         *
         * @var InvoiceKind|string A value that is newer than this client is its name.
         */
        public InvoiceKind|string $kind = InvoiceKind::DEFAULT,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalInvoiceId', '', 'string'),
            $in->optional('order', 'message', OrderReference::class),
            $in->one('invoiceDate', '', 'string'),
            $in->one('currencyCode', '', 'string'),
            $in->one('priceMode', PriceMode::DEFAULT, 'enum', PriceMode::class),
            $in->one('roundingMode', RoundingMode::DEFAULT, 'enum', RoundingMode::class),
            $in->many('lines', 'message', InvoiceLine::class),
            $in->many('charges', 'message', Charge::class),
            $in->many('taxTotals', 'message', Tax::class),
            $in->one('total', '', 'string'),
            $in->one('kind', InvoiceKind::DEFAULT, 'enum', InvoiceKind::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalInvoiceId', $this->externalInvoiceId, '', 'string');
        $out->optional('order', $this->order, 'message');
        $out->one('invoiceDate', $this->invoiceDate, '', 'string');
        $out->one('currencyCode', $this->currencyCode, '', 'string');
        $out->one('priceMode', $this->priceMode, PriceMode::DEFAULT, 'enum');
        $out->one('roundingMode', $this->roundingMode, RoundingMode::DEFAULT, 'enum');
        $out->many('lines', $this->lines, 'message');
        $out->many('charges', $this->charges, 'message');
        $out->many('taxTotals', $this->taxTotals, 'message');
        $out->one('total', $this->total, '', 'string');
        $out->one('kind', $this->kind, InvoiceKind::DEFAULT, 'enum');
    }
}
