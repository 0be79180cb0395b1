<?php

// Generated from erpsync/v1/reservations.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Duration;
use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Promises units. */
final class CreateReservationRequest extends Message
{
    public function __construct(
        /** The caller's id of it, its identity, 1 to 255 bytes. */
        public string $externalReservationId = '',
        /**
         * 1 to 2,000 lines; several of one article at one location are added up.
         *
         * @var list<ReservationLine>
         */
        public array $lines = [],
        /** For how long, from now on: 10 s to 604,800 s (7 days); absent: 900 s (15 min). */
        public ?Duration $lifetime = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalReservationId', '', 'string'),
            $in->many('lines', 'message', ReservationLine::class),
            $in->optional('lifetime', 'duration'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalReservationId', $this->externalReservationId, '', 'string');
        $out->many('lines', $this->lines, 'message');
        $out->optional('lifetime', $this->lifetime, 'duration');
    }
}
