using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Erpsync.Json;

namespace Erpsync
{
    /// <summary>
    /// Messages of JSON over HTTP, each sent once.
    /// </summary>
    internal sealed class Http : IDisposable
    {
        private const string Agent = "erpsync-csharp/0.1.0";
        // .NET Framework lets two connections go to one address otherwise, and each watch takes one.
        private const int ConnectionsMax = 100;
        // How much longer than the server a call waits, so that it hears from the server that time is over.
        private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

        // What goes wrong in front of the server, and may go well the next time.
        private static readonly int[] Busy = { 429, 502, 503, 504 };

        private readonly string _address;
        private readonly string _token;
        private readonly HttpClient _client;
        private readonly bool _isOwn;

        public Http(string address, string token, ClientOptions options)
        {
            if (!Regex.IsMatch(address ?? "", @"\Ahttps?://[^/?#@\s]+/?\z", RegexOptions.IgnoreCase) || !Uri.IsWellFormedUriString(address, UriKind.Absolute))
            {
                throw new ArgumentException(
                    "\"" + address + "\" is no address; one looks like http://127.0.0.1:7443 or https://erpsync.example", nameof(address));
            }
            _address = address.TrimEnd('/');
            _token = Checked(token);
            if (options.Authorities != null && !address.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException(address + " is plain text; with authorities it is https://…", nameof(options));
            }
            if (options.Authorities != null && options.HttpClient != null)
            {
                throw new ArgumentException("authorities are a matter of the HttpClient that was handed in", nameof(options));
            }
            _isOwn = options.HttpClient == null;
            _client = options.HttpClient ?? Made(_address, options);
        }

        private Http(Http other, string token)
        {
            _address = other._address;
            _client = other._client;
            _token = Checked(token);
        }

        /// <summary>
        /// The same connections, with another token.
        /// </summary>
        public Http With(string token)
        {
            return new Http(this, token);
        }

        public void Dispose()
        {
            if (_isOwn) _client.Dispose();
        }

        /// <summary>
        /// Makes one call once, and answers its JSON.
        /// </summary>
        /// <param name="method"><c>erpsync.v1.StockService/GetStock</c></param>
        /// <param name="body">What is asked.</param>
        /// <param name="timeout">How long the server has.</param>
        /// <param name="cancellationToken">Gives it up.</param>
        public async Task<string> CallAsync(string method, byte[] body, TimeSpan timeout, CancellationToken cancellationToken)
        {
            var request = Request(method, body);
            var millis = Math.Max(1, (long)timeout.TotalMilliseconds);
            request.Headers.Add("connect-timeout-ms", millis.ToString(CultureInfo.InvariantCulture));
            using (var sending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
            using (request)
            {
                sending.CancelAfter(timeout + Grace);
                var sent = _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, sending.Token);
                using (var response = await LostAsync(sent, method, false, cancellationToken).ConfigureAwait(false))
                {
                    var answer = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
                    Check(method, response, answer, "application/json");
                    return answer;
                }
            }
        }

        /// <summary>
        /// Asks for a stream once, and answers where it begins.
        /// </summary>
        public async Task<HttpResponseMessage> StreamAsync(
            string method, byte[] body, TimeSpan silence, CancellationToken cancellationToken)
        {
            using (var sending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
            using (var request = Request(method, body))
            {
                sending.CancelAfter(silence);
                var sent = _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, sending.Token);
                var response = await LostAsync(sent, method, true, cancellationToken).ConfigureAwait(false);
                try
                {
                    var isStream = response.StatusCode == HttpStatusCode.OK;
                    var read = isStream ? Task.FromResult("") : response.Content.ReadAsStringAsync();
                    var answer = await LostAsync(read, method, true, cancellationToken).ConfigureAwait(false);
                    Check(method, response, answer, "application/x-ndjson");
                    return response;
                }
                catch
                {
                    response.Dispose();
                    throw;
                }
            }
        }

