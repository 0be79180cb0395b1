<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of environments. */
final class ListEnvironmentsResponse extends Message
{
    public function __construct(
        /**
         * By tenant and name.
         *
         * @var list<EnvironmentInfo>
         */
        public array $environments = [],
        /** Asks for the next page; empty where this is the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('environments', 'message', EnvironmentInfo::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('environments', $this->environments, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
