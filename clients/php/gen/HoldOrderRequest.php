<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Keeps an order back. */
final class HoldOrderRequest extends Message
{
    public function __construct(
        /** The identity of the write, 1 to 64 visible characters. */
        public string $requestId = '',
        /** Which. */
        public ?OrderReference $order = null,
        /** Why, for people, 1 to 1,000 bytes. */
        public string $reason = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->optional('order', 'message', OrderReference::class),
            $in->one('reason', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->optional('order', $this->order, 'message');
        $out->one('reason', $this->reason, '', 'string');
    }
}
