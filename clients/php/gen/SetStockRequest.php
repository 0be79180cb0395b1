<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** States readings. */
final class SetStockRequest extends Message
{
    public function __construct(
        /** The identity of this write, 1 to 64 visible ASCII characters. */
        public string $requestId = '',
        /**
         * 1 to 1,000 readings; of two for one level the later row counts.
         *
         * @var list<StockReading>
         */
        public array $readings = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->many('readings', 'message', StockReading::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->many('readings', $this->readings, 'message');
    }
}
