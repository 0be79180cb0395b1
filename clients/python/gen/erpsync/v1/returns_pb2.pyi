import datetime

from erpsync.v1 import changes_pb2 as _changes_pb2
from erpsync.v1 import common_pb2 as _common_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReturnStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RETURN_STATUS_UNSPECIFIED: _ClassVar[ReturnStatus]
    RETURN_STATUS_REQUESTED: _ClassVar[ReturnStatus]
    RETURN_STATUS_APPROVED: _ClassVar[ReturnStatus]
    RETURN_STATUS_DECLINED: _ClassVar[ReturnStatus]
    RETURN_STATUS_PART_RECEIVED: _ClassVar[ReturnStatus]
    RETURN_STATUS_RECEIVED: _ClassVar[ReturnStatus]
    RETURN_STATUS_CLOSED: _ClassVar[ReturnStatus]
    RETURN_STATUS_EXPIRED: _ClassVar[ReturnStatus]

class ReceptionState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RECEPTION_STATE_UNSPECIFIED: _ClassVar[ReceptionState]
    RECEPTION_STATE_AWAITING: _ClassVar[ReceptionState]
    RECEPTION_STATE_RECEIVED: _ClassVar[ReceptionState]
    RECEPTION_STATE_LOST: _ClassVar[ReceptionState]
    RECEPTION_STATE_WRONG_ITEM: _ClassVar[ReceptionState]
    RECEPTION_STATE_RELEASED: _ClassVar[ReceptionState]

class AcceptanceState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ACCEPTANCE_STATE_UNSPECIFIED: _ClassVar[AcceptanceState]
    ACCEPTANCE_STATE_PENDING: _ClassVar[AcceptanceState]
    ACCEPTANCE_STATE_ACCEPTED: _ClassVar[AcceptanceState]
    ACCEPTANCE_STATE_REJECTED: _ClassVar[AcceptanceState]

