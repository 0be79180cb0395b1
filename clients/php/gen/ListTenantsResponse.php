<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of tenants. */
final class ListTenantsResponse extends Message
{
    public function __construct(
        /**
         * By name.
         *
         * @var list<Tenant>
         */
        public array $tenants = [],
        /** Asks for the next page; empty where this is the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('tenants', 'message', Tenant::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('tenants', $this->tenants, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
