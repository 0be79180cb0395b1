"""A server of our own, and environments in it: for each use a fresh one with an ERP, two shops and a tool."""

import http.client
import json
import os
import pathlib
import queue
import subprocess
import threading
import urllib.error
import urllib.request
import uuid

SYSTEMS = {"erp": "ERP", "shop-a": "SHOP", "shop-b": "SHOP", "tool": "TOOL"}
TENANT = "conformance"
SECONDS_TO_START = 120


class Server:
    """`erpsync serve`, on a port that was free and a private Postgres in the given folder."""

    def __init__(self, program, folder):
        self.folder = pathlib.Path(folder)
        self.log = open(self.folder / "server.log", "wb")
        environment = {it: value for it, value in os.environ.items() if it != "DATABASE_URL"}
        self.process = subprocess.Popen(
            [program, "serve", "--listen", "127.0.0.1:0", "--data", self.folder / "data"],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            env=environment,
        )
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.port = int(self._line_that_begins("listening on ").rsplit(":", 1)[1])
        self.address = f"http://127.0.0.1:{self.port}"
        for line in (self.folder / "data" / "tokens.txt").read_text().splitlines():
            if line.startswith("operator "):
                self.operator = line.split()[1]
        self.call("AdminService/CreateTenant", {"requestId": fresh(), "name": TENANT}, self.operator)

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def _line_that_begins(self, words):
        while True:
            try:
                line = self.lines.get(timeout=SECONDS_TO_START)
            except queue.Empty:
                line = None
            if line is None:
                self.stop()
                raise SystemExit(f"the server did not start:\n{(self.folder / 'server.log').read_text()}")
            if line.startswith(words):
                return line.strip()

    def call(self, method, request, token):
        """A call with JSON over HTTP."""
        asked = urllib.request.Request(
            f"{self.address}/erpsync.v1.{method}",
            data=json.dumps(request).encode(),
            headers={"authorization": f"Bearer {token}", "content-type": "application/json"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            raise RuntimeError(f"{method}: {refusal.read().decode()}") from refusal
        except (OSError, http.client.HTTPException) as cause:
            raise RuntimeError(f"{method}: {cause}") from cause

    def environment(self, name):
        """A fresh environment; answers the token of each of its systems."""
        where = {"tenant": TENANT, "environment": name}
        self.call(
            "AdminService/CreateEnvironment",
            {"requestId": fresh(), "tenant": TENANT, "name": name},
            self.operator,
        )
        tokens = {}
        for system, kind in SYSTEMS.items():
            self.call(
                "AdminService/CreateSystem",
                {"requestId": fresh(), **where, "name": system, "kind": f"SYSTEM_KIND_{kind}"},
                self.operator,
            )
            made = self.call(
                "AdminService/CreateToken", {"requestId": fresh(), **where, "system": system}, self.operator
            )
            tokens[system] = made["secret"]
        return tokens

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def fresh():
    return str(uuid.uuid4())
