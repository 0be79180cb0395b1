from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PushOpen(_message.Message):
    __slots__ = ("upload_id",)
    UPLOAD_ID_FIELD_NUMBER: _ClassVar[int]
    upload_id: str
    def __init__(self, upload_id: _Optional[str] = ...) -> None: ...

class PushOpened(_message.Message):
    __slots__ = ("last_batch_number", "finished", "unacknowledged_batches_max")
    LAST_BATCH_NUMBER_FIELD_NUMBER: _ClassVar[int]
    FINISHED_FIELD_NUMBER: _ClassVar[int]
    UNACKNOWLEDGED_BATCHES_MAX_FIELD_NUMBER: _ClassVar[int]
    last_batch_number: int
    finished: bool
    unacknowledged_batches_max: int
    def __init__(self, last_batch_number: _Optional[int] = ..., finished: bool = ..., unacknowledged_batches_max: _Optional[int] = ...) -> None: ...

class PushFinish(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class PushFinished(_message.Message):
    __slots__ = ("last_batch_number", "counts", "revision")
    LAST_BATCH_NUMBER_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    last_batch_number: int
    counts: PushCounts
    revision: int
    def __init__(self, last_batch_number: _Optional[int] = ..., counts: _Optional[_Union[PushCounts, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

class PushCounts(_message.Message):
    __slots__ = ("applied", "unchanged", "duplicate", "stale", "refused", "parked")
    APPLIED_FIELD_NUMBER: _ClassVar[int]
    UNCHANGED_FIELD_NUMBER: _ClassVar[int]
    DUPLICATE_FIELD_NUMBER: _ClassVar[int]
    STALE_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    PARKED_FIELD_NUMBER: _ClassVar[int]
    applied: int
    unchanged: int
    duplicate: int
    stale: int
    refused: int
    parked: int
    def __init__(self, applied: _Optional[int] = ..., unchanged: _Optional[int] = ..., duplicate: _Optional[int] = ..., stale: _Optional[int] = ..., refused: _Optional[int] = ..., parked: _Optional[int] = ...) -> None: ...
