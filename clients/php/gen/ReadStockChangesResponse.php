<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What has changed. */
final class ReadStockChangesResponse extends Message
{
    public function __construct(
        /**
         * Each as it is now.
         *
         * @var list<StockLevel>
         */
        public array $levels = [],
        /** Hand it back to go on. */
        public string $resumeToken = '',
        /** Everything up to this revision was delivered; 0 within a snapshot. */
        public int $revision = 0,
        /** Whether these are part of a snapshot. */
        public bool $snapshot = false,
        /** Whether there is more to read at once. */
        public bool $more = false,
        /**
         * Whether a snapshot begins with this answer: it replaces all that was told before. So it is at the
         * beginning, and again where other locations were assigned to the shop that reads.
         */
        public bool $snapshotBegins = false,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('levels', 'message', StockLevel::class),
            $in->one('resumeToken', '', 'string'),
            $in->one('revision', 0, 'int64'),
            $in->one('snapshot', false, 'bool'),
            $in->one('more', false, 'bool'),
            $in->one('snapshotBegins', false, 'bool'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('levels', $this->levels, 'message');
        $out->one('resumeToken', $this->resumeToken, '', 'string');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->one('snapshot', $this->snapshot, false, 'bool');
        $out->one('more', $this->more, false, 'bool');
        $out->one('snapshotBegins', $this->snapshotBegins, false, 'bool');
    }
}
