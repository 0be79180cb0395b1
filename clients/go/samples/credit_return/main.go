// The shop sends one unit back; the ERP approves, receives and credits it; the shop reads the credit note.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"erpsync.dev/erpsync"
	"erpsync.dev/erpsync/gen/erpsyncv1"
)

func main() {
	ctx := context.Background()
	shop, err := erpsync.Open(ctx, os.Getenv("ERPSYNC_ADDRESS"), os.Getenv("ERPSYNC_SHOP_TOKEN"))
	if err != nil {
		log.Fatal(err)
	}
	defer shop.Close()
	// The same channel in the name of another system, because here both are played by one program.
	erp := shop.WithToken(os.Getenv("ERPSYNC_ERP_TOKEN"))

	requested, err := shop.Returns().RequestReturn(ctx, &erpsyncv1.RequestReturnRequest{
		ExternalReturnId: "RMA-4711",
		Order:            erpsync.OrderNumber("", "4711"),
		Lines:            []*erpsyncv1.ReturnLine{{LineId: "1", Quantity: "1", Reason: "the wrong colour"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	id := erpsync.DocumentID(requested.ReturnId)

	_, err = erp.Returns().ApproveReturn(ctx, &erpsyncv1.ApproveReturnRequest{RequestId: "approve-RMA-4711", Return: id})
	if err != nil {
		log.Fatal(err)
	}
	_, err = erp.Returns().ReceiveReturn(ctx, &erpsyncv1.ReceiveReturnRequest{
		ExternalReceptionId: "RC-4711",
		Return:              id,
		Lines: []*erpsyncv1.ReceptionLine{
			{LineId: "1", Quantity: "1", Disposition: erpsyncv1.Disposition_DISPOSITION_RESTOCK},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	issued, err := erp.CreditNotes().IssueCreditNote(ctx, &erpsyncv1.IssueCreditNoteRequest{
		ExternalCreditNoteId: "CN-4711",
		Kind:                 erpsyncv1.CreditNoteKind_CREDIT_NOTE_KIND_CORRECTION,
		Invoice:              erpsync.DocumentNumber("", "IN-4711"),
		Cause: &erpsyncv1.CreditCause{
			Cause: &erpsyncv1.CreditCause_Reception{Reception: erpsync.DocumentNumber("", "RC-4711")},
		},
		CreditDate: "2026-11-24",
		Lines:      []*erpsyncv1.CreditNoteLine{{InvoiceLineId: "1", Quantity: "1"}},
	})
	if err != nil {
		log.Fatal(err)
	}

	read, err := shop.CreditNotes().GetCreditNote(ctx, &erpsyncv1.GetCreditNoteRequest{
		CreditNote:      erpsync.DocumentID(issued.CreditNoteId),
		AtLeastRevision: issued.Revision,
	})
	if err != nil {
		log.Fatal(err)
	}
	note := read.CreditNote
	fmt.Println("credit note", note.ExternalCreditNoteId, "of", note.Total, note.CurrencyCode)
}
