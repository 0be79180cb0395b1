<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Tells how a credit note was settled. */
final class SettleCreditNoteRequest extends Message
{
    public function __construct(
        /** The caller's number of the settlement, its identity, 1 to 255 bytes. */
        public string $externalSettlementId = '',
        /** Which credit note. */
        public ?DocumentReference $creditNote = null,
        /**
         * How: together the total. 1 to 20.
         *
         * @var list<Settlement>
         */
        public array $settlements = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalSettlementId', '', 'string'),
            $in->optional('creditNote', 'message', DocumentReference::class),
            $in->many('settlements', 'message', Settlement::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalSettlementId', $this->externalSettlementId, '', 'string');
        $out->optional('creditNote', $this->creditNote, 'message');
        $out->many('settlements', $this->settlements, 'message');
    }
}
