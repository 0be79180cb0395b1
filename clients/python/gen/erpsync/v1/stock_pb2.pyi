import datetime

from erpsync.v1 import changes_pb2 as _changes_pb2
from erpsync.v1 import common_pb2 as _common_pb2
from erpsync.v1 import push_pb2 as _push_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Sale(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SALE_UNSPECIFIED: _ClassVar[Sale]
    SALE_OPEN: _ClassVar[Sale]
    SALE_CLOSED_OUT: _ClassVar[Sale]
    SALE_NOT_YET: _ClassVar[Sale]
    SALE_ENDED: _ClassVar[Sale]
    SALE_BLOCKED: _ClassVar[Sale]

class StockBasis(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    STOCK_BASIS_UNSPECIFIED: _ClassVar[StockBasis]
    STOCK_BASIS_ON_HAND: _ClassVar[StockBasis]
    STOCK_BASIS_AVAILABLE: _ClassVar[StockBasis]
SALE_UNSPECIFIED: Sale
SALE_OPEN: Sale
SALE_CLOSED_OUT: Sale
SALE_NOT_YET: Sale
SALE_ENDED: Sale
SALE_BLOCKED: Sale
STOCK_BASIS_UNSPECIFIED: StockBasis
STOCK_BASIS_ON_HAND: StockBasis
STOCK_BASIS_AVAILABLE: StockBasis

class StockLevel(_message.Message):
    __slots__ = ("sku", "location", "on_hand", "reserved", "sellable", "back_ordered", "short", "revision", "statement", "removed", "buffer", "sale", "committed_elsewhere", "pending_effects", "composed", "stale_readings", "stale_system")
    SKU_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    ON_HAND_FIELD_NUMBER: _ClassVar[int]
    RESERVED_FIELD_NUMBER: _ClassVar[int]
    SELLABLE_FIELD_NUMBER: _ClassVar[int]
    BACK_ORDERED_FIELD_NUMBER: _ClassVar[int]
    SHORT_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    STATEMENT_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    BUFFER_FIELD_NUMBER: _ClassVar[int]
    SALE_FIELD_NUMBER: _ClassVar[int]
    COMMITTED_ELSEWHERE_FIELD_NUMBER: _ClassVar[int]
    PENDING_EFFECTS_FIELD_NUMBER: _ClassVar[int]
    COMPOSED_FIELD_NUMBER: _ClassVar[int]
    STALE_READINGS_FIELD_NUMBER: _ClassVar[int]
    STALE_SYSTEM_FIELD_NUMBER: _ClassVar[int]
    sku: str
    location: str
    on_hand: str
    reserved: str
    sellable: str
    back_ordered: str
    short: str
    revision: int
    statement: StockStatement
    removed: bool
    buffer: str
    sale: Sale
    committed_elsewhere: str
    pending_effects: _containers.RepeatedCompositeFieldContainer[StockEffect]
    composed: bool
    stale_readings: int
    stale_system: str
    def __init__(self, sku: _Optional[str] = ..., location: _Optional[str] = ..., on_hand: _Optional[str] = ..., reserved: _Optional[str] = ..., sellable: _Optional[str] = ..., back_ordered: _Optional[str] = ..., short: _Optional[str] = ..., revision: _Optional[int] = ..., statement: _Optional[_Union[StockStatement, _Mapping]] = ..., removed: bool = ..., buffer: _Optional[str] = ..., sale: _Optional[_Union[Sale, str]] = ..., committed_elsewhere: _Optional[str] = ..., pending_effects: _Optional[_Iterable[_Union[StockEffect, _Mapping]]] = ..., composed: bool = ..., stale_readings: _Optional[int] = ..., stale_system: _Optional[str] = ...) -> None: ...

class StockEffect(_message.Message):
    __slots__ = ("system", "quantity", "ledger_number", "revision")
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    LEDGER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    system: str
    quantity: str
    ledger_number: int
    revision: int
    def __init__(self, system: _Optional[str] = ..., quantity: _Optional[str] = ..., ledger_number: _Optional[int] = ..., revision: _Optional[int] = ...) -> None: ...

class StockStatement(_message.Message):
    __slots__ = ("source_epoch", "statement_sequence", "ledger_through", "on_hand", "basis", "available", "committed", "orders_counted_through", "effects_through", "system")
    SOURCE_EPOCH_FIELD_NUMBER: _ClassVar[int]
    STATEMENT_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    LEDGER_THROUGH_FIELD_NUMBER: _ClassVar[int]
    ON_HAND_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    COMMITTED_FIELD_NUMBER: _ClassVar[int]
    ORDERS_COUNTED_THROUGH_FIELD_NUMBER: _ClassVar[int]
    EFFECTS_THROUGH_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    source_epoch: int
    statement_sequence: int
    ledger_through: int
    on_hand: str
    basis: StockBasis
    available: str
    committed: str
    orders_counted_through: int
    effects_through: int
    system: str
    def __init__(self, source_epoch: _Optional[int] = ..., statement_sequence: _Optional[int] = ..., ledger_through: _Optional[int] = ..., on_hand: _Optional[str] = ..., basis: _Optional[_Union[StockBasis, str]] = ..., available: _Optional[str] = ..., committed: _Optional[str] = ..., orders_counted_through: _Optional[int] = ..., effects_through: _Optional[int] = ..., system: _Optional[str] = ...) -> None: ...

class SetStockRequest(_message.Message):
    __slots__ = ("request_id", "readings")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    READINGS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    readings: _containers.RepeatedCompositeFieldContainer[StockReading]
    def __init__(self, request_id: _Optional[str] = ..., readings: _Optional[_Iterable[_Union[StockReading, _Mapping]]] = ...) -> None: ...

class StockReading(_message.Message):
    __slots__ = ("sku", "location", "on_hand", "source_epoch", "statement_sequence", "ledger_through", "basis", "committed", "orders_counted_through", "effects_through")
    SKU_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    ON_HAND_FIELD_NUMBER: _ClassVar[int]
    SOURCE_EPOCH_FIELD_NUMBER: _ClassVar[int]
    STATEMENT_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    LEDGER_THROUGH_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    COMMITTED_FIELD_NUMBER: _ClassVar[int]
    ORDERS_COUNTED_THROUGH_FIELD_NUMBER: _ClassVar[int]
    EFFECTS_THROUGH_FIELD_NUMBER: _ClassVar[int]
    sku: str
    location: str
    on_hand: str
    source_epoch: int
    statement_sequence: int
    ledger_through: int
    basis: StockBasis
    committed: str
    orders_counted_through: int
    effects_through: int
    def __init__(self, sku: _Optional[str] = ..., location: _Optional[str] = ..., on_hand: _Optional[str] = ..., source_epoch: _Optional[int] = ..., statement_sequence: _Optional[int] = ..., ledger_through: _Optional[int] = ..., basis: _Optional[_Union[StockBasis, str]] = ..., committed: _Optional[str] = ..., orders_counted_through: _Optional[int] = ..., effects_through: _Optional[int] = ...) -> None: ...

class PushStockRequest(_message.Message):
    __slots__ = ("open", "batch", "finish")
    OPEN_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    FINISH_FIELD_NUMBER: _ClassVar[int]
    open: _push_pb2.PushOpen
    batch: PushStockBatch
    finish: _push_pb2.PushFinish
    def __init__(self, open: _Optional[_Union[_push_pb2.PushOpen, _Mapping]] = ..., batch: _Optional[_Union[PushStockBatch, _Mapping]] = ..., finish: _Optional[_Union[_push_pb2.PushFinish, _Mapping]] = ...) -> None: ...

class PushStockBatch(_message.Message):
    __slots__ = ("batch_number", "readings")
    BATCH_NUMBER_FIELD_NUMBER: _ClassVar[int]
    READINGS_FIELD_NUMBER: _ClassVar[int]
    batch_number: int
    readings: _containers.RepeatedCompositeFieldContainer[StockReading]
    def __init__(self, batch_number: _Optional[int] = ..., readings: _Optional[_Iterable[_Union[StockReading, _Mapping]]] = ...) -> None: ...

class PushStockResponse(_message.Message):
    __slots__ = ("opened", "acknowledged", "finished", "going_away")
    OPENED_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_FIELD_NUMBER: _ClassVar[int]
    FINISHED_FIELD_NUMBER: _ClassVar[int]
    GOING_AWAY_FIELD_NUMBER: _ClassVar[int]
    opened: _push_pb2.PushOpened
    acknowledged: PushStockAcknowledged
    finished: _push_pb2.PushFinished
    going_away: _changes_pb2.GoingAway
    def __init__(self, opened: _Optional[_Union[_push_pb2.PushOpened, _Mapping]] = ..., acknowledged: _Optional[_Union[PushStockAcknowledged, _Mapping]] = ..., finished: _Optional[_Union[_push_pb2.PushFinished, _Mapping]] = ..., going_away: _Optional[_Union[_changes_pb2.GoingAway, _Mapping]] = ...) -> None: ...

class PushStockAcknowledged(_message.Message):
    __slots__ = ("batch_number", "revision", "counts", "results", "replayed")
    BATCH_NUMBER_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    batch_number: int
    revision: int
    counts: _push_pb2.PushCounts
    results: _containers.RepeatedCompositeFieldContainer[StockResult]
    replayed: bool
    def __init__(self, batch_number: _Optional[int] = ..., revision: _Optional[int] = ..., counts: _Optional[_Union[_push_pb2.PushCounts, _Mapping]] = ..., results: _Optional[_Iterable[_Union[StockResult, _Mapping]]] = ..., replayed: bool = ...) -> None: ...

class SetStockResponse(_message.Message):
    __slots__ = ("revision", "results")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    revision: int
    results: _containers.RepeatedCompositeFieldContainer[StockResult]
    def __init__(self, revision: _Optional[int] = ..., results: _Optional[_Iterable[_Union[StockResult, _Mapping]]] = ...) -> None: ...

class StockResult(_message.Message):
    __slots__ = ("index", "outcome", "problem")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    index: int
    outcome: _common_pb2.Outcome
    problem: _common_pb2.Problem
    def __init__(self, index: _Optional[int] = ..., outcome: _Optional[_Union[_common_pb2.Outcome, str]] = ..., problem: _Optional[_Union[_common_pb2.Problem, _Mapping]] = ...) -> None: ...

class AdjustStockRequest(_message.Message):
    __slots__ = ("request_id", "adjustments")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ADJUSTMENTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    adjustments: _containers.RepeatedCompositeFieldContainer[StockAdjustment]
    def __init__(self, request_id: _Optional[str] = ..., adjustments: _Optional[_Iterable[_Union[StockAdjustment, _Mapping]]] = ...) -> None: ...

class StockAdjustment(_message.Message):
    __slots__ = ("sku", "location", "quantity", "ledger_number", "reason")
    SKU_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    LEDGER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    sku: str
    location: str
    quantity: str
    ledger_number: int
    reason: str
    def __init__(self, sku: _Optional[str] = ..., location: _Optional[str] = ..., quantity: _Optional[str] = ..., ledger_number: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class AdjustStockResponse(_message.Message):
    __slots__ = ("revision", "results")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    revision: int
    results: _containers.RepeatedCompositeFieldContainer[StockResult]
    def __init__(self, revision: _Optional[int] = ..., results: _Optional[_Iterable[_Union[StockResult, _Mapping]]] = ...) -> None: ...

class GetStockRequest(_message.Message):
    __slots__ = ("sku", "location", "at_least_revision")
    SKU_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    sku: str
    location: str
    at_least_revision: int
    def __init__(self, sku: _Optional[str] = ..., location: _Optional[str] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class GetStockResponse(_message.Message):
    __slots__ = ("level",)
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    level: StockLevel
    def __init__(self, level: _Optional[_Union[StockLevel, _Mapping]] = ...) -> None: ...

class ListStockRequest(_message.Message):
    __slots__ = ("sku", "location", "page_size", "page_token", "at_least_revision")
    SKU_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    sku: str
    location: str
    page_size: int
    page_token: str
    at_least_revision: int
    def __init__(self, sku: _Optional[str] = ..., location: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class ListStockResponse(_message.Message):
    __slots__ = ("levels", "next_page_token")
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    levels: _containers.RepeatedCompositeFieldContainer[StockLevel]
    next_page_token: str
    def __init__(self, levels: _Optional[_Iterable[_Union[StockLevel, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListStockMovementsRequest(_message.Message):
    __slots__ = ("sku", "location", "page_size", "page_token")
    SKU_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    sku: str
    location: str
    page_size: int
    page_token: str
    def __init__(self, sku: _Optional[str] = ..., location: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListStockMovementsResponse(_message.Message):
    __slots__ = ("movements", "next_page_token")
    MOVEMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    movements: _containers.RepeatedCompositeFieldContainer[StockMovement]
    next_page_token: str
    def __init__(self, movements: _Optional[_Iterable[_Union[StockMovement, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class StockMovement(_message.Message):
    __slots__ = ("revision", "time", "quantity", "ledger_number", "cause", "contained", "system")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    LEDGER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    CONTAINED_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    revision: int
    time: _timestamp_pb2.Timestamp
    quantity: str
    ledger_number: int
    cause: str
    contained: bool
    system: str
    def __init__(self, revision: _Optional[int] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., quantity: _Optional[str] = ..., ledger_number: _Optional[int] = ..., cause: _Optional[str] = ..., contained: bool = ..., system: _Optional[str] = ...) -> None: ...

class StockFilter(_message.Message):
    __slots__ = ("skus", "locations")
    SKUS_FIELD_NUMBER: _ClassVar[int]
    LOCATIONS_FIELD_NUMBER: _ClassVar[int]
    skus: _containers.RepeatedScalarFieldContainer[str]
    locations: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, skus: _Optional[_Iterable[str]] = ..., locations: _Optional[_Iterable[str]] = ...) -> None: ...

class WatchStockRequest(_message.Message):
    __slots__ = ("filter", "start")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    filter: StockFilter
    start: _changes_pb2.WatchStart
    def __init__(self, filter: _Optional[_Union[StockFilter, _Mapping]] = ..., start: _Optional[_Union[_changes_pb2.WatchStart, _Mapping]] = ...) -> None: ...

class WatchStockResponse(_message.Message):
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
    snapshot_chunk: StockSnapshotChunk
    snapshot_end: _changes_pb2.SnapshotEnd
    changes: StockChanges
    heartbeat: _changes_pb2.Heartbeat
    going_away: _changes_pb2.GoingAway
    def __init__(self, resume_token: _Optional[str] = ..., stream_sequence: _Optional[int] = ..., snapshot_begin: _Optional[_Union[_changes_pb2.SnapshotBegin, _Mapping]] = ..., snapshot_chunk: _Optional[_Union[StockSnapshotChunk, _Mapping]] = ..., snapshot_end: _Optional[_Union[_changes_pb2.SnapshotEnd, _Mapping]] = ..., changes: _Optional[_Union[StockChanges, _Mapping]] = ..., heartbeat: _Optional[_Union[_changes_pb2.Heartbeat, _Mapping]] = ..., going_away: _Optional[_Union[_changes_pb2.GoingAway, _Mapping]] = ...) -> None: ...

class StockSnapshotChunk(_message.Message):
    __slots__ = ("levels",)
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    levels: _containers.RepeatedCompositeFieldContainer[StockLevel]
    def __init__(self, levels: _Optional[_Iterable[_Union[StockLevel, _Mapping]]] = ...) -> None: ...

class StockChanges(_message.Message):
    __slots__ = ("previous_revision", "revision", "levels")
    PREVIOUS_REVISION_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    previous_revision: int
    revision: int
    levels: _containers.RepeatedCompositeFieldContainer[StockLevel]
    def __init__(self, previous_revision: _Optional[int] = ..., revision: _Optional[int] = ..., levels: _Optional[_Iterable[_Union[StockLevel, _Mapping]]] = ...) -> None: ...

class ReadStockChangesRequest(_message.Message):
    __slots__ = ("filter", "resume_token", "on_expired", "page_size", "wait")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ON_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    filter: StockFilter
    resume_token: str
    on_expired: _changes_pb2.OnExpired
    page_size: int
    wait: _duration_pb2.Duration
    def __init__(self, filter: _Optional[_Union[StockFilter, _Mapping]] = ..., resume_token: _Optional[str] = ..., on_expired: _Optional[_Union[_changes_pb2.OnExpired, str]] = ..., page_size: _Optional[int] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class ReadStockChangesResponse(_message.Message):
    __slots__ = ("levels", "resume_token", "revision", "snapshot", "more", "snapshot_begins")
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_BEGINS_FIELD_NUMBER: _ClassVar[int]
    levels: _containers.RepeatedCompositeFieldContainer[StockLevel]
    resume_token: str
    revision: int
    snapshot: bool
    more: bool
    snapshot_begins: bool
    def __init__(self, levels: _Optional[_Iterable[_Union[StockLevel, _Mapping]]] = ..., resume_token: _Optional[str] = ..., revision: _Optional[int] = ..., snapshot: bool = ..., more: bool = ..., snapshot_begins: bool = ...) -> None: ...

class StockAssignment(_message.Message):
    __slots__ = ("shop", "locations", "revision")
    SHOP_FIELD_NUMBER: _ClassVar[int]
    LOCATIONS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    shop: str
    locations: _containers.RepeatedScalarFieldContainer[str]
    revision: int
    def __init__(self, shop: _Optional[str] = ..., locations: _Optional[_Iterable[str]] = ..., revision: _Optional[int] = ...) -> None: ...

class AssignLocationsRequest(_message.Message):
    __slots__ = ("request_id", "assignments")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    assignments: _containers.RepeatedCompositeFieldContainer[StockAssignment]
    def __init__(self, request_id: _Optional[str] = ..., assignments: _Optional[_Iterable[_Union[StockAssignment, _Mapping]]] = ...) -> None: ...

class AssignLocationsResponse(_message.Message):
    __slots__ = ("revision", "results")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    revision: int
    results: _containers.RepeatedCompositeFieldContainer[StockResult]
    def __init__(self, revision: _Optional[int] = ..., results: _Optional[_Iterable[_Union[StockResult, _Mapping]]] = ...) -> None: ...

class ListAssignmentsRequest(_message.Message):
    __slots__ = ("shop", "page_size", "page_token", "at_least_revision")
    SHOP_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    shop: str
    page_size: int
    page_token: str
    at_least_revision: int
    def __init__(self, shop: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class ListAssignmentsResponse(_message.Message):
    __slots__ = ("assignments", "next_page_token")
    ASSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    assignments: _containers.RepeatedCompositeFieldContainer[StockAssignment]
    next_page_token: str
    def __init__(self, assignments: _Optional[_Iterable[_Union[StockAssignment, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class StockBuffer(_message.Message):
    __slots__ = ("shop", "sku", "location", "units", "revision")
    SHOP_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    shop: str
    sku: str
    location: str
    units: str
    revision: int
    def __init__(self, shop: _Optional[str] = ..., sku: _Optional[str] = ..., location: _Optional[str] = ..., units: _Optional[str] = ..., revision: _Optional[int] = ...) -> None: ...

class SetBuffersRequest(_message.Message):
    __slots__ = ("request_id", "buffers")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    BUFFERS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    buffers: _containers.RepeatedCompositeFieldContainer[StockBuffer]
    def __init__(self, request_id: _Optional[str] = ..., buffers: _Optional[_Iterable[_Union[StockBuffer, _Mapping]]] = ...) -> None: ...

class SetBuffersResponse(_message.Message):
    __slots__ = ("revision", "results")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    revision: int
    results: _containers.RepeatedCompositeFieldContainer[StockResult]
    def __init__(self, revision: _Optional[int] = ..., results: _Optional[_Iterable[_Union[StockResult, _Mapping]]] = ...) -> None: ...

class ListBuffersRequest(_message.Message):
    __slots__ = ("shop", "page_size", "page_token", "at_least_revision")
    SHOP_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    shop: str
    page_size: int
    page_token: str
    at_least_revision: int
    def __init__(self, shop: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class ListBuffersResponse(_message.Message):
    __slots__ = ("buffers", "next_page_token")
    BUFFERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    buffers: _containers.RepeatedCompositeFieldContainer[StockBuffer]
    next_page_token: str
    def __init__(self, buffers: _Optional[_Iterable[_Union[StockBuffer, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Sellability(_message.Message):
    __slots__ = ("sku", "source_epoch", "source_version", "blocked", "closed_out", "from_time", "until_time", "sale", "revision")
    SKU_FIELD_NUMBER: _ClassVar[int]
    SOURCE_EPOCH_FIELD_NUMBER: _ClassVar[int]
    SOURCE_VERSION_FIELD_NUMBER: _ClassVar[int]
    BLOCKED_FIELD_NUMBER: _ClassVar[int]
    CLOSED_OUT_FIELD_NUMBER: _ClassVar[int]
    FROM_TIME_FIELD_NUMBER: _ClassVar[int]
    UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    SALE_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    sku: str
    source_epoch: int
    source_version: int
    blocked: bool
    closed_out: bool
    from_time: _timestamp_pb2.Timestamp
    until_time: _timestamp_pb2.Timestamp
    sale: Sale
    revision: int
    def __init__(self, sku: _Optional[str] = ..., source_epoch: _Optional[int] = ..., source_version: _Optional[int] = ..., blocked: bool = ..., closed_out: bool = ..., from_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sale: _Optional[_Union[Sale, str]] = ..., revision: _Optional[int] = ...) -> None: ...

class SetSellabilityRequest(_message.Message):
    __slots__ = ("articles",)
    ARTICLES_FIELD_NUMBER: _ClassVar[int]
    articles: _containers.RepeatedCompositeFieldContainer[Sellability]
    def __init__(self, articles: _Optional[_Iterable[_Union[Sellability, _Mapping]]] = ...) -> None: ...

class SetSellabilityResponse(_message.Message):
    __slots__ = ("revision", "results")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    revision: int
    results: _containers.RepeatedCompositeFieldContainer[StockResult]
    def __init__(self, revision: _Optional[int] = ..., results: _Optional[_Iterable[_Union[StockResult, _Mapping]]] = ...) -> None: ...

class ListSellabilityRequest(_message.Message):
    __slots__ = ("sku", "page_size", "page_token", "at_least_revision")
    SKU_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    sku: str
    page_size: int
    page_token: str
    at_least_revision: int
    def __init__(self, sku: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class ListSellabilityResponse(_message.Message):
    __slots__ = ("articles", "next_page_token")
    ARTICLES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    articles: _containers.RepeatedCompositeFieldContainer[Sellability]
    next_page_token: str
    def __init__(self, articles: _Optional[_Iterable[_Union[Sellability, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
