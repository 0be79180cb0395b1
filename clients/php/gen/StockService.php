<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Generator;

/**
 * How much of each article lies where, how much of it is promised, and what may still be sold.
 *
 * `sellable = on_hand - reserved - committed_elsewhere`, shown never below zero. All quantities are
 * decimals in the article's base unit, at most 12 digits before the point and 6 after it. An absent
 * location is `main`.
 *
 * Of an article that is made of others (`CompositionService`) no stock is kept: a row about a packing is
 * counted in units of what is packed, and what is shown of it are the whole units that would make.
 *
 * A shop is told all this as it sees it: only the locations that are assigned to it (all, where none
 * are), `sellable` less the buffer that is kept back from it, and nothing sellable of an article that
 * is not for sale now. ERPs and tools are told levels as they are.
 */
final class StockService extends \Erpsync\Service
{
    /**
     * States what lies there: absolute readings, 1 to 1,000 rows. Each row ends as APPLIED,
     * UNCHANGED, DUPLICATE (said before), STALE (something newer is known) or REFUSED; one bad row
     * does not stop the others. Where another system leads the location (`OwnershipService`), a row is
     * refused with NOT_LEADING_SYSTEM, and counted. A row about an article that is made of one other is a
     * reading of that one, in its units: say one or the other. About one that is made of several it is
     * refused with ARTICLE_IS_COMPOSED. Units that become free serve back orders first, oldest first.
     * Refused as a whole with FIELD_INVALID (no rows, too many) or REQUEST_ID_REQUIRED.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function setStock(SetStockRequest $request, ?float $timeout = null): SetStockResponse
    {
        return $this->call('erpsync.v1.StockService/SetStock', $request, SetStockResponse::class, $timeout ?? 10.0);
    }

    /**
     * Tells of goods that came or went: relative changes, 1 to 1,000 rows. Each row ends as APPLIED,
     * UNCHANGED (contained in the last statement), DUPLICATE (its ledger number is known) or REFUSED.
     * Where another system leads the location it is a pending effect: it counts until a statement of
     * the leader contains it.
     * Articles that are made of others as in SetStock.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function adjustStock(AdjustStockRequest $request, ?float $timeout = null): AdjustStockResponse
    {
        return $this->call('erpsync.v1.StockService/AdjustStock', $request, AdjustStockResponse::class, $timeout ?? 10.0);
    }

    /**
     * One level. NOT_FOUND where nothing was ever said or promised of the article there.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function getStock(GetStockRequest $request, ?float $timeout = null): GetStockResponse
    {
        return $this->call('erpsync.v1.StockService/GetStock', $request, GetStockResponse::class, $timeout ?? 10.0);
    }

    /**
     * All levels by sku and location, in pages.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listStock(ListStockRequest $request, ?float $timeout = null): ListStockResponse
    {
        return $this->call('erpsync.v1.StockService/ListStock', $request, ListStockResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listStock, each page asked for when it is reached.
     *
     * @return Generator<int, StockLevel>
     */
    public function listStockAll(ListStockRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listStock($request, $timeout);
            foreach ($page->levels as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * What moved at one level, newest first, in pages. Nothing does of an article that is made of others:
     * ask for those. Of a location that is not assigned to it a shop is told nothing.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listStockMovements(ListStockMovementsRequest $request, ?float $timeout = null): ListStockMovementsResponse
    {
        return $this->call('erpsync.v1.StockService/ListStockMovements', $request, ListStockMovementsResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listStockMovements, each page asked for when it is reached.
     *
     * @return Generator<int, StockMovement>
     */
    public function listStockMovementsAll(ListStockMovementsRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listStockMovements($request, $timeout);
            foreach ($page->movements as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * A snapshot of the levels, then every change of them, resumable by token.
     *
     * Never ends by itself: where the line breaks it resumes after the last message that was handed over.
     *
     * @return Generator<int, WatchStockResponse>
     */
    public function watchStock(WatchStockRequest $request): Generator
    {
        return $this->watch('erpsync.v1.StockService/WatchStock', $request, WatchStockResponse::class);
    }

    /**
     * The same without resuming: ends where the server ends it.
     *
     * @return Generator<int, WatchStockResponse>
     */
    public function watchStockOnce(WatchStockRequest $request): Generator
    {
        return $this->stream('erpsync.v1.StockService/WatchStock', $request, WatchStockResponse::class);
    }

    /**
     * The same as WatchStock in single calls: the same tokens, the same order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 30.
     */
    public function readStockChanges(ReadStockChangesRequest $request, ?float $timeout = null): ReadStockChangesResponse
    {
        return $this->call('erpsync.v1.StockService/ReadStockChanges', $request, ReadStockChangesResponse::class, $timeout ?? 30.0);
    }

    /**
     * Says from which locations shops sell, in order of priority: 1 to 1,000 rows. Each row ends as
     * APPLIED, UNCHANGED or REFUSED; one bad row does not stop the others. A shop that watches its
     * stock is sent a fresh snapshot. What was promised elsewhere before stays promised there. Refused
     * as a whole with FIELD_INVALID (no rows, too many) or REQUEST_ID_REQUIRED.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function assignLocations(AssignLocationsRequest $request, ?float $timeout = null): AssignLocationsResponse
    {
        return $this->call('erpsync.v1.StockService/AssignLocations', $request, AssignLocationsResponse::class, $timeout ?? 10.0);
    }

    /**
     * From which locations shops sell, by shop, in pages. A shop is told its own.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listAssignments(ListAssignmentsRequest $request, ?float $timeout = null): ListAssignmentsResponse
    {
        return $this->call('erpsync.v1.StockService/ListAssignments', $request, ListAssignmentsResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listAssignments, each page asked for when it is reached.
     *
     * @return Generator<int, StockAssignment>
     */
    public function listAssignmentsAll(ListAssignmentsRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listAssignments($request, $timeout);
            foreach ($page->assignments as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * Says how much is kept back from shops: 1 to 1,000 rows. Each row ends as APPLIED, UNCHANGED or
     * REFUSED; one bad row does not stop the others. Buffers bind what is promised from then on; where
     * one is lowered, orders of its shop that wait are served soon after. Of an article that is made of
     * others nothing is kept back but of its parts: refused with ARTICLE_IS_COMPOSED. Refused as a whole
     * with FIELD_INVALID (no rows, too many) or REQUEST_ID_REQUIRED.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function setBuffers(SetBuffersRequest $request, ?float $timeout = null): SetBuffersResponse
    {
        return $this->call('erpsync.v1.StockService/SetBuffers', $request, SetBuffersResponse::class, $timeout ?? 10.0);
    }

    /**
     * How much is kept back from shops, by shop, article and location, in pages. A shop is told its own.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listBuffers(ListBuffersRequest $request, ?float $timeout = null): ListBuffersResponse
    {
        return $this->call('erpsync.v1.StockService/ListBuffers', $request, ListBuffersResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listBuffers, each page asked for when it is reached.
     *
     * @return Generator<int, StockBuffer>
     */
    public function listBuffersAll(ListBuffersRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listBuffers($request, $timeout);
            foreach ($page->buffers as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * Says whether articles may be sold at all: 1 to 1,000 rows, each the whole truth of its article.
     * The identity of a row is its article, epoch and version, so it may be said again at any time. Each
     * ends as APPLIED, UNCHANGED, STALE (something newer is known) or REFUSED (FIELD_INVALID, or
     * SOURCE_VERSION_REUSED: this version said something else); one bad row does not stop the others.
     * Refused as a whole with FIELD_INVALID (no rows, too many).
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function setSellability(SetSellabilityRequest $request, ?float $timeout = null): SetSellabilityResponse
    {
        return $this->call('erpsync.v1.StockService/SetSellability', $request, SetSellabilityResponse::class, $timeout ?? 10.0);
    }

    /**
     * Whether articles may be sold at all, by article, in pages; those of which nothing was ever said
     * are OPEN, and not listed.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listSellability(ListSellabilityRequest $request, ?float $timeout = null): ListSellabilityResponse
    {
        return $this->call('erpsync.v1.StockService/ListSellability', $request, ListSellabilityResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listSellability, each page asked for when it is reached.
     *
     * @return Generator<int, Sellability>
     */
    public function listSellabilityAll(ListSellabilityRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listSellability($request, $timeout);
            foreach ($page->articles as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }
}
