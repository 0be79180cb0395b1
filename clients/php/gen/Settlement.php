<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A part of the settlement. */
final class Settlement extends Message
{
    public function __construct(
        /**
         * How.
         *
         * @var SettlementKind|string A value that is newer than this client is its name.
         */
        public SettlementKind|string $kind = SettlementKind::DEFAULT,
        /** How much of the total. Negative where more was given than the total: goodwill, rounding. */
        public string $amount = '',
        /**
         * The invoice whose open balance is lower now; only of OPEN_BALANCE. Absent: the one that the note
         * lowers; a free credit has to name one.
         */
        public ?DocumentReference $invoice = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('kind', SettlementKind::DEFAULT, 'enum', SettlementKind::class),
            $in->one('amount', '', 'string'),
            $in->optional('invoice', 'message', DocumentReference::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('kind', $this->kind, SettlementKind::DEFAULT, 'enum');
        $out->one('amount', $this->amount, '', 'string');
        $out->optional('invoice', $this->invoice, 'message');
    }
}
