<?php

// Generated from erpsync/v1/parking.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** Something parked. */
final class Parked extends Message
{
    public function __construct(
        /** erpsync's id of it. */
        public string $parkedId = '',
        /** What it is: `task`, `shipment`, `invoice`, `payment`, `reception`, `credit_note`. */
        public string $kind = '',
        /** The system that said it. */
        public string $system = '',
        /** What that system calls it. */
        public string $externalId = '',
        /** The order that it concerns; empty: not known. */
        public string $orderId = '',
        /** Why it is not applied: at first, or when it was last tried. */
        public ?Problem $problem = null,
        /** How often it was tried again. */
        public int $attempts = 0,
        /** Since when it is here. */
        public ?Timestamp $parkTime = null,
        /** When it was last tried again. */
        public ?Timestamp $retryTime = null,
        /** When it was applied; absent: it was not. */
        public ?Timestamp $applyTime = null,
        /** Of the last change. */
        public int $revision = 0,
        /** When it was given up; absent: it was not. */
        public ?Timestamp $discardTime = null,
        /** The system that gave it up. */
        public string $discardedBy = '',
        /** Why it was given up. */
        public string $discardReason = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('parkedId', '', 'string'),
            $in->one('kind', '', 'string'),
            $in->one('system', '', 'string'),
            $in->one('externalId', '', 'string'),
            $in->one('orderId', '', 'string'),
            $in->optional('problem', 'message', Problem::class),
            $in->one('attempts', 0, 'int32'),
            $in->optional('parkTime', 'timestamp'),
            $in->optional('retryTime', 'timestamp'),
            $in->optional('applyTime', 'timestamp'),
            $in->one('revision', 0, 'int64'),
            $in->optional('discardTime', 'timestamp'),
            $in->one('discardedBy', '', 'string'),
            $in->one('discardReason', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('parkedId', $this->parkedId, '', 'string');
        $out->one('kind', $this->kind, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->one('externalId', $this->externalId, '', 'string');
        $out->one('orderId', $this->orderId, '', 'string');
        $out->optional('problem', $this->problem, 'message');
        $out->one('attempts', $this->attempts, 0, 'int32');
        $out->optional('parkTime', $this->parkTime, 'timestamp');
        $out->optional('retryTime', $this->retryTime, 'timestamp');
        $out->optional('applyTime', $this->applyTime, 'timestamp');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->optional('discardTime', $this->discardTime, 'timestamp');
        $out->one('discardedBy', $this->discardedBy, '', 'string');
        $out->one('discardReason', $this->discardReason, '', 'string');
    }
}
