<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Goods have come. */
final class ReceiveReturnRequest extends Message
{
    public function __construct(
        /** The caller's number, its identity, 1 to 255 bytes. */
        public string $externalReceptionId = '',
        /** Of which return. */
        public ?DocumentReference $return = null,
        /**
         * 1 to 2,000.
         *
         * @var list<ReceptionLine>
         */
        public array $lines = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalReceptionId', '', 'string'),
            $in->optional('return', 'message', DocumentReference::class),
            $in->many('lines', 'message', ReceptionLine::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalReceptionId', $this->externalReceptionId, '', 'string');
        $out->optional('return', $this->return, 'message');
        $out->many('lines', $this->lines, 'message');
    }
}
