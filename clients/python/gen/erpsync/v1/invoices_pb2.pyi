import datetime

from erpsync.v1 import common_pb2 as _common_pb2
from erpsync.v1 import document_pb2 as _document_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class InvoiceKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INVOICE_KIND_UNSPECIFIED: _ClassVar[InvoiceKind]
    INVOICE_KIND_STANDARD: _ClassVar[InvoiceKind]
    INVOICE_KIND_PREPAYMENT: _ClassVar[InvoiceKind]
INVOICE_KIND_UNSPECIFIED: InvoiceKind
INVOICE_KIND_STANDARD: InvoiceKind
INVOICE_KIND_PREPAYMENT: InvoiceKind

class InvoiceLine(_message.Message):
    __slots__ = ("invoice_line_id", "order_line_id", "quantity", "unit_price", "discount", "amount", "taxes")
    INVOICE_LINE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_LINE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_PRICE_FIELD_NUMBER: _ClassVar[int]
    DISCOUNT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TAXES_FIELD_NUMBER: _ClassVar[int]
    invoice_line_id: str
    order_line_id: str
    quantity: str
    unit_price: str
    discount: str
    amount: str
    taxes: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    def __init__(self, invoice_line_id: _Optional[str] = ..., order_line_id: _Optional[str] = ..., quantity: _Optional[str] = ..., unit_price: _Optional[str] = ..., discount: _Optional[str] = ..., amount: _Optional[str] = ..., taxes: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ...) -> None: ...

class InvoiceCredits(_message.Message):
    __slots__ = ("lines", "charge_ids", "tax_totals", "total")
    LINES_FIELD_NUMBER: _ClassVar[int]
    CHARGE_IDS_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTALS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[LineCredit]
    charge_ids: _containers.RepeatedScalarFieldContainer[str]
    tax_totals: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    total: str
    def __init__(self, lines: _Optional[_Iterable[_Union[LineCredit, _Mapping]]] = ..., charge_ids: _Optional[_Iterable[str]] = ..., tax_totals: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ..., total: _Optional[str] = ...) -> None: ...

class LineCredit(_message.Message):
    __slots__ = ("quantity", "amount")
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    quantity: str
    amount: str
    def __init__(self, quantity: _Optional[str] = ..., amount: _Optional[str] = ...) -> None: ...

class Prepayment(_message.Message):
    __slots__ = ("deducted", "deductible")
    DEDUCTED_FIELD_NUMBER: _ClassVar[int]
    DEDUCTIBLE_FIELD_NUMBER: _ClassVar[int]
    deducted: PrepaymentAmounts
    deductible: PrepaymentAmounts
    def __init__(self, deducted: _Optional[_Union[PrepaymentAmounts, _Mapping]] = ..., deductible: _Optional[_Union[PrepaymentAmounts, _Mapping]] = ...) -> None: ...

class PrepaymentAmounts(_message.Message):
    __slots__ = ("amount", "tax_totals", "total")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTALS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    amount: str
    tax_totals: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    total: str
    def __init__(self, amount: _Optional[str] = ..., tax_totals: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ..., total: _Optional[str] = ...) -> None: ...

