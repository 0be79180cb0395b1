<?php

// Generated from erpsync/v1/change_service.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Generator;

/**
 * Everything that changes in an environment, of every kind in one stream: for tools that copy,
 * audit or count. Shops and ERPs watch what they need through the slices' own services.
 */
final class ChangeService extends \Erpsync\Service
{
    /**
     * A snapshot of everything, then every change, resumable by token.
     *
     * Never ends by itself: where the line breaks it resumes after the last message that was handed over.
     *
     * @return Generator<int, WatchChangesResponse>
     */
    public function watchChanges(WatchChangesRequest $request): Generator
    {
        return $this->watch('erpsync.v1.ChangeService/WatchChanges', $request, WatchChangesResponse::class);
    }

    /**
     * The same without resuming: ends where the server ends it.
     *
     * @return Generator<int, WatchChangesResponse>
     */
    public function watchChangesOnce(WatchChangesRequest $request): Generator
    {
        return $this->stream('erpsync.v1.ChangeService/WatchChanges', $request, WatchChangesResponse::class);
    }

    /**
     * The same as WatchChanges in single calls: the same tokens, the same order. With `wait` above
     * 5 s, give the call a deadline of `wait` and some more, at most 30 s.
     *
     * @param float|null $timeout Seconds for each attempt; null: 30.
     */
    public function readChanges(ReadChangesRequest $request, ?float $timeout = null): ReadChangesResponse
    {
        return $this->call('erpsync.v1.ChangeService/ReadChanges', $request, ReadChangesResponse::class, $timeout ?? 30.0);
    }

    /**
     * How far the environment's history has come.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function getHead(GetHeadRequest $request, ?float $timeout = null): GetHeadResponse
    {
        return $this->call('erpsync.v1.ChangeService/GetHead', $request, GetHeadResponse::class, $timeout ?? 10.0);
    }
}
