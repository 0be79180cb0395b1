<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** Announces that goods come back. */
final class RequestReturnRequest extends Message
{
    public function __construct(
        /** The caller's number, its identity, 1 to 255 bytes. */
        public string $externalReturnId = '',
        /** Of which order. */
        public ?OrderReference $order = null,
        /** When the buyer withdrew from the purchase: `2026-11-23`; empty: not told. */
        public string $withdrawalDate = '',
        /**
         * 1 to 2,000; each line once.
         *
         * @var list<ReturnLine>
         */
        public array $lines = [],
        /** When it ends if nothing has come by then; ahead. Absent: never. */
        public ?Timestamp $expireTime = null,
        /** That the buyer has sent the goods already; absent: not proved. */
        public ?DispatchProof $dispatchProof = null,
        /** Whether the buyer is to get the standard shipping of the order back. */
        public bool $refundShipping = false,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalReturnId', '', 'string'),
            $in->optional('order', 'message', OrderReference::class),
            $in->one('withdrawalDate', '', 'string'),
            $in->many('lines', 'message', ReturnLine::class),
            $in->optional('expireTime', 'timestamp'),
            $in->optional('dispatchProof', 'message', DispatchProof::class),
            $in->one('refundShipping', false, 'bool'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalReturnId', $this->externalReturnId, '', 'string');
        $out->optional('order', $this->order, 'message');
        $out->one('withdrawalDate', $this->withdrawalDate, '', 'string');
        $out->many('lines', $this->lines, 'message');
        $out->optional('expireTime', $this->expireTime, 'timestamp');
        $out->optional('dispatchProof', $this->dispatchProof, 'message');
        $out->one('refundShipping', $this->refundShipping, false, 'bool');
    }
}
