// One mug comes back, is put on the shelf again and credited; what it comes to, erpsync works out.

import { create, CreditNoteKind, Disposition, DocumentReferenceSchema, open } from "@erpsync/client";

const { ERPSYNC_ADDRESS = "http://127.0.0.1:7443", ERPSYNC_SHOP_TOKEN = "", ERPSYNC_ERP_TOKEN = "" } = process.env;
const shop = open(ERPSYNC_ADDRESS, ERPSYNC_SHOP_TOKEN);
const erp = open(ERPSYNC_ADDRESS, ERPSYNC_ERP_TOKEN);

const { returnId } = await shop.returns.requestReturn({
  externalReturnId: "RMA-4711",
  order: { reference: { case: "external", value: { externalId: "4711" } } },
  lines: [{ lineId: "1", quantity: "1", reason: "the wrong colour" }],
});

// The ERP knows it by the id that erpsync has given it.
const announced = create(DocumentReferenceSchema, { reference: { case: "documentId", value: returnId } });
await erp.returns.approveReturn({ requestId: "approve-RMA-4711", return: announced });
await erp.returns.receiveReturn({
  externalReceptionId: "RC-4711",
  return: announced,
  lines: [{ lineId: "1", quantity: "1", disposition: Disposition.RESTOCK }],
});

const reception = create(DocumentReferenceSchema, {
  reference: { case: "external", value: { externalId: "RC-4711" } },
});
const { creditNoteId } = await erp.creditNotes.issueCreditNote({
  externalCreditNoteId: "CN-4711",
  kind: CreditNoteKind.CORRECTION,
  invoice: { reference: { case: "external", value: { externalId: "IN-4711" } } },
  cause: { cause: { case: "reception", value: reception } },
  creditDate: "2026-11-24",
  lines: [{ invoiceLineId: "1", quantity: "1" }],
});

const { creditNote } = await shop.creditNotes.getCreditNote({
  creditNote: { reference: { case: "documentId", value: creditNoteId } },
});
console.log(`${creditNote?.externalCreditNoteId}: ${creditNote?.total} ${creditNote?.currencyCode}`);
