<?php

// Generated from erpsync/v1/payments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** The payments of an order, in sum. All in its currency, none negative but `paid`. */
final class PaymentSummary extends Message
{
    public function __construct(
        /**
         * How far it is paid.
         *
         * @var PaymentStatus|string A value that is newer than this client is its name.
         */
        public PaymentStatus|string $status = PaymentStatus::DEFAULT,
        /** ISO 4217. */
        public string $currencyCode = '',
        /** Set aside, in sum. */
        public string $authorised = '',
        /** Received, in sum. */
        public string $captured = '',
        /** Given back, in sum. */
        public string $refunded = '',
        /** Taken back by banks, in sum. */
        public string $chargedBack = '',
        /** captured - refunded - charged_back: what the merchant has. Negative where events are still missing. */
        public string $paid = '',
        /** What was to be paid, as ordered. */
        public string $total = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('status', PaymentStatus::DEFAULT, 'enum', PaymentStatus::class),
            $in->one('currencyCode', '', 'string'),
            $in->one('authorised', '', 'string'),
            $in->one('captured', '', 'string'),
            $in->one('refunded', '', 'string'),
            $in->one('chargedBack', '', 'string'),
            $in->one('paid', '', 'string'),
            $in->one('total', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('status', $this->status, PaymentStatus::DEFAULT, 'enum');
        $out->one('currencyCode', $this->currencyCode, '', 'string');
        $out->one('authorised', $this->authorised, '', 'string');
        $out->one('captured', $this->captured, '', 'string');
        $out->one('refunded', $this->refunded, '', 'string');
        $out->one('chargedBack', $this->chargedBack, '', 'string');
        $out->one('paid', $this->paid, '', 'string');
        $out->one('total', $this->total, '', 'string');
    }
}
