using System;
using System.Threading;
using System.Threading.Tasks;

namespace Erpsync
{
    /// <summary>
    /// The waits between attempts: longer each time, and each a little different, so that not all come back at once.
    /// </summary>
    internal sealed class Waits
    {
        private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
        private static readonly TimeSpan Last = TimeSpan.FromSeconds(5);
        // The longest that is waited because the server says so.
        private static readonly TimeSpan GivenMax = TimeSpan.FromSeconds(30);
        private static readonly Random Random = new Random();

        private readonly ClientOptions _options;
        private int _failures;

        public Waits(ClientOptions options)
        {
            _options = options;
        }

        /// <summary>
        /// Begins anew.
        /// </summary>
        public void Reset()
        {
            _failures = 0;
        }

        /// <summary>
        /// Waits as long as the server asks for, else a little longer than the last time.
        /// </summary>
        public async Task AfterAsync(ErpsyncException failure, CancellationToken cancellationToken)
        {
            double chance;
            // It is no good to several threads at a time.
            lock (Random) chance = Random.NextDouble();
            var wait = failure.RetryDelay ?? Next(_failures, chance);
            _failures++;
            if (wait > GivenMax) wait = GivenMax;
            if (wait < TimeSpan.Zero) wait = TimeSpan.Zero;
            if (_options.OnRetry != null) _options.OnRetry(failure, wait);
            await _options.Wait(wait, cancellationToken).ConfigureAwait(false);
        }

        /// <summary>
        /// The wait after so many others, with some chance of 0 to 1.
        /// </summary>
        public static TimeSpan Next(int failures, double chance)
        {
            var ticks = Math.Min(First.Ticks << Math.Min(failures, 10), Last.Ticks);
            return TimeSpan.FromTicks((long)(ticks * (1 - chance / 2)));
        }
    }
}
