<?php

// Generated from erpsync/v1/reservations.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Duration;
use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Holds it longer. */
final class ExtendReservationRequest extends Message
{
    public function __construct(
        /** The identity of this write, 1 to 64 visible ASCII characters. */
        public string $requestId = '',
        /** Which reservation. */
        public ?DocumentReference $reservation = null,
        /** For how long, from now on: 10 s to 604,800 s (7 days); absent: 900 s (15 min). */
        public ?Duration $lifetime = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->optional('reservation', 'message', DocumentReference::class),
            $in->optional('lifetime', 'duration'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->optional('reservation', $this->reservation, 'message');
        $out->optional('lifetime', $this->lifetime, 'duration');
    }
}
