<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks for orders. */
final class ListOrdersRequest extends Message
{
    public function __construct(
        /** Only of this shop; empty: of all. */
        public string $shop = '',
        /** Entries of a page; 0: 100; at most 1,000, larger is lowered; negative is refused. */
        public int $pageSize = 0,
        /** From the last page of the same request; empty: the first page. */
        public string $pageToken = '',
        /** Waits, at most 5 s, until this revision can be read; REVISION_NOT_REACHED after that. */
        public int $atLeastRevision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('shop', '', 'string'),
            $in->one('pageSize', 0, 'int32'),
            $in->one('pageToken', '', 'string'),
            $in->one('atLeastRevision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('shop', $this->shop, '', 'string');
        $out->one('pageSize', $this->pageSize, 0, 'int32');
        $out->one('pageToken', $this->pageToken, '', 'string');
        $out->one('atLeastRevision', $this->atLeastRevision, 0, 'int64');
    }
}
