<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A credit note. */
final class GetCreditNoteResponse extends Message
{
    public function __construct(
        /** As it is. */
        public ?CreditNote $creditNote = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('creditNote', 'message', CreditNote::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('creditNote', $this->creditNote, 'message');
    }
}
