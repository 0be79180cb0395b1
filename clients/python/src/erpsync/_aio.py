"""The same as `_calls`, to be awaited."""

from __future__ import annotations

import asyncio
from typing import Any, AsyncIterable, AsyncIterator, Awaitable, Callable, Generic, Optional

import grpc
import grpc.aio
from google.protobuf.message import Message

from erpsync._calls import Answers, Asks, Item, Metadata, delay_of, identified, resumed
from erpsync._retry import Policy, may_resume, may_retry
from erpsync.refusal import Refused


class AsyncCalls:
    """A channel, in the name of one system."""

    def __init__(self, channel: grpc.aio.Channel, metadata: Metadata, policy: Policy = Policy()) -> None:
        self.channel = channel
        self.metadata = metadata
        self.policy = policy

    async def unary(self, method: Any, request: Message, timeout: float) -> Any:
        request = identified(request)
        failures = 0
        while True:
            try:
                return await method(request, timeout=timeout, metadata=self.metadata)
            except grpc.RpcError as error:
                refused, cause = Refused.of(error), error
            failures += 1
            if failures >= self.policy.attempts or not may_retry(refused):
                raise refused from cause
            await asyncio.sleep(self.policy.pause(failures, refused, refused.retry_delay))

    def pages(self, method: Any, request: Asks, items: str, timeout: float) -> AsyncPages[Asks, Any, Any]:
        return AsyncPages(lambda it: self.unary(method, it, timeout), request, items)

    def watch(self, method: Any, request: Asks) -> AsyncWatch[Asks, Any]:
        return AsyncWatch(lambda it: method(it, metadata=self.metadata), request, self.policy)

    async def exchange(self, method: Any, requests: AsyncIterable[Message]) -> AsyncIterator[Any]:
        """A stream both ways. It is never retried: only who speaks on it knows what was answered."""
        try:
            async for it in method(requests, metadata=self.metadata):
                yield it
        except grpc.RpcError as error:
            raise Refused.of(error) from error


class AsyncPages(Generic[Asks, Answers, Item]):
    """All that a list has. Iterating yields its items, and asks for each page when it comes to it."""

    def __init__(self, ask: Callable[[Asks], Awaitable[Answers]], request: Asks, items: str) -> None:
        self._ask = ask
        self._request = request
        self._items = items

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for it in getattr(page, self._items):
                yield it

    async def pages(self) -> AsyncIterator[Answers]:
        """The answers themselves, from the page that the request names."""
        request = type(self._request)()
        request.CopyFrom(self._request)
        while True:
            page = await self._ask(request)
            yield page
            token = getattr(page, "next_page_token")
            if not token:
                return
            setattr(request, "page_token", token)


class AsyncWatch(Generic[Asks, Answers]):
    """A stream of changes without end. Iterating yields its messages; where the line breaks it goes on after
    the last one that was handed over.

    Store a message's `resume_token` once you have done what it asks, and begin with it next time. The watch
    ends when it is closed, when its task is cancelled, and with `Refused` where no waiting helps.
    """

    def __init__(self, open: Callable[[Asks], Any], request: Asks, policy: Policy) -> None:
        self._open = open
        self._request = request
        self._policy = policy
        self._closed = False
        self._stream: Any = None
        self._failures = 0
        # What the server has asked for before it ended the stream.
        self._delay: Optional[float] = None

    def __aiter__(self) -> AsyncIterator[Answers]:
        return self

    async def __anext__(self) -> Answers:
        while not self._closed:
            refused: Optional[Refused] = None
            cause: Optional[grpc.RpcError] = None
            try:
                if self._stream is None:
                    self._stream = self._open(self._request)
                message = await self._stream.read()
                if message is not grpc.aio.EOF:
                    self._request = resumed(self._request, getattr(message, "resume_token"))
                    self._failures, self._delay = 0, delay_of(message)
                    return message  # type: ignore[no-any-return]
            except grpc.RpcError as error:
                refused, cause = Refused.of(error), error
            except asyncio.CancelledError:
                # gRPC says so, too, where `close` has cancelled the stream.
                if not self._closed:
                    self.close()
                    raise
            self._stream = None
            if self._closed:
                break
            if refused and not may_resume(refused):
                self.close()
                raise refused from cause
            self._failures += 1
            delay = refused.retry_delay if refused and refused.retry_delay is not None else self._delay
            self._delay = None
            await asyncio.sleep(self._policy.pause(self._failures, refused, delay))
        raise StopAsyncIteration

    def close(self) -> None:
        """Ends it; also for another task that waits for its next message."""
        self._closed = True
        if self._stream is not None:
            self._stream.cancel()

    async def __aenter__(self) -> AsyncWatch[Asks, Answers]:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()
