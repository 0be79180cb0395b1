<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Generator;

/**
 * Goods on their way back. Goods and money are independent: a credit note may be caused by a return,
 * and need not be.
 */
final class ReturnService extends \Erpsync\Service
{
    /**
     * Announces that goods come back: a wish. Its identity is the caller and `external_return_id`,
     * kept for ever: the same content again answers the same, other content is refused with
     * DOCUMENT_CONTENT_MISMATCH. No more than has left, and has not come back, can be announced:
     * QUANTITY_EXCEEDED. FIELD_INVALID; NOT_FOUND, to a shop also for another's order; ORDER_LINE_NOT_FOUND.
     * Once its `expire_time` has come and nothing of it has, it is EXPIRED, and its units are free again.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function requestReturn(RequestReturnRequest $request, ?float $timeout = null): RequestReturnResponse
    {
        return $this->call('erpsync.v1.ReturnService/RequestReturn', $request, RequestReturnResponse::class, $timeout ?? 10.0);
    }

    /**
     * Allows it. INVALID_STATE where it was declined, closed or has expired. Identity: `request_id`;
     * allowing twice changes nothing but what is told along with it: that the buyer has proved to have
     * sent the goods, say. FIELD_INVALID; NOT_FOUND, to a shop also for a return of another's order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function approveReturn(ApproveReturnRequest $request, ?float $timeout = null): ApproveReturnResponse
    {
        return $this->call('erpsync.v1.ReturnService/ApproveReturn', $request, ApproveReturnResponse::class, $timeout ?? 10.0);
    }

    /**
     * Declines it, which frees its units for another. INVALID_STATE where goods have come or were lost
     * already, and where it was closed or has expired. Identity: `request_id`; declining twice changes nothing.
     * NOT_FOUND, to a shop also for a return of another's order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function declineReturn(DeclineReturnRequest $request, ?float $timeout = null): DeclineReturnResponse
    {
        return $this->call('erpsync.v1.ReturnService/DeclineReturn', $request, DeclineReturnResponse::class, $timeout ?? 10.0);
    }

    /**
     * Tells that goods have come, and what was done with them; or that they were lost on their way: a
     * fact. What is restocked can be sold at once. Its identity is the caller and
     * `external_reception_id`, kept for ever. It is PARKED where it names a return by a foreign number
     * that is not known yet or is not approved yet (WAITS_FOR_DOCUMENT), one that was declined, closed
     * or has expired (INVALID_STATE), or where more came than is awaited (QUANTITY_EXCEEDED).
     * FIELD_INVALID; NOT_FOUND for an unknown id of ours; ORDER_LINE_NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function receiveReturn(ReceiveReturnRequest $request, ?float $timeout = null): ReceiveReturnResponse
    {
        return $this->call('erpsync.v1.ReturnService/ReceiveReturn', $request, ReceiveReturnResponse::class, $timeout ?? 10.0);
    }

    /**
     * Judges units that came at one time, or takes them out of quarantine: a fact. Its identity is the
     * caller and `external_inspection_id`, kept for ever. It is PARKED where it names a reception by a
     * foreign number that is not known or not applied yet (WAITS_FOR_DOCUMENT), or where more is judged
     * than waits for it (QUANTITY_EXCEEDED). Whether the return was closed since does not matter: the
     * goods are there. FIELD_INVALID; NOT_FOUND for an unknown id of ours; ORDER_LINE_NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function inspectReturn(InspectReturnRequest $request, ?float $timeout = null): InspectReturnResponse
    {
        return $this->call('erpsync.v1.ReturnService/InspectReturn', $request, InspectReturnResponse::class, $timeout ?? 10.0);
    }

    /**
     * Ends it: what is still awaited is awaited no more, and may be announced anew. INVALID_STATE where
     * units are pending (judge them first), and where it was declined or has expired. Identity:
     * `request_id`; closing twice changes nothing. FIELD_INVALID; NOT_FOUND, to a shop also for a return of
     * another's order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function closeReturn(CloseReturnRequest $request, ?float $timeout = null): CloseReturnResponse
    {
        return $this->call('erpsync.v1.ReturnService/CloseReturn', $request, CloseReturnResponse::class, $timeout ?? 10.0);
    }

    /**
     * One return. NOT_FOUND where there is none; to a shop, also for one of another's order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function getReturn(GetReturnRequest $request, ?float $timeout = null): GetReturnResponse
    {
        return $this->call('erpsync.v1.ReturnService/GetReturn', $request, GetReturnResponse::class, $timeout ?? 10.0);
    }

    /**
     * All returns, oldest first, in pages; to a shop, those of its own orders.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listReturns(ListReturnsRequest $request, ?float $timeout = null): ListReturnsResponse
    {
        return $this->call('erpsync.v1.ReturnService/ListReturns', $request, ListReturnsResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listReturns, each page asked for when it is reached.
     *
     * @return Generator<int, Return_>
     */
    public function listReturnsAll(ListReturnsRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listReturns($request, $timeout);
            foreach ($page->returns as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * A snapshot of the returns, then every change of them, resumable by token; to a shop, of those of
     * its own orders.
     *
     * Never ends by itself: where the line breaks it resumes after the last message that was handed over.
     *
     * @return Generator<int, WatchReturnsResponse>
     */
    public function watchReturns(WatchReturnsRequest $request): Generator
    {
        return $this->watch('erpsync.v1.ReturnService/WatchReturns', $request, WatchReturnsResponse::class);
    }

    /**
     * The same without resuming: ends where the server ends it.
     *
     * @return Generator<int, WatchReturnsResponse>
     */
    public function watchReturnsOnce(WatchReturnsRequest $request): Generator
    {
        return $this->stream('erpsync.v1.ReturnService/WatchReturns', $request, WatchReturnsResponse::class);
    }

    /**
     * The same as WatchReturns in single calls: the same tokens, the same order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 30.
     */
    public function readReturnChanges(ReadReturnChangesRequest $request, ?float $timeout = null): ReadReturnChangesResponse
    {
        return $this->call('erpsync.v1.ReturnService/ReadReturnChanges', $request, ReadReturnChangesResponse::class, $timeout ?? 30.0);
    }
}
