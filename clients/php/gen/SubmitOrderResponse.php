<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** The order is in. */
final class SubmitOrderResponse extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $orderId = '',
        /** The revision at or after which everyone sees it. */
        public int $revision = 0,
        /**
         * What of each line was reserved and what waits, when it came in.
         *
         * @var list<OrderLinePromise>
         */
        public array $promises = [],
        /**
         * Why the reservation that an order named that was already placed was not taken over; absent: it
         * was, or none was named.
         */
        public ?Problem $reservationProblem = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('orderId', '', 'string'),
            $in->one('revision', 0, 'int64'),
            $in->many('promises', 'message', OrderLinePromise::class),
            $in->optional('reservationProblem', 'message', Problem::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->many('promises', $this->promises, 'message');
        $out->optional('reservationProblem', $this->reservationProblem, 'message');
    }
}
