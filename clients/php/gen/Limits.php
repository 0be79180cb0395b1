<?php

// Generated from erpsync/v1/server_info.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Duration;
use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What is refused at one more. */
final class Limits extends Message
{
    public function __construct(
        /** Bytes of a request message. */
        public int $requestBytesMax = 0,
        /** Rows of a batch. */
        public int $batchRowsMax = 0,
        /** Lines of an order, a reservation or any other document. */
        public int $orderLinesMax = 0,
        /** Entries of a page; a larger page size is lowered to it. */
        public int $pageSizeMax = 0,
        /** How long a unary call may take if it does not say less. */
        public ?Duration $deadlineDefault = null,
        /** How long a unary call may ask to take. */
        public ?Duration $deadlineMax = null,
        /** How long units can be held for a cart at once. */
        public ?Duration $reservationLifetimeMax = null,
        /** Headers of a request. */
        public int $headersMax = 0,
        /** Bytes of all headers of a request: of their names and values, and 32 for each. */
        public int $headersBytesMax = 0,
        /**
         * Calls under way at a time over one connection of HTTP/2; more wait, or are refused with
         * REFUSED_STREAM.
         */
        public int $streamsPerConnectionMax = 0,
        /**
         * Calls of one token on average, over all its connections to one server; for a moment twice as many. A
         * stream is one call.
         */
        public int $callsPerSecondMax = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestBytesMax', 0, 'int64'),
            $in->one('batchRowsMax', 0, 'int32'),
            $in->one('orderLinesMax', 0, 'int32'),
            $in->one('pageSizeMax', 0, 'int32'),
            $in->optional('deadlineDefault', 'duration'),
            $in->optional('deadlineMax', 'duration'),
            $in->optional('reservationLifetimeMax', 'duration'),
            $in->one('headersMax', 0, 'int32'),
            $in->one('headersBytesMax', 0, 'int32'),
            $in->one('streamsPerConnectionMax', 0, 'int32'),
            $in->one('callsPerSecondMax', 0, 'int32'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestBytesMax', $this->requestBytesMax, 0, 'int64');
        $out->one('batchRowsMax', $this->batchRowsMax, 0, 'int32');
        $out->one('orderLinesMax', $this->orderLinesMax, 0, 'int32');
        $out->one('pageSizeMax', $this->pageSizeMax, 0, 'int32');
        $out->optional('deadlineDefault', $this->deadlineDefault, 'duration');
        $out->optional('deadlineMax', $this->deadlineMax, 'duration');
        $out->optional('reservationLifetimeMax', $this->reservationLifetimeMax, 'duration');
        $out->one('headersMax', $this->headersMax, 0, 'int32');
        $out->one('headersBytesMax', $this->headersBytesMax, 0, 'int32');
        $out->one('streamsPerConnectionMax', $this->streamsPerConnectionMax, 0, 'int32');
        $out->one('callsPerSecondMax', $this->callsPerSecondMax, 0, 'int32');
    }
}