class RefundHold(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REFUND_HOLD_UNSPECIFIED: _ClassVar[RefundHold]
    REFUND_HOLD_NONE: _ClassVar[RefundHold]
    REFUND_HOLD_GOODS_OR_PROOF: _ClassVar[RefundHold]

class Disposition(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DISPOSITION_UNSPECIFIED: _ClassVar[Disposition]
    DISPOSITION_RESTOCK: _ClassVar[Disposition]
    DISPOSITION_QUARANTINE: _ClassVar[Disposition]
    DISPOSITION_SCRAP: _ClassVar[Disposition]
    DISPOSITION_SEND_BACK: _ClassVar[Disposition]
    DISPOSITION_PENDING: _ClassVar[Disposition]
RETURN_STATUS_UNSPECIFIED: ReturnStatus
RETURN_STATUS_REQUESTED: ReturnStatus
RETURN_STATUS_APPROVED: ReturnStatus
RETURN_STATUS_DECLINED: ReturnStatus
RETURN_STATUS_PART_RECEIVED: ReturnStatus
RETURN_STATUS_RECEIVED: ReturnStatus
RETURN_STATUS_CLOSED: ReturnStatus
RETURN_STATUS_EXPIRED: ReturnStatus
RECEPTION_STATE_UNSPECIFIED: ReceptionState
RECEPTION_STATE_AWAITING: ReceptionState
RECEPTION_STATE_RECEIVED: ReceptionState
RECEPTION_STATE_LOST: ReceptionState
RECEPTION_STATE_WRONG_ITEM: ReceptionState
RECEPTION_STATE_RELEASED: ReceptionState
ACCEPTANCE_STATE_UNSPECIFIED: AcceptanceState
ACCEPTANCE_STATE_PENDING: AcceptanceState
ACCEPTANCE_STATE_ACCEPTED: AcceptanceState
ACCEPTANCE_STATE_REJECTED: AcceptanceState
REFUND_HOLD_UNSPECIFIED: RefundHold
REFUND_HOLD_NONE: RefundHold
REFUND_HOLD_GOODS_OR_PROOF: RefundHold
DISPOSITION_UNSPECIFIED: Disposition
DISPOSITION_RESTOCK: Disposition
DISPOSITION_QUARANTINE: Disposition
DISPOSITION_SCRAP: Disposition
DISPOSITION_SEND_BACK: Disposition
DISPOSITION_PENDING: Disposition

class ReturnLine(_message.Message):
    __slots__ = ("line_id", "quantity", "reason")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    quantity: str
    reason: str
    def __init__(self, line_id: _Optional[str] = ..., quantity: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ReturnLineQuantities(_message.Message):
    __slots__ = ("line_id", "requested", "received", "restocked", "quarantined", "scrapped", "sent_back", "credited", "pending", "accepted", "rejected", "awaited", "lost", "wrong_item", "released", "creditable", "over_credited", "loss_of_value", "rejection_reason")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    RESTOCKED_FIELD_NUMBER: _ClassVar[int]
    QUARANTINED_FIELD_NUMBER: _ClassVar[int]
    SCRAPPED_FIELD_NUMBER: _ClassVar[int]
    SENT_BACK_FIELD_NUMBER: _ClassVar[int]
    CREDITED_FIELD_NUMBER: _ClassVar[int]
    PENDING_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    REJECTED_FIELD_NUMBER: _ClassVar[int]
    AWAITED_FIELD_NUMBER: _ClassVar[int]
    LOST_FIELD_NUMBER: _ClassVar[int]
    WRONG_ITEM_FIELD_NUMBER: _ClassVar[int]
    RELEASED_FIELD_NUMBER: _ClassVar[int]
    CREDITABLE_FIELD_NUMBER: _ClassVar[int]
    OVER_CREDITED_FIELD_NUMBER: _ClassVar[int]
    LOSS_OF_VALUE_FIELD_NUMBER: _ClassVar[int]
    REJECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    requested: str
    received: str
    restocked: str
    quarantined: str
    scrapped: str
    sent_back: str
    credited: str
    pending: str
    accepted: str
    rejected: str
    awaited: str
    lost: str
    wrong_item: str
    released: str
    creditable: str
    over_credited: str
    loss_of_value: str
    rejection_reason: str
    def __init__(self, line_id: _Optional[str] = ..., requested: _Optional[str] = ..., received: _Optional[str] = ..., restocked: _Optional[str] = ..., quarantined: _Optional[str] = ..., scrapped: _Optional[str] = ..., sent_back: _Optional[str] = ..., credited: _Optional[str] = ..., pending: _Optional[str] = ..., accepted: _Optional[str] = ..., rejected: _Optional[str] = ..., awaited: _Optional[str] = ..., lost: _Optional[str] = ..., wrong_item: _Optional[str] = ..., released: _Optional[str] = ..., creditable: _Optional[str] = ..., over_credited: _Optional[str] = ..., loss_of_value: _Optional[str] = ..., rejection_reason: _Optional[str] = ...) -> None: ...

class DispatchProof(_message.Message):
    __slots__ = ("carrier", "reference", "dispatch_date")
    CARRIER_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    DISPATCH_DATE_FIELD_NUMBER: _ClassVar[int]
    carrier: str
    reference: str
    dispatch_date: str
    def __init__(self, carrier: _Optional[str] = ..., reference: _Optional[str] = ..., dispatch_date: _Optional[str] = ...) -> None: ...

class Return(_message.Message):
    __slots__ = ("return_id", "system", "external_return_id", "order_id", "status", "withdrawal_date", "lines", "quantities", "decline_reason", "request_time", "revision", "close_reason", "expire_time", "dispatch_proof", "refund_shipping", "refund_due_date", "refund_hold", "replacement_order_ids")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWAL_DATE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    QUANTITIES_FIELD_NUMBER: _ClassVar[int]
    DECLINE_REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TIME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CLOSE_REASON_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    DISPATCH_PROOF_FIELD_NUMBER: _ClassVar[int]
    REFUND_SHIPPING_FIELD_NUMBER: _ClassVar[int]
    REFUND_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REFUND_HOLD_FIELD_NUMBER: _ClassVar[int]
    REPLACEMENT_ORDER_IDS_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    system: str
    external_return_id: str
    order_id: str
    status: ReturnStatus
    withdrawal_date: str
    lines: _containers.RepeatedCompositeFieldContainer[ReturnLine]
    quantities: _containers.RepeatedCompositeFieldContainer[ReturnLineQuantities]
    decline_reason: str
    request_time: _timestamp_pb2.Timestamp
    revision: int
    close_reason: str
    expire_time: _timestamp_pb2.Timestamp
    dispatch_proof: DispatchProof
    refund_shipping: bool
    refund_due_date: str
    refund_hold: RefundHold
    replacement_order_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, return_id: _Optional[str] = ..., system: _Optional[str] = ..., external_return_id: _Optional[str] = ..., order_id: _Optional[str] = ..., status: _Optional[_Union[ReturnStatus, str]] = ..., withdrawal_date: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[ReturnLine, _Mapping]]] = ..., quantities: _Optional[_Iterable[_Union[ReturnLineQuantities, _Mapping]]] = ..., decline_reason: _Optional[str] = ..., request_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ..., close_reason: _Optional[str] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., dispatch_proof: _Optional[_Union[DispatchProof, _Mapping]] = ..., refund_shipping: bool = ..., refund_due_date: _Optional[str] = ..., refund_hold: _Optional[_Union[RefundHold, str]] = ..., replacement_order_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class RequestReturnRequest(_message.Message):
    __slots__ = ("external_return_id", "order", "withdrawal_date", "lines", "expire_time", "dispatch_proof", "refund_shipping")
    EXTERNAL_RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWAL_DATE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    DISPATCH_PROOF_FIELD_NUMBER: _ClassVar[int]
    REFUND_SHIPPING_FIELD_NUMBER: _ClassVar[int]
    external_return_id: str
    order: _common_pb2.OrderReference
    withdrawal_date: str
    lines: _containers.RepeatedCompositeFieldContainer[ReturnLine]
    expire_time: _timestamp_pb2.Timestamp
    dispatch_proof: DispatchProof
    refund_shipping: bool
    def __init__(self, external_return_id: _Optional[str] = ..., order: _Optional[_Union[_common_pb2.OrderReference, _Mapping]] = ..., withdrawal_date: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[ReturnLine, _Mapping]]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., dispatch_proof: _Optional[_Union[DispatchProof, _Mapping]] = ..., refund_shipping: bool = ...) -> None: ...

