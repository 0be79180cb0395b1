import datetime

from erpsync.v1 import changes_pb2 as _changes_pb2
from erpsync.v1 import common_pb2 as _common_pb2
from erpsync.v1 import document_pb2 as _document_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreditNoteKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CREDIT_NOTE_KIND_UNSPECIFIED: _ClassVar[CreditNoteKind]
    CREDIT_NOTE_KIND_REVERSAL: _ClassVar[CreditNoteKind]
    CREDIT_NOTE_KIND_CORRECTION: _ClassVar[CreditNoteKind]
    CREDIT_NOTE_KIND_FREE_CREDIT: _ClassVar[CreditNoteKind]
    CREDIT_NOTE_KIND_PRICE_REDUCTION: _ClassVar[CreditNoteKind]

class SettlementKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SETTLEMENT_KIND_UNSPECIFIED: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_REFUND: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_STORE_CREDIT: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_OPEN_BALANCE: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_CASH_ROUNDING: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_RESTOCKING_FEE: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_LOSS_OF_VALUE: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_GOODWILL: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_SHIPPING: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_EXCHANGE: _ClassVar[SettlementKind]
    SETTLEMENT_KIND_ERP_ROUNDING: _ClassVar[SettlementKind]
CREDIT_NOTE_KIND_UNSPECIFIED: CreditNoteKind
CREDIT_NOTE_KIND_REVERSAL: CreditNoteKind
CREDIT_NOTE_KIND_CORRECTION: CreditNoteKind
CREDIT_NOTE_KIND_FREE_CREDIT: CreditNoteKind
CREDIT_NOTE_KIND_PRICE_REDUCTION: CreditNoteKind
SETTLEMENT_KIND_UNSPECIFIED: SettlementKind
SETTLEMENT_KIND_REFUND: SettlementKind
SETTLEMENT_KIND_STORE_CREDIT: SettlementKind
SETTLEMENT_KIND_OPEN_BALANCE: SettlementKind
SETTLEMENT_KIND_CASH_ROUNDING: SettlementKind
SETTLEMENT_KIND_RESTOCKING_FEE: SettlementKind
SETTLEMENT_KIND_LOSS_OF_VALUE: SettlementKind
SETTLEMENT_KIND_GOODWILL: SettlementKind
SETTLEMENT_KIND_SHIPPING: SettlementKind
SETTLEMENT_KIND_EXCHANGE: SettlementKind
SETTLEMENT_KIND_ERP_ROUNDING: SettlementKind

class CreditNoteLine(_message.Message):
    __slots__ = ("invoice_line_id", "quantity", "amount", "taxes", "description", "sku")
    INVOICE_LINE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TAXES_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    invoice_line_id: str
    quantity: str
    amount: str
    taxes: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    description: str
    sku: str
    def __init__(self, invoice_line_id: _Optional[str] = ..., quantity: _Optional[str] = ..., amount: _Optional[str] = ..., taxes: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ..., description: _Optional[str] = ..., sku: _Optional[str] = ...) -> None: ...

class Settlement(_message.Message):
    __slots__ = ("kind", "amount", "invoice")
    KIND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    INVOICE_FIELD_NUMBER: _ClassVar[int]
    kind: SettlementKind
    amount: str
    invoice: _common_pb2.DocumentReference
    def __init__(self, kind: _Optional[_Union[SettlementKind, str]] = ..., amount: _Optional[str] = ..., invoice: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ...) -> None: ...

class CreditCause(_message.Message):
    __slots__ = ("reception",)
    RECEPTION_FIELD_NUMBER: _ClassVar[int]
    RETURN_FIELD_NUMBER: _ClassVar[int]
    reception: _common_pb2.DocumentReference
    def __init__(self, reception: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ..., **kwargs) -> None: ...

