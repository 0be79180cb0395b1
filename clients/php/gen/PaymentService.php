<?php

// Generated from erpsync/v1/payments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/**
 * What happened to the payments of orders. erpsync is no payment gateway: it keeps what is told, adds
 * it up, and hands it to the ERP.
 */
final class PaymentService extends \Erpsync\Service
{
    /**
     * Tells of one thing that happened to a payment: a fact, in any order, for ever. Its identity is the
     * caller and `external_payment_id`: the same content again answers the same, other content is
     * refused with DOCUMENT_CONTENT_MISMATCH. It is PARKED where it names an order by a foreign number
     * that is not known yet, or is in another currency than the order (CURRENCY_MISMATCH). What a shop
     * tells is a task for the ERP. FIELD_INVALID; NOT_FOUND for an unknown id of ours. Another shop's order
     * is not known to a shop: its foreign number is PARKED, its id NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function recordPayment(RecordPaymentRequest $request, ?float $timeout = null): RecordPaymentResponse
    {
        return $this->call('erpsync.v1.PaymentService/RecordPayment', $request, RecordPaymentResponse::class, $timeout ?? 10.0);
    }

    /**
     * What was paid of an order, in sum and one by one. NOT_FOUND where there is no such order;
     * to a shop, also for another's.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function getPaymentSummary(GetPaymentSummaryRequest $request, ?float $timeout = null): GetPaymentSummaryResponse
    {
        return $this->call('erpsync.v1.PaymentService/GetPaymentSummary', $request, GetPaymentSummaryResponse::class, $timeout ?? 10.0);
    }
}
