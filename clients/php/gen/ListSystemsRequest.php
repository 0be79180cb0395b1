<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks for a page of systems. */
final class ListSystemsRequest extends Message
{
    public function __construct(
        /** Only of this tenant; empty: of all. A tenant that does not exist has none. */
        public string $tenant = '',
        /** Only of the environment of this name; empty: of all. */
        public string $environment = '',
        /** Entries of the page at most; 0 means 100. */
        public int $pageSize = 0,
        /** Empty for the first page; then what the answer before says. */
        public string $pageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('tenant', '', 'string'),
            $in->one('environment', '', 'string'),
            $in->one('pageSize', 0, 'int32'),
            $in->one('pageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('tenant', $this->tenant, '', 'string');
        $out->one('environment', $this->environment, '', 'string');
        $out->one('pageSize', $this->pageSize, 0, 'int32');
        $out->one('pageToken', $this->pageToken, '', 'string');
    }
}
