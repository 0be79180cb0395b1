<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/**
 * What had become of an order before it came in: at cut-over its shop loads what is not done with.
 * What had left then lowers no stock now, and can be returned; what is open is promised, or waits.
 */
final class OpeningState extends Message
{
    public function __construct(
        /**
         * The ERP that has it already, and its number there: it is not handed over again. Absent: the ERP
         * does not know it yet.
         */
        public ?ExternalReference $takenOver = null,
        /**
         * Each line once; of a line that is not named, all is open.
         *
         * @var list<OpeningLine>
         */
        public array $lines = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('takenOver', 'message', ExternalReference::class),
            $in->many('lines', 'message', OpeningLine::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('takenOver', $this->takenOver, 'message');
        $out->many('lines', $this->lines, 'message');
    }
}
