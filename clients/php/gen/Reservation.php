<?php

// Generated from erpsync/v1/reservations.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** Units promised for a while, and what came of it. */
final class Reservation extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $reservationId = '',
        /** The system that made it. */
        public string $system = '',
        /** Its id there. */
        public string $externalReservationId = '',
        /**
         * Where it stands.
         *
         * @var ReservationState|string A value that is newer than this client is its name.
         */
        public ReservationState|string $state = ReservationState::DEFAULT,
        /**
         * By article and location, each once, summed; of an article that is made of others (see
         * `CompositionService`), those of which it was made when they were promised.
         *
         * @var list<ReservationLine>
         */
        public array $lines = [],
        /** When it was made, by the database's clock. */
        public ?Timestamp $createTime = null,
        /** Until when it is, or was to be, held. */
        public ?Timestamp $expireTime = null,
        /** When it ended; absent: it is held. */
        public ?Timestamp $endTime = null,
        /** The system that ended it; empty: it is held, or expired. */
        public string $endedBy = '',
        /** The order that has consumed it; empty: none. */
        public string $orderId = '',
        /** Of the last change. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('reservationId', '', 'string'),
            $in->one('system', '', 'string'),
            $in->one('externalReservationId', '', 'string'),
            $in->one('state', ReservationState::DEFAULT, 'enum', ReservationState::class),
            $in->many('lines', 'message', ReservationLine::class),
            $in->optional('createTime', 'timestamp'),
            $in->optional('expireTime', 'timestamp'),
            $in->optional('endTime', 'timestamp'),
            $in->one('endedBy', '', 'string'),
            $in->one('orderId', '', 'string'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('reservationId', $this->reservationId, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->one('externalReservationId', $this->externalReservationId, '', 'string');
        $out->one('state', $this->state, ReservationState::DEFAULT, 'enum');
        $out->many('lines', $this->lines, 'message');
        $out->optional('createTime', $this->createTime, 'timestamp');
        $out->optional('expireTime', $this->expireTime, 'timestamp');
        $out->optional('endTime', $this->endTime, 'timestamp');
        $out->one('endedBy', $this->endedBy, '', 'string');
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