class RequestReturnResponse(_message.Message):
    __slots__ = ("return_id", "revision")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    revision: int
    def __init__(self, return_id: _Optional[str] = ..., revision: _Optional[int] = ...) -> None: ...

class ApproveReturnRequest(_message.Message):
    __slots__ = ("request_id", "expire_time", "dispatch_proof", "refund_shipping")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RETURN_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    DISPATCH_PROOF_FIELD_NUMBER: _ClassVar[int]
    REFUND_SHIPPING_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    expire_time: _timestamp_pb2.Timestamp
    dispatch_proof: DispatchProof
    refund_shipping: bool
    def __init__(self, request_id: _Optional[str] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., dispatch_proof: _Optional[_Union[DispatchProof, _Mapping]] = ..., refund_shipping: bool = ..., **kwargs) -> None: ...

class ApproveReturnResponse(_message.Message):
    __slots__ = ("revision",)
    REVISION_FIELD_NUMBER: _ClassVar[int]
    revision: int
    def __init__(self, revision: _Optional[int] = ...) -> None: ...

class DeclineReturnRequest(_message.Message):
    __slots__ = ("request_id", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RETURN_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., reason: _Optional[str] = ..., **kwargs) -> None: ...

class DeclineReturnResponse(_message.Message):
    __slots__ = ("revision",)
    REVISION_FIELD_NUMBER: _ClassVar[int]
    revision: int
    def __init__(self, revision: _Optional[int] = ...) -> None: ...

