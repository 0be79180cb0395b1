<?php

// Generated from erpsync/v1/changes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Duration;
use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/**
 * Where a watch begins, and how it behaves. Every watch of the API takes one, and keeps the same
 * promises:
 * * ordered: revisions never run back within a stream;
 * * unique: no entry comes twice with the same revision within a stream;
 * * reliable: no change is left out, though a reader who was away gets the newest state alone;
 * * atomic: what one revision changed arrives together, each entry at least as new;
 * * resumable: every message carries a token, and a stream that begins with it goes on after it;
 * * bookmarkable: a heartbeat at a revision means that everything up to it was delivered.
 *
 * A token is good for the same environment, kind of stream and filter alone, for 14 days at least.
 * A reader keeps the entry with the higher revision and, once it has done what a message asks, that
 * message's token. Entries that are gone come as tombstones. A message has about 1 MiB at most; what
 * one revision changed may therefore travel in several, of which only the last moves revision and
 * token. A stream ends with SLOW_CONSUMER where nothing was accepted for 30 s, and with
 * TOKEN_INVALID soon after the caller's token was revoked.
 */
final class WatchStart extends Message
{
    public function __construct(
        /**
         * First everything as it is, then every change.
         *
         * Of `start`: at most one is not null.
         */
        public ?bool $snapshot = null,
        /**
         * Every change since this token was handed out; within a snapshot, the rest of it first.
         * Refused with RESUME_TOKEN_INVALID, RESUME_TOKEN_EXPIRED or RESUME_TOKEN_FOREIGN.
         *
         * Of `start`: at most one is not null.
         */
        public ?string $resumeToken = null,
        /**
         * Only what changes from now on; a heartbeat comes at once, with the first token.
         *
         * Of `start`: at most one is not null.
         */
        public ?bool $now = null,
        /**
         * How often to hear that nothing has happened: 1 to 60 s; absent: 10 s. Others are refused with
         * FIELD_INVALID.
         */
        public ?Duration $heartbeatInterval = null,
        /**
         * What to do about a resume token that the log no longer reaches back to.
         *
         * @var OnExpired|string A value that is newer than this client is its name.
         */
        public OnExpired|string $onExpired = OnExpired::DEFAULT,
    ) {
    }

    /** Which of `start` is there, by the name of its property; null: none. */
    public function start(): ?string
    {
        return match (true) {
            $this->snapshot !== null => 'snapshot',
            $this->resumeToken !== null => 'resumeToken',
            $this->now !== null => 'now',
            default => null,
        };
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('snapshot', 'bool'),
            $in->optional('resumeToken', 'string'),
            $in->optional('now', 'bool'),
            $in->optional('heartbeatInterval', 'duration'),
            $in->one('onExpired', OnExpired::DEFAULT, 'enum', OnExpired::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->atMostOne('start', [
            'snapshot' => $this->snapshot,
            'resumeToken' => $this->resumeToken,
            'now' => $this->now,
        ]);
        $out->optional('snapshot', $this->snapshot, 'bool');
        $out->optional('resumeToken', $this->resumeToken, 'string');
        $out->optional('now', $this->now, 'bool');
        $out->optional('heartbeatInterval', $this->heartbeatInterval, 'duration');
        $out->one('onExpired', $this->onExpired, OnExpired::DEFAULT, 'enum');
    }
}
