"""What is tried again, and after how long: decisions, without clocks and connections."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Callable, Optional

import grpc

from erpsync.refusal import Refused

OnRetry = Callable[[Exception, float], None]
"""Hears why something is asked again, and after how many seconds."""

# What gRPC says by itself when a line breaks in the middle of an answer. The server never says one of
# these without a reason.
_LINE_BROKEN = {grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN, grpc.StatusCode.CANCELLED}


@dataclass(frozen=True)
class Policy:
    """How often, and how long between; seconds."""

    attempts: int = 5
    first_wait: float = 0.1
    longest_wait: float = 5.0
    longest_delay: float = 30.0
    chance: Callable[[], float] = random.random
    on_retry: Optional[OnRetry] = None

    def wait(self, failures: int, delay: Optional[float] = None) -> float:
        """After so many failures, from 1. A delay that the server gives is waited in full."""
        if delay is not None:
            return min(delay, self.longest_delay)
        # After some fifty failures the power alone would leave the range of floats.
        full = min(self.first_wait * 2.0 ** min(failures - 1, 30), self.longest_wait)
        return full * (1 - self.chance() / 2)

    def pause(self, failures: int, why: Optional[Refused], delay: Optional[float] = None) -> float:
        """The same, after having told it. Who goes away without a word has not refused anything."""
        seconds = self.wait(failures, delay)
        if self.on_retry is not None:
            self.on_retry(why or Refused(grpc.StatusCode.UNAVAILABLE, "the server goes away"), seconds)
        return seconds


def may_retry(refusal: Refused) -> bool:
    """Whether the same call may succeed a little later. That it is harmless is sure: every write has an
    identity, and what only reads changes nothing."""
    code, by_server = refusal.code, bool(refusal.reason)
    if code == grpc.StatusCode.UNAVAILABLE:
        return True
    if code == grpc.StatusCode.DEADLINE_EXCEEDED:
        # Without a reason it is our own patience that is over.
        return by_server
    if code == grpc.StatusCode.RESOURCE_EXHAUSTED:
        return refusal.retry_delay is not None
    return code in _LINE_BROKEN and not by_server


def may_resume(refusal: Refused) -> bool:
    """Whether a watch goes on: also a reader that was too slow resumes."""
    return may_retry(refusal) or refusal.reason == "SLOW_CONSUMER"
