<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Begins a watch. */
final class WatchOrdersRequest extends Message
{
    public function __construct(
        /** What to watch. */
        public ?OrderFilter $filter = null,
        /** Where to begin. */
        public ?WatchStart $start = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('filter', 'message', OrderFilter::class),
            $in->optional('start', 'message', WatchStart::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('filter', $this->filter, 'message');
        $out->optional('start', $this->start, 'message');
    }
}
