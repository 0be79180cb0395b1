using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Erpsync.Json;
using Erpsync.V1;
using Task = System.Threading.Tasks.Task;
using Tokens = System.Threading.Tasks.Task<System.Collections.Generic.List<string>>;

namespace Erpsync.Tests
{
    internal static class WatchTests
    {
        private const string End = "{\"end\":{}}\n";

        private static string Line(string token, string more = "\"heartbeat\":{\"revision\":\"1\"}")
        {
            return "{\"resumeToken\":\"" + token + "\"," + more + "}\n";
        }

        private static string Ending(string refusal)
        {
            return "{\"error\":" + refusal + "}\n";
        }

        private static Act Stream(string then, params string[] lines)
        {
            return new Act { Lines = lines, Then = then };
        }

        /// <summary>
        /// The tokens of so many messages.
        /// </summary>
        private static async Tokens Take(AsyncSequence<WatchStockResponse> watch, int count)
        {
            var tokens = new List<string>();
            await watch.ForEachAsync(message =>
            {
                tokens.Add(message.ResumeToken);
                return Task.FromResult(tokens.Count < count);
            });
            return tokens;
        }

        private static IEnumerable<string> Starts(FakeServer server)
        {
            return server.Requests.Select(it =>
            {
                var request = WatchStockRequest.FromJson(it.Body);
                return request.Start == null ? "" : request.Start.ToJson();
            });
        }

