import datetime

from erpsync.v1 import common_pb2 as _common_pb2
from erpsync.v1 import returns_pb2 as _returns_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ShipmentCancellationKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SHIPMENT_CANCELLATION_KIND_UNSPECIFIED: _ClassVar[ShipmentCancellationKind]
    SHIPMENT_CANCELLATION_KIND_NEVER_LEFT: _ClassVar[ShipmentCancellationKind]
    SHIPMENT_CANCELLATION_KIND_CARRIER_RETURN: _ClassVar[ShipmentCancellationKind]
SHIPMENT_CANCELLATION_KIND_UNSPECIFIED: ShipmentCancellationKind
SHIPMENT_CANCELLATION_KIND_NEVER_LEFT: ShipmentCancellationKind
SHIPMENT_CANCELLATION_KIND_CARRIER_RETURN: ShipmentCancellationKind

class ShipmentLine(_message.Message):
    __slots__ = ("line_id", "sku", "location", "quantity", "ledger_number", "completes_line")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    LEDGER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    COMPLETES_LINE_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    sku: str
    location: str
    quantity: str
    ledger_number: int
    completes_line: bool
    def __init__(self, line_id: _Optional[str] = ..., sku: _Optional[str] = ..., location: _Optional[str] = ..., quantity: _Optional[str] = ..., ledger_number: _Optional[int] = ..., completes_line: bool = ...) -> None: ...

