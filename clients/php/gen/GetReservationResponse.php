<?php

// Generated from erpsync/v1/reservations.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A reservation. */
final class GetReservationResponse extends Message
{
    public function __construct(
        /** As it is now. */
        public ?Reservation $reservation = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('reservation', 'message', Reservation::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('reservation', $this->reservation, 'message');
    }
}
