"""How calls are made: retried where that is safe, page by page, and watched without end."""

from __future__ import annotations

import threading
import time
import uuid
from typing import Any, Callable, Generic, Iterable, Iterator, Optional, Tuple, TypeVar

import grpc
from google.protobuf.message import Message

from erpsync._retry import Policy, may_resume, may_retry
from erpsync.refusal import Refused

Asks = TypeVar("Asks", bound=Message)
Answers = TypeVar("Answers", bound=Message)
Item = TypeVar("Item")
Metadata = Tuple[Tuple[str, str], ...]


def identified(request: Asks) -> Asks:
    """The request with an identity, if it can have one. A copy: who sends the same message again, for
    something new, would otherwise say the old thing once more."""
    if "request_id" in request.DESCRIPTOR.fields_by_name and not getattr(request, "request_id"):
        copy = type(request)()
        copy.CopyFrom(request)
        setattr(copy, "request_id", str(uuid.uuid4()))
        return copy
    return request


def resumed(request: Asks, token: str) -> Asks:
    """The request of a watch that goes on after what was handed over."""
    copy = type(request)()
    copy.CopyFrom(request)
    getattr(copy, "start").resume_token = token
    return copy


def delay_of(message: Message) -> Optional[float]:
    """How long to wait before connecting again, where the server says that it goes away."""
    if message.WhichOneof("event") != "going_away":
        return None
    delay = getattr(message, "going_away").retry_delay
    return float(delay.seconds + delay.nanos / 1e9)


class Calls:
    """A channel, in the name of one system."""

    def __init__(self, channel: grpc.Channel, metadata: Metadata, policy: Policy = Policy()) -> None:
        self.channel = channel
        self.metadata = metadata
        self.policy = policy

    def unary(self, method: Any, request: Message, timeout: float) -> Any:
        request = identified(request)
        failures = 0
        while True:
            try:
                return method(request, timeout=timeout, metadata=self.metadata)
            except grpc.RpcError as error:
                refused, cause = Refused.of(error), error
            failures += 1
            if failures >= self.policy.attempts or not may_retry(refused):
                raise refused from cause
            time.sleep(self.policy.pause(failures, refused, refused.retry_delay))

    def pages(self, method: Any, request: Asks, items: str, timeout: float) -> Pages[Asks, Any, Any]:
        return Pages(lambda it: self.unary(method, it, timeout), request, items)

    def watch(self, method: Any, request: Asks) -> Watch[Asks, Any]:
        return Watch(lambda it: method(it, metadata=self.metadata), request, self.policy)

    def exchange(self, method: Any, requests: Iterable[Message]) -> Iterator[Any]:
        """A stream both ways. It is never retried: only who speaks on it knows what was answered."""
        try:
            yield from method(iter(requests), metadata=self.metadata)
        except grpc.RpcError as error:
            raise Refused.of(error) from error


class Pages(Generic[Asks, Answers, Item]):
    """All that a list has. Iterating yields its items, and asks for each page when it comes to it."""

    def __init__(self, ask: Callable[[Asks], Answers], request: Asks, items: str) -> None:
        self._ask = ask
        self._request = request
        self._items = items

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from getattr(page, self._items)

    def pages(self) -> Iterator[Answers]:
        """The answers themselves, from the page that the request names."""
        request = type(self._request)()
        request.CopyFrom(self._request)
        while True:
            page = self._ask(request)
            yield page
            token = getattr(page, "next_page_token")
            if not token:
                return
            setattr(request, "page_token", token)


class Watch(Generic[Asks, Answers]):
    """A stream of changes without end. Iterating yields its messages; where the line breaks it goes on after
    the last one that was handed over.

    Store a message's `resume_token` once you have done what it asks, and begin with it next time. The watch
    ends when it is closed, from whichever thread, and with `Refused` where no waiting helps.
    """

    def __init__(self, open: Callable[[Asks], Any], request: Asks, policy: Policy) -> None:
        self._open = open
        self._request = request
        self._policy = policy
        self._closed = threading.Event()
        self._stream: Any = None
        self._failures = 0
        # What the server has asked for before it ended the stream.
        self._delay: Optional[float] = None

    def __iter__(self) -> Iterator[Answers]:
        return self

    def __next__(self) -> Answers:
        while not self._closed.is_set():
            refused: Optional[Refused] = None
            cause: Optional[grpc.RpcError] = None
            try:
                if self._stream is None:
                    self._stream = self._open(self._request)
                    # Who closed it a moment ago has seen no stream to cancel.
                    if self._closed.is_set():
                        self._stream.cancel()
                message: Answers = next(self._stream)
                self._request = resumed(self._request, getattr(message, "resume_token"))
                self._failures, self._delay = 0, delay_of(message)
                return message
            except StopIteration:
                pass
            except grpc.RpcError as error:
                refused, cause = Refused.of(error), error
            self._stream = None
            if self._closed.is_set():
                break
            if refused and not may_resume(refused):
                self.close()
                raise refused from cause
            self._failures += 1
            delay = refused.retry_delay if refused and refused.retry_delay is not None else self._delay
            self._delay = None
            self._closed.wait(self._policy.pause(self._failures, refused, delay))
        raise StopIteration

    def close(self) -> None:
        """Ends it; also for another thread that waits for its next message."""
        self._closed.set()
        stream = self._stream
        if stream is not None:
            stream.cancel()

    def __enter__(self) -> Watch[Asks, Answers]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
