// The shop takes a snapshot of its stock and then every change: watch_stock COUNT FILE.
// Started again with the same FILE, it goes on where it stopped.

using System;
using System.IO;
using System.Linq;
using Erpsync;
using Erpsync.V1;

static class WatchStock
{
    static void Main(string[] arguments)
    {
        RunAsync(int.Parse(arguments[0]), arguments[1]).GetAwaiter().GetResult();
    }

    static async System.Threading.Tasks.Task RunAsync(int count, string file)
    {
        var start = File.Exists(file)
            ? new WatchStart { ResumeToken = File.ReadAllText(file) }
            : new WatchStart { Snapshot = true };

        var address = Environment.GetEnvironmentVariable("ERPSYNC_ADDRESS");
        var token = Environment.GetEnvironmentVariable("ERPSYNC_SHOP_TOKEN");
        // A watch has no end: where nobody answers it tries again, and says so here.
        var options = new ClientOptions
        {
            OnRetry = (why, wait) => Console.Error.WriteLine(why.Message + "; again in " + wait.TotalSeconds.ToString("0.0") + " s"),
        };
        using (var shop = ErpsyncClient.Open(address, token, options))
        using (var watch = shop.Stock.WatchStock(new WatchStockRequest { Start = start }).GetAsyncEnumerator())
        {
            while (count-- > 0 && await watch.MoveNextAsync())
            {
                var message = watch.Current;
                // One of the two has levels, or neither: a heartbeat, say.
                var snapshot = message.SnapshotChunk?.Levels ?? Enumerable.Empty<StockLevel>();
                var changes = message.Changes?.Levels ?? Enumerable.Empty<StockLevel>();
                foreach (var level in snapshot.Concat(changes))
                {
                    Console.WriteLine(level.Sku + " " + level.Sellable);
                }
                // Only now is the message done with; a line that breaks before brings it again.
                File.WriteAllText(file, message.ResumeToken);
            }
        }
    }
}
