using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Erpsync
{
    /// <summary>
    /// Items that come in time: the messages of a watch, the items of many pages. Since C# 8 <c>await foreach</c> goes
    /// through them; before, <see cref="ForEachAsync"/> does, or a loop over <see cref="GetAsyncEnumerator"/>.
    /// </summary>
    public sealed class AsyncSequence<T>
    {
        private readonly Func<CancellationToken, AsyncEnumerator<T>> _begin;

        internal AsyncSequence(Func<CancellationToken, AsyncEnumerator<T>> begin)
        {
            _begin = begin;
        }

        /// <summary>
        /// Begins anew. Nothing is asked before its first <c>MoveNextAsync</c>.
        /// </summary>
        public AsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default(CancellationToken))
        {
            return _begin(cancellationToken);
        }

        /// <summary>
        /// Hands over one item after the other, until there are no more, or false is answered.
        /// </summary>
        public async Task ForEachAsync(
            Func<T, Task<bool>> take, CancellationToken cancellationToken = default(CancellationToken))
        {
            using (var items = GetAsyncEnumerator(cancellationToken))
            {
                while (await items.MoveNextAsync().ConfigureAwait(false))
                {
                    if (!await take(items.Current).ConfigureAwait(false)) return;
                }
            }
        }

        /// <summary>
        /// All of them. A watch has no end, and neither has this then.
        /// </summary>
        public async Task<List<T>> ToListAsync(CancellationToken cancellationToken = default(CancellationToken))
        {
            var all = new List<T>();
            using (var items = GetAsyncEnumerator(cancellationToken))
            {
                while (await items.MoveNextAsync().ConfigureAwait(false)) all.Add(items.Current);
            }
            return all;
        }
    }

    /// <summary>
    /// A way through items that come in time.
    /// </summary>
    public abstract class AsyncEnumerator<T> : IDisposable
    {
        internal AsyncEnumerator()
        {
        }

        /// <summary>
        /// The item at which it stands.
        /// </summary>
        public T Current { get; private protected set; }

        /// <summary>
        /// Goes to the next item, once it is there; answers whether there is one.
        /// </summary>
        /// <exception cref="ErpsyncException">It cannot be had.</exception>
        /// <exception cref="OperationCanceledException">The application has given it up.</exception>
        public abstract Task<bool> MoveNextAsync();

        /// <summary>
        /// Ends it.
        /// </summary>
        public virtual void Dispose()
        {
        }

        /// <summary>
        /// Ends it; for <c>await foreach</c>.
        /// </summary>
        public Task DisposeAsync()
        {
            Dispose();
            return Task.FromResult(true);
        }
    }
}
