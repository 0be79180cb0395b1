<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Takes units off an order. */
final class CancelOrderLinesRequest extends Message
{
    public function __construct(
        /** The identity of the write, 1 to 64 visible characters. */
        public string $requestId = '',
        /** Of which order. */
        public ?OrderReference $order = null,
        /**
         * 1 to 2,000; each line once.
         *
         * @var list<OrderLineCancellation>
         */
        public array $lines = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->optional('order', 'message', OrderReference::class),
            $in->many('lines', 'message', OrderLineCancellation::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->optional('order', $this->order, 'message');
        $out->many('lines', $this->lines, 'message');
    }
}
