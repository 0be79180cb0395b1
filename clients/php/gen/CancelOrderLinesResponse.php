<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** They are off. */
final class CancelOrderLinesResponse extends Message
{
    public function __construct(
        /**
         * What was cancelled of each line, in the order of the request.
         *
         * @var list<OrderLineCancellation>
         */
        public array $lines = [],
        /** The revision at or after which everyone sees it. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('lines', 'message', OrderLineCancellation::class),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('lines', $this->lines, 'message');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
