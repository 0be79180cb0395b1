<?php

// Generated from erpsync/v1/document.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What is charged beside goods. */
final class Charge extends Message
{
    public function __construct(
        /** The id of the charge where it was written, unique within its document, 1 to 255 bytes. */
        public string $chargeId = '',
        /**
         * What it is.
         *
         * @var ChargeKind|string A value that is newer than this client is its name.
         */
        public ChargeKind|string $kind = ChargeKind::DEFAULT,
        /** How much; negative only for cash rounding. */
        public string $amount = '',
        /**
         * Its taxes. Of a prepayment or its deduction, bases are not negative.
         *
         * @var list<Tax>
         */
        public array $taxes = [],
        /** For people, at most 1,000 bytes. */
        public string $description = '',
        /**
         * The prepayment invoice that is deducted: present exactly in a PREPAYMENT_DEDUCTION. Of a credit
         * note's charges it is absent.
         */
        public ?DocumentReference $prepaymentInvoice = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('chargeId', '', 'string'),
            $in->one('kind', ChargeKind::DEFAULT, 'enum', ChargeKind::class),
            $in->one('amount', '', 'string'),
            $in->many('taxes', 'message', Tax::class),
            $in->one('description', '', 'string'),
            $in->optional('prepaymentInvoice', 'message', DocumentReference::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('chargeId', $this->chargeId, '', 'string');
        $out->one('kind', $this->kind, ChargeKind::DEFAULT, 'enum');
        $out->one('amount', $this->amount, '', 'string');
        $out->many('taxes', $this->taxes, 'message');
        $out->one('description', $this->description, '', 'string');
        $out->optional('prepaymentInvoice', $this->prepaymentInvoice, 'message');
    }
}
