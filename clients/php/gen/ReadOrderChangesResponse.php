<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What has changed. */
final class ReadOrderChangesResponse extends Message
{
    public function __construct(
        /**
         * Each as it is now.
         *
         * @var list<Order>
         */
        public array $orders = [],
        /** Hand it back to go on. */
        public string $resumeToken = '',
        /** Everything up to this revision was delivered; 0 within a snapshot. */
        public int $revision = 0,
        /** Whether these are part of a snapshot. */
        public bool $snapshot = false,
        /** Whether there is more to read at once. */
        public bool $more = false,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('orders', 'message', Order::class),
            $in->one('resumeToken', '', 'string'),
            $in->one('revision', 0, 'int64'),
            $in->one('snapshot', false, 'bool'),
            $in->one('more', false, 'bool'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('orders', $this->orders, 'message');
        $out->one('resumeToken', $this->resumeToken, '', 'string');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->one('snapshot', $this->snapshot, false, 'bool');
        $out->one('more', $this->more, false, 'bool');
    }
}
