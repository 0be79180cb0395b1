<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks for a page of tenants. */
final class ListTenantsRequest extends Message
{
    public function __construct(
        /** Entries of the page at most; 0 means 100. */
        public int $pageSize = 0,
        /** Empty for the first page; then what the answer before says. */
        public string $pageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('pageSize', 0, 'int32'),
            $in->one('pageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('pageSize', $this->pageSize, 0, 'int32');
        $out->one('pageToken', $this->pageToken, '', 'string');
    }
}
