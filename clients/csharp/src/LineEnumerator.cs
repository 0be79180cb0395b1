using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Erpsync.Json;

namespace Erpsync
{
    /// <summary>
    /// The messages of a stream as they are told, a line each; ends where the server ends it.
    /// </summary>
    internal sealed class LineEnumerator<T> : AsyncEnumerator<T> where T : Message, new()
    {
        private readonly Http _http;
        private readonly string _method;
        private readonly byte[] _body;
        private readonly TimeSpan _silence;
        private readonly CancellationToken _cancellationToken;

        private HttpResponseMessage _response;
        private Stream _stream;
        // What was heard; from _begin to _end it was not handed over yet, up to _seen there is no end of a line.
        private byte[] _heard = new byte[8192];
        private int _begin;
        private int _seen;
        private int _end;

        public LineEnumerator(
            Http http, string method, string body, TimeSpan silence, CancellationToken cancellationToken)
        {
            _http = http;
            _method = method;
            _body = Encoding.UTF8.GetBytes(body);
            _silence = silence;
            _cancellationToken = cancellationToken;
        }

        public override async Task<bool> MoveNextAsync()
        {
            if (_stream == null)
            {
                _response = await _http.StreamAsync(_method, _body, _silence, _cancellationToken).ConfigureAwait(false);
                _stream = await _response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            }
            string line;
            while ((line = NextLine()) == null) await HearAsync().ConfigureAwait(false);

            var json = JsonParser.Parse(line);
            var reader = JsonReader.Of(json, "");
            // The last line says how it ended.
            var error = reader.Raw("error");
            if (error != null) throw RefusalException.Read(error);
            if (reader.Raw("end") != null) return false;
            Current = Message.Read<T>(json, "");
            return true;
        }

        public override void Dispose()
        {
            // Who has not heard all closes the line.
            if (_response != null) _response.Dispose();
        }

        private string NextLine()
        {
            var at = Array.IndexOf(_heard, (byte)'\n', _seen, _end - _seen);
            if (at < 0)
            {
                _seen = _end;
                return null;
            }
            var line = Encoding.UTF8.GetString(_heard, _begin, at - _begin);
            _begin = _seen = at + 1;
            return line;
        }

        private async Task HearAsync()
        {
            MakeRoom();
            int count;
            try
            {
                var reading = _stream.ReadAsync(_heard, _end, _heard.Length - _end, _cancellationToken);
                count = await _http.WithinAsync(reading, _silence, _cancellationToken).ConfigureAwait(false);
            }
            catch (Exception cause) when (Http.IsLost(cause))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                throw new ConnectionLostException("the line of " + _method + " was cut off: " + cause.Message, cause);
            }
            // What was heard of a line that does not end is forgotten.
            if (count == 0) throw new ConnectionLostException("the line of " + _method + " was cut off");
            _end += count;
        }

        private void MakeRoom()
        {
            if (_begin > 0)
            {
                Array.Copy(_heard, _begin, _heard, 0, _end - _begin);
                _seen -= _begin;
                _end -= _begin;
                _begin = 0;
            }
            if (_end == _heard.Length) Array.Resize(ref _heard, _heard.Length * 2);
        }
    }
}
