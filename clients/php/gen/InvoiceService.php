<?php

// Generated from erpsync/v1/invoices.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Generator;

/**
 * What the ERP has invoiced. erpsync issues no numbers and computes no taxes: it checks that what is
 * said adds up and fits the order.
 */
final class InvoiceService extends \Erpsync\Service
{
    /**
     * Tells of an invoice that was posted: a fact, without effect on stock. Its identity is the caller
     * and `external_invoice_id`, kept for ever: the same content again answers the same, other content
     * is refused with DOCUMENT_CONTENT_MISMATCH. It is PARKED where it names an order by a foreign
     * number that is not known yet, does not add up (AMOUNTS_DO_NOT_ADD_UP), is in another currency
     * (CURRENCY_MISMATCH), or invoices more units than were ordered and not cancelled
     * (QUANTITY_EXCEEDED). One that deducts a prepayment is also PARKED where that invoice is not known
     * yet, is of another currency (CURRENCY_MISMATCH), is no prepayment of the same order in the same
     * modes (PREPAYMENT_MISMATCH), or has less left (PREPAYMENT_EXCEEDED). FIELD_INVALID; NOT_FOUND for
     * an unknown id of ours; ORDER_LINE_NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function recordInvoice(RecordInvoiceRequest $request, ?float $timeout = null): RecordInvoiceResponse
    {
        return $this->call('erpsync.v1.InvoiceService/RecordInvoice', $request, RecordInvoiceResponse::class, $timeout ?? 10.0);
    }

    /**
     * One invoice. NOT_FOUND where there is none; to a shop, also for one of another's order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function getInvoice(GetInvoiceRequest $request, ?float $timeout = null): GetInvoiceResponse
    {
        return $this->call('erpsync.v1.InvoiceService/GetInvoice', $request, GetInvoiceResponse::class, $timeout ?? 10.0);
    }

    /**
     * All invoices, oldest first, in pages; to a shop, those of its own orders.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listInvoices(ListInvoicesRequest $request, ?float $timeout = null): ListInvoicesResponse
    {
        return $this->call('erpsync.v1.InvoiceService/ListInvoices', $request, ListInvoicesResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listInvoices, each page asked for when it is reached.
     *
     * @return Generator<int, Invoice>
     */
    public function listInvoicesAll(ListInvoicesRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listInvoices($request, $timeout);
            foreach ($page->invoices as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }
}
