using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Erpsync.V1;
using Task = System.Threading.Tasks.Task;

namespace Erpsync.Tests
{
    internal static class CallTests
    {
        public const string MugLevel = "{\"level\":{\"sku\":\"MUG\"}}";

        public static Task SetMug(ErpsyncClient client, string requestId = "")
        {
            var request = new SetStockRequest { RequestId = requestId, Readings = { new StockReading { Sku = "MUG", OnHand = "5" } } };
            return client.Stock.SetStockAsync(request);
        }

        public static async Task<string> GetMug(ErpsyncClient client)
        {
            return (await client.Stock.GetStockAsync(new GetStockRequest { Sku = "MUG" })).Level.Sku;
        }

        private static Act[] Times(int count, Act act)
        {
            return Enumerable.Repeat(act, count).ToArray();
        }

        public static Act Html(int status, string body = "<h1>Welcome</h1>")
        {
            return new Act { Status = status, Type = "text/html", Body = body };
        }

        public static void Add()
        {
            Run.Test("a call says who, what and how long", async () =>
            {
                var server = new FakeServer(Say.Answer(MugLevel), Say.Answer(), Say.Answer(), Say.Answer());
                var client = server.Client();
                Must.Same("MUG", await GetMug(client));
                await client.Inbox.LeaseTasksAsync(new LeaseTasksRequest());
                await client.Stock.GetStockAsync(new GetStockRequest(), TimeSpan.FromSeconds(2.5));
                await client.With("").Stock.GetStockAsync(new GetStockRequest());
                var asked = server.Requests;
                Must.Same("/erpsync.v1.StockService/GetStock", asked[0].Path);
                Must.Same("{\"sku\":\"MUG\"}", asked[0].Body);
                Must.Same("{}", asked[1].Body);
                Must.Same("Bearer esk_1_secret", asked[0].Header("authorization"));
                Must.Same("application/json", asked[0].Header("content-type"));
                Must.Same(null, asked[0].Header("expect"));
                Must.SameList(new[] { "10000", "30000", "2500", "10000" }, asked.Select(it => it.Header("connect-timeout-ms")));
                Must.Same(null, asked[3].Header("authorization"));
                Must.SameList(new[] { 1, 1, 1, 1 }, asked.Select(it => it.Line), "one connection for all calls");
            });

            Run.Test("an answer may be packed, and so may a refusal", async () =>
            {
                var server = new FakeServer(
                    new Act { Body = MugLevel, Packed = true },
                    new Act { Status = 400, Body = Say.Refusal("failed_precondition", "INSUFFICIENT_STOCK"), Packed = true });
                Must.Same("MUG", await GetMug(server.Client()));
                Must.Same("INSUFFICIENT_STOCK", (await Must.ThrowAsync<RefusalException>(() => SetMug(server.Client()))).Reason);
                Must.Contain("gzip", server.Requests[0].Header("accept-encoding"));
            });

            Run.Test("an answer that got lost is asked for again with the same bytes", async () =>
            {
                var waited = new Waited();
                var cut = Say.Answer("{\"revision\":\"7\"}");
                cut.Cut = 5;
                var server = new FakeServer(new Act { Drop = true }, new Act { Refuse = true }, cut, Say.Answer());
                await SetMug(server.Client(waited.Options()));
                var bodies = server.Requests.Select(it => it.Body).ToList();
                Must.SameList(new[] { bodies[0], bodies[0], bodies[0] }, bodies);
                Must.Same(3, waited.Seconds.Count);
            });

            Run.Test("a request id is made once, and each request has its own", async () =>
            {
                var server = new FakeServer(Say.Refuse("unavailable", "", 503), Say.Answer(), Say.Answer(), Say.Answer(), Say.Answer());
                var client = server.Client();
                var request = new SetStockRequest { Readings = { new StockReading { Sku = "MUG" } } };
                await client.Stock.SetStockAsync(request);
                Must.Same("", request.RequestId, "the request of the caller stays as it was");
                await SetMug(client);
                await SetMug(client, "mine");
                await client.Stock.SetStockAsync(new SetStockRequest { RequestId = null });
                var ids = server.Requests.Select(it => it["requestId"]).ToList();
                Must.Same(ids[0], ids[1]);
                Guid id;
                Must.Same(true, Guid.TryParseExact(ids[0], "D", out id));
                Must.Same(3, ids.Take(4).Distinct().Count());
                Must.Same("mine", ids[3]);
                Must.Same("{\"requestId\":\"" + ids[4] + "\"}", server.Requests[4].Body);
                Must.Contain("\"readings\":[{\"sku\":\"MUG\"}]", server.Requests[0].Body);
            });

            Run.Test("what may be asked again, and what may not", async () =>
            {
                var acts = new Dictionary<Act, int>
                {
                    { Say.Refuse("unavailable", "SHUTTING_DOWN", 503), 5 },
                    { Say.Refuse("deadline_exceeded", "DEADLINE_EXCEEDED", 504), 5 },
                    { Say.Refuse("resource_exhausted", "OVERLOADED", 429, 1), 5 },
                    { Html(502), 5 },
                    { new Act { Status = 503, Body = "{\"no\":\"erpsync\"}" }, 5 },
                    { Say.Refuse("resource_exhausted", "MESSAGE_TOO_LARGE", 429), 1 },
                    { Say.Refuse("aborted", "REVISION_NOT_REACHED", 409), 1 },
                    { Say.Refuse("failed_precondition", "INSUFFICIENT_STOCK"), 1 },
                    { Say.Refuse("internal", "INTERNAL", 500, 1), 1 },
                    { Say.Refuse("unauthenticated", "TOKEN_INVALID", 401), 1 },
                };
                foreach (var act in acts)
                {
                    var server = new FakeServer(Times(6, act.Key));
                    await Must.ThrowAsync<RefusalException>(() => SetMug(server.Client()));
                    Must.Same(act.Value, server.Requests.Count, act.Key.Body);
                }
            });

            Run.Test("waits grow, and are shortened by chance", async () =>
            {
                var longest = Enumerable.Range(0, 8).Select(it => Waits.Next(it, 0).Ticks / 1e7);
                Must.SameList(new[] { 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5 }, longest);
                Must.SameList(new[] { 0.05, 2.5 }, new[] { Waits.Next(0, 1).Ticks / 1e7, Waits.Next(2000, 1).Ticks / 1e7 });
                var waited = new Waited();
                var server = new FakeServer(Times(5, Say.Refuse("unavailable", "", 503)));
                await Must.ThrowAsync<RefusalException>(() => SetMug(server.Client(waited.Options())));
                Must.Same(4, waited.Seconds.Count);
                for (var index = 0; index < 4; index++)
                {
                    var most = 0.1 * (1 << index);
                    Must.Same(true, waited.Seconds[index] >= most / 2 && waited.Seconds[index] <= most, "wait " + index);
                }
                Must.SameList(Enumerable.Repeat("it is unavailable", 4), waited.Why);
            });

            Run.Test("a wait that the server gives is waited in full, up to 30 s", async () =>
            {
                var waited = new Waited();
                var server = new FakeServer(
                    Say.Refuse("resource_exhausted", "OVERLOADED", 429, 7),
                    Say.Refuse("unavailable", "SHUTTING_DOWN", 503, 3),
                    Say.Refuse("resource_exhausted", "OVERLOADED", 429, 90),
                    Say.Answer());
                await SetMug(server.Client(waited.Options()));
                Must.SameList(new[] { 7.0, 3.0, 30.0 }, waited.Seconds);
            });

            Run.Test("fewer attempts, where the application wants so", async () =>
            {
                var server = new FakeServer(Times(3, Say.Refuse("unavailable", "", 503)));
                await Must.ThrowAsync<RefusalException>(() => SetMug(server.Client(new ClientOptions { Attempts = 1 })));
                Must.Same(1, server.Requests.Count);
            });

            Run.Test("nobody listens", async () =>
            {
                var waited = new Waited();
                var client = ErpsyncClient.Open("http://127.0.0.1:1", "esk_1_a", waited.Options());
                var why = await Must.ThrowAsync<ConnectionLostException>(() => SetMug(client));
                Must.Contain("no answer of http://127.0.0.1:1 to erpsync.v1.StockService/SetStock: ", why.Message);
                Must.Same(4, waited.Seconds.Count);
            });

            Run.Test("time that is over ends a call, however many attempts are left", async () =>
            {
                var server = new FakeServer(new Act { Lines = new[] { "{" }, Then = "hold" });
                var waited = new Waited();
                var client = server.Client(waited.Options());
                var why = await Must.ThrowAsync<ConnectionLostException>(
                    () => client.Stock.GetStockAsync(new GetStockRequest(), TimeSpan.FromMilliseconds(1)));
                Must.Contain("did not answer erpsync.v1.StockService/GetStock in time", why.Message);
                Must.Same(0, waited.Seconds.Count);
            });

            Run.Test("the application may give a call up, also while it waits", async () =>
            {
                var server = new FakeServer(new Act { Lines = new[] { "{" }, Then = "hold" }, Say.Refuse("unavailable", "", 503));
                var giveUp = new CancellationTokenSource();
                var call = server.Client().Stock.GetStockAsync(new GetStockRequest(), null, giveUp.Token);
                SpinWait.SpinUntil(() => server.Requests.Count == 1);
                giveUp.Cancel();
                await Must.ThrowAsync<OperationCanceledException>(() => call);

                var later = new CancellationTokenSource();
                var options = new ClientOptions { OnRetry = (why, wait) => later.Cancel() };
                await Must.ThrowAsync<OperationCanceledException>(
                    () => server.Client(options).Stock.GetStockAsync(new GetStockRequest(), null, later.Token));
                Must.Same(2, server.Requests.Count);
            });

            Run.Test("what cannot be written is not sent", async () =>
            {
                var server = new FakeServer();
                var stock = server.Client().Stock;
                await Must.ThrowAsync<UnwritableException>(() => stock.GetStockAsync(new GetStockRequest { Sku = "\ud83d" }));
                await Must.ThrowAsync<ArgumentNullException>(() => stock.GetStockAsync(null));
                Must.Same(0, server.Requests.Count);
            });

            Run.Test("pages are asked for as they are reached", async () =>
            {
                var server = new FakeServer(
                    Say.Answer("{\"levels\":[{\"sku\":\"A\"},{\"sku\":\"B\"}],\"nextPageToken\":\"t1\"}"),
                    Say.Refuse("unavailable", "", 503),
                    Say.Answer("{\"levels\":[],\"nextPageToken\":\"t2\"}"),
                    Say.Answer("{\"levels\":[{\"sku\":\"C\"}]}"));
                var request = new ListStockRequest { Location = "main", PageSize = 2 };
                var skus = new List<string>();
                using (var levels = server.Client().Stock.ListStockAll(request).GetAsyncEnumerator())
                {
                    Must.Same(true, await levels.MoveNextAsync());
                    Must.Same(1, server.Requests.Count);
                    do
                    {
                        skus.Add(levels.Current.Sku);
                        Must.Same("", request.PageToken, "the request of the caller stays as it was");
                    }
                    while (await levels.MoveNextAsync());
                    Must.Same(false, await levels.MoveNextAsync());
                }
                Must.SameList(new[] { "A", "B", "C" }, skus);
                var page = "{\"location\":\"main\",\"pageSize\":2}";
                Func<string, string> after = token => "{\"location\":\"main\",\"pageSize\":2,\"pageToken\":\"" + token + "\"}";
                Must.SameList(new[] { page, after("t1"), after("t1"), after("t2") }, server.Requests.Select(it => it.Body));
            });

            Run.Test("addresses and tokens", () =>
            {
                foreach (var good in new[] { "http://127.0.0.1:7443", "http://[::1]:7443/", "https://erpsync.example", "HTTP://erpsync" })
                {
                    ErpsyncClient.Open(good, "esk_1_a").Dispose();
                }
                foreach (var bad in new[]
                {
                    "", "127.0.0.1:7443", "ftp://a", "http://", "http://a/b", "http://a?b", "http://u:p@a", "http://a\n", "http://a b", null,
                })
                {
                    Must.Contain("is no address", Must.Throw<ArgumentException>(() => ErpsyncClient.Open(bad, "esk_1_a")).Message);
                }
                foreach (var bad in new[] { "esk_1_a\r\nx: y", "esk 1", "esk_é", "esk_1\n" })
                {
                    var why = Must.Throw<ArgumentException>(() => ErpsyncClient.Open("http://a", bad)).Message;
                    Must.Contain("not a token", why);
                    Must.Same(false, why.Contains("esk"), "a token is not told");
                }
                foreach (var none in new[] { "", null })
                {
                    var why = Must.Throw<ArgumentException>(() => ErpsyncClient.Open("http://a", none)).Message;
                    Must.Contain("no token was given (is the variable set?)", why);
                }
            });

            Run.Test("an HttpClient of the application is used, and stays open", async () =>
            {
                var server = new FakeServer(Say.Answer(MugLevel), Say.Answer(MugLevel));
                using (var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan })
                {
                    http.DefaultRequestHeaders.Add("x-shop", "ours");
                    var options = new ClientOptions { HttpClient = http };
                    for (var round = 0; round < 2; round++)
                    {
                        using (var client = server.Client(options)) Must.Same("MUG", await GetMug(client));
                    }
                }
                Must.SameList(new[] { "ours", "ours" }, server.Requests.Select(it => it.Header("x-shop")));
                var both = new ClientOptions { HttpClient = new HttpClient(), Authorities = "ca.pem" };
                Must.Contain("HttpClient", Must.Throw<ArgumentException>(() => ErpsyncClient.Open("https://a", "esk_1_a", both)).Message);
            });

