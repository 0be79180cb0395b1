<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Work. */
final class LeaseTasksResponse extends Message
{
    public function __construct(
        /**
         * Oldest first; empty: there is none.
         *
         * @var list<LeasedTask>
         */
        public array $tasks = [],
        /** The revision at or after which everyone sees the leases. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('tasks', 'message', LeasedTask::class),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('tasks', $this->tasks, 'message');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
