<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Wishes an order to be another. */
final class AmendOrderRequest extends Message
{
    public function __construct(
        /** The shop's number of this wish, its identity, 1 to 255 bytes. */
        public string $externalAmendmentId = '',
        /** Which order. */
        public ?OrderReference $order = null,
        /** The shop's version of the order, which the state is: more than zero, and rising. */
        public int $shopVersion = 0,
        /** The full desired state. */
        public ?OrderState $state = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalAmendmentId', '', 'string'),
            $in->optional('order', 'message', OrderReference::class),
            $in->one('shopVersion', 0, 'int64'),
            $in->optional('state', 'message', OrderState::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalAmendmentId', $this->externalAmendmentId, '', 'string');
        $out->optional('order', $this->order, 'message');
        $out->one('shopVersion', $this->shopVersion, 0, 'int64');
        $out->optional('state', $this->state, 'message');
    }
}