class CreditNote(_message.Message):
    __slots__ = ("credit_note_id", "system", "external_credit_note_id", "kind", "invoice_id", "order_id", "reception_id", "return_id", "credit_date", "reason", "currency_code", "price_mode", "rounding_mode", "lines", "charges", "tax_totals", "total", "settlements", "record_time", "revision", "settle_time", "settled_by")
    CREDIT_NOTE_ID_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_CREDIT_NOTE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    INVOICE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    RECEPTION_ID_FIELD_NUMBER: _ClassVar[int]
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    CREDIT_DATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    PRICE_MODE_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_MODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTALS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SETTLEMENTS_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    SETTLE_TIME_FIELD_NUMBER: _ClassVar[int]
    SETTLED_BY_FIELD_NUMBER: _ClassVar[int]
    credit_note_id: str
    system: str
    external_credit_note_id: str
    kind: CreditNoteKind
    invoice_id: str
    order_id: str
    reception_id: str
    return_id: str
    credit_date: str
    reason: str
    currency_code: str
    price_mode: _document_pb2.PriceMode
    rounding_mode: _document_pb2.RoundingMode
    lines: _containers.RepeatedCompositeFieldContainer[CreditNoteLine]
    charges: _containers.RepeatedCompositeFieldContainer[_document_pb2.Charge]
    tax_totals: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    total: str
    settlements: _containers.RepeatedCompositeFieldContainer[Settlement]
    record_time: _timestamp_pb2.Timestamp
    revision: int
    settle_time: _timestamp_pb2.Timestamp
    settled_by: str
    def __init__(self, credit_note_id: _Optional[str] = ..., system: _Optional[str] = ..., external_credit_note_id: _Optional[str] = ..., kind: _Optional[_Union[CreditNoteKind, str]] = ..., invoice_id: _Optional[str] = ..., order_id: _Optional[str] = ..., reception_id: _Optional[str] = ..., return_id: _Optional[str] = ..., credit_date: _Optional[str] = ..., reason: _Optional[str] = ..., currency_code: _Optional[str] = ..., price_mode: _Optional[_Union[_document_pb2.PriceMode, str]] = ..., rounding_mode: _Optional[_Union[_document_pb2.RoundingMode, str]] = ..., lines: _Optional[_Iterable[_Union[CreditNoteLine, _Mapping]]] = ..., charges: _Optional[_Iterable[_Union[_document_pb2.Charge, _Mapping]]] = ..., tax_totals: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ..., total: _Optional[str] = ..., settlements: _Optional[_Iterable[_Union[Settlement, _Mapping]]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ..., settle_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., settled_by: _Optional[str] = ...) -> None: ...

class PreviewCreditNoteRequest(_message.Message):
    __slots__ = ("kind", "invoice", "cause", "lines", "charge_ids", "order", "order_lines")
    KIND_FIELD_NUMBER: _ClassVar[int]
    INVOICE_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CHARGE_IDS_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    ORDER_LINES_FIELD_NUMBER: _ClassVar[int]
    kind: CreditNoteKind
    invoice: _common_pb2.DocumentReference
    cause: CreditCause
    lines: _containers.RepeatedCompositeFieldContainer[CreditNoteLine]
    charge_ids: _containers.RepeatedScalarFieldContainer[str]
    order: _common_pb2.OrderReference
    order_lines: _containers.RepeatedCompositeFieldContainer[OrderLineCredit]
    def __init__(self, kind: _Optional[_Union[CreditNoteKind, str]] = ..., invoice: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ..., cause: _Optional[_Union[CreditCause, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[CreditNoteLine, _Mapping]]] = ..., charge_ids: _Optional[_Iterable[str]] = ..., order: _Optional[_Union[_common_pb2.OrderReference, _Mapping]] = ..., order_lines: _Optional[_Iterable[_Union[OrderLineCredit, _Mapping]]] = ...) -> None: ...

class OrderLineCredit(_message.Message):
    __slots__ = ("order_line_id", "quantity")
    ORDER_LINE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    order_line_id: str
    quantity: str
    def __init__(self, order_line_id: _Optional[str] = ..., quantity: _Optional[str] = ...) -> None: ...

class PreviewCreditNoteResponse(_message.Message):
    __slots__ = ("invoice_id", "order_id", "currency_code", "price_mode", "rounding_mode", "lines", "charges", "tax_totals", "total", "as_of_revision", "credit_notes")
    INVOICE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    PRICE_MODE_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_MODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTALS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    AS_OF_REVISION_FIELD_NUMBER: _ClassVar[int]
    CREDIT_NOTES_FIELD_NUMBER: _ClassVar[int]
    invoice_id: str
    order_id: str
    currency_code: str
    price_mode: _document_pb2.PriceMode
    rounding_mode: _document_pb2.RoundingMode
    lines: _containers.RepeatedCompositeFieldContainer[CreditNoteLine]
    charges: _containers.RepeatedCompositeFieldContainer[_document_pb2.Charge]
    tax_totals: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    total: str
    as_of_revision: int
    credit_notes: _containers.RepeatedCompositeFieldContainer[PreviewedCreditNote]
    def __init__(self, invoice_id: _Optional[str] = ..., order_id: _Optional[str] = ..., currency_code: _Optional[str] = ..., price_mode: _Optional[_Union[_document_pb2.PriceMode, str]] = ..., rounding_mode: _Optional[_Union[_document_pb2.RoundingMode, str]] = ..., lines: _Optional[_Iterable[_Union[CreditNoteLine, _Mapping]]] = ..., charges: _Optional[_Iterable[_Union[_document_pb2.Charge, _Mapping]]] = ..., tax_totals: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ..., total: _Optional[str] = ..., as_of_revision: _Optional[int] = ..., credit_notes: _Optional[_Iterable[_Union[PreviewedCreditNote, _Mapping]]] = ...) -> None: ...

class PreviewedCreditNote(_message.Message):
    __slots__ = ("invoice_id", "price_mode", "rounding_mode", "lines", "tax_totals", "total")
    INVOICE_ID_FIELD_NUMBER: _ClassVar[int]
    PRICE_MODE_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_MODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTALS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    invoice_id: str
    price_mode: _document_pb2.PriceMode
    rounding_mode: _document_pb2.RoundingMode
    lines: _containers.RepeatedCompositeFieldContainer[CreditNoteLine]
    tax_totals: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    total: str
    def __init__(self, invoice_id: _Optional[str] = ..., price_mode: _Optional[_Union[_document_pb2.PriceMode, str]] = ..., rounding_mode: _Optional[_Union[_document_pb2.RoundingMode, str]] = ..., lines: _Optional[_Iterable[_Union[CreditNoteLine, _Mapping]]] = ..., tax_totals: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ..., total: _Optional[str] = ...) -> None: ...

class IssueCreditNoteRequest(_message.Message):
    __slots__ = ("external_credit_note_id", "kind", "already_issued", "invoice", "cause", "credit_date", "reason", "lines", "charge_ids", "currency_code", "price_mode", "rounding_mode", "tax_totals", "total", "settlements")
    EXTERNAL_CREDIT_NOTE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ALREADY_ISSUED_FIELD_NUMBER: _ClassVar[int]
    INVOICE_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    CREDIT_DATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CHARGE_IDS_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    PRICE_MODE_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_MODE_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTALS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SETTLEMENTS_FIELD_NUMBER: _ClassVar[int]
    external_credit_note_id: str
    kind: CreditNoteKind
    already_issued: bool
    invoice: _common_pb2.DocumentReference
    cause: CreditCause
    credit_date: str
    reason: str
    lines: _containers.RepeatedCompositeFieldContainer[CreditNoteLine]
    charge_ids: _containers.RepeatedScalarFieldContainer[str]
    currency_code: str
    price_mode: _document_pb2.PriceMode
    rounding_mode: _document_pb2.RoundingMode
    tax_totals: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    total: str
    settlements: _containers.RepeatedCompositeFieldContainer[Settlement]
    def __init__(self, external_credit_note_id: _Optional[str] = ..., kind: _Optional[_Union[CreditNoteKind, str]] = ..., already_issued: bool = ..., invoice: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ..., cause: _Optional[_Union[CreditCause, _Mapping]] = ..., credit_date: _Optional[str] = ..., reason: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[CreditNoteLine, _Mapping]]] = ..., charge_ids: _Optional[_Iterable[str]] = ..., currency_code: _Optional[str] = ..., price_mode: _Optional[_Union[_document_pb2.PriceMode, str]] = ..., rounding_mode: _Optional[_Union[_document_pb2.RoundingMode, str]] = ..., tax_totals: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ..., total: _Optional[str] = ..., settlements: _Optional[_Iterable[_Union[Settlement, _Mapping]]] = ...) -> None: ...

