using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Erpsync.Json;

namespace Erpsync.Tests
{
    /// <summary>
    /// Runs all tests, or those whose names contain a word. Needs the framework and nothing else.
    /// </summary>
    internal static class Run
    {
        private static readonly List<KeyValuePair<string, Func<Task>>> Tests = new List<KeyValuePair<string, Func<Task>>>();

        public static int Main(string[] arguments)
        {
            JsonTests.Add();
            ValueTests.Add();
            CallTests.Add();
            RefusalTests.Add();
            TlsTests.Add();
            WatchTests.Add();
            var word = arguments.Length == 0 ? "" : arguments[0];
            var passed = 0;
            var failed = 0;
            foreach (var test in Tests.Where(it => it.Key.Contains(word)))
            {
                try
                {
                    var running = Task.Run(test.Value);
                    if (!running.Wait(TimeSpan.FromSeconds(60))) throw new Exception("it hangs");
                    passed++;
                }
                catch (Exception cause)
                {
                    failed++;
                    var aggregate = cause as AggregateException;
                    Console.WriteLine("FAILED " + test.Key + ": " + (aggregate == null ? cause : aggregate.InnerException));
                }
            }
            Console.WriteLine(passed + " passed, " + failed + " failed");
            return failed > 0 || passed == 0 ? 1 : 0;
        }

        public static void Test(string name, Func<Task> test)
        {
            if (Tests.Any(it => it.Key == name)) throw new Exception("two tests are called \"" + name + "\"");
            Tests.Add(new KeyValuePair<string, Func<Task>>(name, test));
        }

        public static void Test(string name, Action test)
        {
            Test(name, () =>
            {
                test();
                return Task.FromResult(true);
            });
        }
    }

    internal static class Must
    {
        public static void Same<T>(T expected, T actual, string what = "")
        {
            if (!EqualityComparer<T>.Default.Equals(expected, actual))
            {
                throw new Exception((what == "" ? "" : what + ": ") + "expected " + Shown(expected) + ", not " + Shown(actual));
            }
        }

        public static void SameList<T>(IEnumerable<T> expected, IEnumerable<T> actual, string what = "")
        {
            if (!expected.SequenceEqual(actual))
            {
                Func<IEnumerable<T>, string> shown = list => string.Join(", ", list.Select(it => Shown(it)));
                throw new Exception((what == "" ? "" : what + ": ") + "expected " + shown(expected) + "; not " + shown(actual));
            }
        }

        public static void Contain(string part, string text)
        {
            if (!text.Contains(part)) throw new Exception("expected \"" + part + "\" in \"" + text + "\"");
        }

        public static T Throw<T>(Action act) where T : Exception
        {
            try
            {
                act();
            }
            catch (T it)
            {
                return it;
            }
            throw new Exception("expected " + typeof(T).Name + ", and nothing was thrown");
        }

        public static async Task<T> ThrowAsync<T>(Func<Task> act) where T : Exception
        {
            try
            {
                await act();
            }
            catch (T it)
            {
                return it;
            }
            throw new Exception("expected " + typeof(T).Name + ", and nothing was thrown");
        }

        private static string Shown<T>(T value)
        {
            return value == null ? "null" : value is string ? "\"" + value + "\"" : value.ToString();
        }
    }

    /// <summary>
    /// Waits that were asked for: nothing is waited for in tests.
    /// </summary>
    internal sealed class Waited
    {
        public readonly List<double> Seconds = new List<double>();
        public readonly List<string> Why = new List<string>();

        public ClientOptions Options()
        {
            return new ClientOptions
            {
                OnRetry = (cause, wait) => Why.Add(cause.Message),
                Wait = (wait, cancellationToken) =>
                {
                    Seconds.Add(wait.TotalSeconds);
                    cancellationToken.ThrowIfCancellationRequested();
                    return Task.FromResult(true);
                },
            };
        }
    }

    /// <summary>
    /// What servers say.
    /// </summary>
    internal static class Say
    {
        public static Act Answer(string json = "{}")
        {
            return new Act { Body = json };
        }

        public static Act Refuse(string code, string reason = "", int status = 400, int? retry = null)
        {
            return new Act { Status = status, Body = Refusal(code, reason, retry) };
        }

        /// <summary>
        /// A refusal, as the server of erpsync tells it.
        /// </summary>
        public static string Refusal(string code, string reason = "", int? retry = null)
        {
            var details = new List<string>();
            if (reason != "") details.Add(Detail("google.rpc.ErrorInfo", Field(1, reason) + Field(2, "erpsync")));
            if (retry != null) details.Add(Detail("google.rpc.RetryInfo", Field(1, "\x08" + (char)retry)));
            return "{\"code\":\"" + code + "\",\"message\":\"it is " + code + "\",\"details\":[" + string.Join(",", details) + "]}";
        }

        public static string Detail(string type, string bytes)
        {
            var value = Convert.ToBase64String(bytes.Select(it => (byte)it).ToArray()).TrimEnd('=');
            return "{\"type\":\"" + type + "\",\"value\":\"" + value + "\",\"debug\":{\"reason\":\"OTHER\"}}";
        }

        /// <summary>
        /// A field of protobuf that holds a short text, its bytes as characters.
        /// </summary>
        public static string Field(int number, string bytes)
        {
            return "" + (char)(number << 3 | 2) + (char)bytes.Length + bytes;
        }
    }

    /// <summary>
    /// What was asked.
    /// </summary>
    internal sealed class Asked
    {
        public string Path;
        public Dictionary<string, string> Headers = new Dictionary<string, string>();
        public string Body;
        // The number of the connection.
        public int Line;

        public string Header(string name)
        {
            string value;
            return Headers.TryGetValue(name, out value) ? value : null;
        }

        /// <summary>
        /// A member of what was asked, as text; null: it is not there.
        /// </summary>
        public string this[string name]
        {
            get { return JsonReader.Of(JsonParser.Parse(Body), "").Raw(name) as string; }
        }
    }
}
