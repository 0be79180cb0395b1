<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Judges what came at one time. */
final class InspectReturnRequest extends Message
{
    public function __construct(
        /** The caller's number, its identity, 1 to 255 bytes. */
        public string $externalInspectionId = '',
        /** What came at that time, by the id or number of ReceiveReturn. */
        public ?DocumentReference $reception = null,
        /**
         * 1 to 2,000.
         *
         * @var list<InspectionLine>
         */
        public array $lines = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalInspectionId', '', 'string'),
            $in->optional('reception', 'message', DocumentReference::class),
            $in->many('lines', 'message', InspectionLine::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalInspectionId', $this->externalInspectionId, '', 'string');
        $out->optional('reception', $this->reception, 'message');
        $out->many('lines', $this->lines, 'message');
    }
}
