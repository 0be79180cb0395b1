<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Lets an order go on. */
final class ResumeOrderRequest extends Message
{
    public function __construct(
        /** The identity of the write, 1 to 64 visible characters. */
        public string $requestId = '',
        /** Which. */
        public ?OrderReference $order = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->optional('order', 'message', OrderReference::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->optional('order', $this->order, 'message');
    }
}
