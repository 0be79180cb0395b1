<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/**
 * The work that waits for the ERP: each order is a task, and so is what shops tell of it afterwards.
 * At least once, and the tasks of one order one after the other; several orders in parallel. Whoever
 * takes tasks holds leases on them, and acknowledges, defers or refuses each; what is not answered in
 * time is handed out again.
 */
final class InboxService extends \Erpsync\Service
{
    /**
     * Takes tasks, oldest first, each under a lease of its own. Has no identity: an answer that got
     * lost costs the time of its leases, and nothing else. FIELD_INVALID.
     *
     * @param float|null $timeout Seconds for each attempt; null: 30.
     */
    public function leaseTasks(LeaseTasksRequest $request, ?float $timeout = null): LeaseTasksResponse
    {
        return $this->call('erpsync.v1.InboxService/LeaseTasks', $request, LeaseTasksResponse::class, $timeout ?? 30.0);
    }

    /**
     * Tells that tasks were taken over, and under which numbers; answers item by item. Their identity
     * is the lease: the same again is a DUPLICATE. Only the newest lease of a task may answer, others
     * get LEASE_SUPERSEDED, of no task NOT_FOUND. A number that another order bears is refused with
     * FOREIGN_NUMBER_IN_USE.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function acknowledgeTasks(AcknowledgeTasksRequest $request, ?float $timeout = null): AcknowledgeTasksResponse
    {
        return $this->call('erpsync.v1.InboxService/AcknowledgeTasks', $request, AcknowledgeTasksResponse::class, $timeout ?? 10.0);
    }

    /**
     * Gives tasks back for later: after 5 s, 30 s, 2 min, 10 min and then each hour, a little more or
     * less. After 10 attempts a task is parked with ATTEMPTS_EXHAUSTED. LEASE_SUPERSEDED;
     * NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function deferTasks(DeferTasksRequest $request, ?float $timeout = null): DeferTasksResponse
    {
        return $this->call('erpsync.v1.InboxService/DeferTasks', $request, DeferTasksResponse::class, $timeout ?? 10.0);
    }

    /**
     * Refuses tasks: they are parked with TASK_REFUSED and the given words, until they are retried.
     * Later tasks of the same order wait behind them; all others flow. LEASE_SUPERSEDED;
     * NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function refuseTasks(RefuseTasksRequest $request, ?float $timeout = null): RefuseTasksResponse
    {
        return $this->call('erpsync.v1.InboxService/RefuseTasks', $request, RefuseTasksResponse::class, $timeout ?? 10.0);
    }

    /**
     * Asks for more time. LEASE_SUPERSEDED where the lease is not the newest any more; NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function extendLeases(ExtendLeasesRequest $request, ?float $timeout = null): ExtendLeasesResponse
    {
        return $this->call('erpsync.v1.InboxService/ExtendLeases', $request, ExtendLeasesResponse::class, $timeout ?? 10.0);
    }
}
