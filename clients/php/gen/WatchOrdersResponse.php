<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** One message of a watch. */
final class WatchOrdersResponse extends Message
{
    public function __construct(
        /** Hand it back to resume after this message. */
        public string $resumeToken = '',
        /** From 1, without gaps, within this stream. */
        public int $streamSequence = 0,
        /**
         * A snapshot begins.
         *
         * Of `event`: at most one is not null.
         */
        public ?SnapshotBegin $snapshotBegin = null,
        /**
         * Some of it.
         *
         * Of `event`: at most one is not null.
         */
        public ?OrderSnapshotChunk $snapshotChunk = null,
        /**
         * It is whole.
         *
         * Of `event`: at most one is not null.
         */
        public ?SnapshotEnd $snapshotEnd = null,
        /**
         * Something has changed.
         *
         * Of `event`: at most one is not null.
         */
        public ?OrderChanges $changes = null,
        /**
         * Nothing has.
         *
         * Of `event`: at most one is not null.
         */
        public ?Heartbeat $heartbeat = null,
        /**
         * The server is stopping.
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
            $this->snapshotBegin !== null => 'snapshotBegin',
            $this->snapshotChunk !== null => 'snapshotChunk',
            $this->snapshotEnd !== null => 'snapshotEnd',
            $this->changes !== null => 'changes',
            $this->heartbeat !== null => 'heartbeat',
            $this->goingAway !== null => 'goingAway',
            default => null,
        };
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('resumeToken', '', 'string'),
            $in->one('streamSequence', 0, 'int64'),
            $in->optional('snapshotBegin', 'message', SnapshotBegin::class),
            $in->optional('snapshotChunk', 'message', OrderSnapshotChunk::class),
            $in->optional('snapshotEnd', 'message', SnapshotEnd::class),
            $in->optional('changes', 'message', OrderChanges::class),
            $in->optional('heartbeat', 'message', Heartbeat::class),
            $in->optional('goingAway', 'message', GoingAway::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->atMostOne('event', [
            'snapshotBegin' => $this->snapshotBegin,
            'snapshotChunk' => $this->snapshotChunk,
            'snapshotEnd' => $this->snapshotEnd,
            'changes' => $this->changes,
            'heartbeat' => $this->heartbeat,
            'goingAway' => $this->goingAway,
        ]);
        $out->one('resumeToken', $this->resumeToken, '', 'string');
        $out->one('streamSequence', $this->streamSequence, 0, 'int64');
        $out->optional('snapshotBegin', $this->snapshotBegin, 'message');
        $out->optional('snapshotChunk', $this->snapshotChunk, 'message');
        $out->optional('snapshotEnd', $this->snapshotEnd, 'message');
        $out->optional('changes', $this->changes, 'message');
        $out->optional('heartbeat', $this->heartbeat, 'message');
        $out->optional('goingAway', $this->goingAway, 'message');
    }
}
