import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OnExpired(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ON_EXPIRED_UNSPECIFIED: _ClassVar[OnExpired]
    ON_EXPIRED_ERROR: _ClassVar[OnExpired]
    ON_EXPIRED_SNAPSHOT: _ClassVar[OnExpired]
ON_EXPIRED_UNSPECIFIED: OnExpired
ON_EXPIRED_ERROR: OnExpired
ON_EXPIRED_SNAPSHOT: OnExpired

class WatchStart(_message.Message):
    __slots__ = ("snapshot", "resume_token", "now", "heartbeat_interval", "on_expired")
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    NOW_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    ON_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    snapshot: bool
    resume_token: str
    now: bool
    heartbeat_interval: _duration_pb2.Duration
    on_expired: OnExpired
    def __init__(self, snapshot: bool = ..., resume_token: _Optional[str] = ..., now: bool = ..., heartbeat_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., on_expired: _Optional[_Union[OnExpired, str]] = ...) -> None: ...

class SnapshotBegin(_message.Message):
    __slots__ = ("as_of_revision",)
    AS_OF_REVISION_FIELD_NUMBER: _ClassVar[int]
    as_of_revision: int
    def __init__(self, as_of_revision: _Optional[int] = ...) -> None: ...

class SnapshotEnd(_message.Message):
    __slots__ = ("entry_count",)
    ENTRY_COUNT_FIELD_NUMBER: _ClassVar[int]
    entry_count: int
    def __init__(self, entry_count: _Optional[int] = ...) -> None: ...

class Heartbeat(_message.Message):
    __slots__ = ("revision", "server_time")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    revision: int
    server_time: _timestamp_pb2.Timestamp
    def __init__(self, revision: _Optional[int] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GoingAway(_message.Message):
    __slots__ = ("retry_delay",)
    RETRY_DELAY_FIELD_NUMBER: _ClassVar[int]
    retry_delay: _duration_pb2.Duration
    def __init__(self, retry_delay: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...