class Invoice(_message.Message):
    __slots__ = ("invoice_id", "system", "external_invoice_id", "order_id", "invoice_date", "currency_code", "price_mode", "rounding_mode", "lines", "charges", "tax_totals", "total", "credits", "record_time", "revision", "kind", "prepayment")
    INVOICE_ID_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_INVOICE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    INVOICE_DATE_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    PRICE_MODE_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_MODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTALS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    CREDITS_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PREPAYMENT_FIELD_NUMBER: _ClassVar[int]
    invoice_id: str
    system: str
    external_invoice_id: str
    order_id: str
    invoice_date: str
    currency_code: str
    price_mode: _document_pb2.PriceMode
    rounding_mode: _document_pb2.RoundingMode
    lines: _containers.RepeatedCompositeFieldContainer[InvoiceLine]
    charges: _containers.RepeatedCompositeFieldContainer[_document_pb2.Charge]
    tax_totals: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    total: str
    credits: InvoiceCredits
    record_time: _timestamp_pb2.Timestamp
    revision: int
    kind: InvoiceKind
    prepayment: Prepayment
    def __init__(self, invoice_id: _Optional[str] = ..., system: _Optional[str] = ..., external_invoice_id: _Optional[str] = ..., order_id: _Optional[str] = ..., invoice_date: _Optional[str] = ..., currency_code: _Optional[str] = ..., price_mode: _Optional[_Union[_document_pb2.PriceMode, str]] = ..., rounding_mode: _Optional[_Union[_document_pb2.RoundingMode, str]] = ..., lines: _Optional[_Iterable[_Union[InvoiceLine, _Mapping]]] = ..., charges: _Optional[_Iterable[_Union[_document_pb2.Charge, _Mapping]]] = ..., tax_totals: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ..., total: _Optional[str] = ..., credits: _Optional[_Union[InvoiceCredits, _Mapping]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ..., kind: _Optional[_Union[InvoiceKind, str]] = ..., prepayment: _Optional[_Union[Prepayment, _Mapping]] = ...) -> None: ...

class RecordInvoiceRequest(_message.Message):
    __slots__ = ("external_invoice_id", "order", "invoice_date", "currency_code", "price_mode", "rounding_mode", "lines", "charges", "tax_totals", "total", "kind")
    EXTERNAL_INVOICE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    INVOICE_DATE_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    PRICE_MODE_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_MODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTALS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    external_invoice_id: str
    order: _common_pb2.OrderReference
    invoice_date: str
    currency_code: str
    price_mode: _document_pb2.PriceMode
    rounding_mode: _document_pb2.RoundingMode
    lines: _containers.RepeatedCompositeFieldContainer[InvoiceLine]
    charges: _containers.RepeatedCompositeFieldContainer[_document_pb2.Charge]
    tax_totals: _containers.RepeatedCompositeFieldContainer[_document_pb2.Tax]
    total: str
    kind: InvoiceKind
    def __init__(self, external_invoice_id: _Optional[str] = ..., order: _Optional[_Union[_common_pb2.OrderReference, _Mapping]] = ..., invoice_date: _Optional[str] = ..., currency_code: _Optional[str] = ..., price_mode: _Optional[_Union[_document_pb2.PriceMode, str]] = ..., rounding_mode: _Optional[_Union[_document_pb2.RoundingMode, str]] = ..., lines: _Optional[_Iterable[_Union[InvoiceLine, _Mapping]]] = ..., charges: _Optional[_Iterable[_Union[_document_pb2.Charge, _Mapping]]] = ..., tax_totals: _Optional[_Iterable[_Union[_document_pb2.Tax, _Mapping]]] = ..., total: _Optional[str] = ..., kind: _Optional[_Union[InvoiceKind, str]] = ...) -> None: ...

class RecordInvoiceResponse(_message.Message):
    __slots__ = ("invoice_id", "result", "revision")
    INVOICE_ID_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    invoice_id: str
    result: _common_pb2.FactResult
    revision: int
    def __init__(self, invoice_id: _Optional[str] = ..., result: _Optional[_Union[_common_pb2.FactResult, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

class GetInvoiceRequest(_message.Message):
    __slots__ = ("invoice", "at_least_revision")
    INVOICE_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    invoice: _common_pb2.DocumentReference
    at_least_revision: int
    def __init__(self, invoice: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class GetInvoiceResponse(_message.Message):
    __slots__ = ("invoice",)
    INVOICE_FIELD_NUMBER: _ClassVar[int]
    invoice: Invoice
    def __init__(self, invoice: _Optional[_Union[Invoice, _Mapping]] = ...) -> None: ...

class ListInvoicesRequest(_message.Message):
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

class ListInvoicesResponse(_message.Message):
    __slots__ = ("invoices", "next_page_token")
    INVOICES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    invoices: _containers.RepeatedCompositeFieldContainer[Invoice]
    next_page_token: str
    def __init__(self, invoices: _Optional[_Iterable[_Union[Invoice, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
