"""The line between a client and the server: a proxy on which accidents happen when told to.

It hands bytes on as they come. Of HTTP/2 and HTTP/1.1 it understands as much as it needs to see where
an *answer* begins: the first HEADERS of a stream, or a status line that is not 1xx. SETTINGS, PING,
WINDOW_UPDATE and what a stream says that was answered before are no answers.
"""

import asyncio
import http.server
import threading

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
HEADERS = 0x1


class Http2Answers:
    """Says of each piece of what the server sends whether an answer begins in it."""

    def __init__(self):
        self.rest = b""
        self.answered = set()

    def feed(self, data):
        self.rest += data
        begins = False
        while len(self.rest) >= 9:
            length = int.from_bytes(self.rest[:3], "big")
            kind = self.rest[3]
            stream = int.from_bytes(self.rest[5:9], "big") & 0x7FFFFFFF
            if kind == HEADERS and stream not in self.answered:
                self.answered.add(stream)
                begins = True
            if len(self.rest) < 9 + length:
                break
            self.rest = self.rest[9 + length :]
        return begins


class Http1Answers:
    """The same, of HTTP/1.1."""

    def __init__(self):
        self.rest = b""
        # What is being read: the head of an answer, a body (so many bytes are left of it), a chunk (its
        # length first), what follows after the chunks, or a body that ends with the connection.
        self.state, self.left = "head", 0

    def feed(self, data):
        self.rest += data
        begins = False
        while True:
            if self.state == "head":
                head, end, rest = self.rest.partition(b"\r\n\r\n")
                if not end:
                    # The status line is enough to know.
                    return begins or (len(self.rest) >= 12 and not self.rest[9:10] == b"1")
                self.rest = rest
                begins = self._head(head) or begins
            elif self.state == "body":
                taken = min(self.left, len(self.rest))
                self.rest, self.left = self.rest[taken:], self.left - taken
                if self.left:
                    return begins
                self.state = "head"
            elif self.state == "until_closed":
                self.rest = b""
                return begins
            else:
                line, end, rest = self.rest.partition(b"\r\n")
                if self.state == "chunk":
                    length = int(line.split(b";")[0], 16) if end else 0
                    if not end or (length and len(rest) < length + 2):
                        return begins
                    self.rest = rest[length + 2 :] if length else rest
                    self.state = "chunk" if length else "trailers"
                else:
                    if not end:
                        return begins
                    self.rest = rest
                    self.state = "trailers" if line else "head"
            if not self.rest:
                return begins

    def _head(self, head):
        status, *lines = head.split(b"\r\n")
        code = status.split(b" ")[1]
        fields = {}
        for line in lines:
            name, _, value = line.partition(b":")
            fields[name.strip().lower()] = value.strip().lower()
        if code.startswith(b"1") or code in (b"204", b"304"):
            self.state = "head"
        elif b"chunked" in fields.get(b"transfer-encoding", b""):
            self.state = "chunk"
        elif b"content-length" in fields:
            self.state, self.left = "body", int(fields[b"content-length"])
        else:
            self.state = "until_closed"
        return not code.startswith(b"1")


class Line:
    """A proxy to a port of this machine, and an address to which accidents are ordered."""

    def __init__(self, server_port):
        self.server_port = server_port
        self.connections = set()
        self.answers_to_lose = 0
        self.connections_to_refuse = 0
        self.seen = 0
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = self._wait(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"
        self.orders = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.orders_address = f"http://127.0.0.1:{self.orders.server_address[1]}"
        threading.Thread(target=self.orders.serve_forever, daemon=True).start()

    def close(self):
        self.orders.shutdown()
        self.orders.server_close()
        self._wait(self._cut())
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(timeout=10)
        self.loop.close()

    def waits_for(self):
        """What was ordered and has not happened: the client has not called since, or not through here."""
        if self.answers_to_lose:
            return "an answer was to be lost, and none came"
        if self.connections_to_refuse:
            return "connections were to be refused, and too few were made"
        return None

    def order(self, what):
        self._wait({"cut": self._cut, "lose_answer": self._lose_answer, "refuse": self._refuse}[what]())

    def _wait(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(timeout=30)

    async def _cut(self):
        for writer in list(self.connections):
            writer.transport.abort()

    async def _lose_answer(self):
        self.answers_to_lose = 1

    async def _refuse(self):
        self.connections_to_refuse = 2
        await self._cut()

    async def _serve(self, reader, writer):
        self.seen += 1
        if self.connections_to_refuse:
            self.connections_to_refuse -= 1
            writer.transport.abort()
            return
        self.connections.add(writer)
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.server_port)
        except OSError:
            self.connections.discard(writer)
            writer.transport.abort()
            return
        self.connections.add(back)
        answers = asyncio.get_running_loop().create_future()
        pumps = [
            asyncio.ensure_future(self._ask(reader, back, answers)),
            asyncio.ensure_future(self._answer(there, writer, answers)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for it in pumps:
                it.cancel()
            for it in (writer, back):
                self.connections.discard(it)
                it.close()

    async def _ask(self, reader, writer, answers):
        """From the client to the server. How it speaks shows in its first bytes."""
        beginning = b""
        while data := await _read(reader):
            if not answers.done():
                beginning += data
                if not PREFACE.startswith(beginning[: len(PREFACE)]):
                    answers.set_result(Http1Answers())
                elif len(beginning) >= len(PREFACE):
                    answers.set_result(Http2Answers())
            if not await _write(writer, data):
                return

    async def _answer(self, reader, writer, answers):
        """From the server to the client."""
        unseen = b""
        while data := await _read(reader):
            # Settings may come before the client has said anything; no answer does.
            unseen += data
            begins = False
            if answers.done():
                begins, unseen = answers.result().feed(unseen), b""
            if begins and self.answers_to_lose:
                self.answers_to_lose -= 1
                writer.transport.abort()
                return
            if not await _write(writer, data):
                return

    def _handler(self):
        line = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers.get("content-length") or 0))
                what = self.path.rsplit("/", 1)[-1]
                try:
                    line.order(what)
                    self._tell(200, "done\n")
                except KeyError:
                    self._tell(404, f"the line can cut, lose_answer and refuse; not {what}\n")

            def _tell(self, code, text):
                self.send_response(code)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        return Handler


async def _read(reader):
    try:
        return await reader.read(65536)
    except OSError:
        return b""


async def _write(writer, data):
    try:
        writer.write(data)
        await writer.drain()
        return True
    except OSError:
        return False
