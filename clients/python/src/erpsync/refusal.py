"""Why a call was not done, for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Optional

import grpc
from google.rpc import error_details_pb2, status_pb2

_DETAILS = "grpc-status-details-bin"


@dataclass(frozen=True)
class FieldViolation:
    """One field at fault."""

    path: str
    """As in the request: `lines[0].quantity`."""
    description: str
    """What is wrong with it."""


class Refused(Exception):
    """A call was refused, or nobody answered: then the reason is empty, and the code is UNAVAILABLE, or
    DEADLINE_EXCEEDED where the call's own time was over.

    Programs decide by the reason (`error.proto` lists all, without their prefix `REASON_`), or by the code.
    """

    code: grpc.StatusCode
    """What kind of refusal: `grpc.StatusCode.FAILED_PRECONDITION`."""
    reason: str
    """`INSUFFICIENT_STOCK`; also one that this client does not know yet. Empty where the server said none:
    it could not be reached, or something between here and there refused."""
    message: str
    """For people."""
    metadata: Dict[str, str]
    """The facts that the reason's documentation promises."""
    fields: List[FieldViolation]
    """Every field at fault, where fields are."""
    retry_delay: Optional[float]
    """How long to wait before saying the same again, in seconds; None: the server does not say."""

    def __init__(
        self,
        code: grpc.StatusCode,
        message: str,
        reason: str = "",
        metadata: Optional[Dict[str, str]] = None,
        fields: Optional[List[FieldViolation]] = None,
        retry_delay: Optional[float] = None,
    ) -> None:
        super().__init__(f"{reason or code.name}: {message}")
        self.code = code
        self.message = message
        self.reason = reason
        self.metadata = metadata or {}
        self.fields = fields or []
        self.retry_delay = retry_delay

    @staticmethod
    def of(error: grpc.RpcError) -> Refused:
        """What gRPC raised, with all that the server said."""
        message = error.details() or ""
        if "WRONG_VERSION_NUMBER" in message:
            message += " (does it speak plain text? then its address is http://…)"
        refused = Refused(error.code(), message)
        for name, value in error.trailing_metadata() or ():
            if name == _DETAILS:
                refused._take(value)
        return refused

    def _take(self, value: bytes) -> None:
        for detail in status_pb2.Status.FromString(value).details:
            info = error_details_pb2.ErrorInfo()
            request = error_details_pb2.BadRequest()
            retry = error_details_pb2.RetryInfo()
            if detail.Unpack(info):
                self.reason = info.reason
                self.metadata = dict(info.metadata)
                if info.reason == "TOKEN_INVALID":
                    self.message += " (is it of another server or environment? see `A first call`)"
            elif detail.Unpack(request):
                self.fields = [FieldViolation(it.field, it.description) for it in request.field_violations]
            elif detail.Unpack(retry):
                self.retry_delay = retry.retry_delay.seconds + retry.retry_delay.nanos / 1e9
        self.args = (f"{self.reason or self.code.name}: {self.message}",)
