<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Says from which locations shops sell. */
final class AssignLocationsRequest extends Message
{
    public function __construct(
        /** The identity of this write, 1 to 64 visible ASCII characters. */
        public string $requestId = '',
        /**
         * 1 to 1,000 shops; of two rows for one shop the later counts.
         *
         * @var list<StockAssignment>
         */
        public array $assignments = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->many('assignments', 'message', StockAssignment::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->many('assignments', $this->assignments, 'message');
    }
}
