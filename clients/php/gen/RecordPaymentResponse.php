<?php

// Generated from erpsync/v1/payments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What became of it. */
final class RecordPaymentResponse extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $paymentId = '',
        /** APPLIED or PARKED. */
        public ?FactResult $result = null,
        /** The revision that recorded it. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('paymentId', '', 'string'),
            $in->optional('result', 'message', FactResult::class),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('paymentId', $this->paymentId, '', 'string');
        $out->optional('result', $this->result, 'message');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
