<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Generator;

/** Goods that leave, and units that are taken off an order before they do. */
final class ShipmentService extends \Erpsync\Service
{
    /**
     * Tells that goods have left: a fact. Units leave the stock, and what was reserved for them is
     * used up. Its identity is the caller and `external_shipment_id`, kept for ever: the same content
     * again answers the same, other content is refused with DOCUMENT_CONTENT_MISMATCH. Where it names
     * an order by a foreign number that is not known yet, it is PARKED and applied when that arrives.
     * More than was ordered is stored, shown as `over_shipped`, and an incident unless the environment
     * tolerates it. Less than was ordered leaves the rest open, unless the shipment says that it
     * completes the line or the order: then the rest is cancelled, and becomes free. FIELD_INVALID;
     * NOT_FOUND for an unknown id of ours; ORDER_LINE_NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function createShipment(CreateShipmentRequest $request, ?float $timeout = null): CreateShipmentResponse
    {
        return $this->call('erpsync.v1.ShipmentService/CreateShipment', $request, CreateShipmentResponse::class, $timeout ?? 10.0);
    }

    /**
     * Tells that a shipment is undone, whole: the parcel never left, or its carrier brought it back
     * undelivered. A fact. All its units are open again: of one that never left they are promised to
     * the order at once as far as they lie there, of one that came back they wait like other back
     * orders, and what lies in stock again goes to whoever waits longest. Its identity is the caller and
     * `external_cancellation_id`. PARKED where the shipment is not known yet, was undone before
     * (INVALID_STATE), or some of its units are announced to come back or are back already
     * (QUANTITY_EXCEEDED). FIELD_INVALID; NOT_FOUND for an unknown id of ours;
     * DOCUMENT_CONTENT_MISMATCH.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function cancelShipment(CancelShipmentRequest $request, ?float $timeout = null): CancelShipmentResponse
    {
        return $this->call('erpsync.v1.ShipmentService/CancelShipment', $request, CancelShipmentResponse::class, $timeout ?? 10.0);
    }

    /**
     * Takes units off an order that have not left: all of it or nothing. What was back ordered goes
     * first, then what was reserved, which becomes free. NOT_FOUND; ORDER_LINE_NOT_FOUND;
     * QUANTITY_EXCEEDED where more is to be cancelled than is open. Identity: `request_id`.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function cancelOrderLines(CancelOrderLinesRequest $request, ?float $timeout = null): CancelOrderLinesResponse
    {
        return $this->call('erpsync.v1.ShipmentService/CancelOrderLines', $request, CancelOrderLinesResponse::class, $timeout ?? 10.0);
    }

    /**
     * One shipment. NOT_FOUND where there is none; to a shop, also for one of another's order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function getShipment(GetShipmentRequest $request, ?float $timeout = null): GetShipmentResponse
    {
        return $this->call('erpsync.v1.ShipmentService/GetShipment', $request, GetShipmentResponse::class, $timeout ?? 10.0);
    }

    /**
     * All shipments, oldest first, in pages; to a shop, those of its own orders.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listShipments(ListShipmentsRequest $request, ?float $timeout = null): ListShipmentsResponse
    {
        return $this->call('erpsync.v1.ShipmentService/ListShipments', $request, ListShipmentsResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listShipments, each page asked for when it is reached.
     *
     * @return Generator<int, Shipment>
     */
    public function listShipmentsAll(ListShipmentsRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listShipments($request, $timeout);
            foreach ($page->shipments as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }
}
