"""Opening a line to a server."""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import List, Optional, Tuple, Union
from urllib.parse import urlsplit

import grpc

from erpsync._calls import Calls, Metadata
from erpsync._retry import OnRetry, Policy
from erpsync._version import VERSION
from erpsync.v1.services import Services

# Answers have 1 MiB at most by contract; the room above is for parts that cannot be split.
_ANSWER_BYTES_MAX = 16 * 1024 * 1024
# A refusal may name many fields, in a header; gRPC alone would take 8 KiB.
_REFUSAL_BYTES_MAX = 1024 * 1024

OPTIONS: List[Tuple[str, Union[int, str]]] = [
    ("grpc.primary_user_agent", f"erpsync-python/{VERSION}"),
    ("grpc.max_receive_message_length", _ANSWER_BYTES_MAX),
    ("grpc.max_metadata_size", _REFUSAL_BYTES_MAX),
    ("grpc.absolute_max_metadata_size", _REFUSAL_BYTES_MAX),
    # The channel's own waits, which must not be longer than ours.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 5_000),
    # Nothing is retried behind our back.
    ("grpc.enable_retries", 0),
    # A line that was cut without a word is noticed.
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.http2.max_pings_without_data", 0),
]


class Client(Services):
    """All services of erpsync, in the name of one system, or with an empty token of nobody. Threads may share
    one."""

    def __init__(self, channel: grpc.Channel, token: str, on_retry: Optional[OnRetry] = None) -> None:
        self.channel = channel
        self.metadata = bearer(token)
        super().__init__(Calls(channel, self.metadata, Policy(on_retry=on_retry)))

    def close(self) -> None:
        """Ends all calls and closes the line."""
        self.channel.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def connect(
    address: str,
    token: str,
    *,
    ca_file: Union[str, Path, None] = None,
    on_retry: Optional[OnRetry] = None,
) -> Client:
    """A client of the server at an address, in the name of the system to which a token belongs.

    `http://host:port` speaks plain text, `https://host:port` TLS: with the authorities that the system trusts,
    or those in `ca_file` (PEM). Nothing is said yet; the first call connects.

    `on_retry` hears why a call is made again or a watch resumed, and after how many seconds: for a log.
    """
    target, encrypted = target_of(address)
    must_be_there(token)
    if encrypted:
        credentials = grpc.ssl_channel_credentials(authorities(ca_file))
        return Client(grpc.secure_channel(target, credentials, OPTIONS), token, on_retry)
    return Client(grpc.insecure_channel(target, OPTIONS), token, on_retry)


def target_of(address: str) -> Tuple[str, bool]:
    """What gRPC calls an address, and whether it is to be encrypted."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError(f"{address!r} is no address: http://host:port or https://host:port")
    encrypted = parts.scheme == "https"
    port = parts.port or (443 if encrypted else 80)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{host}:{port}", encrypted


def must_be_there(token: str) -> None:
    if not token:
        raise ValueError("no token was given (is the variable set?)")


def bearer(token: str) -> Metadata:
    if not token:
        return ()
    if not token.isascii() or not token.isprintable() or " " in token:
        # It would otherwise be refused in words that show it.
        raise ValueError(
            "this is not a token: it has other than visible ASCII characters, a line break at its end, say"
        )
    return (("authorization", f"Bearer {token}"),)


def authorities(ca_file: Union[str, Path, None]) -> Optional[bytes]:
    """Whom to trust. gRPC would trust those that it has brought along; a merchant's own authority is in none
    of them."""
    if ca_file is not None:
        return Path(ca_file).read_bytes()
    named = ssl.get_default_verify_paths().cafile
    for file in (named, *_AUTHORITIES):
        if file and os.path.isfile(file):
            return Path(file).read_bytes()
    # Windows and macOS keep them elsewhere.
    known = ssl.create_default_context().get_ca_certs(binary_form=True)
    return "".join(ssl.DER_cert_to_PEM_cert(it) for it in known).encode() or None


_AUTHORITIES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)
