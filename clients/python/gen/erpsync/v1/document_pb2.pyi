from erpsync.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PriceMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRICE_MODE_UNSPECIFIED: _ClassVar[PriceMode]
    PRICE_MODE_NET: _ClassVar[PriceMode]
    PRICE_MODE_GROSS: _ClassVar[PriceMode]

class RoundingMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROUNDING_MODE_UNSPECIFIED: _ClassVar[RoundingMode]
    ROUNDING_MODE_LINE: _ClassVar[RoundingMode]
    ROUNDING_MODE_DOCUMENT: _ClassVar[RoundingMode]

class ChargeKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHARGE_KIND_UNSPECIFIED: _ClassVar[ChargeKind]
    CHARGE_KIND_SHIPPING: _ClassVar[ChargeKind]
    CHARGE_KIND_FEE: _ClassVar[ChargeKind]
    CHARGE_KIND_DISCOUNT: _ClassVar[ChargeKind]
    CHARGE_KIND_CASH_ROUNDING: _ClassVar[ChargeKind]
    CHARGE_KIND_PREPAYMENT: _ClassVar[ChargeKind]
    CHARGE_KIND_PREPAYMENT_DEDUCTION: _ClassVar[ChargeKind]
PRICE_MODE_UNSPECIFIED: PriceMode
PRICE_MODE_NET: PriceMode
PRICE_MODE_GROSS: PriceMode
ROUNDING_MODE_UNSPECIFIED: RoundingMode
ROUNDING_MODE_LINE: RoundingMode
ROUNDING_MODE_DOCUMENT: RoundingMode
CHARGE_KIND_UNSPECIFIED: ChargeKind
CHARGE_KIND_SHIPPING: ChargeKind
CHARGE_KIND_FEE: ChargeKind
CHARGE_KIND_DISCOUNT: ChargeKind
CHARGE_KIND_CASH_ROUNDING: ChargeKind
CHARGE_KIND_PREPAYMENT: ChargeKind
CHARGE_KIND_PREPAYMENT_DEDUCTION: ChargeKind

class Tax(_message.Message):
    __slots__ = ("category", "rate", "base", "amount")
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    BASE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    category: str
    rate: str
    base: str
    amount: str
    def __init__(self, category: _Optional[str] = ..., rate: _Optional[str] = ..., base: _Optional[str] = ..., amount: _Optional[str] = ...) -> None: ...

class Charge(_message.Message):
    __slots__ = ("charge_id", "kind", "amount", "taxes", "description", "prepayment_invoice")
    CHARGE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TAXES_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    PREPAYMENT_INVOICE_FIELD_NUMBER: _ClassVar[int]
    charge_id: str
    kind: ChargeKind
    amount: str
    taxes: _containers.RepeatedCompositeFieldContainer[Tax]
    description: str
    prepayment_invoice: _common_pb2.DocumentReference
    def __init__(self, charge_id: _Optional[str] = ..., kind: _Optional[_Union[ChargeKind, str]] = ..., amount: _Optional[str] = ..., taxes: _Optional[_Iterable[_Union[Tax, _Mapping]]] = ..., description: _Optional[str] = ..., prepayment_invoice: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ...) -> None: ...