class ReceptionLine(_message.Message):
    __slots__ = ("line_id", "quantity", "disposition", "location", "ledger_number", "state", "wrong_sku")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    DISPOSITION_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    LEDGER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    WRONG_SKU_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    quantity: str
    disposition: Disposition
    location: str
    ledger_number: int
    state: ReceptionState
    wrong_sku: str
    def __init__(self, line_id: _Optional[str] = ..., quantity: _Optional[str] = ..., disposition: _Optional[_Union[Disposition, str]] = ..., location: _Optional[str] = ..., ledger_number: _Optional[int] = ..., state: _Optional[_Union[ReceptionState, str]] = ..., wrong_sku: _Optional[str] = ...) -> None: ...

class ReceiveReturnRequest(_message.Message):
    __slots__ = ("external_reception_id", "lines")
    EXTERNAL_RECEPTION_ID_FIELD_NUMBER: _ClassVar[int]
    RETURN_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    external_reception_id: str
    lines: _containers.RepeatedCompositeFieldContainer[ReceptionLine]
    def __init__(self, external_reception_id: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[ReceptionLine, _Mapping]]] = ..., **kwargs) -> None: ...

class ReceiveReturnResponse(_message.Message):
    __slots__ = ("reception_id", "result", "revision")
    RECEPTION_ID_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    reception_id: str
    result: _common_pb2.FactResult
    revision: int
    def __init__(self, reception_id: _Optional[str] = ..., result: _Optional[_Union[_common_pb2.FactResult, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

class InspectionLine(_message.Message):
    __slots__ = ("line_id", "quantity", "acceptance", "reason", "disposition", "location", "ledger_number", "loss_of_value", "wrong_sku")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    FROM_FIELD_NUMBER: _ClassVar[int]
    ACCEPTANCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    DISPOSITION_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    LEDGER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    LOSS_OF_VALUE_FIELD_NUMBER: _ClassVar[int]
    WRONG_SKU_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    quantity: str
    acceptance: AcceptanceState
    reason: str
    disposition: Disposition
    location: str
    ledger_number: int
    loss_of_value: str
    wrong_sku: str
    def __init__(self, line_id: _Optional[str] = ..., quantity: _Optional[str] = ..., acceptance: _Optional[_Union[AcceptanceState, str]] = ..., reason: _Optional[str] = ..., disposition: _Optional[_Union[Disposition, str]] = ..., location: _Optional[str] = ..., ledger_number: _Optional[int] = ..., loss_of_value: _Optional[str] = ..., wrong_sku: _Optional[str] = ..., **kwargs) -> None: ...

class InspectReturnRequest(_message.Message):
    __slots__ = ("external_inspection_id", "reception", "lines")
    EXTERNAL_INSPECTION_ID_FIELD_NUMBER: _ClassVar[int]
    RECEPTION_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    external_inspection_id: str
    reception: _common_pb2.DocumentReference
    lines: _containers.RepeatedCompositeFieldContainer[InspectionLine]
    def __init__(self, external_inspection_id: _Optional[str] = ..., reception: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[InspectionLine, _Mapping]]] = ...) -> None: ...

class InspectReturnResponse(_message.Message):
    __slots__ = ("result", "revision")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    result: _common_pb2.FactResult
    revision: int
    def __init__(self, result: _Optional[_Union[_common_pb2.FactResult, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

class CloseReturnRequest(_message.Message):
    __slots__ = ("request_id", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RETURN_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., reason: _Optional[str] = ..., **kwargs) -> None: ...

class CloseReturnResponse(_message.Message):
    __slots__ = ("revision",)
    REVISION_FIELD_NUMBER: _ClassVar[int]
    revision: int
    def __init__(self, revision: _Optional[int] = ...) -> None: ...

class GetReturnRequest(_message.Message):
    __slots__ = ("at_least_revision",)
    RETURN_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    at_least_revision: int
    def __init__(self, at_least_revision: _Optional[int] = ..., **kwargs) -> None: ...

class GetReturnResponse(_message.Message):
    __slots__ = ()
    RETURN_FIELD_NUMBER: _ClassVar[int]
    def __init__(self, **kwargs) -> None: ...

class ListReturnsRequest(_message.Message):
    __slots__ = ("order_id", "page_size", "page_token", "at_least_revision")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    page_size: int
    page_token: str
    at_least_revision: int
    def __init__(self, order_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class ListReturnsResponse(_message.Message):
    __slots__ = ("returns", "next_page_token")
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    returns: _containers.RepeatedCompositeFieldContainer[Return]
    next_page_token: str
    def __init__(self, returns: _Optional[_Iterable[_Union[Return, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ReturnFilter(_message.Message):
    __slots__ = ("shop",)
    SHOP_FIELD_NUMBER: _ClassVar[int]
    shop: str
    def __init__(self, shop: _Optional[str] = ...) -> None: ...

class WatchReturnsRequest(_message.Message):
    __slots__ = ("filter", "start")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    filter: ReturnFilter
    start: _changes_pb2.WatchStart
    def __init__(self, filter: _Optional[_Union[ReturnFilter, _Mapping]] = ..., start: _Optional[_Union[_changes_pb2.WatchStart, _Mapping]] = ...) -> None: ...

class WatchReturnsResponse(_message.Message):
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
    snapshot_chunk: ReturnSnapshotChunk
    snapshot_end: _changes_pb2.SnapshotEnd
    changes: ReturnChanges
    heartbeat: _changes_pb2.Heartbeat
    going_away: _changes_pb2.GoingAway
    def __init__(self, resume_token: _Optional[str] = ..., stream_sequence: _Optional[int] = ..., snapshot_begin: _Optional[_Union[_changes_pb2.SnapshotBegin, _Mapping]] = ..., snapshot_chunk: _Optional[_Union[ReturnSnapshotChunk, _Mapping]] = ..., snapshot_end: _Optional[_Union[_changes_pb2.SnapshotEnd, _Mapping]] = ..., changes: _Optional[_Union[ReturnChanges, _Mapping]] = ..., heartbeat: _Optional[_Union[_changes_pb2.Heartbeat, _Mapping]] = ..., going_away: _Optional[_Union[_changes_pb2.GoingAway, _Mapping]] = ...) -> None: ...

class ReturnSnapshotChunk(_message.Message):
    __slots__ = ("returns",)
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    returns: _containers.RepeatedCompositeFieldContainer[Return]
    def __init__(self, returns: _Optional[_Iterable[_Union[Return, _Mapping]]] = ...) -> None: ...

class ReturnChanges(_message.Message):
    __slots__ = ("previous_revision", "revision", "returns")
    PREVIOUS_REVISION_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    previous_revision: int
    revision: int
    returns: _containers.RepeatedCompositeFieldContainer[Return]
    def __init__(self, previous_revision: _Optional[int] = ..., revision: _Optional[int] = ..., returns: _Optional[_Iterable[_Union[Return, _Mapping]]] = ...) -> None: ...

class ReadReturnChangesRequest(_message.Message):
    __slots__ = ("filter", "resume_token", "on_expired", "page_size", "wait")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ON_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    filter: ReturnFilter
    resume_token: str
    on_expired: _changes_pb2.OnExpired
    page_size: int
    wait: _duration_pb2.Duration
    def __init__(self, filter: _Optional[_Union[ReturnFilter, _Mapping]] = ..., resume_token: _Optional[str] = ..., on_expired: _Optional[_Union[_changes_pb2.OnExpired, str]] = ..., page_size: _Optional[int] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class ReadReturnChangesResponse(_message.Message):
    __slots__ = ("returns", "resume_token", "revision", "snapshot", "more")
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    returns: _containers.RepeatedCompositeFieldContainer[Return]
    resume_token: str
    revision: int
    snapshot: bool
    more: bool
    def __init__(self, returns: _Optional[_Iterable[_Union[Return, _Mapping]]] = ..., resume_token: _Optional[str] = ..., revision: _Optional[int] = ..., snapshot: bool = ..., more: bool = ...) -> None: ...
