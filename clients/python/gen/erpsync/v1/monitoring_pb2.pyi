import datetime

from erpsync.v1 import changes_pb2 as _changes_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class IncidentKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INCIDENT_KIND_UNSPECIFIED: _ClassVar[IncidentKind]
    INCIDENT_KIND_OVER_SHIPPED: _ClassVar[IncidentKind]
    INCIDENT_KIND_SHIPPED_BEYOND_ORDER: _ClassVar[IncidentKind]
    INCIDENT_KIND_OVER_CREDITED: _ClassVar[IncidentKind]
    INCIDENT_KIND_SHORT: _ClassVar[IncidentKind]
    INCIDENT_KIND_STALE_STATEMENTS: _ClassVar[IncidentKind]
    INCIDENT_KIND_KEYS_DIFFER_IN_CASE: _ClassVar[IncidentKind]
INCIDENT_KIND_UNSPECIFIED: IncidentKind
INCIDENT_KIND_OVER_SHIPPED: IncidentKind
INCIDENT_KIND_SHIPPED_BEYOND_ORDER: IncidentKind
INCIDENT_KIND_OVER_CREDITED: IncidentKind
INCIDENT_KIND_SHORT: IncidentKind
INCIDENT_KIND_STALE_STATEMENTS: IncidentKind
INCIDENT_KIND_KEYS_DIFFER_IN_CASE: IncidentKind

class Incident(_message.Message):
    __slots__ = ("kind", "subject", "message", "metadata", "times", "begin_time", "end_time", "revision")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    KIND_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    TIMES_FIELD_NUMBER: _ClassVar[int]
    BEGIN_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    kind: IncidentKind
    subject: str
    message: str
    metadata: _containers.ScalarMap[str, str]
    times: int
    begin_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    revision: int
    def __init__(self, kind: _Optional[_Union[IncidentKind, str]] = ..., subject: _Optional[str] = ..., message: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., times: _Optional[int] = ..., begin_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

class ListIncidentsRequest(_message.Message):
    __slots__ = ("kind", "with_ended", "page_size", "page_token", "at_least_revision")
    KIND_FIELD_NUMBER: _ClassVar[int]
    WITH_ENDED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    kind: IncidentKind
    with_ended: bool
    page_size: int
    page_token: str
    at_least_revision: int
    def __init__(self, kind: _Optional[_Union[IncidentKind, str]] = ..., with_ended: bool = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class ListIncidentsResponse(_message.Message):
    __slots__ = ("incidents", "next_page_token")
    INCIDENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    incidents: _containers.RepeatedCompositeFieldContainer[Incident]
    next_page_token: str
    def __init__(self, incidents: _Optional[_Iterable[_Union[Incident, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class IncidentFilter(_message.Message):
    __slots__ = ("kind",)
    KIND_FIELD_NUMBER: _ClassVar[int]
    kind: IncidentKind
    def __init__(self, kind: _Optional[_Union[IncidentKind, str]] = ...) -> None: ...

class WatchIncidentsRequest(_message.Message):
    __slots__ = ("filter", "start")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    filter: IncidentFilter
    start: _changes_pb2.WatchStart
    def __init__(self, filter: _Optional[_Union[IncidentFilter, _Mapping]] = ..., start: _Optional[_Union[_changes_pb2.WatchStart, _Mapping]] = ...) -> None: ...

class WatchIncidentsResponse(_message.Message):
    __slots__ = ("resume_token", "stream_sequence", "snapshot_begin", "snapshot_chunk", "snapshot_end", "changes", "heartbeat", "going_away")
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    STREAM_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_BEGIN_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_CHUNK_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_END_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_FIELD_NUMBER: _ClassVar[int]
    GOING_AWAY_FIELD_NUMBER: _ClassVar[int]
    resume_token: str
    stream_sequence: int
    snapshot_begin: _changes_pb2.SnapshotBegin
    snapshot_chunk: IncidentSnapshotChunk
    snapshot_end: _changes_pb2.SnapshotEnd
    changes: IncidentChanges
    heartbeat: _changes_pb2.Heartbeat
    going_away: _changes_pb2.GoingAway
    def __init__(self, resume_token: _Optional[str] = ..., stream_sequence: _Optional[int] = ..., snapshot_begin: _Optional[_Union[_changes_pb2.SnapshotBegin, _Mapping]] = ..., snapshot_chunk: _Optional[_Union[IncidentSnapshotChunk, _Mapping]] = ..., snapshot_end: _Optional[_Union[_changes_pb2.SnapshotEnd, _Mapping]] = ..., changes: _Optional[_Union[IncidentChanges, _Mapping]] = ..., heartbeat: _Optional[_Union[_changes_pb2.Heartbeat, _Mapping]] = ..., going_away: _Optional[_Union[_changes_pb2.GoingAway, _Mapping]] = ...) -> None: ...

class IncidentSnapshotChunk(_message.Message):
    __slots__ = ("incidents",)
    INCIDENTS_FIELD_NUMBER: _ClassVar[int]
    incidents: _containers.RepeatedCompositeFieldContainer[Incident]
    def __init__(self, incidents: _Optional[_Iterable[_Union[Incident, _Mapping]]] = ...) -> None: ...

class IncidentChanges(_message.Message):
    __slots__ = ("previous_revision", "revision", "incidents")
    PREVIOUS_REVISION_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    INCIDENTS_FIELD_NUMBER: _ClassVar[int]
    previous_revision: int
    revision: int
    incidents: _containers.RepeatedCompositeFieldContainer[Incident]
    def __init__(self, previous_revision: _Optional[int] = ..., revision: _Optional[int] = ..., incidents: _Optional[_Iterable[_Union[Incident, _Mapping]]] = ...) -> None: ...

class ReadIncidentChangesRequest(_message.Message):
    __slots__ = ("filter", "resume_token", "on_expired", "page_size", "wait")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ON_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    filter: IncidentFilter
    resume_token: str
    on_expired: _changes_pb2.OnExpired
    page_size: int
    wait: _duration_pb2.Duration
    def __init__(self, filter: _Optional[_Union[IncidentFilter, _Mapping]] = ..., resume_token: _Optional[str] = ..., on_expired: _Optional[_Union[_changes_pb2.OnExpired, str]] = ..., page_size: _Optional[int] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class ReadIncidentChangesResponse(_message.Message):
    __slots__ = ("incidents", "resume_token", "revision", "snapshot", "more")
    INCIDENTS_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    incidents: _containers.RepeatedCompositeFieldContainer[Incident]
    resume_token: str
    revision: int
    snapshot: bool
    more: bool
    def __init__(self, incidents: _Optional[_Iterable[_Union[Incident, _Mapping]]] = ..., resume_token: _Optional[str] = ..., revision: _Optional[int] = ..., snapshot: bool = ..., more: bool = ...) -> None: ...
