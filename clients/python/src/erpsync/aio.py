"""The client to be awaited: `erpsync.aio.connect`."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Union

import grpc
import grpc.aio

from erpsync._aio import AsyncCalls, AsyncPages, AsyncWatch
from erpsync._retry import OnRetry, Policy
from erpsync.client import OPTIONS, authorities, bearer, must_be_there, target_of
from erpsync.v1.services_aio import AsyncServices

__all__ = ["AsyncClient", "AsyncPages", "AsyncWatch", "connect"]


class AsyncClient(AsyncServices):
    """All services of erpsync, in the name of one system, or with an empty token of nobody."""

    def __init__(self, channel: grpc.aio.Channel, token: str, on_retry: Optional[OnRetry] = None) -> None:
        self.channel = channel
        self.metadata = bearer(token)
        super().__init__(AsyncCalls(channel, self.metadata, Policy(on_retry=on_retry)))

    async def close(self) -> None:
        """Ends all calls and closes the line."""
        await self.channel.close()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def connect(
    address: str,
    token: str,
    *,
    ca_file: Union[str, Path, None] = None,
    on_retry: Optional[OnRetry] = None,
) -> AsyncClient:
    """As `erpsync.connect`, within a running event loop."""
    target, encrypted = target_of(address)
    must_be_there(token)
    if encrypted:
        credentials = grpc.ssl_channel_credentials(authorities(ca_file))
        return AsyncClient(grpc.aio.secure_channel(target, credentials, OPTIONS), token, on_retry)
    return AsyncClient(grpc.aio.insecure_channel(target, OPTIONS), token, on_retry)
