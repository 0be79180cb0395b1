<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of systems. */
final class ListSystemsResponse extends Message
{
    public function __construct(
        /**
         * By tenant, environment and name.
         *
         * @var list<SystemInfo>
         */
        public array $systems = [],
        /** Asks for the next page; empty where this is the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('systems', 'message', SystemInfo::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('systems', $this->systems, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
