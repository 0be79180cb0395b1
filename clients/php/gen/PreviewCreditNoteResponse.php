<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What it would come to. */
final class PreviewCreditNoteResponse extends Message
{
    public function __construct(
        /** The invoice, by erpsync's id. */
        public string $invoiceId = '',
        /** Its order. */
        public string $orderId = '',
        /** ISO 4217. */
        public string $currencyCode = '',
        /**
         * Whether amounts contain taxes.
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
         * What would be credited, with amounts and taxes.
         *
         * @var list<CreditNoteLine>
         */
        public array $lines = [],
        /**
         * Charges that would be credited.
         *
         * @var list<Charge>
         */
        public array $charges = [],
        /**
         * Taxes of the whole note.
         *
         * @var list<Tax>
         */
        public array $taxTotals = [],
        /** What would be credited in sum. */
        public string $total = '',
        /** The revision at which that holds: another credit note may change it. */
        public int $asOfRevision = 0,
        /**
         * Of an order: what would be credited of each invoice, the oldest first. Beside it only `order_id`,
         * `currency_code`, `total` and `as_of_revision` are told.
         *
         * @var list<PreviewedCreditNote>
         */
        public array $creditNotes = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('invoiceId', '', 'string'),
            $in->one('orderId', '', 'string'),
            $in->one('currencyCode', '', 'string'),
            $in->one('priceMode', PriceMode::DEFAULT, 'enum', PriceMode::class),
            $in->one('roundingMode', RoundingMode::DEFAULT, 'enum', RoundingMode::class),
            $in->many('lines', 'message', CreditNoteLine::class),
            $in->many('charges', 'message', Charge::class),
            $in->many('taxTotals', 'message', Tax::class),
            $in->one('total', '', 'string'),
            $in->one('asOfRevision', 0, 'int64'),
            $in->many('creditNotes', 'message', PreviewedCreditNote::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('invoiceId', $this->invoiceId, '', 'string');
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('currencyCode', $this->currencyCode, '', 'string');
        $out->one('priceMode', $this->priceMode, PriceMode::DEFAULT, 'enum');
        $out->one('roundingMode', $this->roundingMode, RoundingMode::DEFAULT, 'enum');
        $out->many('lines', $this->lines, 'message');
        $out->many('charges', $this->charges, 'message');
        $out->many('taxTotals', $this->taxTotals, 'message');
        $out->one('total', $this->total, '', 'string');
        $out->one('asOfRevision', $this->asOfRevision, 0, 'int64');
        $out->many('creditNotes', $this->creditNotes, 'message');
    }
}
