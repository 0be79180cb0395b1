<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What had become of a line. */
final class OpeningLine extends Message
{
    public function __construct(
        /** The order's line. Another is refused with FIELD_INVALID. */
        public string $lineId = '',
        /** Units that had left, not negative; empty: none. */
        public string $shipped = '',
        /**
         * Units that had been taken off the order, not negative; empty: none. Together with `shipped` not
         * more than were ordered: FIELD_INVALID.
         */
        public string $cancelled = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lineId', '', 'string'),
            $in->one('shipped', '', 'string'),
            $in->one('cancelled', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lineId', $this->lineId, '', 'string');
        $out->one('shipped', $this->shipped, '', 'string');
        $out->one('cancelled', $this->cancelled, '', 'string');
    }
}
