<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Issues a credit note. */
final class IssueCreditNoteRequest extends Message
{
    public function __construct(
        /** The caller's number, its identity, 1 to 255 bytes. */
        public string $externalCreditNoteId = '',
        /**
         * What it is.
         *
         * @var CreditNoteKind|string A value that is newer than this client is its name.
         */
        public CreditNoteKind|string $kind = CreditNoteKind::DEFAULT,
        /** True: the ERP has issued it already, and it cannot be refused. */
        public bool $alreadyIssued = false,
        /** The invoice that it lowers; absent exactly in a free credit. */
        public ?DocumentReference $invoice = null,
        /** What it is issued for; absent: not because goods came back. */
        public ?CreditCause $cause = null,
        /** The date on the document: `2026-11-23`. */
        public string $creditDate = '',
        /** Why, for people, at most 1,000 bytes. A free credit needs it. */
        public string $reason = '',
        /**
         * At most 2,000, each line of the invoice once; none in a reversal.
         *
         * @var list<CreditNoteLine>
         */
        public array $lines = [],
        /**
         * Charges of the invoice that are credited as a whole, by their ids; only in a correction.
         *
         * @var list<string>
         */
        public array $chargeIds = [],
        /** ISO 4217: the invoice's. Empty: as there. A free credit needs it. */
        public string $currencyCode = '',
        /**
         * Whether amounts contain taxes; only in a free credit, which needs it.
         *
         * @var PriceMode|string A value that is newer than this client is its name.
         */
        public PriceMode|string $priceMode = PriceMode::DEFAULT,
        /**
         * Where taxes are rounded; only in a free credit, which needs it.
         *
         * @var RoundingMode|string A value that is newer than this client is its name.
         */
        public RoundingMode|string $roundingMode = RoundingMode::DEFAULT,
        /**
         * Taxes of the whole note; empty: as worked out. A free credit needs those that its lines name.
         *
         * @var list<Tax>
         */
        public array $taxTotals = [],
        /** What is credited in sum; empty: as worked out. A free credit needs it. */
        public string $total = '',
        /**
         * How it was settled: together the total. Empty: not told yet. At most 20.
         *
         * @var list<Settlement>
         */
        public array $settlements = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalCreditNoteId', '', 'string'),
            $in->one('kind', CreditNoteKind::DEFAULT, 'enum', CreditNoteKind::class),
            $in->one('alreadyIssued', false, 'bool'),
            $in->optional('invoice', 'message', DocumentReference::class),
            $in->optional('cause', 'message', CreditCause::class),
            $in->one('creditDate', '', 'string'),
            $in->one('reason', '', 'string'),
            $in->many('lines', 'message', CreditNoteLine::class),
            $in->many('chargeIds', 'string'),
            $in->one('currencyCode', '', 'string'),
            $in->one('priceMode', PriceMode::DEFAULT, 'enum', PriceMode::class),
            $in->one('roundingMode', RoundingMode::DEFAULT, 'enum', RoundingMode::class),
            $in->many('taxTotals', 'message', Tax::class),
            $in->one('total', '', 'string'),
            $in->many('settlements', 'message', Settlement::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalCreditNoteId', $this->externalCreditNoteId, '', 'string');
        $out->one('kind', $this->kind, CreditNoteKind::DEFAULT, 'enum');
        $out->one('alreadyIssued', $this->alreadyIssued, false, 'bool');
        $out->optional('invoice', $this->invoice, 'message');
        $out->optional('cause', $this->cause, 'message');
        $out->one('creditDate', $this->creditDate, '', 'string');
        $out->one('reason', $this->reason, '', 'string');
        $out->many('lines', $this->lines, 'message');
        $out->many('chargeIds', $this->chargeIds, 'string');
        $out->one('currencyCode', $this->currencyCode, '', 'string');
        $out->one('priceMode', $this->priceMode, PriceMode::DEFAULT, 'enum');
        $out->one('roundingMode', $this->roundingMode, RoundingMode::DEFAULT, 'enum');
        $out->many('taxTotals', $this->taxTotals, 'message');
        $out->one('total', $this->total, '', 'string');
        $out->many('settlements', $this->settlements, 'message');
    }
}
