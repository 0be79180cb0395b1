import datetime

from erpsync.v1 import common_pb2 as _common_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PaymentEvent(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PAYMENT_EVENT_UNSPECIFIED: _ClassVar[PaymentEvent]
    PAYMENT_EVENT_AUTHORISED: _ClassVar[PaymentEvent]
    PAYMENT_EVENT_CAPTURED: _ClassVar[PaymentEvent]
    PAYMENT_EVENT_REFUNDED: _ClassVar[PaymentEvent]
    PAYMENT_EVENT_FAILED: _ClassVar[PaymentEvent]
    PAYMENT_EVENT_CHARGED_BACK: _ClassVar[PaymentEvent]

class PaymentStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PAYMENT_STATUS_UNSPECIFIED: _ClassVar[PaymentStatus]
    PAYMENT_STATUS_UNPAID: _ClassVar[PaymentStatus]
    PAYMENT_STATUS_AUTHORISED: _ClassVar[PaymentStatus]
    PAYMENT_STATUS_PART_PAID: _ClassVar[PaymentStatus]
    PAYMENT_STATUS_PAID: _ClassVar[PaymentStatus]
    PAYMENT_STATUS_REFUNDED: _ClassVar[PaymentStatus]
    PAYMENT_STATUS_CHARGED_BACK: _ClassVar[PaymentStatus]
PAYMENT_EVENT_UNSPECIFIED: PaymentEvent
PAYMENT_EVENT_AUTHORISED: PaymentEvent
PAYMENT_EVENT_CAPTURED: PaymentEvent
PAYMENT_EVENT_REFUNDED: PaymentEvent
PAYMENT_EVENT_FAILED: PaymentEvent
PAYMENT_EVENT_CHARGED_BACK: PaymentEvent
PAYMENT_STATUS_UNSPECIFIED: PaymentStatus
PAYMENT_STATUS_UNPAID: PaymentStatus
PAYMENT_STATUS_AUTHORISED: PaymentStatus
PAYMENT_STATUS_PART_PAID: PaymentStatus
PAYMENT_STATUS_PAID: PaymentStatus
PAYMENT_STATUS_REFUNDED: PaymentStatus
PAYMENT_STATUS_CHARGED_BACK: PaymentStatus

class Payment(_message.Message):
    __slots__ = ("payment_id", "system", "external_payment_id", "order_id", "event", "currency_code", "amount", "event_time", "method", "reference", "record_time", "revision")
    PAYMENT_ID_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_PAYMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    EVENT_TIME_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    payment_id: str
    system: str
    external_payment_id: str
    order_id: str
    event: PaymentEvent
    currency_code: str
    amount: str
    event_time: _timestamp_pb2.Timestamp
    method: str
    reference: str
    record_time: _timestamp_pb2.Timestamp
    revision: int
    def __init__(self, payment_id: _Optional[str] = ..., system: _Optional[str] = ..., external_payment_id: _Optional[str] = ..., order_id: _Optional[str] = ..., event: _Optional[_Union[PaymentEvent, str]] = ..., currency_code: _Optional[str] = ..., amount: _Optional[str] = ..., event_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., method: _Optional[str] = ..., reference: _Optional[str] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

class PaymentSummary(_message.Message):
    __slots__ = ("status", "currency_code", "authorised", "captured", "refunded", "charged_back", "paid", "total")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    AUTHORISED_FIELD_NUMBER: _ClassVar[int]
    CAPTURED_FIELD_NUMBER: _ClassVar[int]
    REFUNDED_FIELD_NUMBER: _ClassVar[int]
    CHARGED_BACK_FIELD_NUMBER: _ClassVar[int]
    PAID_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    status: PaymentStatus
    currency_code: str
    authorised: str
    captured: str
    refunded: str
    charged_back: str
    paid: str
    total: str
    def __init__(self, status: _Optional[_Union[PaymentStatus, str]] = ..., currency_code: _Optional[str] = ..., authorised: _Optional[str] = ..., captured: _Optional[str] = ..., refunded: _Optional[str] = ..., charged_back: _Optional[str] = ..., paid: _Optional[str] = ..., total: _Optional[str] = ...) -> None: ...

class RecordPaymentRequest(_message.Message):
    __slots__ = ("external_payment_id", "order", "event", "currency_code", "amount", "event_time", "method", "reference")
    EXTERNAL_PAYMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    EVENT_TIME_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    external_payment_id: str
    order: _common_pb2.OrderReference
    event: PaymentEvent
    currency_code: str
    amount: str
    event_time: _timestamp_pb2.Timestamp
    method: str
    reference: str
    def __init__(self, external_payment_id: _Optional[str] = ..., order: _Optional[_Union[_common_pb2.OrderReference, _Mapping]] = ..., event: _Optional[_Union[PaymentEvent, str]] = ..., currency_code: _Optional[str] = ..., amount: _Optional[str] = ..., event_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., method: _Optional[str] = ..., reference: _Optional[str] = ...) -> None: ...

class RecordPaymentResponse(_message.Message):
    __slots__ = ("payment_id", "result", "revision")
    PAYMENT_ID_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    payment_id: str
    result: _common_pb2.FactResult
    revision: int
    def __init__(self, payment_id: _Optional[str] = ..., result: _Optional[_Union[_common_pb2.FactResult, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

class GetPaymentSummaryRequest(_message.Message):
    __slots__ = ("order", "at_least_revision")
    ORDER_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    order: _common_pb2.OrderReference
    at_least_revision: int
    def __init__(self, order: _Optional[_Union[_common_pb2.OrderReference, _Mapping]] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class GetPaymentSummaryResponse(_message.Message):
    __slots__ = ("order_id", "summary", "payments")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    PAYMENTS_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    summary: PaymentSummary
    payments: _containers.RepeatedCompositeFieldContainer[Payment]
    def __init__(self, order_id: _Optional[str] = ..., summary: _Optional[_Union[PaymentSummary, _Mapping]] = ..., payments: _Optional[_Iterable[_Union[Payment, _Mapping]]] = ...) -> None: ...
