// The shop submits an order of two lines: their units are reserved in the same instant, for all shops.

using System;
using Erpsync;
using Erpsync.V1;

static class SubmitOrder
{
    static void Main()
    {
        RunAsync().GetAwaiter().GetResult();
    }

    static async System.Threading.Tasks.Task RunAsync()
    {
        // Its number is its identity: who submits it again gets the first answer, and nothing happens twice.
        var order = new SubmitOrderRequest
        {
            ExternalOrderId = "4711",
            CurrencyCode = "EUR",
            PriceMode = PriceMode.Gross,
            RoundingMode = RoundingMode.Line,
            Lines =
            {
                new OrderLine { LineId = "1", Sku = "MUG", Quantity = "2", UnitPrice = "9.95", Amount = "19.90" },
                new OrderLine { LineId = "2", Sku = "CUP", Quantity = "1.5", UnitPrice = "4.00", Amount = "6.00" },
            },
            Total = "25.90",
        };

        var address = Environment.GetEnvironmentVariable("ERPSYNC_ADDRESS");
        var token = Environment.GetEnvironmentVariable("ERPSYNC_SHOP_TOKEN");
        using (var shop = ErpsyncClient.Open(address, token))
        {
            try
            {
                var answer = await shop.Orders.SubmitOrderAsync(order);
                foreach (var promise in answer.Promises)
                {
                    Console.WriteLine("line " + promise.LineId + ": " + promise.Reserved + " reserved at " + promise.Location);
                }
            }
            catch (RefusalException refusal) when (refusal.Because(Reason.InsufficientStock))
            {
                Console.WriteLine("of " + refusal.Metadata["sku"] + " there are only " + refusal.Metadata["sellable"]);
            }
        }
    }
}
