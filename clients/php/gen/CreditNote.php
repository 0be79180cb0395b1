<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** A credit note. */
final class CreditNote extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $creditNoteId = '',
        /** The system that issued it. */
        public string $system = '',
        /** Its number there. */
        public string $externalCreditNoteId = '',
        /**
         * What it is.
         *
         * @var CreditNoteKind|string A value that is newer than this client is its name.
         */
        public CreditNoteKind|string $kind = CreditNoteKind::DEFAULT,
        /** The invoice that it lowers; empty: of none. */
        public string $invoiceId = '',
        /** The order of that invoice; empty: of none. */
        public string $orderId = '',
        /** The reception that caused it; empty: none. */
        public string $receptionId = '',
        /** The return that caused it; empty: none. */
        public string $returnId = '',
        /** The date on the document: `2026-11-23`. */
        public string $creditDate = '',
        /** Why, for people. */
        public string $reason = '',
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
         * What is credited.
         *
         * @var list<CreditNoteLine>
         */
        public array $lines = [],
        /**
         * Charges of the invoice that are credited.
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
        /** What is credited in sum. */
        public string $total = '',
        /**
         * How it was settled; empty: not told yet.
         *
         * @var list<Settlement>
         */
        public array $settlements = [],
        /** When it was recorded, by the database's clock. */
        public ?Timestamp $recordTime = null,
        /** Of the last change. */
        public int $revision = 0,
        /** When it was told how it was settled; absent: not yet. */
        public ?Timestamp $settleTime = null,
        /** The system that told it; empty: none yet. */
        public string $settledBy = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('creditNoteId', '', 'string'),
            $in->one('system', '', 'string'),
            $in->one('externalCreditNoteId', '', 'string'),
            $in->one('kind', CreditNoteKind::DEFAULT, 'enum', CreditNoteKind::class),
            $in->one('invoiceId', '', 'string'),
            $in->one('orderId', '', 'string'),
            $in->one('receptionId', '', 'string'),
            $in->one('returnId', '', 'string'),
            $in->one('creditDate', '', 'string'),
            $in->one('reason', '', 'string'),
            $in->one('currencyCode', '', 'string'),
            $in->one('priceMode', PriceMode::DEFAULT, 'enum', PriceMode::class),
            $in->one('roundingMode', RoundingMode::DEFAULT, 'enum', RoundingMode::class),
            $in->many('lines', 'message', CreditNoteLine::class),
            $in->many('charges', 'message', Charge::class),
            $in->many('taxTotals', 'message', Tax::class),
            $in->one('total', '', 'string'),
            $in->many('settlements', 'message', Settlement::class),
            $in->optional('recordTime', 'timestamp'),
            $in->one('revision', 0, 'int64'),
            $in->optional('settleTime', 'timestamp'),
            $in->one('settledBy', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('creditNoteId', $this->creditNoteId, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->one('externalCreditNoteId', $this->externalCreditNoteId, '', 'string');
        $out->one('kind', $this->kind, CreditNoteKind::DEFAULT, 'enum');
        $out->one('invoiceId', $this->invoiceId, '', 'string');
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('receptionId', $this->receptionId, '', 'string');
        $out->one('returnId', $this->returnId, '', 'string');
        $out->one('creditDate', $this->creditDate, '', 'string');
        $out->one('reason', $this->reason, '', 'string');
        $out->one('currencyCode', $this->currencyCode, '', 'string');
        $out->one('priceMode', $this->priceMode, PriceMode::DEFAULT, 'enum');
        $out->one('roundingMode', $this->roundingMode, RoundingMode::DEFAULT, 'enum');
        $out->many('lines', $this->lines, 'message');
        $out->many('charges', $this->charges, 'message');
        $out->many('taxTotals', $this->taxTotals, 'message');
        $out->one('total', $this->total, '', 'string');
        $out->many('settlements', $this->settlements, 'message');
        $out->optional('recordTime', $this->recordTime, 'timestamp');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->optional('settleTime', $this->settleTime, 'timestamp');
        $out->one('settledBy', $this->settledBy, '', 'string');
    }
}
