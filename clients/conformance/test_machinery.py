"""Tests of what tests the clients: `python3 -m unittest discover -s clients/conformance`."""

import http.client
import http.server
import pathlib
import tempfile
import threading
import unittest
import urllib.error
import urllib.request

import each
import languages
import readme
import run
from languages import Failed, Language
from line import Http1Answers, Http2Answers, Line


def frame(kind, stream, payload=b""):
    return len(payload).to_bytes(3, "big") + bytes([kind, 0]) + stream.to_bytes(4, "big") + payload


DATA, HEADERS, RESET, SETTINGS, PING, GOAWAY, WINDOW_UPDATE = 0, 1, 3, 4, 6, 7, 8


class AnswersBegin(unittest.TestCase):
    def check(self, answers, table):
        for said, begins in table:
            self.assertEqual(answers.feed(said), begins, said)

    def test_of_http2(self):
        self.check(
            Http2Answers(),
            [
                (frame(SETTINGS, 0, b"123456") + frame(PING, 0, b"12345678"), False),
                (frame(WINDOW_UPDATE, 0, b"1234") + frame(GOAWAY, 0, b"12345678"), False),
                (frame(HEADERS, 1, b"h"), True),
                (frame(DATA, 1, b"d" * 20_000), False),
                (frame(HEADERS, 1, b"trailers"), False),
                (frame(DATA, 1) + frame(HEADERS, 3, b"h"), True),
                (frame(RESET, 5, b"1234"), False),
                # In pieces, of which the first has the head of the frame.
                (frame(HEADERS, 7, b"hhhh")[:8], False),
                (frame(HEADERS, 7, b"hhhh")[8:10], True),
                (frame(HEADERS, 7, b"hhhh")[10:], False),
                # What looks like a frame within another is none.
                (frame(DATA, 7, frame(HEADERS, 9)), False),
            ],
        )

    def test_of_http1(self):
        self.check(
            Http1Answers(),
            [
                (b"HTTP/1.1 100 Continue\r\n\r\n", False),
                (b"HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\nHTTP", True),
                (b"/1.1 200 OK\r\n\r\n", False),
                (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", True),
                (b"9\r\nHTTP/1.1 \r\n", False),
                (b"e;x=y\r\n200 OK\r\n\r\n1234\r\n", False),
                (b"0\r\nTrailer: 1\r\n\r\n", False),
                (b"HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 404 Not Found\r\n", True),
                (b"content-length: 0\r\n\r\n", True),
                (b"HTTP/1.1 200 OK\r\n\r\nuntil it is closed", True),
                (b"HTTP/1.1 200 OK\r\n\r\n", False),
            ],
        )

    def test_of_http1_byte_by_byte(self):
        answers = Http1Answers()
        said = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nHT"
        begins = [answers.feed(said[it : it + 1]) for it in range(len(said))]
        self.assertEqual(begins.index(True), said.index(b"200") + 2)
        self.assertFalse(any(begins[-2:]))


class Echo(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen = 0

    def do_GET(self):
        Echo.seen += 1
        self.send_response(200)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


class Accidents(unittest.TestCase):
    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.line = Line(self.server.server_address[1])
        self.connection = http.client.HTTPConnection(self.line.address.removeprefix("http://"), timeout=10)

    def tearDown(self):
        self.connection.close()
        self.line.close()
        self.server.shutdown()
        self.server.server_close()

    def ask(self):
        try:
            self.connection.request("GET", "/")
            return self.connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return None

    def order(self, what):
        order = urllib.request.Request(f"{self.line.orders_address}/{what}", method="POST", data=b"")
        urllib.request.urlopen(order, timeout=10).read()

    def test_none(self):
        self.assertEqual([self.ask(), self.ask()], [b"ok", b"ok"])
        self.assertEqual(self.line.seen, 1)

    def test_cut(self):
        self.ask()
        self.order("cut")
        self.assertEqual([self.ask(), self.ask()], [None, b"ok"])

    def test_lose_answer(self):
        self.ask()
        self.order("lose_answer")
        self.assertIsNotNone(self.line.waits_for())
        seen = Echo.seen
        self.assertIsNone(self.ask())
        self.assertEqual(Echo.seen, seen + 1)
        self.assertIsNone(self.line.waits_for())
        self.assertEqual(self.ask(), b"ok")

    def test_refuse(self):
        self.ask()
        self.order("refuse")
        self.assertIsNotNone(self.line.waits_for())
        self.assertEqual([self.ask() for _ in range(4)], [None, None, None, b"ok"])
        self.assertIsNone(self.line.waits_for())

    def test_an_accident_that_there_is_not(self):
        with self.assertRaises(urllib.error.HTTPError):
            self.order("dance")


class Reports(unittest.TestCase):
    def check(self, out, faults, steps=("a", "a: b", "c")):
        ok, not_ok = run.reported(list(steps), out)
        self.assertEqual([*not_ok, *run.unlike(list(steps), out)], faults)
        return ok

    def test_all_is_well(self):
        self.assertEqual(self.check("noise\nok a\nok a: b\nok c\n", []), ["a", "a: b", "c"])

    def test_what_is_wrong(self):
        self.check("ok a\nnot ok a: b: because\nok c", ["not ok a: b: because"])
        self.check("ok a\nok c", ["not reported: a: b"])
        self.check("ok a\nok a: b\nok c\nok d", ["reported, but not in the table: d"])
        self.check("ok a\nok a\nok a: b\nok c", ["reported twice: a"])
        self.check("ok a\nok c\nok a: b", ["the steps were reported in another order than they have"])
        self.check("", ["not reported: a", "not reported: a: b", "not reported: c"])


class Folder(unittest.TestCase):
    """A language of its own, in a folder that goes away."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.clients = pathlib.Path(holder.name)
        self.addCleanup(setattr, languages, "CLIENTS", languages.CLIENTS)
        languages.CLIENTS = self.clients
        (self.clients / "klingon" / "samples").mkdir(parents=True)
        self.language = Language("klingon")

    def says(self, script):
        self.language.script.write_text(f"#!/bin/sh\n{script}\n")
        self.language.script.chmod(0o755)

    def fails(self, work, *words):
        with self.assertRaises(Failed) as failed:
            work()
        for it in words:
            self.assertIn(it, str(failed.exception))


class Verbs(Folder):
    def test_what_is_missing(self):
        self.assertIn("client.sh is not there", self.language.missing())
        self.says("echo a bat’leth; exit 1")
        self.assertEqual(self.language.missing(), "a bat’leth")
        self.says("exit 1")
        self.assertEqual(self.language.missing(), "it does not say what is missing")
        self.says("exit 0")
        self.assertIsNone(self.language.missing())

    def test_what_fails_says_why(self):
        self.says("echo out; echo err >&2; exit 3")
        self.fails(lambda: self.language.do("sample", "set_stock"), "sample set_stock: 3", "out", "err")

    def test_what_hangs_is_ended_with_all_that_it_has_started(self):
        self.addCleanup(languages.SECONDS.update, dict(languages.SECONDS))
        languages.SECONDS["test"] = 0.5
        self.says("sleep 600 & echo $! > pid; wait")
        self.fails(lambda: self.language.do("test"), "took more than 0.5 s")
        pid = int((self.language.folder / "pid").read_text())
        for _ in range(1000):
            state = pathlib.Path(f"/proc/{pid}/stat")
            if not state.exists() or ") Z" in state.read_text():
                return
            threading.Event().wait(0.01)
        self.fail("it still runs")

    def test_only_known_languages_can_be_chosen(self):
        self.assertEqual([it.name for it in languages.chosen([])], ["klingon"])
        with self.assertRaises(SystemExit):
            languages.chosen(["romulan"])

    def test_gen_that_is_not_fresh(self):
        self.addCleanup(setattr, each, "TOP", each.TOP)
        each.TOP = self.clients
        for it in (["init", "-q"], ["config", "user.email", "x@y"], ["config", "user.name", "x"]):
            each.git(*it)
        gen = self.clients / "clients" / "klingon" / "src" / "gen"
        gen.mkdir(parents=True)
        (gen / "old").write_text("1")
        each.git("add", "-A")
        each.git("commit", "-qm", "x")
        self.assertEqual(each.differences(self.language), "")
        (gen.parent / "mine").write_text("not generated")
        self.assertEqual(each.differences(self.language), "")
        (gen / "old").write_text("2")
        (gen / "new").write_text("1")
        told = each.differences(self.language)
        self.assertIn("M\tclients/klingon/src/gen/old", told)
        self.assertIn("?\tclients/klingon/src/gen/new", told)


class Readmes(Folder):
    def setUp(self):
        super().setUp()
        self.text = ""
        for it in readme.SAMPLES:
            self.shows(f"{it.replace('_', '-')}.kl", f"say {it}\n")

    def shows(self, name, text):
        (self.language.folder / "samples" / name).write_text(text)
        self.text += f"## {name}\n\n<!-- samples/{name} -->\n```klingon\n{text}```\n\n"

    def check(self, text, *words):
        (self.language.folder / "README.md").write_text(text)
        if words:
            self.fails(lambda: readme.check(self.language), *words)
        else:
            readme.check(self.language)

    def test_all_is_well(self):
        self.check(self.text)

    def test_what_is_wrong(self):
        self.fails(lambda: readme.check(self.language), "README.md is not there")
        self.check(self.text.replace("say set_stock", "say  set_stock"), "shows samples/set-stock.kl otherwise")
        self.check(self.text.replace("```klingon\nsay set_stock", "say set_stock"), "no fenced block follows")
        self.check(self.text.replace("<!-- samples/set-stock.kl -->", ""), "does not show the sample set_stock")
        self.check(self.text.replace("set-stock.kl -->", "get-stock.kl -->"), "get-stock.kl, which is not there")

    def test_a_block_within_a_block(self):
        self.shows("extra.md", "```\ninner\n```\n")
        self.check(self.text.replace("```klingon\n```\ninner\n```\n```", "````klingon\n```\ninner\n```\n````"))


if __name__ == "__main__":
    unittest.main()
