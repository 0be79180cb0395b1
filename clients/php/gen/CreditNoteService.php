<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Generator;

/**
 * Documents that lower invoices. The ERP gives number and date; erpsync works out what each unit
 * comes to, so that any way of splitting an invoice adds up to it exactly. Once issued a credit note
 * never changes, but for being told how it was settled. It has no effect on stock.
 */
final class CreditNoteService extends \Erpsync\Service
{
    /**
     * Says to the cent what a reversal, correction or price reduction would come to if it were issued now, and issues
     * nothing: for the shop that wants to tell its buyer what sending three of five back gives. It names an
     * invoice; or an order and units of the order's lines, which may stand on several invoices: they are taken
     * from the oldest first. Refused as
     * a wish to issue it would be: CREDIT_EXCEEDS_INVOICE, CAUSE_ALREADY_CREDITED,
     * AMOUNTS_DO_NOT_ADD_UP, FIELD_INVALID, NOT_FOUND; ORDER_LINE_NOT_FOUND. To a shop, what is of another's
     * order is NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function previewCreditNote(PreviewCreditNoteRequest $request, ?float $timeout = null): PreviewCreditNoteResponse
    {
        return $this->call('erpsync.v1.CreditNoteService/PreviewCreditNote', $request, PreviewCreditNoteResponse::class, $timeout ?? 10.0);
    }

    /**
     * Issues a credit note. Its identity is the caller and `external_credit_note_id`, kept for ever:
     * the same content again answers the same, other content is refused with
     * DOCUMENT_CONTENT_MISMATCH. Amounts may be left out, and are then worked out; where they are
     * given they must be the ones that erpsync works out (AMOUNTS_DO_NOT_ADD_UP). A wish is refused, a
     * fact (`already_issued`) is PARKED: with CREDIT_EXCEEDS_INVOICE above what is left of the invoice
     * or what came back, CAUSE_ALREADY_CREDITED, CURRENCY_MISMATCH, or where it waits for an invoice,
     * return or reception that is not known yet. FIELD_INVALID; NOT_FOUND.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function issueCreditNote(IssueCreditNoteRequest $request, ?float $timeout = null): IssueCreditNoteResponse
    {
        return $this->call('erpsync.v1.CreditNoteService/IssueCreditNote', $request, IssueCreditNoteResponse::class, $timeout ?? 10.0);
    }

    /**
     * Tells how a credit note was settled, where that was not told with it: a fact, told once, whole.
     * The parts are together the note's total; what was kept back or given beyond it says what it is.
     * Its identity is the caller and `external_settlement_id`, kept for ever. It is PARKED where the
     * note or an invoice is not known yet (WAITS_FOR_DOCUMENT), the parts are not the total
     * (AMOUNTS_DO_NOT_ADD_UP), an invoice is of another currency (CURRENCY_MISMATCH), or the note was
     * settled before (INVALID_STATE). FIELD_INVALID; NOT_FOUND for an unknown id of ours. To a shop, notes
     * and invoices of others' orders, and notes of no invoice, are not known.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function settleCreditNote(SettleCreditNoteRequest $request, ?float $timeout = null): SettleCreditNoteResponse
    {
        return $this->call('erpsync.v1.CreditNoteService/SettleCreditNote', $request, SettleCreditNoteResponse::class, $timeout ?? 10.0);
    }

    /**
     * One credit note. NOT_FOUND where there is none; to a shop, also for one of another's order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function getCreditNote(GetCreditNoteRequest $request, ?float $timeout = null): GetCreditNoteResponse
    {
        return $this->call('erpsync.v1.CreditNoteService/GetCreditNote', $request, GetCreditNoteResponse::class, $timeout ?? 10.0);
    }

    /**
     * All credit notes, oldest first, in pages; to a shop, those of its own orders.
     *
     * @param float|null $timeout Seconds for each attempt; null: 10.
     */
    public function listCreditNotes(ListCreditNotesRequest $request, ?float $timeout = null): ListCreditNotesResponse
    {
        return $this->call('erpsync.v1.CreditNoteService/ListCreditNotes', $request, ListCreditNotesResponse::class, $timeout ?? 10.0);
    }

    /**
     * All items of all pages of listCreditNotes, each page asked for when it is reached.
     *
     * @return Generator<int, CreditNote>
     */
    public function listCreditNotesAll(ListCreditNotesRequest $request, ?float $timeout = null): Generator
    {
        $request = clone $request;
        do {
            $page = $this->listCreditNotes($request, $timeout);
            foreach ($page->creditNotes as $item) {
                yield $item;
            }
            $request->pageToken = $page->nextPageToken;
        } while ($page->nextPageToken !== '');
    }

    /**
     * A snapshot of the credit notes, then every change of them, resumable by token; to a shop, of those of
     * its own orders.
     *
     * Never ends by itself: where the line breaks it resumes after the last message that was handed over.
     *
     * @return Generator<int, WatchCreditNotesResponse>
     */
    public function watchCreditNotes(WatchCreditNotesRequest $request): Generator
    {
        return $this->watch('erpsync.v1.CreditNoteService/WatchCreditNotes', $request, WatchCreditNotesResponse::class);
    }

    /**
     * The same without resuming: ends where the server ends it.
     *
     * @return Generator<int, WatchCreditNotesResponse>
     */
    public function watchCreditNotesOnce(WatchCreditNotesRequest $request): Generator
    {
        return $this->stream('erpsync.v1.CreditNoteService/WatchCreditNotes', $request, WatchCreditNotesResponse::class);
    }

    /**
     * The same as WatchCreditNotes in single calls: the same tokens, the same order.
     *
     * @param float|null $timeout Seconds for each attempt; null: 30.
     */
    public function readCreditNoteChanges(ReadCreditNoteChangesRequest $request, ?float $timeout = null): ReadCreditNoteChangesResponse
    {
        return $this->call('erpsync.v1.CreditNoteService/ReadCreditNoteChanges', $request, ReadCreditNoteChangesResponse::class, $timeout ?? 30.0);
    }
}
