<?php

// Generated from erpsync/v1/reservations.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/**
 * Units promised to a cart for a while, so that what a buyer has before them is not sold to another.
 * They count as `reserved` in the stock level. A reservation is held until it ends, and it ends
 * once: consumed, released or expired. Whoever comes later is refused with INVALID_STATE, whose
 * metadata tell how it ended. Units that become free serve back orders first, in the same instant.
 */
final class ReservationService extends \Erpsync\Service
{
    /**
     * Promises units: all of them or nothing, over the sum of the lines of each article and location.
     * The identity is the caller and `external_reservation_id`, kept for ever: the same again answers
     * the same (header `erpsync-replayed: true`), also after the reservation has ended, so a cart that
     * needs a new one gives it a new id. INSUFFICIENT_STOCK, by what the caller may sell;
     * ARTICLE_NOT_FOR_SALE; LOCATION_NOT_ASSIGNED; DOCUMENT_CONTENT_MISMATCH where it was used for
     * something else; FIELD_INVALID.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function createReservation(CreateReservationRequest $request, ?float $timeout = null): CreateReservationResponse
    {
        return $this->call('erpsync.v1.ReservationService/CreateReservation', $request, CreateReservationResponse::class, $timeout ?? 10.0);
    }

    /**
     * Tells that all units were sold in a way that erpsync does not see: over a counter, or in an order
     * that the ERP has from elsewhere. They leave: `reserved` and `on_hand` fall alike, so that nobody
     * can buy them until the next statement of stock says what lies there. An order that is submitted
     * here names the reservation in SubmitOrder instead; and a system that tells of the goods' leaving
     * itself (AdjustStock) releases it. INVALID_STATE where it has ended; NOT_FOUND, also for another
     * shop's; FIELD_INVALID; REQUEST_ID_REQUIRED.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function consumeReservation(ConsumeReservationRequest $request, ?float $timeout = null): ConsumeReservationResponse
    {
        return $this->call('erpsync.v1.ReservationService/ConsumeReservation', $request, ConsumeReservationResponse::class, $timeout ?? 10.0);
    }

    /**
     * Gives all units back: the cart was left. The ERP and tools may release any shop's reservation.
     * INVALID_STATE where it has ended; NOT_FOUND, also for another shop's; FIELD_INVALID;
     * REQUEST_ID_REQUIRED.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function releaseReservation(ReleaseReservationRequest $request, ?float $timeout = null): ReleaseReservationResponse
    {
        return $this->call('erpsync.v1.ReservationService/ReleaseReservation', $request, ReleaseReservationResponse::class, $timeout ?? 10.0);
    }

    /**
     * Holds it longer. An extension never makes the time shorter, and there may be any number of them.
     * INVALID_STATE where it has ended; NOT_FOUND, also for another shop's; FIELD_INVALID;
     * REQUEST_ID_REQUIRED.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function extendReservation(ExtendReservationRequest $request, ?float $timeout = null): ExtendReservationResponse
    {
        return $this->call('erpsync.v1.ReservationService/ExtendReservation', $request, ExtendReservationResponse::class, $timeout ?? 10.0);
    }

    /**
     * One reservation. NOT_FOUND where there is none; to a shop, also for another's.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function getReservation(GetReservationRequest $request, ?float $timeout = null): GetReservationResponse
    {
        return $this->call('erpsync.v1.ReservationService/GetReservation', $request, GetReservationResponse::class, $timeout ?? 10.0);
    }
}
