using System;
using Erpsync.V1;

namespace Erpsync
{
    /// <summary>
    /// A connection to one server, in the name of one system. Every service of the API is a property of it. Nothing is
    /// sent before the first call; any number of calls may be made at a time.
    /// </summary>
    /// <example>
    /// <code>
    /// var shop = ErpsyncClient.Open("https://erpsync.example:7443", token);
    /// var answer = await shop.Stock.GetStockAsync(new GetStockRequest { Sku = "MUG" });
    /// </code>
    /// </example>
    public sealed class ErpsyncClient : Services, IDisposable
    {
        private readonly Http _http;
        private readonly ClientOptions _options;

        private ErpsyncClient(Http http, ClientOptions options) : base(new Connection(http, options))
        {
            _http = http;
            _options = options;
        }

        /// <summary>
        /// Opens it.
        /// </summary>
        /// <param name="address"><c>http://host:port</c> in plain text, or <c>https://host:port</c> with TLS.</param>
        /// <param name="token">Of a system: <c>esk_…</c>.</param>
        /// <param name="options">What is wanted otherwise; null: nothing.</param>
        /// <exception cref="ArgumentException">The address or the token is none.</exception>
        public static ErpsyncClient Open(string address, string token, ClientOptions options = null)
        {
            if (string.IsNullOrEmpty(token))
            {
                throw new ArgumentException("no token was given (is the variable set?)", nameof(token));
            }
            options = options ?? new ClientOptions();
            return new ErpsyncClient(new Http(address, token, options), options);
        }

        /// <summary>
        /// The same server over the same connections, in the name of another system; with an empty token, of nobody. It need not be disposed.
        /// </summary>
        public ErpsyncClient With(string token)
        {
            return new ErpsyncClient(_http.With(token), _options);
        }

        /// <summary>
        /// Closes its connections, unless they are those of an HttpClient that was handed in.
        /// </summary>
        public void Dispose()
        {
            _http.Dispose();
        }
    }
}
