import datetime

from erpsync.v1 import changes_pb2 as _changes_pb2
from erpsync.v1 import compositions_pb2 as _compositions_pb2
from erpsync.v1 import credit_notes_pb2 as _credit_notes_pb2
from erpsync.v1 import inbox_pb2 as _inbox_pb2
from erpsync.v1 import invoices_pb2 as _invoices_pb2
from erpsync.v1 import monitoring_pb2 as _monitoring_pb2
from erpsync.v1 import orders_pb2 as _orders_pb2
from erpsync.v1 import ownership_pb2 as _ownership_pb2
from erpsync.v1 import parking_pb2 as _parking_pb2
from erpsync.v1 import payments_pb2 as _payments_pb2
from erpsync.v1 import reservations_pb2 as _reservations_pb2
from erpsync.v1 import returns_pb2 as _returns_pb2
from erpsync.v1 import shipments_pb2 as _shipments_pb2
from erpsync.v1 import stock_pb2 as _stock_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChangeEntry(_message.Message):
    __slots__ = ("kind", "key", "revision", "removed", "stock_level", "order", "task", "parked", "shipment", "invoice", "credit_note", "payment", "cancellation", "amendment", "incident", "reservation", "stock_assignment", "stock_buffer", "sellability", "composition", "ownership")
    KIND_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    STOCK_LEVEL_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    PARKED_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_FIELD_NUMBER: _ClassVar[int]
    INVOICE_FIELD_NUMBER: _ClassVar[int]
    RETURN_FIELD_NUMBER: _ClassVar[int]
    CREDIT_NOTE_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    CANCELLATION_FIELD_NUMBER: _ClassVar[int]
    AMENDMENT_FIELD_NUMBER: _ClassVar[int]
    INCIDENT_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_FIELD_NUMBER: _ClassVar[int]
    STOCK_ASSIGNMENT_FIELD_NUMBER: _ClassVar[int]
    STOCK_BUFFER_FIELD_NUMBER: _ClassVar[int]
    SELLABILITY_FIELD_NUMBER: _ClassVar[int]
    COMPOSITION_FIELD_NUMBER: _ClassVar[int]
    OWNERSHIP_FIELD_NUMBER: _ClassVar[int]
    kind: str
    key: str
    revision: int
    removed: bool
    stock_level: _stock_pb2.StockLevel
    order: _orders_pb2.Order
    task: _inbox_pb2.Task
    parked: _parking_pb2.Parked
    shipment: _shipments_pb2.Shipment
    invoice: _invoices_pb2.Invoice
    credit_note: _credit_notes_pb2.CreditNote
    payment: _payments_pb2.Payment
    cancellation: _orders_pb2.Cancellation
    amendment: _orders_pb2.Amendment
    incident: _monitoring_pb2.Incident
    reservation: _reservations_pb2.Reservation
    stock_assignment: _stock_pb2.StockAssignment
    stock_buffer: _stock_pb2.StockBuffer
    sellability: _stock_pb2.Sellability
    composition: _compositions_pb2.Composition
    ownership: _ownership_pb2.Ownership
    def __init__(self, kind: _Optional[str] = ..., key: _Optional[str] = ..., revision: _Optional[int] = ..., removed: bool = ..., stock_level: _Optional[_Union[_stock_pb2.StockLevel, _Mapping]] = ..., order: _Optional[_Union[_orders_pb2.Order, _Mapping]] = ..., task: _Optional[_Union[_inbox_pb2.Task, _Mapping]] = ..., parked: _Optional[_Union[_parking_pb2.Parked, _Mapping]] = ..., shipment: _Optional[_Union[_shipments_pb2.Shipment, _Mapping]] = ..., invoice: _Optional[_Union[_invoices_pb2.Invoice, _Mapping]] = ..., credit_note: _Optional[_Union[_credit_notes_pb2.CreditNote, _Mapping]] = ..., payment: _Optional[_Union[_payments_pb2.Payment, _Mapping]] = ..., cancellation: _Optional[_Union[_orders_pb2.Cancellation, _Mapping]] = ..., amendment: _Optional[_Union[_orders_pb2.Amendment, _Mapping]] = ..., incident: _Optional[_Union[_monitoring_pb2.Incident, _Mapping]] = ..., reservation: _Optional[_Union[_reservations_pb2.Reservation, _Mapping]] = ..., stock_assignment: _Optional[_Union[_stock_pb2.StockAssignment, _Mapping]] = ..., stock_buffer: _Optional[_Union[_stock_pb2.StockBuffer, _Mapping]] = ..., sellability: _Optional[_Union[_stock_pb2.Sellability, _Mapping]] = ..., composition: _Optional[_Union[_compositions_pb2.Composition, _Mapping]] = ..., ownership: _Optional[_Union[_ownership_pb2.Ownership, _Mapping]] = ..., **kwargs) -> None: ...