class IssueCreditNoteResponse(_message.Message):
    __slots__ = ("credit_note_id", "result", "total", "revision")
    CREDIT_NOTE_ID_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    credit_note_id: str
    result: _common_pb2.FactResult
    total: str
    revision: int
    def __init__(self, credit_note_id: _Optional[str] = ..., result: _Optional[_Union[_common_pb2.FactResult, _Mapping]] = ..., total: _Optional[str] = ..., revision: _Optional[int] = ...) -> None: ...

class SettleCreditNoteRequest(_message.Message):
    __slots__ = ("external_settlement_id", "credit_note", "settlements")
    EXTERNAL_SETTLEMENT_ID_FIELD_NUMBER: _ClassVar[int]
    CREDIT_NOTE_FIELD_NUMBER: _ClassVar[int]
    SETTLEMENTS_FIELD_NUMBER: _ClassVar[int]
    external_settlement_id: str
    credit_note: _common_pb2.DocumentReference
    settlements: _containers.RepeatedCompositeFieldContainer[Settlement]
    def __init__(self, external_settlement_id: _Optional[str] = ..., credit_note: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ..., settlements: _Optional[_Iterable[_Union[Settlement, _Mapping]]] = ...) -> None: ...

class SettleCreditNoteResponse(_message.Message):
    __slots__ = ("result", "revision")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    result: _common_pb2.FactResult
    revision: int
    def __init__(self, result: _Optional[_Union[_common_pb2.FactResult, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

class GetCreditNoteRequest(_message.Message):
    __slots__ = ("credit_note", "at_least_revision")
    CREDIT_NOTE_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    credit_note: _common_pb2.DocumentReference
    at_least_revision: int
    def __init__(self, credit_note: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class GetCreditNoteResponse(_message.Message):
    __slots__ = ("credit_note",)
    CREDIT_NOTE_FIELD_NUMBER: _ClassVar[int]
    credit_note: CreditNote
    def __init__(self, credit_note: _Optional[_Union[CreditNote, _Mapping]] = ...) -> None: ...

class ListCreditNotesRequest(_message.Message):
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

class ListCreditNotesResponse(_message.Message):
    __slots__ = ("credit_notes", "next_page_token")
    CREDIT_NOTES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    credit_notes: _containers.RepeatedCompositeFieldContainer[CreditNote]
    next_page_token: str
    def __init__(self, credit_notes: _Optional[_Iterable[_Union[CreditNote, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CreditNoteFilter(_message.Message):
    __slots__ = ("shop",)
    SHOP_FIELD_NUMBER: _ClassVar[int]
    shop: str
    def __init__(self, shop: _Optional[str] = ...) -> None: ...

class WatchCreditNotesRequest(_message.Message):
    __slots__ = ("filter", "start")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    filter: CreditNoteFilter
    start: _changes_pb2.WatchStart
    def __init__(self, filter: _Optional[_Union[CreditNoteFilter, _Mapping]] = ..., start: _Optional[_Union[_changes_pb2.WatchStart, _Mapping]] = ...) -> None: ...

class WatchCreditNotesResponse(_message.Message):
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
    snapshot_chunk: CreditNoteSnapshotChunk
    snapshot_end: _changes_pb2.SnapshotEnd
    changes: CreditNoteChanges
    heartbeat: _changes_pb2.Heartbeat
    going_away: _changes_pb2.GoingAway
    def __init__(self, resume_token: _Optional[str] = ..., stream_sequence: _Optional[int] = ..., snapshot_begin: _Optional[_Union[_changes_pb2.SnapshotBegin, _Mapping]] = ..., snapshot_chunk: _Optional[_Union[CreditNoteSnapshotChunk, _Mapping]] = ..., snapshot_end: _Optional[_Union[_changes_pb2.SnapshotEnd, _Mapping]] = ..., changes: _Optional[_Union[CreditNoteChanges, _Mapping]] = ..., heartbeat: _Optional[_Union[_changes_pb2.Heartbeat, _Mapping]] = ..., going_away: _Optional[_Union[_changes_pb2.GoingAway, _Mapping]] = ...) -> None: ...

class CreditNoteSnapshotChunk(_message.Message):
    __slots__ = ("credit_notes",)
    CREDIT_NOTES_FIELD_NUMBER: _ClassVar[int]
    credit_notes: _containers.RepeatedCompositeFieldContainer[CreditNote]
    def __init__(self, credit_notes: _Optional[_Iterable[_Union[CreditNote, _Mapping]]] = ...) -> None: ...

class CreditNoteChanges(_message.Message):
    __slots__ = ("previous_revision", "revision", "credit_notes")
    PREVIOUS_REVISION_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CREDIT_NOTES_FIELD_NUMBER: _ClassVar[int]
    previous_revision: int
    revision: int
    credit_notes: _containers.RepeatedCompositeFieldContainer[CreditNote]
    def __init__(self, previous_revision: _Optional[int] = ..., revision: _Optional[int] = ..., credit_notes: _Optional[_Iterable[_Union[CreditNote, _Mapping]]] = ...) -> None: ...

class ReadCreditNoteChangesRequest(_message.Message):
    __slots__ = ("filter", "resume_token", "on_expired", "page_size", "wait")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ON_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    filter: CreditNoteFilter
    resume_token: str
    on_expired: _changes_pb2.OnExpired
    page_size: int
    wait: _duration_pb2.Duration
    def __init__(self, filter: _Optional[_Union[CreditNoteFilter, _Mapping]] = ..., resume_token: _Optional[str] = ..., on_expired: _Optional[_Union[_changes_pb2.OnExpired, str]] = ..., page_size: _Optional[int] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class ReadCreditNoteChangesResponse(_message.Message):
    __slots__ = ("credit_notes", "resume_token", "revision", "snapshot", "more")
    CREDIT_NOTES_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    credit_notes: _containers.RepeatedCompositeFieldContainer[CreditNote]
    resume_token: str
    revision: int
    snapshot: bool
    more: bool
    def __init__(self, credit_notes: _Optional[_Iterable[_Union[CreditNote, _Mapping]]] = ..., resume_token: _Optional[str] = ..., revision: _Optional[int] = ..., snapshot: bool = ..., more: bool = ...) -> None: ...
