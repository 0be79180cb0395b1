using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Erpsync
{
    /// <summary>
    /// All items of all pages, each page asked for when it is reached.
    /// </summary>
    internal sealed class PageEnumerator<T> : AsyncEnumerator<T>
    {
        // Asks for the page with that token; answers its items and the token of the next.
        private readonly Func<string, Task<KeyValuePair<string, List<T>>>> _ask;
        private readonly CancellationToken _cancellationToken;
        private string _next = "";
        private List<T> _items = new List<T>();
        private int _at;
        private bool _hasAsked;

        public PageEnumerator(Func<string, Task<KeyValuePair<string, List<T>>>> ask, CancellationToken cancellationToken)
        {
            _ask = ask;
            _cancellationToken = cancellationToken;
        }

        public override async Task<bool> MoveNextAsync()
        {
            while (_at == _items.Count)
            {
                if (_hasAsked && _next == "") return false;
                _cancellationToken.ThrowIfCancellationRequested();
                var page = await _ask(_next).ConfigureAwait(false);
                _hasAsked = true;
                _next = page.Key;
                _items = page.Value;
                _at = 0;
            }
            Current = _items[_at++];
            return true;
        }
    }
}
