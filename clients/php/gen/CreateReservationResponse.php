<?php

// Generated from erpsync/v1/reservations.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** They are promised. */
final class CreateReservationResponse extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $reservationId = '',
        /** Until when it is held. */
        public ?Timestamp $expireTime = null,
        /** The revision at or after which everyone sees it. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('reservationId', '', 'string'),
            $in->optional('expireTime', 'timestamp'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('reservationId', $this->reservationId, '', 'string');
        $out->optional('expireTime', $this->expireTime, 'timestamp');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
