<?php

// Generated from erpsync/v1/invoices.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What of an invoice was credited. */
final class InvoiceCredits extends Message
{
    public function __construct(
        /**
         * Of each line, in the order of the lines.
         *
         * @var list<LineCredit>
         */
        public array $lines = [],
        /**
         * The ids of charges that were credited.
         *
         * @var list<string>
         */
        public array $chargeIds = [],
        /**
         * Of each tax rate: base and tax.
         *
         * @var list<Tax>
         */
        public array $taxTotals = [],
        /** In sum. */
        public string $total = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('lines', 'message', LineCredit::class),
            $in->many('chargeIds', 'string'),
            $in->many('taxTotals', 'message', Tax::class),
            $in->one('total', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('lines', $this->lines, 'message');
        $out->many('chargeIds', $this->chargeIds, 'string');
        $out->many('taxTotals', $this->taxTotals, 'message');
        $out->one('total', $this->total, '', 'string');
    }
}
