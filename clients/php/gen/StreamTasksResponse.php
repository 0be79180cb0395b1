<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** One message of the server. */
final class StreamTasksResponse extends Message
{
    public function __construct(
        /**
         * The stream is open: the first message.
         *
         * Of `event`: at most one is not null.
         */
        public ?TaskStreamOpened $opened = null,
        /**
         * Tasks are handed out, as LeaseTasks does it.
         *
         * Of `event`: at most one is not null.
         */
        public ?LeaseTasksResponse $tasks = null,
        /**
         * What became of an answer, in the order in which they came.
         *
         * Of `event`: at most one is not null.
         */
        public ?TaskStreamResults $results = null,
        /**
         * Nothing has happened.
         *
         * Of `event`: at most one is not null.
         */
        public ?TaskStreamHeartbeat $heartbeat = null,
        /**
         * The server is stopping: connect again.
         *
         * Of `event`: at most one is not null.
         */
        public ?GoingAway $goingAway = null,
    ) {
    }

    /** Which of `event` is there, by the name of its property; null: none. */
    public function event(): ?string
    {
        return match (true) {
            $this->opened !== null => 'opened',
            $this->tasks !== null => 'tasks',
            $this->results !== null => 'results',
            $this->heartbeat !== null => 'heartbeat',
            $this->goingAway !== null => 'goingAway',
            default => null,
        };
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('opened', 'message', TaskStreamOpened::class),
            $in->optional('tasks', 'message', LeaseTasksResponse::class),
            $in->optional('results', 'message', TaskStreamResults::class),
            $in->optional('heartbeat', 'message', TaskStreamHeartbeat::class),
            $in->optional('goingAway', 'message', GoingAway::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->atMostOne('event', [
            'opened' => $this->opened,
            'tasks' => $this->tasks,
            'results' => $this->results,
            'heartbeat' => $this->heartbeat,
            'goingAway' => $this->goingAway,
        ]);
        $out->optional('opened', $this->opened, 'message');
        $out->optional('tasks', $this->tasks, 'message');
        $out->optional('results', $this->results, 'message');
        $out->optional('heartbeat', $this->heartbeat, 'message');
        $out->optional('goingAway', $this->goingAway, 'message');
    }
}
