<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Ends a return. */
final class CloseReturnRequest extends Message
{
    public function __construct(
        /** The identity of the write, 1 to 64 visible characters. */
        public string $requestId = '',
        /** Which. */
        public ?DocumentReference $return = null,
        /** Why, for people, 1 to 1,000 bytes. */
        public string $reason = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->optional('return', 'message', DocumentReference::class),
            $in->one('reason', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->optional('return', $this->return, 'message');
        $out->one('reason', $this->reason, '', 'string');
    }
}
