<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** An order. */
final class GetOrderResponse extends Message
{
    public function __construct(
        /** As it is. */
        public ?Order $order = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('order', 'message', Order::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('order', $this->order, 'message');
    }
}
