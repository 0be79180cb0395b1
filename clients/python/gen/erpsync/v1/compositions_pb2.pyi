from erpsync.v1 import stock_pb2 as _stock_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Composition(_message.Message):
    __slots__ = ("sku", "parts", "source_epoch", "source_version", "revision")
    SKU_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_EPOCH_FIELD_NUMBER: _ClassVar[int]
    SOURCE_VERSION_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    sku: str
    parts: _containers.RepeatedCompositeFieldContainer[CompositionPart]
    source_epoch: int
    source_version: int
    revision: int
    def __init__(self, sku: _Optional[str] = ..., parts: _Optional[_Iterable[_Union[CompositionPart, _Mapping]]] = ..., source_epoch: _Optional[int] = ..., source_version: _Optional[int] = ..., revision: _Optional[int] = ...) -> None: ...

class CompositionPart(_message.Message):
    __slots__ = ("sku", "quantity")
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    sku: str
    quantity: str
    def __init__(self, sku: _Optional[str] = ..., quantity: _Optional[str] = ...) -> None: ...

class SetCompositionsRequest(_message.Message):
    __slots__ = ("request_id", "compositions")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    COMPOSITIONS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    compositions: _containers.RepeatedCompositeFieldContainer[CompositionStatement]
    def __init__(self, request_id: _Optional[str] = ..., compositions: _Optional[_Iterable[_Union[CompositionStatement, _Mapping]]] = ...) -> None: ...

class CompositionStatement(_message.Message):
    __slots__ = ("sku", "parts", "source_epoch", "source_version")
    SKU_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_EPOCH_FIELD_NUMBER: _ClassVar[int]
    SOURCE_VERSION_FIELD_NUMBER: _ClassVar[int]
    sku: str
    parts: _containers.RepeatedCompositeFieldContainer[CompositionPart]
    source_epoch: int
    source_version: int
    def __init__(self, sku: _Optional[str] = ..., parts: _Optional[_Iterable[_Union[CompositionPart, _Mapping]]] = ..., source_epoch: _Optional[int] = ..., source_version: _Optional[int] = ...) -> None: ...

class SetCompositionsResponse(_message.Message):
    __slots__ = ("revision", "results")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    revision: int
    results: _containers.RepeatedCompositeFieldContainer[_stock_pb2.StockResult]
    def __init__(self, revision: _Optional[int] = ..., results: _Optional[_Iterable[_Union[_stock_pb2.StockResult, _Mapping]]] = ...) -> None: ...

class GetCompositionRequest(_message.Message):
    __slots__ = ("sku", "at_least_revision")
    SKU_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    sku: str
    at_least_revision: int
    def __init__(self, sku: _Optional[str] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class GetCompositionResponse(_message.Message):
    __slots__ = ("composition",)
    COMPOSITION_FIELD_NUMBER: _ClassVar[int]
    composition: Composition
    def __init__(self, composition: _Optional[_Union[Composition, _Mapping]] = ...) -> None: ...

class ListCompositionsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "at_least_revision")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_REVISION_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    at_least_revision: int
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., at_least_revision: _Optional[int] = ...) -> None: ...

class ListCompositionsResponse(_message.Message):
    __slots__ = ("compositions", "next_page_token")
    COMPOSITIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    compositions: _containers.RepeatedCompositeFieldContainer[Composition]
    next_page_token: str
    def __init__(self, compositions: _Optional[_Iterable[_Union[Composition, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
