// One mug comes back, is put on the shelf again and credited; what it comes to, erpsync works out.

using System;
using Erpsync;
using Erpsync.V1;

static class CreditReturn
{
    static void Main()
    {
        RunAsync().GetAwaiter().GetResult();
    }

    static async System.Threading.Tasks.Task RunAsync()
    {
        var address = Environment.GetEnvironmentVariable("ERPSYNC_ADDRESS");
        using (var shop = ErpsyncClient.Open(address, Environment.GetEnvironmentVariable("ERPSYNC_SHOP_TOKEN")))
        using (var erp = ErpsyncClient.Open(address, Environment.GetEnvironmentVariable("ERPSYNC_ERP_TOKEN")))
        {
            var requested = await shop.Returns.RequestReturnAsync(new RequestReturnRequest
            {
                ExternalReturnId = "RMA-4711",
                Order = new OrderReference { External = new ExternalReference { ExternalId = "4711" } },
                Lines = { new ReturnLine { LineId = "1", Quantity = "1", Reason = "the wrong colour" } },
            });

            var itsReturn = new DocumentReference { DocumentId = requested.ReturnId };
            await erp.Returns.ApproveReturnAsync(new ApproveReturnRequest { RequestId = "approve-RMA-4711", Return = itsReturn });
            await erp.Returns.ReceiveReturnAsync(new ReceiveReturnRequest
            {
                ExternalReceptionId = "RC-4711",
                Return = itsReturn,
                Lines = { new ReceptionLine { LineId = "1", Quantity = "1", Disposition = Disposition.Restock } },
            });
            var issued = await erp.CreditNotes.IssueCreditNoteAsync(new IssueCreditNoteRequest
            {
                ExternalCreditNoteId = "CN-4711",
                Kind = CreditNoteKind.Correction,
                Invoice = Ours("IN-4711"),
                Cause = new CreditCause { Reception = Ours("RC-4711") },
                CreditDate = "2026-11-24",
                Lines = { new CreditNoteLine { InvoiceLineId = "1", Quantity = "1" } },
            });

            var asked = new GetCreditNoteRequest { CreditNote = new DocumentReference { DocumentId = issued.CreditNoteId } };
            var note = (await shop.CreditNotes.GetCreditNoteAsync(asked)).CreditNote;
            Console.WriteLine(note.ExternalCreditNoteId + " of " + note.CreditDate + ": " + note.Total + " " + note.CurrencyCode);
        }
    }

    // A document by the number that whoever asks has given it.
    static DocumentReference Ours(string number)
    {
        return new DocumentReference { External = new ExternalReference { ExternalId = number } };
    }
}
