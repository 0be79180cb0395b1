<?php

// Generated from erpsync/v1/ownership.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of what is led. */
final class ListOwnershipResponse extends Message
{
    public function __construct(
        /**
         * By data set, then location.
         *
         * @var list<Ownership>
         */
        public array $ownerships = [],
        /** For the next page; empty: this was the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('ownerships', 'message', Ownership::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('ownerships', $this->ownerships, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
