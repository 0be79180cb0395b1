// Plays the scenario of ../../conformance through the client, as its users have it.

using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using System.Text.RegularExpressions;
using Erpsync.Json;
using Erpsync.V1;
using Task = System.Threading.Tasks.Task;

namespace Erpsync.Tests
{
    using Members = Dictionary<string, object>;

    internal static class Program
    {
        public static int Main()
        {
            return PlayAsync().GetAwaiter().GetResult() ? 0 : 1;
        }

        private static async System.Threading.Tasks.Task<bool> PlayAsync()
        {
            var player = new Player();
            var isWell = true;
            var scenario = (Members)JsonParser.Parse(File.ReadAllText(Player.Variable("ERPSYNC_SCENARIO")));
            foreach (Members step in (List<object>)scenario["steps"])
            {
                try
                {
                    await player.PlayAsync(step);
                    Console.WriteLine("ok " + step["name"]);
                }
                catch (Exception cause)
                {
                    isWell = false;
                    var why = cause is Wrong ? cause.Message : cause.GetType().Name + ": " + cause.Message;
                    Console.WriteLine("not ok " + step["name"] + ": " + why.Replace("\n", " "));
                }
            }
            return isWell;
        }
    }

    /// <summary>
    /// Something is not as the table has it.
    /// </summary>
    internal sealed class Wrong : Exception
    {
        public Wrong(string message) : base(message)
        {
        }
    }

    internal sealed class Player
    {
        private static readonly string[] NoEntries = { "None", "SnapshotBegin", "SnapshotEnd", "GoingAway", "Heartbeat" };

        private readonly Dictionary<string, ErpsyncClient> _clients = new Dictionary<string, ErpsyncClient>();
        private readonly Dictionary<string, string> _kept = new Dictionary<string, string>();
        private readonly HttpClient _line = new HttpClient();

        public Player()
        {
            var tokens = new Dictionary<string, string> { { "stranger", "esk_0_0" } };
            foreach (var who in new[] { "erp", "shop", "shop-b", "tool" })
            {
                tokens[who] = Variable("ERPSYNC_" + who.ToUpperInvariant().Replace('-', '_') + "_TOKEN");
            }
            foreach (var it in tokens) _clients[it.Key] = ErpsyncClient.Open(Variable("ERPSYNC_ADDRESS"), it.Value);
            _clients["nobody"] = _clients["stranger"].With("");
        }

        public static string Variable(string name)
        {
            var value = Environment.GetEnvironmentVariable(name);
            if (value == null) throw new Exception(name + " is not set");
            return value;
        }

        public async Task PlayAsync(Members step)
        {
            if (step.ContainsKey("line"))
            {
                await LineAsync((string)step["line"]);
                return;
            }
            RefusalException refusal = null;
            var answers = new List<object>();
            try
            {
                answers = step.ContainsKey("call") ? new List<object> { await CallAsync(step) }
                    : step.ContainsKey("list") ? await ListAsync(step)
                    : step.ContainsKey("watch") ? await WatchAsync(step)
                    : await RawStreamAsync(step);
            }
            catch (RefusalException caught)
            {
                refusal = caught;
            }
            if (step.ContainsKey("refused"))
            {
                CompareRefusal((Members)Filled(step["refused"]), refusal);
                return;
            }
            if (refusal != null) throw new Wrong("refused with " + refusal.Reason + ": " + refusal.Message);
            // A watch has its last message behind its entries.
            var last = answers.LastOrDefault();
            if (step.ContainsKey("watch")) answers.RemoveAt(answers.Count - 1);
            if (step.ContainsKey("expect"))
            {
                Compare("the answer", Filled(step["expect"]), step.ContainsKey("call") ? last : answers);
            }
            if (step.ContainsKey("keep"))
            {
                var from = step.ContainsKey("list") ? answers : last;
                foreach (var it in (Members)step["keep"]) _kept[it.Key] = (string)At(from, (string)it.Value);
            }
        }

        private async System.Threading.Tasks.Task<object> CallAsync(Members step)
        {
            var task = (Task)Ask(step, "call", "Async");
            await task;
            return Said((Message)task.GetType().GetProperty("Result").GetValue(task));
        }

