import dev.erpsync.Connection;
import dev.erpsync.References;
import dev.erpsync.v1.ApproveReturnRequest;
import dev.erpsync.v1.CreditCause;
import dev.erpsync.v1.CreditNote;
import dev.erpsync.v1.CreditNoteKind;
import dev.erpsync.v1.CreditNoteLine;
import dev.erpsync.v1.Disposition;
import dev.erpsync.v1.DocumentReference;
import dev.erpsync.v1.GetCreditNoteRequest;
import dev.erpsync.v1.IssueCreditNoteRequest;
import dev.erpsync.v1.IssueCreditNoteResponse;
import dev.erpsync.v1.ReceiveReturnRequest;
import dev.erpsync.v1.ReceptionLine;
import dev.erpsync.v1.RequestReturnRequest;
import dev.erpsync.v1.ReturnLine;

/** The shop sends one unit back; the ERP approves, receives and credits it; the shop reads the credit note. */
public class CreditReturn {
    public static void main(String[] arguments) {
        try (Connection shop = Connection.open(System.getenv("ERPSYNC_ADDRESS"), System.getenv("ERPSYNC_SHOP_TOKEN"))) {
            // The same channel in the name of another system, because here both are played by one program.
            Connection erp = shop.withToken(System.getenv("ERPSYNC_ERP_TOKEN"));

            String id = shop.returns().requestReturn(RequestReturnRequest.newBuilder()
                    .setExternalReturnId("RMA-4711")
                    .setOrder(References.orderNumber("4711"))
                    .addLines(ReturnLine.newBuilder().setLineId("1").setQuantity("1").setReason("the wrong colour"))
                    .build()).getReturnId();
            DocumentReference requested = References.documentId(id);

            erp.returns().approveReturn(ApproveReturnRequest.newBuilder()
                    .setRequestId("approve-RMA-4711")
                    .setReturn(requested)
                    .build());
            erp.returns().receiveReturn(ReceiveReturnRequest.newBuilder()
                    .setExternalReceptionId("RC-4711")
                    .setReturn(requested)
                    .addLines(ReceptionLine.newBuilder().setLineId("1").setQuantity("1").setDisposition(Disposition.DISPOSITION_RESTOCK))
                    .build());
            IssueCreditNoteResponse issued = erp.creditNotes().issueCreditNote(IssueCreditNoteRequest.newBuilder()
                    .setExternalCreditNoteId("CN-4711")
                    .setKind(CreditNoteKind.CREDIT_NOTE_KIND_CORRECTION)
                    .setInvoice(References.documentNumber("IN-4711"))
                    .setCause(CreditCause.newBuilder().setReception(References.documentNumber("RC-4711")))
                    .setCreditDate("2026-11-24")
                    .addLines(CreditNoteLine.newBuilder().setInvoiceLineId("1").setQuantity("1"))
                    .build());

            CreditNote note = shop.creditNotes().getCreditNote(GetCreditNoteRequest.newBuilder()
                    .setCreditNote(References.documentId(issued.getCreditNoteId()))
                    .setAtLeastRevision(issued.getRevision())
                    .build()).getCreditNote();
            System.out.println("credit note " + note.getExternalCreditNoteId() + " of " + note.getTotal() + " " + note.getCurrencyCode());
        }
    }
}
