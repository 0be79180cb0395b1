<?php

// Generated from erpsync/v1/parking.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Generator;

/**
 * What came in, cannot be applied now, and must not get lost: facts that wait for something that is
 * not known yet, documents that do not tie out, tasks that nobody takes over. Facts that wait are
 * tried again by themselves when what they name arrives, or when there is more again of a prepayment that
 * they deduct; an order that does not add up is handed over once an amendment mends it.
 */
final class ParkingService extends \Erpsync\Service
{
    /**
     * What is parked, oldest first, in pages. A shop sees what is of its own orders, and, where the order is
     * not known, what it has told itself.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listParked(ListParkedRequest $request, ?float $timeout = null): ListParkedResponse
    {
        return $this->call('erpsync.v1.ParkingService/ListParked', $request, ListParkedResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listParked, each page asked for when it is reached.
     *
     * @return Generator<int, Parked>
     */
    public function listParkedAll(ListParkedRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listParked($request, $timeout);
            foreach ($page->parked as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * Tries again, item by item: APPLIED; PARKED, with the reason of now; DUPLICATE where it was
     * applied before; REFUSED with NOT_FOUND, or with INVALID_STATE where it was given up. Saying it twice
     * tries twice, which changes nothing more.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function retryParked(RetryParkedRequest $request, ?float $timeout = null): RetryParkedResponse
    {
        return $this->call('erpsync.v1.ParkingService/RetryParked', $request, RetryParkedResponse::class, $timeout ?? 10.0);
    }

    /**
     * Gives up, item by item, for good: APPLIED; DUPLICATE where it was given up before; REFUSED with
     * NOT_FOUND, or with INVALID_STATE where it was applied. The number of a document that is given up
     * is free again: it can be told anew as it should have been. The tasks behind one that is given up
     * go on; an order whose own task is given up keeps its reservations until its lines are cancelled.
     * FIELD_INVALID.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function discardParked(DiscardParkedRequest $request, ?float $timeout = null): DiscardParkedResponse
    {
        return $this->call('erpsync.v1.ParkingService/DiscardParked', $request, DiscardParkedResponse::class, $timeout ?? 10.0);
    }
}
