<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Answers a wish. */
final class AnswerCancellationRequest extends Message
{
    public function __construct(
        /** The identity of the write, 1 to 64 visible characters. */
        public string $requestId = '',
        /** Which wish. */
        public ?DocumentReference $cancellation = null,
        /**
         * What is decided.
         *
         * @var CancellationDecision|string A value that is newer than this client is its name.
         */
        public CancellationDecision|string $decision = CancellationDecision::DEFAULT,
        /**
         * With ACCEPT: the units that are off, each line once, and none of other lines; empty: all that was
         * wished and is still open. With REFUSE: empty.
         *
         * @var list<OrderLineCancellation>
         */
        public array $lines = [],
        /** Why so, for people, at most 1,000 bytes; not empty with REFUSE. */
        public string $reason = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->optional('cancellation', 'message', DocumentReference::class),
            $in->one('decision', CancellationDecision::DEFAULT, 'enum', CancellationDecision::class),
            $in->many('lines', 'message', OrderLineCancellation::class),
            $in->one('reason', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->optional('cancellation', $this->cancellation, 'message');
        $out->one('decision', $this->decision, CancellationDecision::DEFAULT, 'enum');
        $out->many('lines', $this->lines, 'message');
        $out->one('reason', $this->reason, '', 'string');
    }
}
