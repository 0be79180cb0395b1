<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Names an order. */
final class GetOrderRequest extends Message
{
    public function __construct(
        /** Which. */
        public ?OrderReference $order = null,
        /** Waits, at most 5 s, until this revision can be read; REVISION_NOT_REACHED after that. */
        public int $atLeastRevision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('order', 'message', OrderReference::class),
            $in->one('atLeastRevision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('order', $this->order, 'message');
        $out->one('atLeastRevision', $this->atLeastRevision, 0, 'int64');
    }
}
