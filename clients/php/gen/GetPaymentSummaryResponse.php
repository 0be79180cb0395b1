<?php

// Generated from erpsync/v1/payments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What was paid. */
final class GetPaymentSummaryResponse extends Message
{
    public function __construct(
        /** The order, by erpsync's id. */
        public string $orderId = '',
        /** In sum. */
        public ?PaymentSummary $summary = null,
        /**
         * One by one, as they were recorded.
         *
         * @var list<Payment>
         */
        public array $payments = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('orderId', '', 'string'),
            $in->optional('summary', 'message', PaymentSummary::class),
            $in->many('payments', 'message', Payment::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('orderId', $this->orderId, '', 'string');
        $out->optional('summary', $this->summary, 'message');
        $out->many('payments', $this->payments, 'message');
    }
}
