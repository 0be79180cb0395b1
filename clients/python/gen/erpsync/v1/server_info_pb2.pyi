import datetime

from erpsync.v1 import admin_pb2 as _admin_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetServerInfoRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetServerInfoResponse(_message.Message):
    __slots__ = ("version", "server_time", "tenant", "environment", "system", "incarnation", "limits", "kind", "scope")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    TENANT_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    INCARNATION_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SCOPE_FIELD_NUMBER: _ClassVar[int]
    version: str
    server_time: _timestamp_pb2.Timestamp
    tenant: str
    environment: str
    system: str
    incarnation: int
    limits: Limits
    kind: _admin_pb2.SystemKind
    scope: _admin_pb2.TokenScope
    def __init__(self, version: _Optional[str] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tenant: _Optional[str] = ..., environment: _Optional[str] = ..., system: _Optional[str] = ..., incarnation: _Optional[int] = ..., limits: _Optional[_Union[Limits, _Mapping]] = ..., kind: _Optional[_Union[_admin_pb2.SystemKind, str]] = ..., scope: _Optional[_Union[_admin_pb2.TokenScope, _Mapping]] = ...) -> None: ...

class Limits(_message.Message):
    __slots__ = ("request_bytes_max", "batch_rows_max", "order_lines_max", "page_size_max", "deadline_default", "deadline_max", "reservation_lifetime_max", "headers_max", "headers_bytes_max", "streams_per_connection_max", "calls_per_second_max")
    REQUEST_BYTES_MAX_FIELD_NUMBER: _ClassVar[int]
    BATCH_ROWS_MAX_FIELD_NUMBER: _ClassVar[int]
    ORDER_LINES_MAX_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_MAX_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_DEFAULT_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_MAX_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_LIFETIME_MAX_FIELD_NUMBER: _ClassVar[int]
    HEADERS_MAX_FIELD_NUMBER: _ClassVar[int]
    HEADERS_BYTES_MAX_FIELD_NUMBER: _ClassVar[int]
    STREAMS_PER_CONNECTION_MAX_FIELD_NUMBER: _ClassVar[int]
    CALLS_PER_SECOND_MAX_FIELD_NUMBER: _ClassVar[int]
    request_bytes_max: int
    batch_rows_max: int
    order_lines_max: int
    page_size_max: int
    deadline_default: _duration_pb2.Duration
    deadline_max: _duration_pb2.Duration
    reservation_lifetime_max: _duration_pb2.Duration
    headers_max: int
    headers_bytes_max: int
    streams_per_connection_max: int
    calls_per_second_max: int
    def __init__(self, request_bytes_max: _Optional[int] = ..., batch_rows_max: _Optional[int] = ..., order_lines_max: _Optional[int] = ..., page_size_max: _Optional[int] = ..., deadline_default: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., deadline_max: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., reservation_lifetime_max: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., headers_max: _Optional[int] = ..., headers_bytes_max: _Optional[int] = ..., streams_per_connection_max: _Optional[int] = ..., calls_per_second_max: _Optional[int] = ...) -> None: ...
