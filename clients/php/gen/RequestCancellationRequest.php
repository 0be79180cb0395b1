<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Wishes units off an order. */
final class RequestCancellationRequest extends Message
{
    public function __construct(
        /** The caller's number of this wish, its identity, 1 to 255 bytes. */
        public string $externalCancellationId = '',
        /** Of which order. */
        public ?OrderReference $order = null,
        /** Why, for people, at most 1,000 bytes. */
        public string $reason = '',
        /**
         * At most 2,000; each line once; empty: all that is open of the order.
         *
         * @var list<OrderLineCancellation>
         */
        public array $lines = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalCancellationId', '', 'string'),
            $in->optional('order', 'message', OrderReference::class),
            $in->one('reason', '', 'string'),
            $in->many('lines', 'message', OrderLineCancellation::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalCancellationId', $this->externalCancellationId, '', 'string');
        $out->optional('order', $this->order, 'message');
        $out->one('reason', $this->reason, '', 'string');
        $out->many('lines', $this->lines, 'message');
    }
}
