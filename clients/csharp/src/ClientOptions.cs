using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Erpsync
{
    /// <summary>
    /// What an application may want otherwise.
    /// </summary>
    public sealed class ClientOptions
    {
        /// <summary>
        /// A file with the authorities that servers are trusted for, in PEM; null: the system's.
        /// </summary>
        public string Authorities { get; set; }

        /// <summary>
        /// What makes the calls, if the application has its own; its <c>Timeout</c> should be infinite. Null: one is made.
        /// </summary>
        public HttpClient HttpClient { get; set; }

        /// <summary>
        /// How often a call is made at most, where making it again is safe and may help.
        /// </summary>
        public int Attempts { get; set; } = 5;

        /// <summary>
        /// How long a watch hears nothing before it takes its line for broken; null: three times the interval of its
        /// heartbeats.
        /// </summary>
        public TimeSpan? Silence { get; set; }

        /// <summary>
        /// Told why a call is made again, or a watch resumed, and how long it waits until then: for a log.
        /// </summary>
        public Action<ErpsyncException, TimeSpan> OnRetry { get; set; }

        /// <summary>
        /// What waits; otherwise in tests.
        /// </summary>
        internal Func<TimeSpan, CancellationToken, Task> Wait { get; set; } = Task.Delay;
    }
}