        /// <summary>
        /// What is read, if it comes in time. Reading itself cannot be ended in .NET Framework but by closing the response,
        /// which is up to the caller.
        /// </summary>
        public async Task<T> WithinAsync<T>(Task<T> reading, TimeSpan silence, CancellationToken cancellationToken)
        {
            using (var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
            {
                var isOver = Task.Delay(silence, timer.Token);
                if (await Task.WhenAny(reading, isOver).ConfigureAwait(false) == reading)
                {
                    timer.Cancel();
                    return await reading.ConfigureAwait(false);
                }
            }
            Forget(reading);
            cancellationToken.ThrowIfCancellationRequested();
            throw new ConnectionLostException("nothing was heard of " + _address + " for " + silence.TotalSeconds + " s");
        }

        /// <summary>
        /// Nobody waits for what it ends with.
        /// </summary>
        private static void Forget(Task reading)
        {
            reading.ContinueWith(it => it.Exception, TaskContinuationOptions.OnlyOnFaulted);
        }

        /// <summary>
        /// What goes wrong on the way to the server or back.
        /// </summary>
        public static bool IsLost(Exception cause)
        {
            return cause is HttpRequestException || cause is IOException || cause is WebException
                || cause is ObjectDisposedException || cause is OperationCanceledException;
        }

        /// <param name="task">What may get lost.</param>
        /// <param name="method">For people.</param>
        /// <param name="mayRetry">Whether it may be tried again after time was over: who waits for an answer has no more.</param>
        /// <param name="cancellationToken">Of the application.</param>
        private async Task<T> LostAsync<T>(Task<T> task, string method, bool mayRetry, CancellationToken cancellationToken)
        {
            try
            {
                return await task.ConfigureAwait(false);
            }
            catch (OperationCanceledException cause)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new ConnectionLostException(_address + " did not answer " + method + " in time", cause, mayRetry);
            }
            catch (Exception cause) when (IsLost(cause))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var isUntrusted = Causes(cause).Any(it => it is AuthenticationException);
                var why = string.Join(": ", Causes(cause).Select(it => it.Message).Distinct());
                // Whoever speaks plain text answers TLS with what is none.
                if (isUntrusted) why += " (if it speaks plain text, its address is http://…)";
                throw new ConnectionLostException("no answer of " + _address + " to " + method + ": " + why, cause, !isUntrusted);
            }
        }

        private static IEnumerable<Exception> Causes(Exception cause)
        {
            for (; cause != null; cause = cause.InnerException) yield return cause;
        }

        private HttpRequestMessage Request(string method, byte[] body)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, _address + "/" + method);
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("accept", "application/json, application/x-ndjson");
            request.Headers.Add("user-agent", Agent);
            // .NET Framework would ask first whether it may send a body.
            request.Headers.ExpectContinue = false;
            if (_token != "") request.Headers.Add("authorization", "Bearer " + _token);
            return request;
        }

        /// <summary>
        /// What is answered with another status is a refusal, and what is something else was not said by erpsync.
        /// </summary>
        private void Check(string method, HttpResponseMessage response, string answer, string expected)
        {
            var status = (int)response.StatusCode;
            var type = response.Content.Headers.ContentType == null ? "" : response.Content.Headers.ContentType.MediaType;
            if (status != 200)
            {
                var refusal = Refused(type == "application/json" ? answer : "");
                if (refusal != null) throw refusal;
                var what = _address + " answers " + method + " with status " + status;
                if (Busy.Contains(status)) throw RefusalException.Busy(what);
                throw new UnreadableException(what + ", and not as erpsync does: is it the address of something else?");
            }
            if (type != expected)
            {
                var shown = string.IsNullOrEmpty(type) ? "something without a type" : type;
                throw new UnreadableException(_address + " answers " + method + " with " + shown + " instead of " + expected);
            }
        }

        private static RefusalException Refused(string answer)
        {
            try
            {
                var json = JsonParser.Parse(answer);
                return JsonReader.Of(json, "").Raw("code") == null ? null : RefusalException.Read(json);
            }
            catch (UnreadableException)
            {
                return null;
            }
        }

        private static string Checked(string token)
        {
            if (token == null) throw new ArgumentNullException(nameof(token));
            if (!token.All(it => it > ' ' && it <= '~'))
            {
                throw new ArgumentException("this is not a token: it has other than visible ASCII characters", nameof(token));
            }
            return token;
        }

        private static HttpClient Made(string address, ClientOptions options)
        {
            var handler = new HttpClientHandler
            {
                // The token is for this address alone.
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.GZip,
            };
            if (options.Authorities != null)
            {
                handler.ServerCertificateCustomValidationCallback = new Authorities(options.Authorities).Trust;
            }
            var point = ServicePointManager.FindServicePoint(new Uri(address));
            point.ConnectionLimit = Math.Max(point.ConnectionLimit, ConnectionsMax);
            return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        }
    }
}
