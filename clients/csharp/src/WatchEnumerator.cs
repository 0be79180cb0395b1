using System;
using System.Threading;
using System.Threading.Tasks;
using Erpsync.V1;

namespace Erpsync
{
    /// <summary>
    /// A watch without end: it goes on after its last message, whatever happens to the line.
    /// </summary>
    internal sealed class WatchEnumerator<T> : AsyncEnumerator<T> where T : Message, new()
    {
        private readonly Connection _connection;
        private readonly string _method;
        private readonly Message _request;
        private readonly Waits _waits;
        private readonly CancellationToken _cancellationToken;
        private AsyncEnumerator<T> _line;
        private bool _stands;

        public WatchEnumerator(
            Connection connection, string method, Message request, Waits waits, CancellationToken cancellationToken)
        {
            _connection = connection;
            _method = method;
            // The request of the caller stays as it is.
            _request = request.Copy();
            _waits = waits;
            _cancellationToken = cancellationToken;
        }

        public override async Task<bool> MoveNextAsync()
        {
            var isGone = _stands ? Leave((IWatchMessage)Current) : null;
            _stands = false;
            while (true)
            {
                var failure = isGone ?? await AdvanceAsync().ConfigureAwait(false);
                if (failure == null) return true;
                isGone = null;
                Dispose();
                await _waits.AfterAsync(failure, _cancellationToken).ConfigureAwait(false);
            }
        }

        public override void Dispose()
        {
            if (_line != null) _line.Dispose();
            _line = null;
        }

        /// <summary>
        /// The caller has dealt with the message: from now on the stream begins after it. Answers why it ends there, if it
        /// does.
        /// </summary>
        private ErpsyncException Leave(IWatchMessage message)
        {
            var request = (IWatchRequest)_request;
            if (message.ResumeToken != "")
            {
                request.Start = new WatchStart
                {
                    ResumeToken = message.ResumeToken,
                    HeartbeatInterval = request.Start == null ? null : request.Start.HeartbeatInterval,
                    OnExpired = request.Start == null ? default(OnExpired) : request.Start.OnExpired,
                };
            }
            return message.GoingAway == null ? null : RefusalException.GoingAway(message.GoingAway.RetryDelay);
        }

        /// <summary>
        /// Goes to the next message; answers why there is none, where that can be mended by waiting.
        /// </summary>
        private async Task<ErpsyncException> AdvanceAsync()
        {
            try
            {
                if (_line == null) _line = _connection.Stream<T>(_method, _request, _cancellationToken);
                // A watch has no end: one that ends without a word goes on elsewhere.
                if (!await _line.MoveNextAsync().ConfigureAwait(false)) return RefusalException.GoingAway(null);
            }
            catch (ErpsyncException failure) when (failure.MayResume)
            {
                return failure;
            }
            _waits.Reset();
            Current = _line.Current;
            _stands = true;
            return null;
        }
    }
}