        public static void Add()
        {
            Run.Test("messages come as they are told, in whatever pieces", async () =>
            {
                var bytes = Encoding.UTF8.GetBytes(Line("a") + Line("b", "\"snapshotChunk\":{\"levels\":[{\"sku\":\"Ü\"}]}"));
                var half = Array.IndexOf(bytes, (byte)0xc3) + 1;
                var large = Encoding.UTF8.GetBytes(Line("c", "\"new\":\"" + new string('x', 50000) + "\""));
                var pieces = new[]
                {
                    bytes.Take(5).ToArray(), bytes.Skip(5).Take(half - 5).ToArray(),
                    bytes.Skip(half).Concat(large.Take(9)).ToArray(), large.Skip(9).ToArray(),
                };
                var server = new FakeServer(new Act { Pieces = pieces, Then = "hold" });
                var seen = new List<string>();
                await server.Client().Stock.WatchStock(new WatchStockRequest()).ForEachAsync(message =>
                {
                    seen.Add(message.ResumeToken + " " + message.EventCase);
                    if (message.SnapshotChunk != null) Must.Same("Ü", message.SnapshotChunk.Levels[0].Sku);
                    return Task.FromResult(seen.Count < 3);
                });
                Must.SameList(new[] { "a Heartbeat", "b SnapshotChunk", "c None" }, seen);
                Must.Same(null, server.Requests[0].Header("connect-timeout-ms"), "a watch has no end");
            });

            Run.Test("a watch goes on after the last message, whatever ended it", async () =>
            {
                var waited = new Waited();
                var server = new FakeServer(
                    Stream("cut", Line("a"), Line("b")),
                    Stream("cut", Line("c"), "{\"resumeToken\":\"lost"),
                    Stream("end", Line("d"), Ending(Say.Refusal("resource_exhausted", "SLOW_CONSUMER"))),
                    Stream("hold", Line("e", "\"goingAway\":{\"retryDelay\":\"2s\"}")),
                    Stream("end", Line("f"), End),
                    Stream("end", Line("g")),
                    Stream("end", Line("h"), Ending(Say.Refusal("unavailable", "SHUTTING_DOWN", 3))),
                    new Act { Drop = true },
                    Say.Refuse("unavailable", "DATABASE_UNAVAILABLE", 503),
                    Stream("hold", Line("i")));
                var start = new WatchStart { Snapshot = true, HeartbeatInterval = TimeSpan.FromSeconds(2), OnExpired = OnExpired.Snapshot };
                var request = new WatchStockRequest { Filter = new StockFilter { Skus = { "MUG" } }, Start = start };
                var tokens = await Take(server.Client(waited.Options()).Stock.WatchStock(request), 9);
                Must.SameList(new[] { "a", "b", "c", "d", "e", "f", "g", "h", "i" }, tokens);
                const string more = ",\"heartbeatInterval\":\"2s\",\"onExpired\":\"ON_EXPIRED_SNAPSHOT\"}";
                var resumed = new[] { "b", "c", "d", "e", "f", "g", "h", "h", "h" }.Select(it => "{\"resumeToken\":\"" + it + "\"" + more);
                Must.SameList(new[] { "{\"snapshot\":true" + more }.Concat(resumed), Starts(server));
                var filters = server.Requests.Select(it => WatchStockRequest.FromJson(it.Body).Filter.ToJson());
                Must.SameList(Enumerable.Repeat("{\"skus\":[\"MUG\"]}", 10), filters);
                // The delays that were given, and else the first wait, because each stream had told something.
                Must.SameList(new[] { 2.0, 3.0 }, new[] { waited.Seconds[3], waited.Seconds[6] });
                foreach (var index in new[] { 0, 1, 2, 4, 5 }) Must.Same(true, waited.Seconds[index] <= 0.1, "wait " + index);
                Must.Same(true, waited.Seconds[8] > 0.1, "the third failure without a message between waits longer");
                Must.Same(true, request.Start == start && start.Snapshot == true, "the request of the caller stays as it was");
            });

            Run.Test("a watch tries more often than a call, and begins to count anew after a message", async () =>
            {
                var waited = new Waited();
                var acts = new List<Act> { Stream("cut", Line("a")) };
                acts.AddRange(Enumerable.Repeat(new Act { Drop = true }, 8));
                acts.Add(Stream("cut", Line("b")));
                acts.Add(Stream("hold", Line("c")));
                var server = new FakeServer(acts.ToArray());
                var tokens = await Take(server.Client(waited.Options()).Stock.WatchStock(new WatchStockRequest()), 3);
                Must.SameList(new[] { "a", "b", "c" }, tokens);
                Must.Same(10, waited.Seconds.Count);
                Must.Same(true, waited.Seconds[8] >= 2.5 && waited.Seconds[9] <= 0.1);
            });

            Run.Test("the token counts when the message was dealt with", async () =>
            {
                var server = new FakeServer(Stream("cut", Line("a"), Line("b")), Stream("hold", Line("c")));
                using (var watch = server.Client().Stock.WatchStock(new WatchStockRequest()).GetAsyncEnumerator())
                {
                    await watch.MoveNextAsync();
                    Must.Same("a", watch.Current.ResumeToken);
                    await watch.MoveNextAsync();
                    Must.Same("b", watch.Current.ResumeToken);
                    Must.SameList(new[] { "" }, Starts(server));
                    await watch.MoveNextAsync();
                    Must.Same("c", watch.Current.ResumeToken);
                    Must.SameList(new[] { "", "{\"resumeToken\":\"b\"}" }, Starts(server));
                }
            });

            Run.Test("a refusal that no waiting mends ends a watch", async () =>
            {
                Func<FakeServer, Tokens> take = it => Take(
                    it.Client().Stock.WatchStock(new WatchStockRequest { Start = new WatchStart { ResumeToken = "old" } }), 9);
                var expired = new FakeServer(Say.Refuse("out_of_range", "RESUME_TOKEN_EXPIRED"));
                Must.Same("RESUME_TOKEN_EXPIRED", (await Must.ThrowAsync<RefusalException>(() => take(expired))).Reason);
                var revoked = new FakeServer(Stream("end", Line("a"), Ending(Say.Refusal("unauthenticated", "TOKEN_INVALID"))));
                Must.Same("TOKEN_INVALID", (await Must.ThrowAsync<RefusalException>(() => take(revoked))).Reason);
                var other = new FakeServer(new Act { Type = "text/html", Body = "<h1>\nWelcome" });
                Must.Contain("text/html", (await Must.ThrowAsync<UnreadableException>(() => take(other))).Message);
                var odd = new FakeServer(Stream("end", "<h1>\n"));
                Must.Contain("not JSON", (await Must.ThrowAsync<UnreadableException>(() => take(odd))).Message);
            });

            Run.Test("a line on which nothing is heard is broken", async () =>
            {
                var never = new ManualResetEventSlim();
                var server = new FakeServer(
                    Stream("hold", Line("a")),
                    new Act { Lines = new string[0], Then = "hold" },
                    new Act { Lines = new string[0], Gate = never },
                    Stream("hold", Line("b")));
                var waited = new Waited();
                var options = waited.Options();
                options.Silence = TimeSpan.FromMilliseconds(200);
                Must.SameList(new[] { "a", "b" }, await Take(server.Client(options).Stock.WatchStock(new WatchStockRequest()), 2));
                Must.Contain("for 0.2 s", waited.Why[0]);
                const string after = "{\"resumeToken\":\"a\"}";
                Must.SameList(new[] { "", after, after, after }, Starts(server));
            });

            Run.Test("the same without resuming", async () =>
            {
                Func<Act, Tokens> once = it => Take(new FakeServer(it).Client().Stock.WatchStockOnce(new WatchStockRequest()), 9);
                Must.SameList(new[] { "a", "b" }, await once(Stream("end", Line("a"), Line("b"), End)));
                await Must.ThrowAsync<ConnectionLostException>(() => once(Stream("end", Line("a"))));
                await Must.ThrowAsync<RefusalException>(() => once(Stream("end", Line("a"), Ending(Say.Refusal("unavailable")))));
            });

            Run.Test("the application may give a watch up, and whoever leaves one closes its line", async () =>
            {
                var server = new FakeServer(Stream("hold", Line("a")), Stream("hold", Line("b")));
                var giveUp = new CancellationTokenSource();
                using (var watch = server.Client().Stock.WatchStock(new WatchStockRequest()).GetAsyncEnumerator(giveUp.Token))
                {
                    Must.Same(true, await watch.MoveNextAsync());
                    var next = watch.MoveNextAsync();
                    giveUp.Cancel();
                    await Must.ThrowAsync<OperationCanceledException>(() => next);
                }
                Must.SameList(new[] { "b" }, await Take(server.Client().Stock.WatchStock(new WatchStockRequest()), 1));
                Must.Same(true, SpinWait.SpinUntil(() => server.Open == 0, TimeSpan.FromSeconds(10)), "no line is open");
            });
        }
    }
}