            Run.Test("many calls and watches at a time", async () =>
            {
                var hold = new Act { Lines = new[] { "{\"resumeToken\":\"a\"}\n" }, Then = "hold" };
                var server = new FakeServer(Times(6, hold).Concat(Times(6, Say.Answer(MugLevel))).ToArray());
                var client = server.Client();
                for (var count = 0; count < 6; count++)
                {
                    Must.Same(true, await client.Stock.WatchStock(new WatchStockRequest()).GetAsyncEnumerator().MoveNextAsync());
                }
                await Task.WhenAll(Enumerable.Range(0, 6).Select(it => GetMug(client)));

                // To this machine .NET Framework lets as many go as are wanted, to others two.
                ErpsyncClient.Open("http://erpsync.example", "esk_1_a").Dispose();
                Must.Same(100, ServicePointManager.FindServicePoint(new Uri("http://erpsync.example")).ConnectionLimit);
            });

            Run.Test("nothing goes on in the context of the caller", () =>
            {
                var gate = new ManualResetEventSlim();
                var server = new FakeServer(
                    new Act { Gate = gate, Status = 503, Body = Say.Refusal("unavailable") },
                    new Act { Gate = gate, Body = MugLevel },
                    new Act { Gate = gate, Body = "{\"levels\":[{\"sku\":\"A\"}],\"nextPageToken\":\"t1\"}" },
                    new Act { Gate = gate, Body = "{\"levels\":[{\"sku\":\"B\"}]}" },
                    new Act { Gate = gate, Lines = new[] { "{\"resumeToken\":\"a\"}\n" }, Then = "cut" },
                    new Act { Gate = gate, Lines = new[] { "{\"resumeToken\":\"b\"}\n" }, Then = "hold" });
                var client = server.Client(new ClientOptions());
                // A form of Windows that waits for an answer would wait for ever, were its thread needed for it.
                Action<Func<Task>> wait = ask =>
                {
                    gate.Reset();
                    SynchronizationContext.SetSynchronizationContext(new Deaf());
                    var asked = ask();
                    SynchronizationContext.SetSynchronizationContext(null);
                    Must.Same(false, asked.IsCompleted, "it was answered before the server has");
                    gate.Set();
                    Must.Same(true, asked.Wait(TimeSpan.FromSeconds(20)), "it goes on");
                };
                wait(() => client.Stock.GetStockAsync(new GetStockRequest()));
                wait(() => client.Stock.ListStockAll(new ListStockRequest()).ToListAsync());
                var taken = 0;
                wait(() => client.Stock.WatchStock(new WatchStockRequest()).ForEachAsync(it => Task.FromResult(++taken < 2)));
                Must.Same(2, taken);
            });
        }

        private sealed class Deaf : SynchronizationContext
        {
            public override void Post(SendOrPostCallback callback, object state)
            {
            }
        }
    }
}
