<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks what a credit note would come to. */
final class PreviewCreditNoteRequest extends Message
{
    public function __construct(
        /**
         * REVERSAL, CORRECTION or PRICE_REDUCTION; of an order CORRECTION.
         *
         * @var CreditNoteKind|string A value that is newer than this client is its name.
         */
        public CreditNoteKind|string $kind = CreditNoteKind::DEFAULT,
        /** The invoice that it would lower; absent exactly where `order` is given. */
        public ?DocumentReference $invoice = null,
        /** What it would be issued for; absent: not because goods came back, or they have not come yet. */
        public ?CreditCause $cause = null,
        /**
         * At most 2,000, each line of the invoice once; none in a reversal.
         *
         * @var list<CreditNoteLine>
         */
        public array $lines = [],
        /**
         * Charges of the invoice that would be credited as a whole, by their ids; only in a correction.
         *
         * @var list<string>
         */
        public array $chargeIds = [],
        /**
         * The order whose units would be credited, for whoever knows no invoices. `cause`, `lines` and
         * `charge_ids` are absent then.
         */
        public ?OrderReference $order = null,
        /**
         * 1 to 2,000, each line of the order once; only with `order`.
         *
         * @var list<OrderLineCredit>
         */
        public array $orderLines = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('kind', CreditNoteKind::DEFAULT, 'enum', CreditNoteKind::class),
            $in->optional('invoice', 'message', DocumentReference::class),
            $in->optional('cause', 'message', CreditCause::class),
            $in->many('lines', 'message', CreditNoteLine::class),
            $in->many('chargeIds', 'string'),
            $in->optional('order', 'message', OrderReference::class),
            $in->many('orderLines', 'message', OrderLineCredit::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('kind', $this->kind, CreditNoteKind::DEFAULT, 'enum');
        $out->optional('invoice', $this->invoice, 'message');
        $out->optional('cause', $this->cause, 'message');
        $out->many('lines', $this->lines, 'message');
        $out->many('chargeIds', $this->chargeIds, 'string');
        $out->optional('order', $this->order, 'message');
        $out->many('orderLines', $this->orderLines, 'message');
    }
}
