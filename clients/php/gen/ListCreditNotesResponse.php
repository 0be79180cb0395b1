<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of credit notes. */
final class ListCreditNotesResponse extends Message
{
    public function __construct(
        /**
         * Oldest first.
         *
         * @var list<CreditNote>
         */
        public array $creditNotes = [],
        /** For the next page; empty: this was the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('creditNotes', 'message', CreditNote::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('creditNotes', $this->creditNotes, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
