import datetime

from erpsync.v1 import changes_pb2 as _changes_pb2
from erpsync.v1 import common_pb2 as _common_pb2
from erpsync.v1 import document_pb2 as _document_pb2
from erpsync.v1 import invoices_pb2 as _invoices_pb2
from erpsync.v1 import payments_pb2 as _payments_pb2
from erpsync.v1 import shipments_pb2 as _shipments_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OrderStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ORDER_STATUS_UNSPECIFIED: _ClassVar[OrderStatus]
    ORDER_STATUS_OPEN: _ClassVar[OrderStatus]
    ORDER_STATUS_CANCELLED: _ClassVar[OrderStatus]
    ORDER_STATUS_PART_SHIPPED: _ClassVar[OrderStatus]
    ORDER_STATUS_SHIPPED: _ClassVar[OrderStatus]

class OrderHandover(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ORDER_HANDOVER_UNSPECIFIED: _ClassVar[OrderHandover]
    ORDER_HANDOVER_WAITING: _ClassVar[OrderHandover]
    ORDER_HANDOVER_ACKNOWLEDGED: _ClassVar[OrderHandover]
    ORDER_HANDOVER_PARKED: _ClassVar[OrderHandover]
    ORDER_HANDOVER_WITHDRAWN: _ClassVar[OrderHandover]

class AmendmentStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AMENDMENT_STATUS_UNSPECIFIED: _ClassVar[AmendmentStatus]
    AMENDMENT_STATUS_REQUESTED: _ClassVar[AmendmentStatus]
    AMENDMENT_STATUS_ACCEPTED: _ClassVar[AmendmentStatus]
    AMENDMENT_STATUS_PART_ACCEPTED: _ClassVar[AmendmentStatus]
    AMENDMENT_STATUS_REFUSED: _ClassVar[AmendmentStatus]
    AMENDMENT_STATUS_STALE: _ClassVar[AmendmentStatus]

class AmendmentDecision(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AMENDMENT_DECISION_UNSPECIFIED: _ClassVar[AmendmentDecision]
    AMENDMENT_DECISION_ACCEPT: _ClassVar[AmendmentDecision]
    AMENDMENT_DECISION_REFUSE: _ClassVar[AmendmentDecision]

class CancellationStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CANCELLATION_STATUS_UNSPECIFIED: _ClassVar[CancellationStatus]
    CANCELLATION_STATUS_REQUESTED: _ClassVar[CancellationStatus]
    CANCELLATION_STATUS_ACCEPTED: _ClassVar[CancellationStatus]
    CANCELLATION_STATUS_PART_ACCEPTED: _ClassVar[CancellationStatus]
    CANCELLATION_STATUS_REFUSED: _ClassVar[CancellationStatus]

class CancellationDecision(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CANCELLATION_DECISION_UNSPECIFIED: _ClassVar[CancellationDecision]
    CANCELLATION_DECISION_ACCEPT: _ClassVar[CancellationDecision]
    CANCELLATION_DECISION_REFUSE: _ClassVar[CancellationDecision]
ORDER_STATUS_UNSPECIFIED: OrderStatus
ORDER_STATUS_OPEN: OrderStatus
ORDER_STATUS_CANCELLED: OrderStatus
ORDER_STATUS_PART_SHIPPED: OrderStatus
ORDER_STATUS_SHIPPED: OrderStatus
ORDER_HANDOVER_UNSPECIFIED: OrderHandover
ORDER_HANDOVER_WAITING: OrderHandover
ORDER_HANDOVER_ACKNOWLEDGED: OrderHandover
ORDER_HANDOVER_PARKED: OrderHandover
ORDER_HANDOVER_WITHDRAWN: OrderHandover
AMENDMENT_STATUS_UNSPECIFIED: AmendmentStatus
AMENDMENT_STATUS_REQUESTED: AmendmentStatus
AMENDMENT_STATUS_ACCEPTED: AmendmentStatus
AMENDMENT_STATUS_PART_ACCEPTED: AmendmentStatus
AMENDMENT_STATUS_REFUSED: AmendmentStatus
AMENDMENT_STATUS_STALE: AmendmentStatus
AMENDMENT_DECISION_UNSPECIFIED: AmendmentDecision
AMENDMENT_DECISION_ACCEPT: AmendmentDecision
AMENDMENT_DECISION_REFUSE: AmendmentDecision
CANCELLATION_STATUS_UNSPECIFIED: CancellationStatus
CANCELLATION_STATUS_REQUESTED: CancellationStatus
CANCELLATION_STATUS_ACCEPTED: CancellationStatus
CANCELLATION_STATUS_PART_ACCEPTED: CancellationStatus
CANCELLATION_STATUS_REFUSED: CancellationStatus
CANCELLATION_DECISION_UNSPECIFIED: CancellationDecision
CANCELLATION_DECISION_ACCEPT: CancellationDecision
CANCELLATION_DECISION_REFUSE: CancellationDecision

class OrderLine(_message.Message):
    __slots__ = ("line_id", "sku", "location", "description", "quantity", "unit_price", "discount", "amount", "taxes")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_PRICE_FIELD_NUMBER: _ClassVar[int]
    DISCOUNT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TAXES_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    sku: str
    location: str
    description: str
    quantity: str
    unit_price: str
    discount: str
    amount: str
    taxes: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    def __init__(self, line_id: _Optional[str] = ..., sku: _Optional[str] = ..., location: _Optional[str] = ..., description: _Optional[str] = ..., quantity: _Optional[str] = ..., unit_price: _Optional[str] = ..., discount: _Optional[str] = ..., amount: _Optional[str] = ..., taxes: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ...) -> None: ...

class Address(_message.Message):
    __slots__ = ("name", "company", "street", "street_extra", "postal_code", "city", "region", "country_code", "email", "phone")
    NAME_FIELD_NUMBER: _ClassVar[int]
    COMPANY_FIELD_NUMBER: _ClassVar[int]
    STREET_FIELD_NUMBER: _ClassVar[int]
    STREET_EXTRA_FIELD_NUMBER: _ClassVar[int]
    POSTAL_CODE_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    REGION_FIELD_NUMBER: _ClassVar[int]
    COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    name: str
    company: str
    street: str
    street_extra: str
    postal_code: str
    city: str
    region: str
    country_code: str
    email: str
    phone: str
    def __init__(self, name: _Optional[str] = ..., company: _Optional[str] = ..., street: _Optional[str] = ..., street_extra: _Optional[str] = ..., postal_code: _Optional[str] = ..., city: _Optional[str] = ..., region: _Optional[str] = ..., country_code: _Optional[str] = ..., email: _Optional[str] = ..., phone: _Optional[str] = ...) -> None: ...

class OrderLineQuantities(_message.Message):
    __slots__ = ("ordered", "cancelled", "reserved", "back_ordered", "shipped", "open", "current_amount", "current_discount", "over_shipped", "return_requested", "received", "sent_back", "invoiced", "reversed", "credited_quantity", "credited_amount", "to_credit", "cancel_requested", "lost")
    ORDERED_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_FIELD_NUMBER: _ClassVar[int]
    RESERVED_FIELD_NUMBER: _ClassVar[int]
    BACK_ORDERED_FIELD_NUMBER: _ClassVar[int]
    SHIPPED_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    CURRENT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CURRENT_DISCOUNT_FIELD_NUMBER: _ClassVar[int]
    OVER_SHIPPED_FIELD_NUMBER: _ClassVar[int]
    RETURN_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    SENT_BACK_FIELD_NUMBER: _ClassVar[int]
    INVOICED_FIELD_NUMBER: _ClassVar[int]
    REVERSED_FIELD_NUMBER: _ClassVar[int]
    CREDITED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    CREDITED_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TO_CREDIT_FIELD_NUMBER: _ClassVar[int]
    CANCEL_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    LOST_FIELD_NUMBER: _ClassVar[int]
    ordered: str
    cancelled: str
    reserved: str
    back_ordered: str
    shipped: str
    open: str
    current_amount: str
    current_discount: str
    over_shipped: str
    return_requested: str
    received: str
    sent_back: str
    invoiced: str
    reversed: str
    credited_quantity: str
    credited_amount: str
    to_credit: str
    cancel_requested: str
    lost: str
    def __init__(self, ordered: _Optional[str] = ..., cancelled: _Optional[str] = ..., reserved: _Optional[str] = ..., back_ordered: _Optional[str] = ..., shipped: _Optional[str] = ..., open: _Optional[str] = ..., current_amount: _Optional[str] = ..., current_discount: _Optional[str] = ..., over_shipped: _Optional[str] = ..., return_requested: _Optional[str] = ..., received: _Optional[str] = ..., sent_back: _Optional[str] = ..., invoiced: _Optional[str] = ..., reversed: _Optional[str] = ..., credited_quantity: _Optional[str] = ..., credited_amount: _Optional[str] = ..., to_credit: _Optional[str] = ..., cancel_requested: _Optional[str] = ..., lost: _Optional[str] = ...) -> None: ...

class Order(_message.Message):
    __slots__ = ("order_id", "shop", "external_order_id", "revision", "place_time", "order_date", "already_placed", "allow_back_order", "status", "currency_code", "price_mode", "rounding_mode", "lines", "quantities", "charges", "tax_totals", "total", "shipping_address", "billing_address", "external_customer_id", "amounts_problem", "handover", "erp_number", "shipments", "invoices", "payment_summary", "payments", "hold", "cancellations", "shop_version", "amendments", "replaces_return_id")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SHOP_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PLACE_TIME_FIELD_NUMBER: _ClassVar[int]
    ORDER_DATE_FIELD_NUMBER: _ClassVar[int]
    ALREADY_PLACED_FIELD_NUMBER: _ClassVar[int]
    ALLOW_BACK_ORDER_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    PRICE_MODE_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_MODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    QUANTITIES_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTALS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SHIPPING_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    BILLING_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_CUSTOMER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNTS_PROBLEM_FIELD_NUMBER: _ClassVar[int]
    HANDOVER_FIELD_NUMBER: _ClassVar[int]
    ERP_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SHIPMENTS_FIELD_NUMBER: _ClassVar[int]
    INVOICES_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_SUMMARY_FIELD_NUMBER: _ClassVar[int]
    PAYMENTS_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    CANCELLATIONS_FIELD_NUMBER: _ClassVar[int]
    SHOP_VERSION_FIELD_NUMBER: _ClassVar[int]
    AMENDMENTS_FIELD_NUMBER: _ClassVar[int]
    REPLACES_RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    shop: str
    external_order_id: str
    revision: int
    place_time: _timestamp_pb2.Timestamp
    order_date: str
    already_placed: bool
    allow_back_order: bool
    status: OrderStatus
    currency_code: str
    price_mode: _document_pb2.PriceMode
    rounding_mode: _document_pb2.RoundingMode
    lines: _containers.RepeatedCompositeFieldContainer[OrderLine]
    quantities: _containers.RepeatedCompositeFieldContainer[OrderLineQuantities]
    charges: _containers.RepeatedCompositeFieldContainer[_document_pb2.Charge]
    tax_totals: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    total: str
    shipping_address: Address
    billing_address: Address
    external_customer_id: str
    amounts_problem: _common_pb2.Problem
    handover: OrderHandover
    erp_number: str
    shipments: _containers.RepeatedCompositeFieldContainer[_shipments_pb2.Shipment]
    invoices: _containers.RepeatedCompositeFieldContainer[_invoices_pb2.Invoice]
    payment_summary: _payments_pb2.PaymentSummary
    payments: _containers.RepeatedCompositeFieldContainer[_payments_pb2.Payment]
    hold: OrderHold
    cancellations: _containers.RepeatedCompositeFieldContainer[Cancellation]
    shop_version: int
    amendments: _containers.RepeatedCompositeFieldContainer[Amendment]
    replaces_return_id: str
    def __init__(self, order_id: _Optional[str] = ..., shop: _Optional[str] = ..., external_order_id: _Optional[str] = ..., revision: _Optional[int] = ..., place_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., order_date: _Optional[str] = ..., already_placed: bool = ..., allow_back_order: bool = ..., status: _Optional[_Union[OrderStatus, str]] = ..., currency_code: _Optional[str] = ..., price_mode: _Optional[_Union[_document_pb2.PriceMode, str]] = ..., rounding_mode: _Optional[_Union[_document_pb2.RoundingMode, str]] = ..., lines: _Optional[_Iterable[_Union[OrderLine, _Mapping]]] = ..., quantities: _Optional[_Iterable[_Union[OrderLineQuantities, _Mapping]]] = ..., charges: _Optional[_Iterable[_Union[_document_pb2.Charge, _Mapping]]] = ..., tax_totals: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ..., total: _Optional[str] = ..., shipping_address: _Optional[_Union[Address, _Mapping]] = ..., billing_address: _Optional[_Union[Address, _Mapping]] = ..., external_customer_id: _Optional[str] = ..., amounts_problem: _Optional[_Union[_common_pb2.Problem, _Mapping]] = ..., handover: _Optional[_Union[OrderHandover, str]] = ..., erp_number: _Optional[str] = ..., shipments: _Optional[_Iterable[_Union[_shipments_pb2.Shipment, _Mapping]]] = ..., invoices: _Optional[_Iterable[_Union[_invoices_pb2.Invoice, _Mapping]]] = ..., payment_summary: _Optional[_Union[_payments_pb2.PaymentSummary, _Mapping]] = ..., payments: _Optional[_Iterable[_Union[_payments_pb2.Payment, _Mapping]]] = ..., hold: _Optional[_Union[OrderHold, _Mapping]] = ..., cancellations: _Optional[_Iterable[_Union[Cancellation, _Mapping]]] = ..., shop_version: _Optional[int] = ..., amendments: _Optional[_Iterable[_Union[Amendment, _Mapping]]] = ..., replaces_return_id: _Optional[str] = ...) -> None: ...

class OrderState(_message.Message):
    __slots__ = ("currency_code", "lines", "charges", "tax_totals", "total", "shipping_address", "billing_address")
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTALS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SHIPPING_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    BILLING_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    currency_code: str
    lines: _containers.RepeatedCompositeFieldContainer[OrderLine]
    charges: _containers.RepeatedCompositeFieldContainer[_document_pb2.Charge]
    tax_totals: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    total: str
    shipping_address: Address
    billing_address: Address
    def __init__(self, currency_code: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[OrderLine, _Mapping]]] = ..., charges: _Optional[_Iterable[_Union[_document_pb2.Charge, _Mapping]]] = ..., tax_totals: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ..., total: _Optional[str] = ..., shipping_address: _Optional[_Union[Address, _Mapping]] = ..., billing_address: _Optional[_Union[Address, _Mapping]] = ...) -> None: ...

class Amendment(_message.Message):
    __slots__ = ("amendment_id", "system", "external_amendment_id", "order_id", "shop_version", "state", "status", "decided_by", "decision_reason", "request_time", "decision_time", "revision")
    AMENDMENT_ID_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_AMENDMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SHOP_VERSION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    DECISION_REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TIME_FIELD_NUMBER: _ClassVar[int]
    DECISION_TIME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    amendment_id: str
    system: str
    external_amendment_id: str
    order_id: str
    shop_version: int
    state: OrderState
    status: AmendmentStatus
    decided_by: str
    decision_reason: str
    request_time: _timestamp_pb2.Timestamp
    decision_time: _timestamp_pb2.Timestamp
    revision: int
    def __init__(self, amendment_id: _Optional[str] = ..., system: _Optional[str] = ..., external_amendment_id: _Optional[str] = ..., order_id: _Optional[str] = ..., shop_version: _Optional[int] = ..., state: _Optional[_Union[OrderState, _Mapping]] = ..., status: _Optional[_Union[AmendmentStatus, str]] = ..., decided_by: _Optional[str] = ..., decision_reason: _Optional[str] = ..., request_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., decision_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

class AmendOrderRequest(_message.Message):
    __slots__ = ("external_amendment_id", "order", "shop_version", "state")
    EXTERNAL_AMENDMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    SHOP_VERSION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    external_amendment_id: str
    order: _common_pb2.OrderReference
    shop_version: int
    state: OrderState
    def __init__(self, external_amendment_id: _Optional[str] = ..., order: _Optional[_Union[_common_pb2.OrderReference, _Mapping]] = ..., shop_version: _Optional[int] = ..., state: _Optional[_Union[OrderState, _Mapping]] = ...) -> None: ...

class AmendOrderResponse(_message.Message):
    __slots__ = ("amendment_id", "status", "revision")
    AMENDMENT_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    amendment_id: str
    status: AmendmentStatus
    revision: int
    def __init__(self, amendment_id: _Optional[str] = ..., status: _Optional[_Union[AmendmentStatus, str]] = ..., revision: _Optional[int] = ...) -> None: ...

class AnswerAmendmentRequest(_message.Message):
    __slots__ = ("request_id", "amendment", "decision", "state", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    AMENDMENT_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    amendment: _common_pb2.DocumentReference
    decision: AmendmentDecision
    state: OrderState
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., amendment: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ..., decision: _Optional[_Union[AmendmentDecision, str]] = ..., state: _Optional[_Union[OrderState, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class AnswerAmendmentResponse(_message.Message):
    __slots__ = ("status", "revision")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    status: AmendmentStatus
    revision: int
    def __init__(self, status: _Optional[_Union[AmendmentStatus, str]] = ..., revision: _Optional[int] = ...) -> None: ...

class OrderHold(_message.Message):
    __slots__ = ("system", "reason", "hold_time")
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    HOLD_TIME_FIELD_NUMBER: _ClassVar[int]
    system: str
    reason: str
    hold_time: _timestamp_pb2.Timestamp
    def __init__(self, system: _Optional[str] = ..., reason: _Optional[str] = ..., hold_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Cancellation(_message.Message):
    __slots__ = ("cancellation_id", "system", "external_cancellation_id", "order_id", "status", "reason", "lines", "decided_by", "decision_reason", "request_time", "decision_time", "revision")
    CANCELLATION_ID_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_CANCELLATION_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    DECISION_REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TIME_FIELD_NUMBER: _ClassVar[int]
    DECISION_TIME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    cancellation_id: str
    system: str
    external_cancellation_id: str
    order_id: str
    status: CancellationStatus
    reason: str
    lines: _containers.RepeatedCompositeFieldContainer[CancellationLine]
    decided_by: str
    decision_reason: str
    request_time: _timestamp_pb2.Timestamp
    decision_time: _timestamp_pb2.Timestamp
    revision: int
    def __init__(self, cancellation_id: _Optional[str] = ..., system: _Optional[str] = ..., external_cancellation_id: _Optional[str] = ..., order_id: _Optional[str] = ..., status: _Optional[_Union[CancellationStatus, str]] = ..., reason: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[CancellationLine, _Mapping]]] = ..., decided_by: _Optional[str] = ..., decision_reason: _Optional[str] = ..., request_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., decision_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

class CancellationLine(_message.Message):
    __slots__ = ("line_id", "requested", "cancelled")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    requested: str
    cancelled: str
    def __init__(self, line_id: _Optional[str] = ..., requested: _Optional[str] = ..., cancelled: _Optional[str] = ...) -> None: ...

class HoldOrderRequest(_message.Message):
    __slots__ = ("request_id", "order", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order: _common_pb2.OrderReference
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., order: _Optional[_Union[_common_pb2.OrderReference, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class HoldOrderResponse(_message.Message):
    __slots__ = ("revision",)
    REVISION_FIELD_NUMBER: _ClassVar[int]
    revision: int
    def __init__(self, revision: _Optional[int] = ...) -> None: ...

class ResumeOrderRequest(_message.Message):
    __slots__ = ("request_id", "order")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order: _common_pb2.OrderReference
    def __init__(self, request_id: _Optional[str] = ..., order: _Optional[_Union[_common_pb2.OrderReference, _Mapping]] = ...) -> None: ...

class ResumeOrderResponse(_message.Message):
    __slots__ = ("revision",)
    REVISION_FIELD_NUMBER: _ClassVar[int]
    revision: int
    def __init__(self, revision: _Optional[int] = ...) -> None: ...

class RequestCancellationRequest(_message.Message):
    __slots__ = ("external_cancellation_id", "order", "reason", "lines")
    EXTERNAL_CANCELLATION_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    external_cancellation_id: str
    order: _common_pb2.OrderReference
    reason: str
    lines: _containers.RepeatedCompositeFieldContainer[_shipments_pb2.OrderLineCancellation]
    def __init__(self, external_cancellation_id: _Optional[str] = ..., order: _Optional[_Union[_common_pb2.OrderReference, _Mapping]] = ..., reason: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[_shipments_pb2.OrderLineCancellation, _Mapping]]] = ...) -> None: ...

class RequestCancellationResponse(_message.Message):
    __slots__ = ("cancellation_id", "status", "lines", "revision")
    CANCELLATION_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    cancellation_id: str
    status: CancellationStatus
    lines: _containers.RepeatedCompositeFieldContainer[CancellationLine]
    revision: int
    def __init__(self, cancellation_id: _Optional[str] = ..., status: _Optional[_Union[CancellationStatus, str]] = ..., lines: _Optional[_Iterable[_Union[CancellationLine, _Mapping]]] = ..., revision: _Optional[int] = ...) -> None: ...

class AnswerCancellationRequest(_message.Message):
    __slots__ = ("request_id", "cancellation", "decision", "lines", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CANCELLATION_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    cancellation: _common_pb2.DocumentReference
    decision: CancellationDecision
    lines: _containers.RepeatedCompositeFieldContainer[_shipments_pb2.OrderLineCancellation]
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., cancellation: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ..., decision: _Optional[_Union[CancellationDecision, str]] = ..., lines: _Optional[_Iterable[_Union[_shipments_pb2.OrderLineCancellation, _Mapping]]] = ..., reason: _Optional[str] = ...) -> None: ...

class AnswerCancellationResponse(_message.Message):
    __slots__ = ("status", "lines", "revision")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    status: CancellationStatus
    lines: _containers.RepeatedCompositeFieldContainer[CancellationLine]
    revision: int
    def __init__(self, status: _Optional[_Union[CancellationStatus, str]] = ..., lines: _Optional[_Iterable[_Union[CancellationLine, _Mapping]]] = ..., revision: _Optional[int] = ...) -> None: ...

class SubmitOrderRequest(_message.Message):
    __slots__ = ("external_order_id", "order_date", "already_placed", "allow_back_order", "currency_code", "price_mode", "rounding_mode", "lines", "charges", "tax_totals", "total", "shipping_address", "billing_address", "external_customer_id", "external_reservation_id", "opening", "replaces_return")
    EXTERNAL_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_DATE_FIELD_NUMBER: _ClassVar[int]
    ALREADY_PLACED_FIELD_NUMBER: _ClassVar[int]
    ALLOW_BACK_ORDER_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    PRICE_MODE_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_MODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTALS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SHIPPING_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    BILLING_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_CUSTOMER_ID_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_RESERVATION_ID_FIELD_NUMBER: _ClassVar[int]
    OPENING_FIELD_NUMBER: _ClassVar[int]
    REPLACES_RETURN_FIELD_NUMBER: _ClassVar[int]
    external_order_id: str
    order_date: str
    already_placed: bool
    allow_back_order: bool
    currency_code: str
    price_mode: _document_pb2.PriceMode
    rounding_mode: _document_pb2.RoundingMode
    lines: _containers.RepeatedCompositeFieldContainer[OrderLine]
    charges: _containers.RepeatedCompositeFieldContainer[_document_pb2.Charge]
    tax_totals: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    total: str
    shipping_address: Address
    billing_address: Address
    external_customer_id: str
    external_reservation_id: str
    opening: OpeningState
    replaces_return: _common_pb2.DocumentReference
    def __init__(self, external_order_id: _Optional[str] = ..., order_date: _Optional[str] = ..., already_placed: bool = ..., allow_back_order: bool = ..., currency_code: _Optional[str] = ..., price_mode: _Optional[_Union[_document_pb2.PriceMode, str]] = ..., rounding_mode: _Optional[_Union[_document_pb2.RoundingMode, str]] = ..., lines: _Optional[_Iterable[_Union[OrderLine, _Mapping]]] = ..., charges: _Optional[_Iterable[_Union[_document_pb2.Charge, _Mapping]]] = ..., tax_totals: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ..., total: _Optional[str] = ..., shipping_address: _Optional[_Union[Address, _Mapping]] = ..., billing_address: _Optional[_Union[Address, _Mapping]] = ..., external_customer_id: _Optional[str] = ..., external_reservation_id: _Optional[str] = ..., opening: _Optional[_Union[OpeningState, _Mapping]] = ..., replaces_return: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ...) -> None: ...

class OpeningState(_message.Message):
    __slots__ = ("taken_over", "lines")
    TAKEN_OVER_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    taken_over: _common_pb2.ExternalReference
    lines: _containers.RepeatedCompositeFieldContainer[OpeningLine]
    def __init__(self, taken_over: _Optional[_Union[_common_pb2.ExternalReference, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[OpeningLine, _Mapping]]] = ...) -> None: ...

class OpeningLine(_message.Message):
    __slots__ = ("line_id", "shipped", "cancelled")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPPED_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    shipped: str
    cancelled: str
    def __init__(self, line_id: _Optional[str] = ..., shipped: _Optional[str] = ..., cancelled: _Optional[str] = ...) -> None: ...

class SubmitOrderResponse(_message.Message):
    __slots__ = ("order_id", "revision", "promises", "reservation_problem")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PROMISES_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_PROBLEM_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    revision: int
    promises: _containers.RepeatedCompositeFieldContainer[OrderLinePromise]
    reservation_problem: _common_pb2.Problem
    def __init__(self, order_id: _Optional[str] = ..., revision: _Optional[int] = ..., promises: _Optional[_Iterable[_Union[OrderLinePromise, _Mapping]]] = ..., reservation_problem: _Optional[_Union[_common_pb2.Problem, _Mapping]] = ...) -> None: ...

class OrderLinePromise(_message.Message):
    __slots__ = ("line_id", "reserved", "back_ordered", "location")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    RESERVED_FIELD_NUMBER: _ClassVar[int]
    BACK_ORDERED_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    reserved: str
    back_ordered: str
    location: str
    def __init__(self, line_id: _Optional[str] = ..., reserved: _Optional[str] = ..., back_ordered: _Optional[str] = ..., location: _Optional[str] = ...) -> None: ...

class GetOrderRequest(_message.Message):
    __slots__ = ("order", "at_least_revision")
    ORDER_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    order: _common_pb2.OrderReference
    at_least_revision: int
    def __init__(self, order: _Optional[_Union[_common_pb2.OrderReference, _Mapping]] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class GetOrderResponse(_message.Message):
    __slots__ = ("order",)
    ORDER_FIELD_NUMBER: _ClassVar[int]
    order: Order
    def __init__(self, order: _Optional[_Union[Order, _Mapping]] = ...) -> None: ...

class ListOrdersRequest(_message.Message):
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

class ListOrdersResponse(_message.Message):
    __slots__ = ("orders", "next_page_token")
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    orders: _containers.RepeatedCompositeFieldContainer[Order]
    next_page_token: str
    def __init__(self, orders: _Optional[_Iterable[_Union[Order, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class OrderFilter(_message.Message):
    __slots__ = ("shop",)
    SHOP_FIELD_NUMBER: _ClassVar[int]
    shop: str
    def __init__(self, shop: _Optional[str] = ...) -> None: ...

class WatchOrdersRequest(_message.Message):
    __slots__ = ("filter", "start")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    filter: OrderFilter
    start: _changes_pb2.WatchStart
    def __init__(self, filter: _Optional[_Union[OrderFilter, _Mapping]] = ..., start: _Optional[_Union[_changes_pb2.WatchStart, _Mapping]] = ...) -> None: ...

class WatchOrdersResponse(_message.Message):
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
    snapshot_chunk: OrderSnapshotChunk
    snapshot_end: _changes_pb2.SnapshotEnd
    changes: OrderChanges
    heartbeat: _changes_pb2.Heartbeat
    going_away: _changes_pb2.GoingAway
    def __init__(self, resume_token: _Optional[str] = ..., stream_sequence: _Optional[int] = ..., snapshot_begin: _Optional[_Union[_changes_pb2.SnapshotBegin, _Mapping]] = ..., snapshot_chunk: _Optional[_Union[OrderSnapshotChunk, _Mapping]] = ..., snapshot_end: _Optional[_Union[_changes_pb2.SnapshotEnd, _Mapping]] = ..., changes: _Optional[_Union[OrderChanges, _Mapping]] = ..., heartbeat: _Optional[_Union[_changes_pb2.Heartbeat, _Mapping]] = ..., going_away: _Optional[_Union[_changes_pb2.GoingAway, _Mapping]] = ...) -> None: ...

class OrderSnapshotChunk(_message.Message):
    __slots__ = ("orders",)
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    orders: _containers.RepeatedCompositeFieldContainer[Order]
    def __init__(self, orders: _Optional[_Iterable[_Union[Order, _Mapping]]] = ...) -> None: ...

class OrderChanges(_message.Message):
    __slots__ = ("previous_revision", "revision", "orders")
    PREVIOUS_REVISION_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    previous_revision: int
    revision: int
    orders: _containers.RepeatedCompositeFieldContainer[Order]
    def __init__(self, previous_revision: _Optional[int] = ..., revision: _Optional[int] = ..., orders: _Optional[_Iterable[_Union[Order, _Mapping]]] = ...) -> None: ...

class ReadOrderChangesRequest(_message.Message):
    __slots__ = ("filter", "resume_token", "on_expired", "page_size", "wait")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ON_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    filter: OrderFilter
    resume_token: str
    on_expired: _changes_pb2.OnExpired
    page_size: int
    wait: _duration_pb2.Duration
    def __init__(self, filter: _Optional[_Union[OrderFilter, _Mapping]] = ..., resume_token: _Optional[str] = ..., on_expired: _Optional[_Union[_changes_pb2.OnExpired, str]] = ..., page_size: _Optional[int] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class ReadOrderChangesResponse(_message.Message):
    __slots__ = ("orders", "resume_token", "revision", "snapshot", "more")
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    orders: _containers.RepeatedCompositeFieldContainer[Order]
    resume_token: str
    revision: int
    snapshot: bool
    more: bool
    def __init__(self, orders: _Optional[_Iterable[_Union[Order, _Mapping]]] = ..., resume_token: _Optional[str] = ..., revision: _Optional[int] = ..., snapshot: bool = ..., more: bool = ...) -> None: ...
