// The ERP takes orders over under its own numbers, ships them and invoices them.

using System;
using System.Linq;
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
            foreach (var task in leased.Tasks)
            {
                var isOrder = task.Task.Kind == TaskKind.Order;
                var number = isOrder ? "SO-" + task.Order.ExternalOrderId : "";
                var taken = new TaskAcknowledgement { Lease = task.Lease, ExternalNumber = number };
                await erp.Inbox.AcknowledgeTasksAsync(new AcknowledgeTasksRequest { Tasks = { taken } });
                if (isOrder)
                {
                    await ShipAndInvoiceAsync(erp, task.Order, number);
                }
                Console.WriteLine(isOrder ? "took " + number + " over, shipped and invoiced it" : "noted " + task.Task.ExternalId);
            }
        }
    }

    static async System.Threading.Tasks.Task ShipAndInvoiceAsync(ErpsyncClient erp, Order order, string number)
    {
        // By our own number from now on.
        var ours = new OrderReference { External = new ExternalReference { ExternalId = number } };

        // What became of each line stands beside it.
        var open = order.Lines.Zip(order.Quantities, (line, became) => new ShipmentLine { LineId = line.LineId, Quantity = became.Open });
        await erp.Shipments.CreateShipmentAsync(new CreateShipmentRequest
        {
            ExternalShipmentId = "DN-" + order.ExternalOrderId,
            Order = ours,
            Lines = open.Where(it => Decimals.FromWire(it.Quantity) > 0).ToList(),
        });

        var invoiced = order.Lines.Select(line => new InvoiceLine
        {
            InvoiceLineId = line.LineId,
            OrderLineId = line.LineId,
            Quantity = line.Quantity,
            UnitPrice = line.UnitPrice,
            Amount = line.Amount,
        });
        await erp.Invoices.RecordInvoiceAsync(new RecordInvoiceRequest
        {
            ExternalInvoiceId = "IN-" + order.ExternalOrderId,
            Order = ours,
            InvoiceDate = "2026-11-23",
            CurrencyCode = order.CurrencyCode,
            PriceMode = order.PriceMode,
            RoundingMode = order.RoundingMode,
            Lines = invoiced.ToList(),
            Total = order.Total,
        });
    }
}
