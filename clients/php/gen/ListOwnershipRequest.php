<?php

// Generated from erpsync/v1/ownership.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks for all that is led. */
final class ListOwnershipRequest extends Message
{
    public function __construct(
        /** Entries of a page; 0: 100; at most 1,000, larger is lowered; negative is refused. */
        public int $pageSize = 0,
        /** From the last page; empty: the first page. */
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
