<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What comes back of one line of the order. */
final class ReturnLine extends Message
{
    public function __construct(
        /** The order's line; each once. */
        public string $lineId = '',
        /** Units, more than zero. */
        public string $quantity = '',
        /** Why, for people, at most 1,000 bytes. */
        public string $reason = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lineId', '', 'string'),
            $in->one('quantity', '', 'string'),
            $in->one('reason', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lineId', $this->lineId, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
        $out->one('reason', $this->reason, '', 'string');
    }
}
