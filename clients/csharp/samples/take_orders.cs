// The ERP takes orders over under its own numbers, ships what is open of them and invoices it.

using System;
using System.Collections.Generic;
using Erpsync;
using Erpsync.V1;

static class TakeOrders
{
    static void Main()
    {
        RunAsync().GetAwaiter().GetResult();
    }

    static async System.Threading.Tasks.Task RunAsync()
    {
        var address = Environment.GetEnvironmentVariable("ERPSYNC_ADDRESS");
        var token = Environment.GetEnvironmentVariable("ERPSYNC_ERP_TOKEN");
        using (var erp = ErpsyncClient.Open(address, token))
        {
            var leased = await erp.Inbox.LeaseTasksAsync(new LeaseTasksRequest { MaxTasks = 10 });
            if (leased.Tasks.Count == 0) Console.WriteLine("nothing to take over");
            foreach (var task in leased.Tasks)
            {
                var isOrder = task.Task.Kind == TaskKind.Order;
                var number = isOrder ? "SO-" + task.Order.ExternalOrderId : "";
                var taken = new TaskAcknowledgement { Lease = task.Lease, ExternalNumber = number };
                var answer = await erp.Inbox.AcknowledgeTasksAsync(new AcknowledgeTasksRequest { Tasks = { taken } });
                if (answer.Results[0].Outcome == Outcome.Refused)
                {
                    // The lease was over, say, and somebody else has the task.
                    Console.WriteLine("left " + task.Task.ExternalId + ": " + answer.Results[0].Problem.Message);
                    continue;
                }
                Console.WriteLine(isOrder ? "took " + number : "noted " + task.Task.ExternalId);
                if (isOrder) await ShipAndInvoiceAsync(erp, task.Order, number);
            }
        }
    }

    static async System.Threading.Tasks.Task ShipAndInvoiceAsync(ErpsyncClient erp, Order order, string number)
    {
        var shipped = new List<ShipmentLine>();
        var invoiced = new List<InvoiceLine>();
        var total = Decimals.FromWire(order.Total);
        for (var index = 0; index < order.Lines.Count; index++)
        {
            // What became of each line stands beside it.
            var line = order.Lines[index];
            var now = order.Quantities[index];
            // The total is that of the order, with what is charged for shipping, less what was cancelled of its lines.
            total -= Decimals.FromWire(line.Amount) - Decimals.FromWire(now.CurrentAmount);
            if (Decimals.FromWire(now.Open) == 0) continue;
            shipped.Add(new ShipmentLine { LineId = line.LineId, Quantity = now.Open });
            invoiced.Add(new InvoiceLine
            {
                InvoiceLineId = line.LineId,
                OrderLineId = line.LineId,
                Quantity = now.Open,
                UnitPrice = line.UnitPrice,
                Discount = now.CurrentDiscount,
                Amount = now.CurrentAmount,
                Taxes = line.Taxes,
            });
        }

        // By our own number from now on.
        var ours = new OrderReference { External = new ExternalReference { ExternalId = number } };
        var shipment = await erp.Shipments.CreateShipmentAsync(new CreateShipmentRequest
        {
            ExternalShipmentId = "DN-" + order.ExternalOrderId,
            Order = ours,
            Lines = shipped,
        });
        Tell("shipped DN-" + order.ExternalOrderId, shipment.Result);

        if (order.TaxTotals.Count > 0 && total != Decimals.FromWire(order.Total))
        {
            // What they are now your ERP works out; erpsync computes no taxes.
            Console.WriteLine("left IN-" + order.ExternalOrderId + ": its taxes change with what was cancelled");
            return;
        }
        var invoice = await erp.Invoices.RecordInvoiceAsync(new RecordInvoiceRequest
        {
            ExternalInvoiceId = "IN-" + order.ExternalOrderId,
            Order = ours,
            InvoiceDate = "2026-11-23",
            CurrencyCode = order.CurrencyCode,
            PriceMode = order.PriceMode,
            RoundingMode = order.RoundingMode,
            Lines = invoiced,
            Charges = order.Charges,
            TaxTotals = order.TaxTotals,
            Total = Decimals.ToWire(total),
        });
        Tell("invoiced IN-" + order.ExternalOrderId, invoice.Result);
    }

    // APPLIED, or PARKED where it waits for somebody to look at it: the problem says why.
    static void Tell(string what, FactResult result)
    {
        Console.WriteLine(what + " " + result.Outcome + (result.Problem == null ? "" : ": " + result.Problem.Message));
    }
}
