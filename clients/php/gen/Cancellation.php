<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** A wish to take units off an order, and what came of it. */
final class Cancellation extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $cancellationId = '',
        /** The system that wishes it. */
        public string $system = '',
        /** Its number there. */
        public string $externalCancellationId = '',
        /** The order, by erpsync's id. */
        public string $orderId = '',
        /**
         * How it was answered.
         *
         * @var CancellationStatus|string A value that is newer than this client is its name.
         */
        public CancellationStatus|string $status = CancellationStatus::DEFAULT,
        /** Why it is wished, for people. */
        public string $reason = '',
        /**
         * Of each line, how many units.
         *
         * @var list<CancellationLine>
         */
        public array $lines = [],
        /** Who answered: before the ERP has seen the order, whoever wished it; empty: nobody yet. */
        public string $decidedBy = '',
        /** Why so, for people. */
        public string $decisionReason = '',
        /** When it was wished. */
        public ?Timestamp $requestTime = null,
        /** When it was answered; absent: not yet. */
        public ?Timestamp $decisionTime = null,
        /** Of the last change. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('cancellationId', '', 'string'),
            $in->one('system', '', 'string'),
            $in->one('externalCancellationId', '', 'string'),
            $in->one('orderId', '', 'string'),
            $in->one('status', CancellationStatus::DEFAULT, 'enum', CancellationStatus::class),
            $in->one('reason', '', 'string'),
            $in->many('lines', 'message', CancellationLine::class),
            $in->one('decidedBy', '', 'string'),
            $in->one('decisionReason', '', 'string'),
            $in->optional('requestTime', 'timestamp'),
            $in->optional('decisionTime', 'timestamp'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('cancellationId', $this->cancellationId, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->one('externalCancellationId', $this->externalCancellationId, '', 'string');
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('status', $this->status, CancellationStatus::DEFAULT, 'enum');
        $out->one('reason', $this->reason, '', 'string');
        $out->many('lines', $this->lines, 'message');
        $out->one('decidedBy', $this->decidedBy, '', 'string');
        $out->one('decisionReason', $this->decisionReason, '', 'string');
        $out->optional('requestTime', $this->requestTime, 'timestamp');
        $out->optional('decisionTime', $this->decisionTime, 'timestamp');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
