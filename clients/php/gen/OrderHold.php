<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** That an order is kept back. */
final class OrderHold extends Message
{
    public function __construct(
        /** By which system. */
        public string $system = '',
        /** Why, for people. */
        public string $reason = '',
        /** Since when. */
        public ?Timestamp $holdTime = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('system', '', 'string'),
            $in->one('reason', '', 'string'),
            $in->optional('holdTime', 'timestamp'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('system', $this->system, '', 'string');
        $out->one('reason', $this->reason, '', 'string');
        $out->optional('holdTime', $this->holdTime, 'timestamp');
    }
}
