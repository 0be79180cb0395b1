<?php

// Generated from erpsync/v1/monitoring.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Generator;

/** What somebody should look at, although nothing was refused. */
final class MonitoringService extends \Erpsync\Service
{
    /**
     * Incidents by kind and subject, in pages; those that hold, unless all are asked for.
     * A shop sees those of its own orders, and those that concern no order.
     * FIELD_INVALID; PAGE_TOKEN_INVALID.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listIncidents(ListIncidentsRequest $request, ?float $timeout = null): ListIncidentsResponse
    {
        return $this->call('erpsync.v1.MonitoringService/ListIncidents', $request, ListIncidentsResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listIncidents, each page asked for when it is reached.
     *
     * @return Generator<int, Incident>
     */
    public function listIncidentsAll(ListIncidentsRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listIncidents($request, $timeout);
            foreach ($page->incidents as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * A snapshot of the incidents, also of those that have ended, then every change of them, resumable
     * by token. A shop sees the same as in ListIncidents.
     *
     * Never ends by itself: where the line breaks it resumes after the last message that was handed over.
     *
     * @return Generator<int, WatchIncidentsResponse>
     */
    public function watchIncidents(WatchIncidentsRequest $request): Generator
    {
        return $this->watch('erpsync.v1.MonitoringService/WatchIncidents', $request, WatchIncidentsResponse::class);
    }

    /**
     * The same without resuming: ends where the server ends it.
     *
     * @return Generator<int, WatchIncidentsResponse>
     */
    public function watchIncidentsOnce(WatchIncidentsRequest $request): Generator
    {
        return $this->stream('erpsync.v1.MonitoringService/WatchIncidents', $request, WatchIncidentsResponse::class);
    }

    /**
     * The same as WatchIncidents in single calls: the same tokens, the same order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 30.
     */
    public function readIncidentChanges(ReadIncidentChangesRequest $request, ?float $timeout = null): ReadIncidentChangesResponse
    {
        return $this->call('erpsync.v1.MonitoringService/ReadIncidentChanges', $request, ReadIncidentChangesResponse::class, $timeout ?? 30.0);
    }
}
