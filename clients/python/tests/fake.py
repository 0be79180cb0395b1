"""A server that says what it is told to say, and remembers what it was asked."""

import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import grpc
from google.protobuf import any_pb2, descriptor_pool, message_factory
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2

from erpsync import v1  # noqa: F401  (its descriptors)
from erpsync._retry import Policy


class Refusal:
    """What a call ends with."""

    def __init__(self, code, reason="", metadata=None, fields=(), delay=None, message="no"):
        self.code = getattr(grpc.StatusCode, code)
        status = status_pb2.Status(code=self.code.value[0], message=message)
        if reason:
            add(status, error_details_pb2.ErrorInfo(reason=reason, domain="erpsync", metadata=metadata or {}))
        if fields:
            violations = [{"field": path, "description": description} for path, description in fields]
            add(status, error_details_pb2.BadRequest(field_violations=violations))
        if delay is not None:
            wait = Duration(seconds=int(delay), nanos=round(delay % 1 * 1e9))
            add(status, error_details_pb2.RetryInfo(retry_delay=wait))
        self.status = status

    def end(self, context):
        context.set_trailing_metadata((("grpc-status-details-bin", self.status.SerializeToString()),))
        context.abort(self.code, self.status.message)


def add(status, detail):
    packed = any_pb2.Any()
    packed.Pack(detail)
    status.details.append(packed)


class Server(grpc.GenericRpcHandler):
    """Each call takes the next of what is `to_say`: a message or a refusal, and of streams a list of messages
    that may end with a refusal. `"silence"` says nothing until the caller has left."""

    def __init__(self, *to_say, credentials=None):
        self.to_say = deque(to_say)
        self.asked = []
        self.headers = []
        self.server = grpc.server(ThreadPoolExecutor(8), handlers=[self])
        if credentials:
            self.port = self.server.add_secure_port("127.0.0.1:0", credentials)
        else:
            self.port = self.server.add_insecure_port("127.0.0.1:0")
        self.address = f"http://127.0.0.1:{self.port}"
        self.server.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.stop(None).wait(10)

    def service(self, details):
        service, name = details.method.lstrip("/").split("/")
        method = descriptor_pool.Default().FindServiceByName(service).FindMethodByName(name)
        asks = message_factory.GetMessageClass(method.input_type)
        kind = "stream" if method.client_streaming else "unary"
        kind += "_stream" if method.server_streaming else "_unary"
        return getattr(grpc, f"{kind}_rpc_method_handler")(
            getattr(self, kind), asks.FromString, lambda it: it.SerializeToString()
        )

    def unary_unary(self, request, context):
        return next(self.unary_stream(request, context))

    def unary_stream(self, request, context):
        self.asked.append(request)
        self.headers.append(dict(context.invocation_metadata()))
        said = self.to_say.popleft()
        for it in said if isinstance(said, list) else [said]:
            if isinstance(it, Refusal):
                it.end(context)
            elif it == "silence":
                left = threading.Event()
                # False: the caller has left already.
                if context.add_callback(left.set):
                    left.wait(30)
            else:
                yield it

    def stream_stream(self, requests, context):
        for request in requests:
            yield from self.unary_stream(request, context)


class Recorded(Policy):
    """Remembers how long was to be waited, and does not wait. Nothing is left to chance."""

    def __init__(self):
        super().__init__(chance=lambda: 0.0)
        object.__setattr__(self, "waits", [])

    def wait(self, failures, delay=None):
        self.waits.append(super().wait(failures, delay))
        return 0
