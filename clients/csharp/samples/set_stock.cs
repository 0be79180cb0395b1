// The ERP states what lies there of two articles.

using System;
using System.Collections.Generic;
using Erpsync;
using Erpsync.V1;

static class SetStock
{
    static void Main()
    {
        RunAsync().GetAwaiter().GetResult();
    }

    static async System.Threading.Tasks.Task RunAsync()
    {
        var onHand = new Dictionary<string, decimal> { { "MUG", 5 }, { "CUP", 2.5m } };

        var address = Environment.GetEnvironmentVariable("ERPSYNC_ADDRESS");
        var token = Environment.GetEnvironmentVariable("ERPSYNC_ERP_TOKEN");
        using (var erp = ErpsyncClient.Open(address, token))
        {
            var request = new SetStockRequest();
            foreach (var it in onHand)
            {
                request.Readings.Add(new StockReading { Sku = it.Key, OnHand = Decimals.ToWire(it.Value) });
            }
            var answer = await erp.Stock.SetStockAsync(request);

            // One bad row does not stop the others: each has its own outcome.
            foreach (var result in answer.Results)
            {
                var why = result.Outcome == Outcome.Refused ? ": " + result.Problem.Message : "";
                Console.WriteLine(request.Readings[result.Index].Sku + " " + result.Outcome + why);
            }
        }
    }
}
