<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What would be credited of one of the invoices of an order. */
final class PreviewedCreditNote extends Message
{
    public function __construct(
        /** The invoice, by erpsync's id. */
        public string $invoiceId = '',
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
         * Taxes of the whole note.
         *
         * @var list<Tax>
         */
        public array $taxTotals = [],
        /** What would be credited in sum. */
        public string $total = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('invoiceId', '', 'string'),
            $in->one('priceMode', PriceMode::DEFAULT, 'enum', PriceMode::class),
            $in->one('roundingMode', RoundingMode::DEFAULT, 'enum', RoundingMode::class),
            $in->many('lines', 'message', CreditNoteLine::class),
            $in->many('taxTotals', 'message', Tax::class),
            $in->one('total', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('invoiceId', $this->invoiceId, '', 'string');
        $out->one('priceMode', $this->priceMode, PriceMode::DEFAULT, 'enum');
        $out->one('roundingMode', $this->roundingMode, RoundingMode::DEFAULT, 'enum');
        $out->many('lines', $this->lines, 'message');
        $out->many('taxTotals', $this->taxTotals, 'message');
        $out->one('total', $this->total, '', 'string');
    }
}
