<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Answers a wish. */
final class AnswerAmendmentRequest extends Message
{
    public function __construct(
        /** The identity of the write, 1 to 64 visible characters. */
        public string $requestId = '',
        /** Which wish. */
        public ?DocumentReference $amendment = null,
        /**
         * What is decided.
         *
         * @var AmendmentDecision|string A value that is newer than this client is its name.
         */
        public AmendmentDecision|string $decision = AmendmentDecision::DEFAULT,
        /**
         * With ACCEPT: the state that the order has instead of the one that was wished; absent: that one.
         * With REFUSE: absent.
         */
        public ?OrderState $state = null,
        /** Why so, for people, at most 1,000 bytes; not empty with REFUSE. */
        public string $reason = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->optional('amendment', 'message', DocumentReference::class),
            $in->one('decision', AmendmentDecision::DEFAULT, 'enum', AmendmentDecision::class),
            $in->optional('state', 'message', OrderState::class),
            $in->one('reason', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->optional('amendment', $this->amendment, 'message');
        $out->one('decision', $this->decision, AmendmentDecision::DEFAULT, 'enum');
        $out->optional('state', $this->state, 'message');
        $out->one('reason', $this->reason, '', 'string');
    }
}
