<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** A return, as it is. */
final class Return_ extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $returnId = '',
        /** The system that announced it. */
        public string $system = '',
        /** Its number there. */
        public string $externalReturnId = '',
        /** The order. */
        public string $orderId = '',
        /**
         * How far it has come.
         *
         * @var ReturnStatus|string A value that is newer than this client is its name.
         */
        public ReturnStatus|string $status = ReturnStatus::DEFAULT,
        /** When the buyer withdrew from the purchase: `2026-11-23`; empty: not told. */
        public string $withdrawalDate = '',
        /**
         * What was announced.
         *
         * @var list<ReturnLine>
         */
        public array $lines = [],
        /**
         * What became of each line, in the same order.
         *
         * @var list<ReturnLineQuantities>
         */
        public array $quantities = [],
        /** Why it was declined, for people. */
        public string $declineReason = '',
        /** When it was announced, by the database's clock. */
        public ?Timestamp $requestTime = null,
        /** Of the last change. */
        public int $revision = 0,
        /** Why it was closed, for people. */
        public string $closeReason = '',
        /** When it ends if nothing has come by then; absent: never. */
        public ?Timestamp $expireTime = null,
        /** That the buyer has sent the goods; absent: not proved. */
        public ?DispatchProof $dispatchProof = null,
        /** Whether the buyer gets the standard shipping of the order back. */
        public bool $refundShipping = false,
        /**
         * By when the buyer has to have the money: 14 days after the withdrawal, or when the right to keep
         * it back ended, if that was later. Empty: nothing is owed because of a withdrawal.
         */
        public string $refundDueDate = '',
        /**
         * Whether it may be kept back.
         *
         * @var RefundHold|string A value that is newer than this client is its name.
         */
        public RefundHold|string $refundHold = RefundHold::DEFAULT,
        /**
         * Orders that were placed in exchange, oldest first, by erpsync's ids.
         *
         * @var list<string>
         */
        public array $replacementOrderIds = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('returnId', '', 'string'),
            $in->one('system', '', 'string'),
            $in->one('externalReturnId', '', 'string'),
            $in->one('orderId', '', 'string'),
            $in->one('status', ReturnStatus::DEFAULT, 'enum', ReturnStatus::class),
            $in->one('withdrawalDate', '', 'string'),
            $in->many('lines', 'message', ReturnLine::class),
            $in->many('quantities', 'message', ReturnLineQuantities::class),
            $in->one('declineReason', '', 'string'),
            $in->optional('requestTime', 'timestamp'),
            $in->one('revision', 0, 'int64'),
            $in->one('closeReason', '', 'string'),
            $in->optional('expireTime', 'timestamp'),
            $in->optional('dispatchProof', 'message', DispatchProof::class),
            $in->one('refundShipping', false, 'bool'),
            $in->one('refundDueDate', '', 'string'),
            $in->one('refundHold', RefundHold::DEFAULT, 'enum', RefundHold::class),
            $in->many('replacementOrderIds', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('returnId', $this->returnId, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->one('externalReturnId', $this->externalReturnId, '', 'string');
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('status', $this->status, ReturnStatus::DEFAULT, 'enum');
        $out->one('withdrawalDate', $this->withdrawalDate, '', 'string');
        $out->many('lines', $this->lines, 'message');
        $out->many('quantities', $this->quantities, 'message');
        $out->one('declineReason', $this->declineReason, '', 'string');
        $out->optional('requestTime', $this->requestTime, 'timestamp');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->one('closeReason', $this->closeReason, '', 'string');
        $out->optional('expireTime', $this->expireTime, 'timestamp');
        $out->optional('dispatchProof', $this->dispatchProof, 'message');
        $out->one('refundShipping', $this->refundShipping, false, 'bool');
        $out->one('refundDueDate', $this->refundDueDate, '', 'string');
        $out->one('refundHold', $this->refundHold, RefundHold::DEFAULT, 'enum');
        $out->many('replacementOrderIds', $this->replacementOrderIds, 'string');
    }
}
