"""Plays the scenario of ../../conformance through the client, as its users have it."""

import json
import os
import pathlib
import re
import sys
import threading
import urllib.request

import erpsync
import grpc
from erpsync import v1
from google.protobuf import descriptor_pool, json_format, message_factory

WHO = ("erp", "shop", "shop-b", "tool")
# How long a watch may take to tell what it is to tell.
SECONDS = 20
NO_ENTRIES = {"snapshot_begin", "snapshot_end", "going_away", "heartbeat"}


class Wrong(Exception):
    """Something is not as the table has it."""


class Player:
    def __init__(self):
        address = os.environ["ERPSYNC_ADDRESS"]
        tokens = {it: os.environ[f"ERPSYNC_{it.upper().replace('-', '_')}_TOKEN"] for it in WHO}
        tokens |= {"nobody": "", "stranger": "esk_0_0"}
        self.clients = {it: erpsync.connect(address, token) for it, token in tokens.items()}
        self.kept = {}

    def play(self, step):
        if "line" in step:
            return line(step["line"])
        for way in ("call", "list", "watch", "raw_stream"):
            if way in step:
                break
        refused = None
        try:
            answer, last = getattr(self, way)(step, step[way])
        except erpsync.Refused as caught:
            refused = caught
        if "refused" in step:
            return same_refusal(self.filled(step["refused"]), refused)
        if refused:
            raise Wrong(f"refused: {refused}")
        if "expect" in step:
            compare("", self.filled(step["expect"]), answer)
        for name, path in step.get("keep", {}).items():
            self.kept[name] = found(last, path)

    def call(self, step, name):
        method, request = self.method(step, name)
        answer = method(request)
        # A list is called as such by `list`; here its first page is meant.
        answer = next(answer.pages()) if isinstance(answer, erpsync.Pages) else answer
        return said(answer), said(answer)

    def list(self, step, name):
        method, request = self.method(step, name)
        items = [said(it) for it in method(request)]
        return items, items

    def watch(self, step, name):
        method, request = self.method(step, name)
        entries, message = [], None
        meanwhile = step.get("meanwhile")
        with method(request) as watch:
            late = threading.Timer(SECONDS, watch.close)
            late.daemon = True
            late.start()
            for message in watch:
                for entry in entries_of(message):
                    entries.append(entry)
                    if len(entries) == step.get("cut_after"):
                        line("cut")
                    if meanwhile and len(entries) == meanwhile["after"]:
                        self.call(meanwhile, meanwhile["call"])
                if len(entries) >= step["take"]:
                    break
            late.cancel()
        if len(entries) != step["take"]:
            raise Wrong(f"{len(entries)} entries have come, not {step['take']}")
        return entries, said(message)

    def raw_stream(self, step, name):
        service, method = name.split(".")
        _, request = self.method(step, name)
        client = self.clients[step["as"]]
        module = sys.modules[type(request).__module__ + "_grpc"]
        stub = getattr(module, f"{service}Stub")(client.channel)
        try:
            messages = [said(it) for it in getattr(stub, method)(request, metadata=client.metadata, timeout=SECONDS)]
        except grpc.RpcError as error:
            raise erpsync.Refused.of(error) from error
        return messages, messages[-1] if messages else None

    def method(self, step, name):
        service, name = name.split(".")
        method = descriptor_pool.Default().FindServiceByName(f"erpsync.v1.{service}").FindMethodByName(name)
        request = message_factory.GetMessageClass(method.input_type)()
        json_format.ParseDict(self.filled(step["request"]), request)
        client = self.clients[step["as"]]
        of_service = next(it for it in vars(client).values() if type(it).__name__ == service)
        return getattr(of_service, re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()), request

    def filled(self, value):
        """With what was kept in place of `${name}`."""
        if isinstance(value, dict):
            return {it: self.filled(inner) for it, inner in value.items()}
        if isinstance(value, list):
            return [self.filled(it) for it in value]
        if isinstance(value, str):
            return re.sub(r"\$\{(\w+)\}", lambda it: self.kept[it[1]], value)
        return value




def line(what):
    order = urllib.request.Request(f"{os.environ['ERPSYNC_LINE']}/{what}", method="POST", data=b"")
    urllib.request.urlopen(order, timeout=30).read()


def said(message):
    return json_format.MessageToDict(message)


def entries_of(message):
    event = message.WhichOneof("event")
    if event is None or event in NO_ENTRIES:
        return []
    # Their one repeated field.
    for value in said(getattr(message, event)).values():
        if isinstance(value, list):
            return value
    return []


def found(value, path):
    for part in path.split("."):
        value = value[int(part)] if part.isdigit() else value[part]
    return value


def same_refusal(expected, refused):
    if refused is None:
        raise Wrong(f"was to be refused with {expected}")
    seen = {
        "code": refused.code.name,
        "reason": refused.reason,
        "metadata": refused.metadata,
        "fields": [it.path for it in refused.fields],
    }
    for name in ("code", "reason"):
        if name in expected and seen[name] != expected[name]:
            raise Wrong(f"{name}: {seen[name]}, not {expected[name]}: {refused}")
    if "metadata" in expected:
        compare(".metadata", expected["metadata"], seen["metadata"])
    for field in expected.get("fields", []):
        if field not in seen["fields"]:
            raise Wrong(f"{field} is not among the fields at fault: {seen['fields']}")


def compare(path, expected, seen):
    """`expected` is what must be there; what is absent has its default."""
    where = path or "the answer"
    if expected == "*":
        if is_default(seen):
            raise Wrong(f"{where} is not there")
    elif is_default(expected):
        if not is_default(seen):
            raise Wrong(f"{where} is {seen!r}, not absent or {expected!r}")
    elif isinstance(expected, dict):
        if not isinstance(seen, dict):
            raise Wrong(f"{where} is {seen!r}, not {expected!r}")
        for name, inner in expected.items():
            compare(f"{path}.{name}", inner, seen.get(name))
    elif isinstance(expected, list):
        if not isinstance(seen, list) or len(seen) != len(expected):
            raise Wrong(f"{where} has {len(seen or [])} items, not {len(expected)}: {seen!r}")
        for at, inner in enumerate(expected):
            compare(f"{path}[{at}]", inner, seen[at])
    elif seen != expected:
        raise Wrong(f"{where} is {seen!r}, not {expected!r}")


def is_default(value):
    return value in (None, "", "0", 0, False, [], {})


def main():
    player, failed = Player(), False
    for step in json.loads(pathlib.Path(os.environ["ERPSYNC_SCENARIO"]).read_text())["steps"]:
        try:
            player.play(step)
            print(f"ok {step['name']}", flush=True)
        except Exception as cause:  # Whatever it is, the other steps are told about, too.
            failed = True
            print(f"not ok {step['name']}: {cause if isinstance(cause, Wrong) else repr(cause)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
