<?php

// Generated from erpsync/v1/common.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/**
 * Which shipment, invoice, return or credit note: by erpsync's id, or by the number that a system
 * has given it.
 */
final class DocumentReference extends Message
{
    public function __construct(
        /**
         * The id that erpsync has given the document.
         *
         * Of `reference`: at most one is not null.
         */
        public ?string $documentId = null,
        /**
         * The number that a system has given the document.
         *
         * Of `reference`: at most one is not null.
         */
        public ?ExternalReference $external = null,
    ) {
    }

    /** Which of `reference` is there, by the name of its property; null: none. */
    public function reference(): ?string
    {
        return match (true) {
            $this->documentId !== null => 'documentId',
            $this->external !== null => 'external',
            default => null,
        };
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('documentId', 'string'),
            $in->optional('external', 'message', ExternalReference::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->atMostOne('reference', [
            'documentId' => $this->documentId,
            'external' => $this->external,
        ]);
        $out->optional('documentId', $this->documentId, 'string');
        $out->optional('external', $this->external, 'message');
    }
}