        private System.Threading.Tasks.Task<List<object>> ListAsync(Members step)
        {
            return TakeAsync(Ask(step, "list", "All"), item => Task.FromResult(true));
        }

        private System.Threading.Tasks.Task<List<object>> RawStreamAsync(Members step)
        {
            return TakeAsync(Ask(step, "raw_stream", "Once"), message => Task.FromResult(true));
        }

        /// <summary>
        /// The entries, and then the last message.
        /// </summary>
        private async System.Threading.Tasks.Task<List<object>> WatchAsync(Members step)
        {
            var take = Number(step, "take");
            var meanwhile = step.ContainsKey("meanwhile") ? (Members)step["meanwhile"] : new Members();
            var entries = new List<object>();
            var messages = await TakeAsync(Ask(step, "watch", ""), async message =>
            {
                foreach (var entry in Entries(message))
                {
                    entries.Add(entry);
                    if (entries.Count == Number(step, "cut_after")) await LineAsync("cut");
                    if (entries.Count == Number(meanwhile, "after")) await CallAsync(meanwhile);
                }
                return entries.Count < take;
            });
            if (entries.Count != take) throw new Wrong(entries.Count + " entries have come, not " + take);
            entries.Add(messages.Last());
            return entries;
        }

        /// <summary>
        /// Goes through a sequence whose items are known when this runs.
        /// </summary>
        private static System.Threading.Tasks.Task<List<object>> TakeAsync(
            object sequence, Func<Message, System.Threading.Tasks.Task<bool>> take)
        {
            var method = typeof(Player).GetMethod(nameof(TakeItemsAsync), BindingFlags.NonPublic | BindingFlags.Static);
            var of = method.MakeGenericMethod(sequence.GetType().GetGenericArguments()[0]);
            return (System.Threading.Tasks.Task<List<object>>)of.Invoke(null, new[] { sequence, take });
        }

        private static async System.Threading.Tasks.Task<List<object>> TakeItemsAsync<T>(
            AsyncSequence<T> sequence, Func<Message, System.Threading.Tasks.Task<bool>> take) where T : Message
        {
            var taken = new List<object>();
            await sequence.ForEachAsync(item =>
            {
                taken.Add(Said(item));
                return take(item);
            });
            return taken;
        }

        /// <summary>
        /// Calls the method by which users call it.
        /// </summary>
        private object Ask(Members step, string way, string suffix)
        {
            var name = ((string)step[way]).Split('.');
            var accessor = typeof(Services).GetProperties().First(it => it.PropertyType.Name == name[0]);
            var service = accessor.GetValue(_clients[(string)step["as"]]);
            var method = service.GetType().GetMethod(name[1] + suffix);
            var parameters = method.GetParameters();
            var arguments = parameters.Select(it => it.IsOptional ? Type.Missing : null).ToArray();
            arguments[0] = Request(parameters[0].ParameterType, Filled(step["request"]));
            return method.Invoke(service, BindingFlags.OptionalParamBinding, null, arguments, null);
        }

        private static Message Request(Type type, object json)
        {
            var request = (Message)Activator.CreateInstance(type);
            request.ReadFrom(JsonReader.Of(json, ""));
            // What the message did not take would be missed by nobody.
            Compare("the request", json, Said(request));
            return request;
        }

        private static IEnumerable<object> Entries(Message message)
        {
            var event_ = message.GetType().GetProperty("EventCase").GetValue(message).ToString();
            if (NoEntries.Contains(event_)) return new object[0];
            var told = message.GetType().GetProperty(event_).GetValue(message);
            // Their one repeated field.
            var many = told.GetType().GetProperties().First(it => typeof(IList).IsAssignableFrom(it.PropertyType));
            return ((IList)many.GetValue(told)).Cast<Message>().Select(Said).ToList();
        }

        private static object Said(Message message)
        {
            return JsonParser.Parse(message.ToJson());
        }

