<?php

// Generated from erpsync/v1/reservations.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks for a reservation. */
final class GetReservationRequest extends Message
{
    public function __construct(
        /** Which. */
        public ?DocumentReference $reservation = null,
        /** Wait until this revision can be read, at most 5 s; else REVISION_NOT_REACHED. 0: do not wait. */
        public int $atLeastRevision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('reservation', 'message', DocumentReference::class),
            $in->one('atLeastRevision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('reservation', $this->reservation, 'message');
        $out->one('atLeastRevision', $this->atLeastRevision, 0, 'int64');
    }
}
