<?php

// Generated from erpsync/v1/parking.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks for what is parked. */
final class ListParkedRequest extends Message
{
    public function __construct(
        /** Only of this kind; empty: of all. */
        public string $kind = '',
        /** Only what this system said; empty: all. */
        public string $system = '',
        /** Only for this reason, `WAITS_FOR_DOCUMENT`; empty: for all. */
        public string $reason = '',
        /** Only of this order, by erpsync's id; empty: of all. */
        public string $orderId = '',
        /** Also what was applied or given up since. */
        public bool $withApplied = false,
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
            $in->one('kind', '', 'string'),
            $in->one('system', '', 'string'),
            $in->one('reason', '', 'string'),
            $in->one('orderId', '', 'string'),
            $in->one('withApplied', false, 'bool'),
            $in->one('pageSize', 0, 'int32'),
            $in->one('pageToken', '', 'string'),
            $in->one('atLeastRevision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('kind', $this->kind, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->one('reason', $this->reason, '', 'string');
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('withApplied', $this->withApplied, false, 'bool');
        $out->one('pageSize', $this->pageSize, 0, 'int32');
        $out->one('pageToken', $this->pageToken, '', 'string');
        $out->one('atLeastRevision', $this->atLeastRevision, 0, 'int64');
    }
}
