<?php

// Generated from erpsync/v1/payments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** One thing that happened. */
final class Payment extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $paymentId = '',
        /** The system that told of it. */
        public string $system = '',
        /** Its id there. */
        public string $externalPaymentId = '',
        /** The order, by erpsync's id. */
        public string $orderId = '',
        /**
         * What happened.
         *
         * @var PaymentEvent|string A value that is newer than this client is its name.
         */
        public PaymentEvent|string $event = PaymentEvent::DEFAULT,
        /** ISO 4217. */
        public string $currencyCode = '',
        /** How much, more than zero. */
        public string $amount = '',
        /** When it happened there; absent: not told. */
        public ?Timestamp $eventTime = null,
        /** How it was paid, for people: `invoice`, `card`. */
        public string $method = '',
        /** What the payment provider calls it. */
        public string $reference = '',
        /** When it was recorded here, by the database's clock. */
        public ?Timestamp $recordTime = null,
        /** Of its only change. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('paymentId', '', 'string'),
            $in->one('system', '', 'string'),
            $in->one('externalPaymentId', '', 'string'),
            $in->one('orderId', '', 'string'),
            $in->one('event', PaymentEvent::DEFAULT, 'enum', PaymentEvent::class),
            $in->one('currencyCode', '', 'string'),
            $in->one('amount', '', 'string'),
            $in->optional('eventTime', 'timestamp'),
            $in->one('method', '', 'string'),
            $in->one('reference', '', 'string'),
            $in->optional('recordTime', 'timestamp'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('paymentId', $this->paymentId, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->one('externalPaymentId', $this->externalPaymentId, '', 'string');
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('event', $this->event, PaymentEvent::DEFAULT, 'enum');
        $out->one('currencyCode', $this->currencyCode, '', 'string');
        $out->one('amount', $this->amount, '', 'string');
        $out->optional('eventTime', $this->eventTime, 'timestamp');
        $out->one('method', $this->method, '', 'string');
        $out->one('reference', $this->reference, '', 'string');
        $out->optional('recordTime', $this->recordTime, 'timestamp');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
