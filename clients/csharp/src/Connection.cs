using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Erpsync
{
    /// <summary>
    /// Calls of one server: made again where that is safe, with the same bytes.
    /// </summary>
    internal sealed class Connection
    {
        private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

        private readonly Http _http;
        private readonly ClientOptions _options;

        public Connection(Http http, ClientOptions options)
        {
            _http = http;
            _options = options;
        }

        public async Task<T> CallAsync<T>(
            string method, Message request, TimeSpan timeout, CancellationToken cancellationToken)
            where T : Message, new()
        {
            var body = Encoding.UTF8.GetBytes(Identified(request));
            var waits = new Waits(_options);
            for (var attempt = 1; ; attempt++)
            {
                ErpsyncException failure;
                try
                {
                    var answer = await _http.CallAsync(method, body, timeout, cancellationToken).ConfigureAwait(false);
                    return Message.Parse<T>(answer);
                }
                catch (ErpsyncException cause) when (cause.MayRetry && attempt < _options.Attempts)
                {
                    failure = cause;
                }
                await waits.AfterAsync(failure, cancellationToken).ConfigureAwait(false);
            }
        }

        /// <summary>
        /// A stream as it is; ends where the server ends it.
        /// </summary>
        public AsyncEnumerator<T> Stream<T>(string method, Message request, CancellationToken cancellationToken)
            where T : Message, new()
        {
            var silence = _options.Silence ?? SilenceOf(request as IWatchRequest);
            return new LineEnumerator<T>(_http, method, request.ToJson(), silence, cancellationToken);
        }

        /// <summary>
        /// A stream that goes on after its last message, whatever happens to the line.
        /// </summary>
        public AsyncEnumerator<T> Watch<T>(string method, Message request, CancellationToken cancellationToken)
            where T : Message, new()
        {
            return new WatchEnumerator<T>(this, method, request, new Waits(_options), cancellationToken);
        }

        /// <summary>
        /// How long a line may be silent before it is broken.
        /// </summary>
        private static TimeSpan SilenceOf(IWatchRequest request)
        {
            var start = request == null ? null : request.Start;
            var heartbeat = start != null && start.HeartbeatInterval.HasValue ? start.HeartbeatInterval.Value.ToTimeSpan() : Heartbeat;
            return TimeSpan.FromTicks(3 * Math.Max(heartbeat.Ticks, TimeSpan.TicksPerSecond));
        }

        /// <summary>
        /// A write without an identity gets one; the caller's own object stays without, because it may say other things next.
        /// </summary>
        private static string Identified(Message request)
        {
            var json = request.ToJson();
            var identified = request as IIdentified;
            if (identified == null || !string.IsNullOrEmpty(identified.RequestId)) return json;
            var id = "{\"requestId\":\"" + Guid.NewGuid().ToString("D") + "\"";
            return json == "{}" ? id + "}" : id + "," + json.Substring(1);
        }
    }
}
