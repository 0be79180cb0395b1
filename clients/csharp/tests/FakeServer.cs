using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;

namespace Erpsync.Tests
{
    /// <summary>
    /// What a server does with one request: answers it, unless something else is said.
    /// </summary>
    internal sealed class Act
    {
        public int Status = 200;
        public string Type = "application/json";
        /// <summary>Another header.</summary>
        public string Header = "";
        public string Body = "";
        /// <summary>Nothing is answered before it is set.</summary>
        public ManualResetEventSlim Gate;
        /// <summary>Whether the body is packed with gzip.</summary>
        public bool Packed;
        /// <summary>Only so many bytes of the body, and then the connection is closed.</summary>
        public int? Cut;
        /// <summary>The next connection is closed before anything was read.</summary>
        public bool Refuse;
        /// <summary>The request is read, and the connection closed without an answer.</summary>
        public bool Drop;
        /// <summary>A stream, of which each entry is sent as a chunk.</summary>
        public string[] Lines;
        /// <summary>The same as bytes.</summary>
        public byte[][] Pieces;
        /// <summary>What follows: <c>end</c> (the last chunk), <c>cut</c> (the connection is closed) or <c>hold</c> (nothing).</summary>
        public string Then = "end";
    }

    /// <summary>
    /// A server that does what it was told beforehand, once for each request. It ends with the program.
    /// </summary>
    internal sealed class FakeServer
    {
        private readonly TcpListener _listener = new TcpListener(IPAddress.Loopback, 0);
        private readonly Queue<Act> _acts;
        private readonly List<Asked> _asked = new List<Asked>();
        private readonly List<TcpClient> _lines = new List<TcpClient>();
        private readonly X509Certificate2 _certificate;
        private readonly string _address;
        private int _number;

        public FakeServer(params Act[] acts) : this(null, acts)
        {
        }

        public FakeServer(X509Certificate2 certificate, params Act[] acts)
        {
            _certificate = certificate;
            _acts = new Queue<Act>(acts);
            _listener.Start();
            var scheme = certificate == null ? "http" : "https";
            _address = scheme + "://127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port;
            new Thread(Accept) { IsBackground = true }.Start();
        }

        public ErpsyncClient Client(ClientOptions options = null, string token = "esk_1_secret")
        {
            return ErpsyncClient.Open(_address, token, options ?? new Waited().Options());
        }

        public List<Asked> Requests
        {
            get { lock (_acts) return _asked.ToList(); }
        }

        /// <summary>
        /// How many connections are open.
        /// </summary>
        public int Open
        {
            get { lock (_acts) return _lines.Count; }
        }

        private void Accept()
        {
            while (true)
            {
                var line = _listener.AcceptTcpClient();
                line.NoDelay = true;
                int number;
                lock (_acts)
                {
                    if (_acts.Count > 0 && _acts.Peek().Refuse)
                    {
                        _acts.Dequeue();
                        line.Close();
                        continue;
                    }
                    _lines.Add(line);
                    number = ++_number;
                }
                new Thread(() => Serve(line, number)) { IsBackground = true }.Start();
            }
        }

        private void Serve(TcpClient line, int number)
        {
            try
            {
                using (line)
                using (var stream = Secured(line.GetStream()))
                {
                    while (Hear(stream, number))
                    {
                    }
                }
            }
            catch (Exception cause) when (cause is IOException || cause is ObjectDisposedException || cause is AuthenticationException)
            {
                // Whoever asked has left.
            }
            finally
            {
                lock (_acts) _lines.Remove(line);
            }
        }

        private Stream Secured(Stream stream)
        {
            if (_certificate == null) return stream;
            var secured = new SslStream(stream);
            secured.AuthenticateAsServer(_certificate);
            return secured;
        }

        /// <summary>
        /// Reads a request and does what is to be done; answers whether the connection stays.
        /// </summary>
        private bool Hear(Stream stream, int number)
        {
            var first = ReadLine(stream);
            if (first == null) return false;
            var asked = new Asked { Path = first.Split(' ')[1], Line = number };
            string header;
            while ((header = ReadLine(stream)) != "")
            {
                var colon = header.IndexOf(':');
                asked.Headers[header.Substring(0, colon).ToLowerInvariant()] = header.Substring(colon + 1).Trim();
            }
            var body = new byte[int.Parse(asked.Header("content-length") ?? "0")];
            for (var at = 0; at < body.Length; at += Read(stream, body, at))
            {
            }
            asked.Body = Encoding.UTF8.GetString(body);
            Act act;
            lock (_acts)
            {
                _asked.Add(asked);
                act = _acts.Count > 0 ? _acts.Dequeue() : new Act { Status = 500, Body = "nothing is left to be done" };
            }
            if (act.Gate != null) act.Gate.Wait();
            return !act.Drop && Do(stream, act);
        }

        private static bool Do(Stream stream, Act act)
        {
            var pieces = act.Pieces ?? (act.Lines == null ? null : act.Lines.Select(Encoding.UTF8.GetBytes).ToArray());
            if (pieces != null)
            {
                Say(stream, "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n");
                foreach (var piece in pieces)
                {
                    Say(stream, piece.Length.ToString("x") + "\r\n");
                    stream.Write(piece, 0, piece.Length);
                    Say(stream, "\r\n");
                }
                if (act.Then == "end") Say(stream, "0\r\n\r\n");
                return act.Then != "cut";
            }
            var body = Encoding.UTF8.GetBytes(act.Body);
            if (act.Packed) body = Pack(body);
            var type = act.Type == "" ? "" : "content-type: " + act.Type + "\r\n";
            var packing = act.Packed ? "content-encoding: gzip\r\n" : "";
            Say(stream, "HTTP/1.1 " + act.Status + " X\r\n" + type + packing + act.Header + "content-length: " + body.Length + "\r\n\r\n");
            stream.Write(body, 0, act.Cut ?? body.Length);
            return act.Cut == null;
        }

        private static byte[] Pack(byte[] plain)
        {
            var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionMode.Compress)) gzip.Write(plain, 0, plain.Length);
            return packed.ToArray();
        }

        private static void Say(Stream stream, string text)
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            stream.Write(bytes, 0, bytes.Length);
        }

        private static string ReadLine(Stream stream)
        {
            var line = new StringBuilder();
            int it;
            while ((it = stream.ReadByte()) != '\n')
            {
                if (it < 0) return null;
                line.Append((char)it);
            }
            return line.ToString().TrimEnd('\r');
        }

        private static int Read(Stream stream, byte[] into, int at)
        {
            var count = stream.Read(into, at, into.Length - at);
            if (count == 0) throw new IOException("the body does not end");
            return count;
        }
    }
}