class Shipment(_message.Message):
    __slots__ = ("shipment_id", "system", "external_shipment_id", "order_id", "ship_date", "carrier", "tracking_numbers", "lines", "record_time", "revision", "cancellation", "completes_order")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SHIP_DATE_FIELD_NUMBER: _ClassVar[int]
    CARRIER_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBERS_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CANCELLATION_FIELD_NUMBER: _ClassVar[int]
    COMPLETES_ORDER_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    system: str
    external_shipment_id: str
    order_id: str
    ship_date: str
    carrier: str
    tracking_numbers: _containers.RepeatedScalarFieldContainer[str]
    lines: _containers.RepeatedCompositeFieldContainer[ShipmentLine]
    record_time: _timestamp_pb2.Timestamp
    revision: int
    cancellation: ShipmentCancellation
    completes_order: bool
    def __init__(self, shipment_id: _Optional[str] = ..., system: _Optional[str] = ..., external_shipment_id: _Optional[str] = ..., order_id: _Optional[str] = ..., ship_date: _Optional[str] = ..., carrier: _Optional[str] = ..., tracking_numbers: _Optional[_Iterable[str]] = ..., lines: _Optional[_Iterable[_Union[ShipmentLine, _Mapping]]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revision: _Optional[int] = ..., cancellation: _Optional[_Union[ShipmentCancellation, _Mapping]] = ..., completes_order: bool = ...) -> None: ...

class ShipmentCancellation(_message.Message):
    __slots__ = ("system", "external_cancellation_id", "kind", "disposition", "record_time")
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_CANCELLATION_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DISPOSITION_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    system: str
    external_cancellation_id: str
    kind: ShipmentCancellationKind
    disposition: _returns_pb2.Disposition
    record_time: _timestamp_pb2.Timestamp
    def __init__(self, system: _Optional[str] = ..., external_cancellation_id: _Optional[str] = ..., kind: _Optional[_Union[ShipmentCancellationKind, str]] = ..., disposition: _Optional[_Union[_returns_pb2.Disposition, str]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CancelShipmentRequest(_message.Message):
    __slots__ = ("external_cancellation_id", "shipment", "kind", "disposition", "ledger_number")
    EXTERNAL_CANCELLATION_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DISPOSITION_FIELD_NUMBER: _ClassVar[int]
    LEDGER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    external_cancellation_id: str
    shipment: _common_pb2.DocumentReference
    kind: ShipmentCancellationKind
    disposition: _returns_pb2.Disposition
    ledger_number: int
    def __init__(self, external_cancellation_id: _Optional[str] = ..., shipment: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ..., kind: _Optional[_Union[ShipmentCancellationKind, str]] = ..., disposition: _Optional[_Union[_returns_pb2.Disposition, str]] = ..., ledger_number: _Optional[int] = ...) -> None: ...

class CancelShipmentResponse(_message.Message):
    __slots__ = ("result", "revision")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    result: _common_pb2.FactResult
    revision: int
    def __init__(self, result: _Optional[_Union[_common_pb2.FactResult, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

class CreateShipmentRequest(_message.Message):
    __slots__ = ("external_shipment_id", "order", "ship_date", "carrier", "tracking_numbers", "lines", "completes_order")
    EXTERNAL_SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    SHIP_DATE_FIELD_NUMBER: _ClassVar[int]
    CARRIER_FIELD_NUMBER: _ClassVar[int]
    TRACKING_NUMBERS_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    COMPLETES_ORDER_FIELD_NUMBER: _ClassVar[int]
    external_shipment_id: str
    order: _common_pb2.OrderReference
    ship_date: str
    carrier: str
    tracking_numbers: _containers.RepeatedScalarFieldContainer[str]
    lines: _containers.RepeatedCompositeFieldContainer[ShipmentLine]
    completes_order: bool
    def __init__(self, external_shipment_id: _Optional[str] = ..., order: _Optional[_Union[_common_pb2.OrderReference, _Mapping]] = ..., ship_date: _Optional[str] = ..., carrier: _Optional[str] = ..., tracking_numbers: _Optional[_Iterable[str]] = ..., lines: _Optional[_Iterable[_Union[ShipmentLine, _Mapping]]] = ..., completes_order: bool = ...) -> None: ...

class CreateShipmentResponse(_message.Message):
    __slots__ = ("shipment_id", "result", "revision")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    result: _common_pb2.FactResult
    revision: int
    def __init__(self, shipment_id: _Optional[str] = ..., result: _Optional[_Union[_common_pb2.FactResult, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

class OrderLineCancellation(_message.Message):
    __slots__ = ("line_id", "quantity")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    quantity: str
    def __init__(self, line_id: _Optional[str] = ..., quantity: _Optional[str] = ...) -> None: ...

class CancelOrderLinesRequest(_message.Message):
    __slots__ = ("request_id", "order", "lines")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    order: _common_pb2.OrderReference
    lines: _containers.RepeatedCompositeFieldContainer[OrderLineCancellation]
    def __init__(self, request_id: _Optional[str] = ..., order: _Optional[_Union[_common_pb2.OrderReference, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[OrderLineCancellation, _Mapping]]] = ...) -> None: ...

class CancelOrderLinesResponse(_message.Message):
    __slots__ = ("lines", "revision")
    LINES_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[OrderLineCancellation]
    revision: int
    def __init__(self, lines: _Optional[_Iterable[_Union[OrderLineCancellation, _Mapping]]] = ..., revision: _Optional[int] = ...) -> None: ...

class GetShipmentRequest(_message.Message):
    __slots__ = ("shipment", "at_least_revision")
    SHIPMENT_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    shipment: _common_pb2.DocumentReference
    at_least_revision: int
    def __init__(self, shipment: _Optional[_Union[_common_pb2.DocumentReference, _Mapping]] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class GetShipmentResponse(_message.Message):
    __slots__ = ("shipment",)
    SHIPMENT_FIELD_NUMBER: _ClassVar[int]
    shipment: Shipment
    def __init__(self, shipment: _Optional[_Union[Shipment, _Mapping]] = ...) -> None: ...

class ListShipmentsRequest(_message.Message):
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

class ListShipmentsResponse(_message.Message):
    __slots__ = ("shipments", "next_page_token")
    SHIPMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    shipments: _containers.RepeatedCompositeFieldContainer[Shipment]
    next_page_token: str
    def __init__(self, shipments: _Optional[_Iterable[_Union[Shipment, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
