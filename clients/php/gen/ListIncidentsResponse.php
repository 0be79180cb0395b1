<?php

// Generated from erpsync/v1/monitoring.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of incidents. */
final class ListIncidentsResponse extends Message
{
    public function __construct(
        /**
         * By kind and subject.
         *
         * @var list<Incident>
         */
        public array $incidents = [],
        /** For the next page; empty: this was the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('incidents', 'message', Incident::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('incidents', $this->incidents, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
