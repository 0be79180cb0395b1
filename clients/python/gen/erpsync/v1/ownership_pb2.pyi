import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DataSet(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DATA_SET_UNSPECIFIED: _ClassVar[DataSet]
    DATA_SET_STOCK: _ClassVar[DataSet]

class OwnershipPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OWNERSHIP_POLICY_UNSPECIFIED: _ClassVar[OwnershipPolicy]
    OWNERSHIP_POLICY_REJECT: _ClassVar[OwnershipPolicy]
DATA_SET_UNSPECIFIED: DataSet
DATA_SET_STOCK: DataSet
OWNERSHIP_POLICY_UNSPECIFIED: OwnershipPolicy
OWNERSHIP_POLICY_REJECT: OwnershipPolicy

class Ownership(_message.Message):
    __slots__ = ("data_set", "location", "leader", "policy", "set_time", "revision", "refused_count", "last_refused_system", "last_refused_time")
    DATA_SET_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    LEADER_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    SET_TIME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    REFUSED_COUNT_FIELD_NUMBER: _ClassVar[int]
    LAST_REFUSED_SYSTEM_FIELD_NUMBER: _ClassVar[int]
    LAST_REFUSED_TIME_FIELD_NUMBER: _ClassVar[int]
    data_set: DataSet
    location: str
    leader: str
    policy: OwnershipPolicy
    set_time: _timestamp_pb2.Timestamp
    revision: int
    refused_count: int
    last_refused_system: str
    last_refused_time: _timestamp_pb2.Timestamp
    def __init__(self, data_set: _Optional[_Union[DataSet, str]] = ..., location: _Optional[str] = ..., leader: _Optional[str] = ..., policy: _Optional[_Union[OwnershipPolicy, str]] = ..., set_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ..., refused_count: _Optional[int] = ..., last_refused_system: _Optional[str] = ..., last_refused_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SetOwnershipRequest(_message.Message):
    __slots__ = ("request_id", "data_set", "location", "leader", "policy")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    DATA_SET_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    LEADER_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    data_set: DataSet
    location: str
    leader: str
    policy: OwnershipPolicy
    def __init__(self, request_id: _Optional[str] = ..., data_set: _Optional[_Union[DataSet, str]] = ..., location: _Optional[str] = ..., leader: _Optional[str] = ..., policy: _Optional[_Union[OwnershipPolicy, str]] = ...) -> None: ...

class SetOwnershipResponse(_message.Message):
    __slots__ = ("revision",)
    REVISION_FIELD_NUMBER: _ClassVar[int]
    revision: int
    def __init__(self, revision: _Optional[int] = ...) -> None: ...

class GetOwnershipRequest(_message.Message):
    __slots__ = ("data_set", "location", "at_least_revision")
    DATA_SET_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    data_set: DataSet
    location: str
    at_least_revision: int
    def __init__(self, data_set: _Optional[_Union[DataSet, str]] = ..., location: _Optional[str] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class GetOwnershipResponse(_message.Message):
    __slots__ = ("ownership",)
    OWNERSHIP_FIELD_NUMBER: _ClassVar[int]
    ownership: Ownership
    def __init__(self, ownership: _Optional[_Union[Ownership, _Mapping]] = ...) -> None: ...

class ListOwnershipRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListOwnershipResponse(_message.Message):
    __slots__ = ("ownerships", "next_page_token")
    OWNERSHIPS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ownerships: _containers.RepeatedCompositeFieldContainer[Ownership]
    next_page_token: str
    def __init__(self, ownerships: _Optional[_Iterable[_Union[Ownership, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
