<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** A piece of work. */
final class Task extends Message
{
    public function __construct(
        /** erpsync's id: that of what it is about, the order, the return, the payment. */
        public string $taskId = '',
        /**
         * What it asks for.
         *
         * @var TaskKind|string A value that is newer than this client is its name.
         */
        public TaskKind|string $kind = TaskKind::DEFAULT,
        /** The order that it is about. */
        public string $orderId = '',
        /**
         * Where it stands.
         *
         * @var TaskState|string A value that is newer than this client is its name.
         */
        public TaskState|string $state = TaskState::DEFAULT,
        /** How often it was leased since it was offered or last retried. */
        public int $attempts = 0,
        /** When it was offered. */
        public ?Timestamp $offerTime = null,
        /** From when on it may be leased again, while it waits. */
        public ?Timestamp $availableTime = null,
        /** The system that holds it, or that took it over. */
        public string $holder = '',
        /** Until when it is held, while it is leased. */
        public ?Timestamp $leaseEndTime = null,
        /** What the system that took it over calls the result; empty: it is a draft there still. */
        public string $externalNumber = '',
        /** Why it is parked, while it is. */
        public ?Problem $problem = null,
        /** Of the last change. */
        public int $revision = 0,
        /** The system that said what it is about. */
        public string $system = '',
        /** What that is called there. */
        public string $externalId = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('taskId', '', 'string'),
            $in->one('kind', TaskKind::DEFAULT, 'enum', TaskKind::class),
            $in->one('orderId', '', 'string'),
            $in->one('state', TaskState::DEFAULT, 'enum', TaskState::class),
            $in->one('attempts', 0, 'int32'),
            $in->optional('offerTime', 'timestamp'),
            $in->optional('availableTime', 'timestamp'),
            $in->one('holder', '', 'string'),
            $in->optional('leaseEndTime', 'timestamp'),
            $in->one('externalNumber', '', 'string'),
            $in->optional('problem', 'message', Problem::class),
            $in->one('revision', 0, 'int64'),
            $in->one('system', '', 'string'),
            $in->one('externalId', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('taskId', $this->taskId, '', 'string');
        $out->one('kind', $this->kind, TaskKind::DEFAULT, 'enum');
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('state', $this->state, TaskState::DEFAULT, 'enum');
        $out->one('attempts', $this->attempts, 0, 'int32');
        $out->optional('offerTime', $this->offerTime, 'timestamp');
        $out->optional('availableTime', $this->availableTime, 'timestamp');
        $out->one('holder', $this->holder, '', 'string');
        $out->optional('leaseEndTime', $this->leaseEndTime, 'timestamp');
        $out->one('externalNumber', $this->externalNumber, '', 'string');
        $out->optional('problem', $this->problem, 'message');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->one('system', $this->system, '', 'string');
        $out->one('externalId', $this->externalId, '', 'string');
    }
}
