<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Units of one line. */
final class CancellationLine extends Message
{
    public function __construct(
        /** The order's line. */
        public string $lineId = '',
        /** Wished off. */
        public string $requested = '',
        /** Off. */
        public string $cancelled = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lineId', '', 'string'),
            $in->one('requested', '', 'string'),
            $in->one('cancelled', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lineId', $this->lineId, '', 'string');
        $out->one('requested', $this->requested, '', 'string');
        $out->one('cancelled', $this->cancelled, '', 'string');
    }
}
