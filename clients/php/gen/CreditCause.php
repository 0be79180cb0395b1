<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What a credit note is issued for: at most one note for each. */
final class CreditCause extends Message
{
    public function __construct(
        /**
         * What came back at one time: credits at most what was accepted of it.
         *
         * Of `cause`: at most one is not null.
         */
        public ?DocumentReference $reception = null,
        /**
         * A return as a whole: credits at most what was accepted of it.
         *
         * Of `cause`: at most one is not null.
         */
        public ?DocumentReference $return = null,
    ) {
    }

    /** Which of `cause` is there, by the name of its property; null: none. */
    public function cause(): ?string
    {
        return match (true) {
            $this->reception !== null => 'reception',
            $this->return !== null => 'return',
            default => null,
        };
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('reception', 'message', DocumentReference::class),
            $in->optional('return', 'message', DocumentReference::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->atMostOne('cause', [
            'reception' => $this->reception,
            'return' => $this->return,
        ]);
        $out->optional('reception', $this->reception, 'message');
        $out->optional('return', $this->return, 'message');
    }
}
