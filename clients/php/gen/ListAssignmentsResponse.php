<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of assignments. */
final class ListAssignmentsResponse extends Message
{
    public function __construct(
        /**
         * By shop; those without locations too, once they had some.
         *
         * @var list<StockAssignment>
         */
        public array $assignments = [],
        /** For the next page; empty: this was the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('assignments', 'message', StockAssignment::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('assignments', $this->assignments, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
