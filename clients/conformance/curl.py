#!/usr/bin/env python3
"""Calls every unary RPC and some watches as an operator does: with grpcurl and with `buf curl`, each once with the
published descriptor set and once with the server's reflection.

The calls are the steps of scenario.json, in turn by one way and the next, and for operators' calls the few below. A step about
an accident of the line is left out (these tools repeat nothing), and of a watch only what there is at once is taken.
Fails if an answer is not as the table says, or if a unary RPC of the contract was never called.

Needs a built server ($ERPSYNC_SERVER, else target/debug/erpsync), grpcurl ($GRPCURL, else in the path) and Node for buf.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from languages import TOP
from server import Server, fresh
from table import Wrong, compare, entries_of, fill, found, same_refusal

SCENARIO = pathlib.Path(__file__).resolve().parent / "scenario.json"
BUF = "@bufbuild/buf@1.75.0"
NAMES_OF_CODES = (
    "OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED"
    " RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS"
    " UNAUTHENTICATED"
).split()


class Refused(Exception):
    """What a tool printed of a refusal."""

    def __init__(self, code, details, message):
        super().__init__(message)
        info = next((it for it in details if it.get("reason")), {})
        fields = next((it["fieldViolations"] for it in details if it.get("fieldViolations")), [])
        self.code, self.reason, self.metadata = code, info.get("reason", ""), info.get("metadata", {})
        self.fields = [it["field"] for it in fields]


class Caller:
    """Makes calls, each in the next of four ways."""

    def __init__(self, server, protoset):
        self.server, self.protoset = server, protoset
        self.grpcurl = os.environ.get("GRPCURL", "grpcurl")
        where = ["npx", "--yes", "--package", BUF, "--call", "command -v buf"]
        self.buf = subprocess.run(where, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        self.calls = 0

    def call(self, method, request, token, seconds=30, stream=False):
        """The messages that were answered."""
        ways = [self.with_grpcurl, self.with_grpcurl, self.with_buf, self.with_buf]
        # buf waits for the end of a stream, and a watch has none.
        ways = ways[:2] if stream else ways
        way, by_reflection = ways[self.calls % len(ways)], self.calls % 2 == 1
        self.calls += 1
        return way(method, json.dumps(request), token, seconds, by_reflection)

    def with_grpcurl(self, method, request, token, seconds, by_reflection):
        command = [self.grpcurl, "-plaintext", "-format-error", "-max-time", str(seconds)]
        command += [] if by_reflection else ["-protoset", self.protoset]
        command += ["-H", f"authorization: Bearer {token}"] if token else []
        command += ["-d", request, f"127.0.0.1:{self.server.port}", f"erpsync.v1.{method.replace('.', '/')}"]
        code, out, err = run(command, seconds)
        # Cut off by its own time, which is how a watch ends here: 64 and the code of gRPC.
        if code in (0, 64 + NAMES_OF_CODES.index("DEADLINE_EXCEEDED")) and out:
            return messages(out)
        if code > 64:
            told = json.loads(err[err.index("{") :])
            raise Refused(NAMES_OF_CODES[code - 64], told.get("details", []), told.get("message", ""))
        raise Wrong(f"{' '.join(command)}: {code}: {out}{err}")

    def with_buf(self, method, request, token, seconds, by_reflection):
        # Of gRPC's refusals it shows bytes, of Connect's what they say.
        command = [self.buf, "curl", "--protocol", "connect"]
        # Its reflection wants HTTP/2; else it speaks HTTP/1.1 here.
        command += ["--http2-prior-knowledge"] if by_reflection else []
        command += ["--reflect"] if by_reflection else ["--schema", f"{self.protoset}#format=binpb"]
        command += ["--header", f"authorization: Bearer {token}"] if token else []
        url = f"{self.server.address}/erpsync.v1.{method.replace('.', '/')}"
        code, out, err = run([*command, "--data", request, url], seconds)
        if code == 0:
            return messages(out)
        try:
            told = json.loads(err[err.index("{") :])
        except ValueError:
            raise Wrong(f"buf curl: {code}: {out}{err}") from None
        details = [it.get("debug", {}) for it in told.get("details", [])]
        raise Refused(told["code"].upper(), details, told.get("message", ""))


def run(command, seconds):
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=seconds + 60
    )
    return done.returncode, done.stdout, done.stderr


def messages(text):
    """JSON objects one after the other."""
    decoder, found, at = json.JSONDecoder(), [], 0
    while at < len(text.rstrip()):
        message, at = decoder.raw_decode(text, at + len(text[at:]) - len(text[at:].lstrip()))
        found.append(message)
    # An answer without any field is an object all the same.
    return found or [{}]


class Player:
    def __init__(self, caller, tokens):
        self.caller, self.kept, self.called = caller, {}, set()
        self.identified = {name for name, request in rpcs() if has_request_id(request)}
        self.tokens = {"shop": tokens["shop-a"], **tokens, "nobody": "", "stranger": "esk_0_0"}

    def play(self, step):
        if "line" in step:
            return
        way = next(it for it in ("call", "list", "watch", "raw_stream") if it in step)
        if way == "watch" and "meanwhile" in step:
            # What happens meanwhile happens; the clients look at how a watch goes on.
            return self.play({"as": step["as"], **step["meanwhile"]})
        refused = None
        try:
            answer, last = getattr(self, way)(step, step[way])
        except Refused as caught:
            refused = caught
        if "refused" in step:
            return same_refusal(fill(step["refused"], self.kept), refused)
        if refused:
            raise Wrong(f"refused: {refused}")
        if "expect" in step:
            compare("", fill(step["expect"], self.kept), answer)
        for name, path in step.get("keep", {}).items():
            self.kept[name] = found(last, path)

    def said(self, step, name, request=None, **more):
        self.called.add(name)
        request = fill(step["request"] if request is None else request, self.kept)
        if name in self.identified:
            # As the clients do it, whose users leave it out.
            request.setdefault("requestId", fresh())
        return self.caller.call(name, request, self.tokens[step["as"]], **more)

    def call(self, step, name):
        [answer] = self.said(step, name)
        return answer, answer

    def list(self, step, name):
        items, request = [], dict(step["request"])
        while True:
            [page] = self.said(step, name, request)
            items += page.get(step["items"], [])
            request["pageToken"] = page.get("nextPageToken", "")
            if not request["pageToken"]:
                return items, items

    def watch(self, step, name):
        told = self.said(step, name, seconds=2, stream=True)
        entries = [entry for message in told for entry in entries_of(message)]
        return entries[: step["take"]], told[-1]

    def raw_stream(self, step, name):
        told = self.said(step, name, seconds=5, stream=True)
        return told, told[-1]


def lists_and_twins(player):
    """What the scenario has no need of: single calls that show what its steps have made."""

    def call(caller, method, **request):
        return player.call({"as": caller, "request": request}, method)[0]

    for method in ("CompositionService.ListCompositions", "OwnershipService.ListOwnership", "ReturnService.ListReturns"):
        call("erp", method)
    call("shop", "CreditNoteService.GetCreditNote", creditNote={"documentId": "${note}"})
    for service in ("CreditNote", "Order", "Return"):
        call("shop", f"{service}Service.Read{service}Changes")
    call("erp", "MonitoringService.ReadIncidentChanges")
    line = {"sku": "CUP", "quantity": "1"}
    cart = call("shop", "ReservationService.CreateReservation", externalReservationId="sold elsewhere", lines=[line])
    named = {"documentId": cart["reservationId"]}
    call("shop", "ReservationService.ConsumeReservation", reservation=named)


def operators(player, operator):
    """What operators call: each once."""
    player.tokens["operator"] = operator
    name = f"curl-{fresh()[:8]}"
    world = {"tenant": name, "environment": "production"}
    named = {"tenant": name, "name": "production"}

    def call(method, **request):
        if not method.startswith("List"):
            request["requestId"] = fresh()
        return player.call({"as": "operator", "request": request}, f"AdminService.{method}")[0]

    call("CreateTenant", name=name)
    call("CreateEnvironment", **named)
    call("UpdateEnvironment", **named, backOrdersAllowed=True)
    call("CreateSystem", **world, name="erp", kind="SYSTEM_KIND_ERP")
    token = call("CreateToken", **world, system="erp")["token"]["tokenId"]
    if "AdminService.RotateToken" in dict(rpcs()):
        call("RotateToken", tokenId=token)
    call("RevokeToken", tokenId=token)
    for of in ("Tenants", "Environments", "Systems", "Tokens"):
        call(f"List{of}")
    # Last: it ends what was before.
    call("DeclareRestore")


def contract():
    return "\n".join(it.read_text() for it in sorted((TOP / "proto" / "erpsync" / "v1").glob("*.proto")))


def rpcs():
    """`Service.Name` and the request of every unary RPC, from the text of the contract."""
    for service in re.finditer(r"^service (\w+) \{(.*?)^\}", contract(), re.S | re.M):
        for name, request, answer in re.findall(r"rpc (\w+)\(([^)]*)\)\s*returns\s*\(([^)]*)\)", service[2]):
            if "stream " not in request + answer:
                yield f"{service[1]}.{name}", request


def has_request_id(message):
    body = re.search(rf"^message {message} \{{(.*?)^\}}", contract(), re.S | re.M)
    return body and "string request_id = " in body[1]


def main():
    program = os.environ.get("ERPSYNC_SERVER") or TOP / "target" / "debug" / "erpsync"
    failed, steps = 0, json.loads(SCENARIO.read_text())["steps"]
    with tempfile.TemporaryDirectory(prefix="erpsync-curl-") as folder:
        os.chmod(folder, 0o755)
        protoset = f"{folder}/erpsync.binpb"
        with open(protoset, "wb") as file:
            subprocess.run([program, "descriptors"], stdout=file, check=True)
        server = Server(program, folder)
        try:
            caller = Caller(server, protoset)
            player = Player(caller, server.environment("curl"))
            for step in steps:
                try:
                    player.play(step)
                except (Wrong, KeyError, ValueError, subprocess.TimeoutExpired) as cause:
                    failed += 1
                    print(f"not ok {step['name']}: {cause!r}", flush=True)
            lists_and_twins(player)
            operators(player, server.operator)
        finally:
            server.stop()
    never = sorted({name for name, _ in rpcs()} - player.called)
    if never:
        failed += 1
        print(f"never called: {', '.join(never)}")
    print(f"{caller.calls} calls by grpcurl and buf curl, with descriptors and by reflection; {len(steps)} steps, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
