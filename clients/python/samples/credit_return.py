"""One mug comes back, is put on the shelf again and credited; what it comes to, erpsync works out."""

import os
from typing import Any

import erpsync
from erpsync import v1


def document(external_id: str, system: str = "") -> v1.DocumentReference:
    """By the number that a system has given it; by default the one that asks."""
    return v1.DocumentReference(external=v1.ExternalReference(system=system, external_id=external_id))


address = os.environ["ERPSYNC_ADDRESS"]
shop = erpsync.connect(address, os.environ["ERPSYNC_SHOP_TOKEN"])
erp = erpsync.connect(address, os.environ["ERPSYNC_ERP_TOKEN"])
with shop, erp:
    requested = shop.returns.request_return(
        v1.RequestReturnRequest(
            external_return_id="RMA-4711",
            order=v1.OrderReference(external=v1.ExternalReference(external_id="4711")),
            lines=[v1.ReturnLine(line_id="1", quantity="1", reason="the wrong colour")],
        )
    )
    # `return` is a word of Python's own; such a field is named like this.
    the_return: dict[str, Any] = {"return": v1.DocumentReference(document_id=requested.return_id)}
    erp.returns.approve_return(v1.ApproveReturnRequest(request_id="approve-RMA-4711", **the_return))
    erp.returns.receive_return(
        v1.ReceiveReturnRequest(
            external_reception_id="RC-4711",
            lines=[v1.ReceptionLine(line_id="1", quantity="1", disposition=v1.DISPOSITION_RESTOCK)],
            **the_return,
        )
    )
    issued = erp.credit_notes.issue_credit_note(
        v1.IssueCreditNoteRequest(
            external_credit_note_id="CN-4711",
            kind=v1.CREDIT_NOTE_KIND_CORRECTION,
            invoice=document("IN-4711"),
            cause=v1.CreditCause(reception=document("RC-4711")),
            credit_date="2026-11-24",
            lines=[v1.CreditNoteLine(invoice_line_id="1", quantity="1")],
        )
    )
    note = v1.DocumentReference(document_id=issued.credit_note_id)
    seen = shop.credit_notes.get_credit_note(v1.GetCreditNoteRequest(credit_note=note)).credit_note

print(f"{seen.external_credit_note_id} of {seen.credit_date}: {seen.total} {seen.currency_code}")
