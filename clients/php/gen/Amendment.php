<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** A wish for another state of an order, and what came of it. */
final class Amendment extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $amendmentId = '',
        /** The shop. */
        public string $system = '',
        /** Its number there. */
        public string $externalAmendmentId = '',
        /** The order, by erpsync's id. */
        public string $orderId = '',
        /** The shop's version of the order, which the state is. */
        public int $shopVersion = 0,
        /** As it was wished. */
        public ?OrderState $state = null,
        /**
         * How it was answered.
         *
         * @var AmendmentStatus|string A value that is newer than this client is its name.
         */
        public AmendmentStatus|string $status = AmendmentStatus::DEFAULT,
        /** Who answered: before the ERP has seen the order, its shop; empty: nobody yet. */
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
            $in->one('amendmentId', '', 'string'),
            $in->one('system', '', 'string'),
            $in->one('externalAmendmentId', '', 'string'),
            $in->one('orderId', '', 'string'),
            $in->one('shopVersion', 0, 'int64'),
            $in->optional('state', 'message', OrderState::class),
            $in->one('status', AmendmentStatus::DEFAULT, 'enum', AmendmentStatus::class),
            $in->one('decidedBy', '', 'string'),
            $in->one('decisionReason', '', 'string'),
            $in->optional('requestTime', 'timestamp'),
            $in->optional('decisionTime', 'timestamp'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('amendmentId', $this->amendmentId, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->one('externalAmendmentId', $this->externalAmendmentId, '', 'string');
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('shopVersion', $this->shopVersion, 0, 'int64');
        $out->optional('state', $this->state, 'message');
        $out->one('status', $this->status, AmendmentStatus::DEFAULT, 'enum');
        $out->one('decidedBy', $this->decidedBy, '', 'string');
        $out->one('decisionReason', $this->decisionReason, '', 'string');
        $out->optional('requestTime', $this->requestTime, 'timestamp');
        $out->optional('decisionTime', $this->decisionTime, 'timestamp');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
