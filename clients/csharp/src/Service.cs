using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Erpsync
{
    /// <summary>
    /// What generated services are made of.
    /// </summary>
    public abstract class Service
    {
        private readonly Connection _connection;

        internal Service(Connection connection)
        {
            _connection = connection;
        }

        internal Task<TAnswer> CallAsync<TAnswer>(
            string method, Message request, TimeSpan timeout, CancellationToken cancellationToken)
            where TAnswer : Message, new()
        {
            return _connection.CallAsync<TAnswer>(method, Asked(request), timeout, cancellationToken);
        }

        internal AsyncSequence<TAnswer> Stream<TAnswer>(string method, Message request) where TAnswer : Message, new()
        {
            Asked(request);
            return new AsyncSequence<TAnswer>(it => _connection.Stream<TAnswer>(method, request, it));
        }

        internal AsyncSequence<TAnswer> Watch<TAnswer>(string method, Message request) where TAnswer : Message, new()
        {
            Asked(request);
            return new AsyncSequence<TAnswer>(it => _connection.Watch<TAnswer>(method, request, it));
        }

        internal AsyncSequence<TItem> Pages<TRequest, TAnswer, TItem>(
            TRequest request,
            Action<TRequest, string> begin,
            Func<TRequest, CancellationToken, Task<TAnswer>> ask,
            Func<TAnswer, List<TItem>> items,
            Func<TAnswer, string> next)
            where TRequest : Message
        {
            Asked(request);
            return new AsyncSequence<TItem>(cancellationToken => new PageEnumerator<TItem>(
                async token =>
                {
                    // The request of the caller stays as it is.
                    var page = (TRequest)request.Copy();
                    if (token != "") begin(page, token);
                    var answer = await ask(page, cancellationToken).ConfigureAwait(false);
                    return new KeyValuePair<string, List<TItem>>(next(answer), items(answer));
                },
                cancellationToken));
        }

        private static Message Asked(Message request)
        {
            if (request == null) throw new ArgumentNullException(nameof(request));
            return request;
        }
    }
}
