using System;
using System.Collections.Generic;
using System.Linq;
using Erpsync.V1;
using Task = System.Threading.Tasks.Task;

namespace Erpsync.Tests
{
    internal static class RefusalTests
    {
        public static void Add()
        {
            Run.Test("a refusal with all that it says", async () =>
            {
                var info = Say.Field(1, "INSUFFICIENT_STOCK") + Say.Field(2, "erpsync")
                    + Say.Field(3, Say.Field(1, "sku") + Say.Field(2, "M\u00c3\u009cG"))
                    + Say.Field(3, Say.Field(1, "sellable") + Say.Field(2, "0"));
                var fields = Say.Field(1, Say.Field(1, "lines[0].quantity") + Say.Field(2, "too much"))
                    + Say.Field(1, Say.Field(1, "total") + Say.Field(2, "off"));
                var details = string.Join(",", new[]
                {
                    Say.Detail("google.rpc.ErrorInfo", info),
                    Say.Detail("google.rpc.BadRequest", fields),
                    Say.Detail("google.rpc.RetryInfo", Say.Field(1, "\x08\x02\x10\u0080\u00ca\u00b5\u00ee\x01")),
                    "{\"type\":\"google.rpc.Help\",\"value\":\"AAAA\"}",
                });
                var body = "{\"code\":\"failed_precondition\",\"message\":\"too little\",\"details\":[" + details + "]}";
                var server = new FakeServer(new Act { Status = 400, Type = "application/json; charset=utf-8", Body = body });
                var refusal = await Must.ThrowAsync<RefusalException>(() => CallTests.SetMug(server.Client()));
                Must.Same(Code.FailedPrecondition, refusal.StatusCode);
                Must.Same("INSUFFICIENT_STOCK", refusal.Reason);
                Must.Same(true, refusal.Because(Reason.InsufficientStock) && !refusal.Because(Reason.FieldInvalid));
                Must.Same("too little", refusal.Message);
                Must.SameList(new[] { "sku MÜG", "sellable 0" }, refusal.Metadata.Select(it => it.Key + " " + it.Value));
                var told = refusal.Fields.Select(it => it.Path + ": " + it.Description);
                Must.SameList(new[] { "lines[0].quantity: too much", "total: off" }, told);
                Must.Same(TimeSpan.FromSeconds(2.5), refusal.RetryDelay.Value);
            });

            Run.Test("refusals that say less, or what nobody knows yet", async () =>
            {
                Func<string, Code, string, Task> check = async (json, code, reason) =>
                {
                    var server = new FakeServer(new Act { Status = 400, Body = json });
                    var refusal = await Must.ThrowAsync<RefusalException>(() => CallTests.SetMug(server.Client()));
                    Must.Same(code, refusal.StatusCode, json);
                    Must.Same(reason, refusal.Reason, json);
                    Must.Same(0, refusal.Metadata.Count);
                };
                await check(Say.Refusal("failed_precondition", "MOON_IS_FULL"), Code.FailedPrecondition, "MOON_IS_FULL");
                await check("{\"code\":\"canceled\"}", Code.Cancelled, "");
                await check("{\"code\":\"odd\",\"message\":5,\"details\":\"none\"}", Code.Unknown, "");
                await check("{\"code\":\"aborted\",\"details\":[5,{},{\"type\":\"google.rpc.ErrorInfo\",\"value\":\"*\"}]}", Code.Aborted, "");
                await check("{\"code\":\"aborted\",\"details\":[" + Say.Detail("google.rpc.ErrorInfo", "\x0a\x7fX") + "]}", Code.Aborted, "");
                foreach (var status in new[] { 429, 502, 503, 504 })
                {
                    var server = new FakeServer(CallTests.Html(status));
                    var client = server.Client(new ClientOptions { Attempts = 1 });
                    var refusal = await Must.ThrowAsync<RefusalException>(() => CallTests.SetMug(client));
                    Must.Same(Code.Unavailable, refusal.StatusCode);
                    Must.Contain("with status " + status, refusal.Message);
                }
            });

            Run.Test("a refusal that nobody catches begins with its reason", async () =>
            {
                var server = new FakeServer(Say.Refuse("unauthenticated", "TOKEN_INVALID", 401), new Act { Status = 400, Body = "{\"code\":\"aborted\"}" });
                var client = server.Client();
                var refusal = await Must.ThrowAsync<RefusalException>(() => CallTests.SetMug(client));
                Must.Same(0, refusal.ToString().IndexOf("TOKEN_INVALID: ", StringComparison.Ordinal));
                Must.Contain("(is it of another server or environment?", refusal.ToString());
                var other = await Must.ThrowAsync<RefusalException>(() => CallTests.SetMug(client));
                Must.Same(0, other.ToString().IndexOf("Aborted: ", StringComparison.Ordinal));
            });

            Run.Test("an answer of somebody else", async () =>
            {
                var acts = new Dictionary<string, Act>
                {
                    { "text/html instead of application/json", CallTests.Html(200) },
                    { "something without a type instead of application/json", new Act { Type = "", Body = "{}" } },
                    { "with status 404, and not as erpsync does", CallTests.Html(404) },
                    { "with status 403, and", new Act { Status = 403, Body = "{\"no\":\"erpsync\"}" } },
                    { "with status 307, and", new Act { Status = 307, Header = "location: /elsewhere\r\n" } },
                    { "not JSON", Say.Answer("{\"level\"") },
                    { "the answer is not an object", Say.Answer("[1]") },
                    { "level.sku is not a text", Say.Answer("{\"level\":{\"sku\":5}}") },
                };
                foreach (var it in acts)
                {
                    var server = new FakeServer(it.Value);
                    var why = await Must.ThrowAsync<UnreadableException>(() => CallTests.GetMug(server.Client()));
                    Must.Contain(it.Key, why.Message);
                    Must.Same(1, server.Requests.Count);
                }
            });
        }
    }
}
