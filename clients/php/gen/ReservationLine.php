<?php

// Generated from erpsync/v1/reservations.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** How much of an article. */
final class ReservationLine extends Message
{
    public function __construct(
        /** The article, 1 to 255 bytes. */
        public string $sku = '',
        /**
         * Where it lies, at most 64 bytes; empty: at the first of the locations assigned to the shop that has
         * all of it, else at the one that has most; `main` where none are assigned. Always told in answers.
         */
        public string $location = '',
        /** Units, more than zero. */
        public string $quantity = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('sku', '', 'string'),
            $in->one('location', '', 'string'),
            $in->one('quantity', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('sku', $this->sku, '', 'string');
        $out->one('location', $this->location, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
    }
}
