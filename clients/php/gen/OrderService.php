<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Generator;

/**
 * What was bought: orders come in from shops, reserve their units in the same instant, and are
 * followed line by line to their end.
 * A shop sees and changes its own orders alone: any other is NOT_FOUND to it, in the words for one that
 * does not exist, and left out where orders are listed or watched. ERPs and tools see all.
 */
final class OrderService extends \Erpsync\Service
{
    /**
     * Takes an order in, and reserves what it asks for: all of it or nothing, over the sum of its
     * lines. Its identity is the shop and `external_order_id`, kept for ever: the same content again
     * answers the same (header `erpsync-replayed: true`), other content is refused with
     * ORDER_CONTENT_MISMATCH. A wish that does not add up is refused with AMOUNTS_DO_NOT_ADD_UP, one
     * for an article that is not for sale with ARTICLE_NOT_FOR_SALE, one that names a location from
     * which the shop does not sell with LOCATION_NOT_ASSIGNED, and one that asks for more than is
     * sellable to the shop with INSUFFICIENT_STOCK, unless the order and its environment allow back
     * orders and the article is not closed out. An order that is `already_placed` is a fact and never
     * refused for any of these or its sums. Units that are held for the order (ReservationService) are
     * its own: INVALID_STATE where the hold has ended, NOT_FOUND where there is none.
     * FIELD_INVALID tells all malformed fields at once.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function submitOrder(SubmitOrderRequest $request, ?float $timeout = null): SubmitOrderResponse
    {
        return $this->call('erpsync.v1.OrderService/SubmitOrder', $request, SubmitOrderResponse::class, $timeout ?? 10.0);
    }

    /**
     * Wishes an order to be another: the full desired state, with units that have left already. What is
     * not in it is not wished any more; a line keeps its article and location, another article is a new
     * line. Only the shop that submitted the order may, and its currency, price mode and rounding mode
     * stay. The identity is the caller and `external_amendment_id`. As long as the ERP has never seen the
     * order it is granted at once: more units are promised all or nothing, or wait, as for a new order; one
     * that was sold, and parked because it does not add up, goes on then.
     * Then it is a task for the ERP, which answers; nothing changes before. A `shop_version` that is not
     * above the newest said is STALE: nothing happens. QUANTITY_EXCEEDED where more has left than is
     * wished; INVALID_STATE where all has left, or is cancelled; for more units ARTICLE_NOT_FOR_SALE,
     * LOCATION_NOT_ASSIGNED and INSUFFICIENT_STOCK as for a new order;
     * AMOUNTS_DO_NOT_ADD_UP; CURRENCY_MISMATCH; NOT_FOUND, also for another shop's order;
     * DOCUMENT_CONTENT_MISMATCH; FIELD_INVALID.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function amendOrder(AmendOrderRequest $request, ?float $timeout = null): AmendOrderResponse
    {
        return $this->call('erpsync.v1.OrderService/AmendOrder', $request, AmendOrderResponse::class, $timeout ?? 10.0);
    }

    /**
     * Says what comes of such a wish: it is so, it is otherwise (the state that counts is given), or
     * nothing changes. It ends the task. What the ERP has promised beyond what lies there waits as a back
     * order. INVALID_STATE where it was answered before, or earlier tasks of the order are not done yet,
     * or the order cannot be amended any more; QUANTITY_EXCEEDED where more has left than is granted;
     * AMOUNTS_DO_NOT_ADD_UP; CURRENCY_MISMATCH; NOT_FOUND; FIELD_INVALID; REQUEST_ID_REQUIRED.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function answerAmendment(AnswerAmendmentRequest $request, ?float $timeout = null): AnswerAmendmentResponse
    {
        return $this->call('erpsync.v1.OrderService/AnswerAmendment', $request, AnswerAmendmentResponse::class, $timeout ?? 10.0);
    }

    /**
     * Keeps an order back: none of its tasks is handed out until it is resumed. What was reserved stays
     * reserved. Once the ERP works on the order, or has it, only the ERP may hold it: others get
     * INVALID_STATE, and request a cancellation. Holding again changes the reason. FIELD_INVALID;
     * REQUEST_ID_REQUIRED; NOT_FOUND, also for another shop's order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function holdOrder(HoldOrderRequest $request, ?float $timeout = null): HoldOrderResponse
    {
        return $this->call('erpsync.v1.OrderService/HoldOrder', $request, HoldOrderResponse::class, $timeout ?? 10.0);
    }

    /**
     * Lets an order go on that was held, by whomever; one that is not held stays as it is.
     * REQUEST_ID_REQUIRED; NOT_FOUND, also for another shop's order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function resumeOrder(ResumeOrderRequest $request, ?float $timeout = null): ResumeOrderResponse
    {
        return $this->call('erpsync.v1.OrderService/ResumeOrder', $request, ResumeOrderResponse::class, $timeout ?? 10.0);
    }

    /**
     * Wishes units off an order, whole or by line. Its identity is the caller and
     * `external_cancellation_id`. As long as the ERP has never seen the order it is granted at once;
     * then it is a task for the ERP, which answers. QUANTITY_EXCEEDED for more than is open and not
     * wished off already; INVALID_STATE where nothing of the order is; ORDER_LINE_NOT_FOUND;
     * NOT_FOUND, also for another shop's order; DOCUMENT_CONTENT_MISMATCH; FIELD_INVALID.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function requestCancellation(RequestCancellationRequest $request, ?float $timeout = null): RequestCancellationResponse
    {
        return $this->call('erpsync.v1.OrderService/RequestCancellation', $request, RequestCancellationResponse::class, $timeout ?? 10.0);
    }

    /**
     * Says what comes of such a wish: all, some lines, or nothing. It ends the task. INVALID_STATE where
     * it was answered before, or earlier tasks of the order are not done yet; QUANTITY_EXCEEDED for
     * more than was wished or is still open; ORDER_LINE_NOT_FOUND for a line that the wish does not
     * name; NOT_FOUND; FIELD_INVALID; REQUEST_ID_REQUIRED.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function answerCancellation(AnswerCancellationRequest $request, ?float $timeout = null): AnswerCancellationResponse
    {
        return $this->call('erpsync.v1.OrderService/AnswerCancellation', $request, AnswerCancellationResponse::class, $timeout ?? 10.0);
    }

    /**
     * One order. NOT_FOUND where there is none; to a shop, also for another's.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function getOrder(GetOrderRequest $request, ?float $timeout = null): GetOrderResponse
    {
        return $this->call('erpsync.v1.OrderService/GetOrder', $request, GetOrderResponse::class, $timeout ?? 10.0);
    }

    /**
     * All orders, oldest first, in pages; to a shop, its own.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listOrders(ListOrdersRequest $request, ?float $timeout = null): ListOrdersResponse
    {
        return $this->call('erpsync.v1.OrderService/ListOrders', $request, ListOrdersResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listOrders, each page asked for when it is reached.
     *
     * @return Generator<int, Order>
     */
    public function listOrdersAll(ListOrdersRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listOrders($request, $timeout);
            foreach ($page->orders as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * A snapshot of the orders, then every change of them, resumable by token; to a shop, of its own.
     *
     * Never ends by itself: where the line breaks it resumes after the last message that was handed over.
     *
     * @return Generator<int, WatchOrdersResponse>
     */
    public function watchOrders(WatchOrdersRequest $request): Generator
    {
        return $this->watch('erpsync.v1.OrderService/WatchOrders', $request, WatchOrdersResponse::class);
    }

    /**
     * The same without resuming: ends where the server ends it.
     *
     * @return Generator<int, WatchOrdersResponse>
     */
    public function watchOrdersOnce(WatchOrdersRequest $request): Generator
    {
        return $this->stream('erpsync.v1.OrderService/WatchOrders', $request, WatchOrdersResponse::class);
    }

    /**
     * The same as WatchOrders in single calls: the same tokens, the same order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 30.
     */
    public function readOrderChanges(ReadOrderChangesRequest $request, ?float $timeout = null): ReadOrderChangesResponse
    {
        return $this->call('erpsync.v1.OrderService/ReadOrderChanges', $request, ReadOrderChangesResponse::class, $timeout ?? 30.0);
    }
}