        /// <summary>
        /// With what was kept in place of <c>${name}</c>.
        /// </summary>
        private object Filled(object value)
        {
            var members = value as Members;
            if (members != null) return members.ToDictionary(it => it.Key, it => Filled(it.Value));
            var list = value as List<object>;
            if (list != null) return list.Select(Filled).ToList();
            var text = value as string;
            return text == null ? value : Regex.Replace(text, @"\$\{(\w+)\}", it =>
            {
                string kept;
                if (!_kept.TryGetValue(it.Groups[1].Value, out kept)) throw new Wrong(it.Groups[1].Value + " was not kept");
                return kept;
            });
        }

        private static object At(object value, string path)
        {
            foreach (var part in path.Split('.'))
            {
                var list = value as List<object>;
                var members = value as Members;
                int index;
                if (list != null && int.TryParse(part, out index) && index < list.Count) value = list[index];
                else if (members == null || !members.TryGetValue(part, out value)) throw new Wrong("there is no " + path + " to keep");
            }
            return value;
        }

        private static void CompareRefusal(Members expected, RefusalException refusal)
        {
            if (refusal == null) throw new Wrong("was to be refused with " + Shown(expected));
            if (expected.ContainsKey("fields"))
            {
                var fields = refusal.Fields.Select(it => it.Path).ToList();
                foreach (string field in (List<object>)expected["fields"])
                {
                    if (!fields.Contains(field)) throw new Wrong(field + " is not at fault, but " + string.Join(", ", fields));
                }
                expected.Remove("fields");
            }
            Compare("the refusal", expected, new Members
            {
                { "code", Regex.Replace(refusal.StatusCode.ToString(), "(?<=[a-z])([A-Z])", "_$1").ToUpperInvariant() },
                { "reason", refusal.Reason },
                { "metadata", refusal.Metadata.ToDictionary(it => it.Key, it => (object)it.Value) },
            });
        }

        /// <summary>
        /// What is expected must be there; what is absent has its default.
        /// </summary>
        private static void Compare(string where, object expected, object seen)
        {
            var wrong = new Wrong(where + " is " + Shown(seen) + ", not " + Shown(expected));
            var members = expected as Members;
            var list = expected as List<object>;
            if (expected as string == "*" || IsDefault(expected))
            {
                if (IsDefault(seen) == (expected as string == "*")) throw wrong;
            }
            else if (members != null)
            {
                if (!(seen is Members)) throw wrong;
                foreach (var it in members)
                {
                    object value;
                    ((Members)seen).TryGetValue(it.Key, out value);
                    Compare(where + "." + it.Key, it.Value, value);
                }
            }
            else if (list != null)
            {
                var items = seen as List<object>;
                if (items == null || items.Count != list.Count) throw wrong;
                for (var index = 0; index < list.Count; index++) Compare(where + "." + index, list[index], items[index]);
            }
            else if (Shown(expected) != Shown(seen))
            {
                throw wrong;
            }
        }

        private static bool IsDefault(object value)
        {
            var many = value as ICollection;
            return new[] { "null", "\"\"", "\"0\"", "0", "false" }.Contains(Shown(value)) || (many != null && many.Count == 0);
        }

        private static string Shown(object value)
        {
            var members = value as Members;
            if (members != null) return "{" + string.Join(", ", members.Select(it => it.Key + ": " + Shown(it.Value))) + "}";
            var list = value as List<object>;
            if (list != null) return "[" + string.Join(", ", list.Select(Shown)) + "]";
            var number = value as JsonNumber;
            if (number != null) return number.Text;
            if (value is bool) return (bool)value ? "true" : "false";
            return value == null ? "null" : "\"" + value + "\"";
        }

        private static int Number(Members step, string name)
        {
            return step.ContainsKey(name) ? int.Parse(((JsonNumber)step[name]).Text) : 0;
        }

        private async Task LineAsync(string what)
        {
            var answer = await _line.PostAsync(Variable("ERPSYNC_LINE") + "/" + what, new StringContent(""));
            if (!answer.IsSuccessStatusCode) throw new Wrong("the line did not " + what + ": " + answer.StatusCode);
        }
    }
}
