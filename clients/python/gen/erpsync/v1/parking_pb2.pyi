import datetime

from erpsync.v1 import common_pb2 as _common_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Parked(_message.Message):
    __slots__ = ("parked_id", "kind", "system", "external_id", "order_id", "problem", "attempts", "park_time", "retry_time", "apply_time", "revision", "discard_time", "discarded_by", "discard_reason")
    PARKED_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    PARK_TIME_FIELD_NUMBER: _ClassVar[int]
    RETRY_TIME_FIELD_NUMBER: _ClassVar[int]
    APPLY_TIME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    DISCARD_TIME_FIELD_NUMBER: _ClassVar[int]
    DISCARDED_BY_FIELD_NUMBER: _ClassVar[int]
    DISCARD_REASON_FIELD_NUMBER: _ClassVar[int]
    parked_id: str
    kind: str
    system: str
    external_id: str
    order_id: str
    problem: _common_pb2.Problem
    attempts: int
    park_time: _timestamp_pb2.Timestamp
    retry_time: _timestamp_pb2.Timestamp
    apply_time: _timestamp_pb2.Timestamp
    revision: int
    discard_time: _timestamp_pb2.Timestamp
    discarded_by: str
    discard_reason: str
    def __init__(self, parked_id: _Optional[str] = ..., kind: _Optional[str] = ..., system: _Optional[str] = ..., external_id: _Optional[str] = ..., order_id: _Optional[str] = ..., problem: _Optional[_Union[_common_pb2.Problem, _Mapping]] = ..., attempts: _Optional[int] = ..., park_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., retry_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., apply_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ..., discard_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., discarded_by: _Optional[str] = ..., discard_reason: _Optional[str] = ...) -> None: ...

class ListParkedRequest(_message.Message):
    __slots__ = ("kind", "system", "reason", "order_id", "with_applied", "page_size", "page_token", "at_least_revision")
    KIND_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    WITH_APPLIED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    kind: str
    system: str
    reason: str
    order_id: str
    with_applied: bool
    page_size: int
    page_token: str
    at_least_revision: int
    def __init__(self, kind: _Optional[str] = ..., system: _Optional[str] = ..., reason: _Optional[str] = ..., order_id: _Optional[str] = ..., with_applied: bool = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class ListParkedResponse(_message.Message):
    __slots__ = ("parked", "next_page_token")
    PARKED_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parked: _containers.RepeatedCompositeFieldContainer[Parked]
    next_page_token: str
    def __init__(self, parked: _Optional[_Iterable[_Union[Parked, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RetryParkedRequest(_message.Message):
    __slots__ = ("parked_ids",)
    PARKED_IDS_FIELD_NUMBER: _ClassVar[int]
    parked_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, parked_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class RetryParkedResponse(_message.Message):
    __slots__ = ("results", "revision")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[RetryResult]
    revision: int
    def __init__(self, results: _Optional[_Iterable[_Union[RetryResult, _Mapping]]] = ..., revision: _Optional[int] = ...) -> None: ...

class RetryResult(_message.Message):
    __slots__ = ("parked_id", "outcome", "problem")
    PARKED_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    parked_id: str
    outcome: _common_pb2.Outcome
    problem: _common_pb2.Problem
    def __init__(self, parked_id: _Optional[str] = ..., outcome: _Optional[_Union[_common_pb2.Outcome, str]] = ..., problem: _Optional[_Union[_common_pb2.Problem, _Mapping]] = ...) -> None: ...

class DiscardParkedRequest(_message.Message):
    __slots__ = ("parked_ids", "reason")
    PARKED_IDS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    parked_ids: _containers.RepeatedScalarFieldContainer[str]
    reason: str
    def __init__(self, parked_ids: _Optional[_Iterable[str]] = ..., reason: _Optional[str] = ...) -> None: ...

class DiscardParkedResponse(_message.Message):
    __slots__ = ("results", "revision")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[DiscardResult]
    revision: int
    def __init__(self, results: _Optional[_Iterable[_Union[DiscardResult, _Mapping]]] = ..., revision: _Optional[int] = ...) -> None: ...

class DiscardResult(_message.Message):
    __slots__ = ("parked_id", "outcome", "problem")
    PARKED_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    parked_id: str
    outcome: _common_pb2.Outcome
    problem: _common_pb2.Problem
    def __init__(self, parked_id: _Optional[str] = ..., outcome: _Optional[_Union[_common_pb2.Outcome, str]] = ..., problem: _Optional[_Union[_common_pb2.Problem, _Mapping]] = ...) -> None: ...
