<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** Allows a return. */
final class ApproveReturnRequest extends Message
{
    public function __construct(
        /** The identity of the write, 1 to 64 visible characters. */
        public string $requestId = '',
        /** Which. */
        public ?DocumentReference $return = null,
        /** When it ends if nothing has come by then; ahead. Absent: as it was. */
        public ?Timestamp $expireTime = null,
        /** That the buyer has sent the goods; absent: as it was. */
        public ?DispatchProof $dispatchProof = null,
        /** Whether the buyer gets the standard shipping of the order back; absent: as it was. */
        public ?bool $refundShipping = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->optional('return', 'message', DocumentReference::class),
            $in->optional('expireTime', 'timestamp'),
            $in->optional('dispatchProof', 'message', DispatchProof::class),
            $in->optional('refundShipping', 'bool'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->optional('return', $this->return, 'message');
        $out->optional('expireTime', $this->expireTime, 'timestamp');
        $out->optional('dispatchProof', $this->dispatchProof, 'message');
        $out->optional('refundShipping', $this->refundShipping, 'bool');
    }
}
