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

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "conformance"))
from table import Wrong, compare, entries_of, fill, found, same_refusal  # noqa: E402

WHO = ("erp", "shop", "shop-b", "tool")
# How long a watch may take to tell what it is to tell.
SECONDS = 20


class Player:
    def __init__(self):
        address = os.environ["ERPSYNC_ADDRESS"]
        tokens = {it: os.environ[f"ERPSYNC_{it.upper().replace('-', '_')}_TOKEN"] for it in WHO}
        tokens |= {"stranger": "esk_0_0"}
        self.clients = {it: erpsync.connect(address, token) for it, token in tokens.items()}
        self.clients["nobody"] = erpsync.Client(self.clients["stranger"].channel, "")
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
            return same_refusal(fill(step["refused"], self.kept), refused and Seen(refused))
        if refused:
            raise Wrong(f"refused: {refused}")
        if "expect" in step:
            compare("", fill(step["expect"], self.kept), answer)
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
                for entry in entries_of(said(message)):
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
        json_format.ParseDict(fill(step["request"], self.kept), request)
        client = self.clients[step["as"]]
        of_service = next(it for it in vars(client).values() if type(it).__name__ == service)
        return getattr(of_service, re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()), request


def line(what):
    order = urllib.request.Request(f"{os.environ['ERPSYNC_LINE']}/{what}", method="POST", data=b"")
    urllib.request.urlopen(order, timeout=30).read()


def said(message):
    return json_format.MessageToDict(message)


class Seen:
    """A refusal as the table writes it."""

    def __init__(self, refused):
        self.code, self.reason, self.metadata = refused.code.name, refused.reason, refused.metadata
        self.fields = [it.path for it in refused.fields]


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
