<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What of one line of the invoice is credited; or, of a free credit, what for. */
final class CreditNoteLine extends Message
{
    public function __construct(
        /** The invoice's line; empty exactly in a free credit, and where a PREPAYMENT invoice is lowered. */
        public string $invoiceLineId = '',
        /**
         * Units, more than zero. In a free credit for information, and may be empty; in a price reduction
         * empty.
         */
        public string $quantity = '',
        /**
         * How much, as the price mode has it; empty: as worked out. A free credit and a price reduction
         * need it; the latter more than zero.
         */
        public string $amount = '',
        /**
         * Its taxes; but for a free credit, and where a PREPAYMENT invoice is lowered, empty: as worked out.
         *
         * @var list<Tax>
         */
        public array $taxes = [],
        /** What for, for people, at most 1,000 bytes. */
        public string $description = '',
        /** The article, for information, at most 255 bytes; in a free credit alone. */
        public string $sku = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('invoiceLineId', '', 'string'),
            $in->one('quantity', '', 'string'),
            $in->one('amount', '', 'string'),
            $in->many('taxes', 'message', Tax::class),
            $in->one('description', '', 'string'),
            $in->one('sku', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('invoiceLineId', $this->invoiceLineId, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
        $out->one('amount', $this->amount, '', 'string');
        $out->many('taxes', $this->taxes, 'message');
        $out->one('description', $this->description, '', 'string');
        $out->one('sku', $this->sku, '', 'string');
    }
}
