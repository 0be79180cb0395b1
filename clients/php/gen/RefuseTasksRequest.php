<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Refuses tasks. */
final class RefuseTasksRequest extends Message
{
    public function __construct(
        /**
         * 1 to 100.
         *
         * @var list<TaskRefusal>
         */
        public array $tasks = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('tasks', 'message', TaskRefusal::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('tasks', $this->tasks, 'message');
    }
}
