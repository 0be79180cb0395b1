<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What became of an answer. */
final class TaskStreamResults extends Message
{
    public function __construct(
        /** Of the message that it answers. */
        public int $number = 0,
        /**
         * In the order of its items.
         *
         * @var list<TaskResult>
         */
        public array $results = [],
        /** The revision at or after which everyone sees it. */
        public int $revision = 0,
        /** Why nothing of it was done: what a single call would have been refused with. The stream goes on. */
        public ?Problem $problem = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('number', 0, 'int64'),
            $in->many('results', 'message', TaskResult::class),
            $in->one('revision', 0, 'int64'),
            $in->optional('problem', 'message', Problem::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('number', $this->number, 0, 'int64');
        $out->many('results', $this->results, 'message');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->optional('problem', $this->problem, 'message');
    }
}
