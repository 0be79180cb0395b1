<?php

// Generated from erpsync/v1/payments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** Tells of one thing that happened. */
final class RecordPaymentRequest extends Message
{
    public function __construct(
        /** Its id where it happened, its identity, 1 to 255 bytes. */
        public string $externalPaymentId = '',
        /** Of which order. */
        public ?OrderReference $order = null,
        /**
         * What happened.
         *
         * @var PaymentEvent|string A value that is newer than this client is its name.
         */
        public PaymentEvent|string $event = PaymentEvent::DEFAULT,
        /** ISO 4217. */
        public string $currencyCode = '',
        /** How much, more than zero, with no more decimals than the currency has. */
        public string $amount = '',
        /** When it happened there; absent: not told. Nothing is ordered by it. */
        public ?Timestamp $eventTime = null,
        /** How it was paid, for people, at most 64 bytes. */
        public string $method = '',
        /** What the payment provider calls it, at most 255 bytes. */
        public string $reference = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalPaymentId', '', 'string'),
            $in->optional('order', 'message', OrderReference::class),
            $in->one('event', PaymentEvent::DEFAULT, 'enum', PaymentEvent::class),
            $in->one('currencyCode', '', 'string'),
            $in->one('amount', '', 'string'),
            $in->optional('eventTime', 'timestamp'),
            $in->one('method', '', 'string'),
            $in->one('reference', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalPaymentId', $this->externalPaymentId, '', 'string');
        $out->optional('order', $this->order, 'message');
        $out->one('event', $this->event, PaymentEvent::DEFAULT, 'enum');
        $out->one('currencyCode', $this->currencyCode, '', 'string');
        $out->one('amount', $this->amount, '', 'string');
        $out->optional('eventTime', $this->eventTime, 'timestamp');
        $out->one('method', $this->method, '', 'string');
        $out->one('reference', $this->reference, '', 'string');
    }
}
