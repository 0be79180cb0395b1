<?php

// Generated from erpsync/v1/parking.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of what is parked. */
final class ListParkedResponse extends Message
{
    public function __construct(
        /**
         * Oldest first.
         *
         * @var list<Parked>
         */
        public array $parked = [],
        /** For the next page; empty: this was the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('parked', 'message', Parked::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('parked', $this->parked, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