class ChangeFilter(_message.Message):
    __slots__ = ("kinds",)
    KINDS_FIELD_NUMBER: _ClassVar[int]
    kinds: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, kinds: _Optional[_Iterable[str]] = ...) -> None: ...

class WatchChangesRequest(_message.Message):
    __slots__ = ("filter", "start")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    filter: ChangeFilter
    start: _changes_pb2.WatchStart
    def __init__(self, filter: _Optional[_Union[ChangeFilter, _Mapping]] = ..., start: _Optional[_Union[_changes_pb2.WatchStart, _Mapping]] = ...) -> None: ...

class WatchChangesResponse(_message.Message):
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
    snapshot_chunk: ChangeSnapshotChunk
    snapshot_end: _changes_pb2.SnapshotEnd
    changes: Changes
    heartbeat: _changes_pb2.Heartbeat
    going_away: _changes_pb2.GoingAway
    def __init__(self, resume_token: _Optional[str] = ..., stream_sequence: _Optional[int] = ..., snapshot_begin: _Optional[_Union[_changes_pb2.SnapshotBegin, _Mapping]] = ..., snapshot_chunk: _Optional[_Union[ChangeSnapshotChunk, _Mapping]] = ..., snapshot_end: _Optional[_Union[_changes_pb2.SnapshotEnd, _Mapping]] = ..., changes: _Optional[_Union[Changes, _Mapping]] = ..., heartbeat: _Optional[_Union[_changes_pb2.Heartbeat, _Mapping]] = ..., going_away: _Optional[_Union[_changes_pb2.GoingAway, _Mapping]] = ...) -> None: ...

class ChangeSnapshotChunk(_message.Message):
    __slots__ = ("entries",)
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[ChangeEntry]
    def __init__(self, entries: _Optional[_Iterable[_Union[ChangeEntry, _Mapping]]] = ...) -> None: ...

class Changes(_message.Message):
    __slots__ = ("previous_revision", "revision", "entries")
    PREVIOUS_REVISION_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    previous_revision: int
    revision: int
    entries: _containers.RepeatedCompositeFieldContainer[ChangeEntry]
    def __init__(self, previous_revision: _Optional[int] = ..., revision: _Optional[int] = ..., entries: _Optional[_Iterable[_Union[ChangeEntry, _Mapping]]] = ...) -> None: ...

class ReadChangesRequest(_message.Message):
    __slots__ = ("filter", "resume_token", "on_expired", "page_size", "wait")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ON_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    filter: ChangeFilter
    resume_token: str
    on_expired: _changes_pb2.OnExpired
    page_size: int
    wait: _duration_pb2.Duration
    def __init__(self, filter: _Optional[_Union[ChangeFilter, _Mapping]] = ..., resume_token: _Optional[str] = ..., on_expired: _Optional[_Union[_changes_pb2.OnExpired, str]] = ..., page_size: _Optional[int] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class ReadChangesResponse(_message.Message):
    __slots__ = ("entries", "resume_token", "revision", "snapshot", "more")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[ChangeEntry]
    resume_token: str
    revision: int
    snapshot: bool
    more: bool
    def __init__(self, entries: _Optional[_Iterable[_Union[ChangeEntry, _Mapping]]] = ..., resume_token: _Optional[str] = ..., revision: _Optional[int] = ..., snapshot: bool = ..., more: bool = ...) -> None: ...

class GetHeadRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetHeadResponse(_message.Message):
    __slots__ = ("revision", "log_start_revision", "incarnation", "server_time")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    LOG_START_REVISION_FIELD_NUMBER: _ClassVar[int]
    INCARNATION_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    revision: int
    log_start_revision: int
    incarnation: int
    server_time: _timestamp_pb2.Timestamp
    def __init__(self, revision: _Optional[int] = ..., log_start_revision: _Optional[int] = ..., incarnation: _Optional[int] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
