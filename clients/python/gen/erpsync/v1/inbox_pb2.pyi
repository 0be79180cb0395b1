import datetime

from erpsync.v1 import changes_pb2 as _changes_pb2
from erpsync.v1 import common_pb2 as _common_pb2
from erpsync.v1 import orders_pb2 as _orders_pb2
from erpsync.v1 import payments_pb2 as _payments_pb2
from erpsync.v1 import returns_pb2 as _returns_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TaskKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TASK_KIND_UNSPECIFIED: _ClassVar[TaskKind]
    TASK_KIND_ORDER: _ClassVar[TaskKind]
    TASK_KIND_RETURN: _ClassVar[TaskKind]
    TASK_KIND_PAYMENT: _ClassVar[TaskKind]
    TASK_KIND_CANCELLATION: _ClassVar[TaskKind]
    TASK_KIND_AMENDMENT: _ClassVar[TaskKind]

class TaskState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TASK_STATE_UNSPECIFIED: _ClassVar[TaskState]
    TASK_STATE_WAITING: _ClassVar[TaskState]
    TASK_STATE_LEASED: _ClassVar[TaskState]
    TASK_STATE_PARKED: _ClassVar[TaskState]
    TASK_STATE_DONE: _ClassVar[TaskState]
    TASK_STATE_BEHIND: _ClassVar[TaskState]
    TASK_STATE_WITHDRAWN: _ClassVar[TaskState]
TASK_KIND_UNSPECIFIED: TaskKind
TASK_KIND_ORDER: TaskKind
TASK_KIND_RETURN: TaskKind
TASK_KIND_PAYMENT: TaskKind
TASK_KIND_CANCELLATION: TaskKind
TASK_KIND_AMENDMENT: TaskKind
TASK_STATE_UNSPECIFIED: TaskState
TASK_STATE_WAITING: TaskState
TASK_STATE_LEASED: TaskState
TASK_STATE_PARKED: TaskState
TASK_STATE_DONE: TaskState
TASK_STATE_BEHIND: TaskState
TASK_STATE_WITHDRAWN: TaskState

class Task(_message.Message):
    __slots__ = ("task_id", "kind", "order_id", "state", "attempts", "offer_time", "available_time", "holder", "lease_end_time", "external_number", "problem", "revision", "system", "external_id")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    OFFER_TIME_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_TIME_FIELD_NUMBER: _ClassVar[int]
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    LEASE_END_TIME_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_NUMBER_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_ID_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    kind: TaskKind
    order_id: str
    state: TaskState
    attempts: int
    offer_time: _timestamp_pb2.Timestamp
    available_time: _timestamp_pb2.Timestamp
    holder: str
    lease_end_time: _timestamp_pb2.Timestamp
    external_number: str
    problem: _common_pb2.Problem
    revision: int
    system: str
    external_id: str
    def __init__(self, task_id: _Optional[str] = ..., kind: _Optional[_Union[TaskKind, str]] = ..., order_id: _Optional[str] = ..., state: _Optional[_Union[TaskState, str]] = ..., attempts: _Optional[int] = ..., offer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., available_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., holder: _Optional[str] = ..., lease_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., external_number: _Optional[str] = ..., problem: _Optional[_Union[_common_pb2.Problem, _Mapping]] = ..., revision: _Optional[int] = ..., system: _Optional[str] = ..., external_id: _Optional[str] = ...) -> None: ...

class LeasedTask(_message.Message):
    __slots__ = ("task", "lease", "order", "payment", "cancellation", "amendment")
    TASK_FIELD_NUMBER: _ClassVar[int]
    LEASE_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    RETURN_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    CANCELLATION_FIELD_NUMBER: _ClassVar[int]
    AMENDMENT_FIELD_NUMBER: _ClassVar[int]
    task: Task
    lease: str
    order: _orders_pb2.Order
    payment: _payments_pb2.Payment
    cancellation: _orders_pb2.Cancellation
    amendment: _orders_pb2.Amendment
    def __init__(self, task: _Optional[_Union[Task, _Mapping]] = ..., lease: _Optional[str] = ..., order: _Optional[_Union[_orders_pb2.Order, _Mapping]] = ..., payment: _Optional[_Union[_payments_pb2.Payment, _Mapping]] = ..., cancellation: _Optional[_Union[_orders_pb2.Cancellation, _Mapping]] = ..., amendment: _Optional[_Union[_orders_pb2.Amendment, _Mapping]] = ..., **kwargs) -> None: ...

class LeaseTasksRequest(_message.Message):
    __slots__ = ("max_tasks", "lease_time", "wait")
    MAX_TASKS_FIELD_NUMBER: _ClassVar[int]
    LEASE_TIME_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    max_tasks: int
    lease_time: _duration_pb2.Duration
    wait: _duration_pb2.Duration
    def __init__(self, max_tasks: _Optional[int] = ..., lease_time: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class LeaseTasksResponse(_message.Message):
    __slots__ = ("tasks", "revision")
    TASKS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[LeasedTask]
    revision: int
    def __init__(self, tasks: _Optional[_Iterable[_Union[LeasedTask, _Mapping]]] = ..., revision: _Optional[int] = ...) -> None: ...

class TaskAcknowledgement(_message.Message):
    __slots__ = ("lease", "external_number")
    LEASE_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_NUMBER_FIELD_NUMBER: _ClassVar[int]
    lease: str
    external_number: str
    def __init__(self, lease: _Optional[str] = ..., external_number: _Optional[str] = ...) -> None: ...

class AcknowledgeTasksRequest(_message.Message):
    __slots__ = ("tasks",)
    TASKS_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[TaskAcknowledgement]
    def __init__(self, tasks: _Optional[_Iterable[_Union[TaskAcknowledgement, _Mapping]]] = ...) -> None: ...

class TaskResult(_message.Message):
    __slots__ = ("index", "outcome", "problem")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    index: int
    outcome: _common_pb2.Outcome
    problem: _common_pb2.Problem
    def __init__(self, index: _Optional[int] = ..., outcome: _Optional[_Union[_common_pb2.Outcome, str]] = ..., problem: _Optional[_Union[_common_pb2.Problem, _Mapping]] = ...) -> None: ...

class AcknowledgeTasksResponse(_message.Message):
    __slots__ = ("results", "revision")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[TaskResult]
    revision: int
    def __init__(self, results: _Optional[_Iterable[_Union[TaskResult, _Mapping]]] = ..., revision: _Optional[int] = ...) -> None: ...

class TaskDeferral(_message.Message):
    __slots__ = ("lease", "message")
    LEASE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    lease: str
    message: str
    def __init__(self, lease: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class DeferTasksRequest(_message.Message):
    __slots__ = ("tasks",)
    TASKS_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[TaskDeferral]
    def __init__(self, tasks: _Optional[_Iterable[_Union[TaskDeferral, _Mapping]]] = ...) -> None: ...

class DeferTasksResponse(_message.Message):
    __slots__ = ("results", "revision")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[TaskResult]
    revision: int
    def __init__(self, results: _Optional[_Iterable[_Union[TaskResult, _Mapping]]] = ..., revision: _Optional[int] = ...) -> None: ...

class TaskRefusal(_message.Message):
    __slots__ = ("lease", "code", "message")
    LEASE_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    lease: str
    code: str
    message: str
    def __init__(self, lease: _Optional[str] = ..., code: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class RefuseTasksRequest(_message.Message):
    __slots__ = ("tasks",)
    TASKS_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[TaskRefusal]
    def __init__(self, tasks: _Optional[_Iterable[_Union[TaskRefusal, _Mapping]]] = ...) -> None: ...

class RefuseTasksResponse(_message.Message):
    __slots__ = ("results", "revision")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[TaskResult]
    revision: int
    def __init__(self, results: _Optional[_Iterable[_Union[TaskResult, _Mapping]]] = ..., revision: _Optional[int] = ...) -> None: ...

class ExtendLeasesRequest(_message.Message):
    __slots__ = ("leases", "lease_time")
    LEASES_FIELD_NUMBER: _ClassVar[int]
    LEASE_TIME_FIELD_NUMBER: _ClassVar[int]
    leases: _containers.RepeatedScalarFieldContainer[str]
    lease_time: _duration_pb2.Duration
    def __init__(self, leases: _Optional[_Iterable[str]] = ..., lease_time: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class ExtendLeasesResponse(_message.Message):
    __slots__ = ("results", "revision")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[TaskResult]
    revision: int
    def __init__(self, results: _Optional[_Iterable[_Union[TaskResult, _Mapping]]] = ..., revision: _Optional[int] = ...) -> None: ...

class StreamTasksRequest(_message.Message):
    __slots__ = ("number", "open", "acknowledge", "defer", "refuse", "extend")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGE_FIELD_NUMBER: _ClassVar[int]
    DEFER_FIELD_NUMBER: _ClassVar[int]
    REFUSE_FIELD_NUMBER: _ClassVar[int]
    EXTEND_FIELD_NUMBER: _ClassVar[int]
    number: int
    open: OpenTaskStream
    acknowledge: AcknowledgeTasksRequest
    defer: DeferTasksRequest
    refuse: RefuseTasksRequest
    extend: ExtendLeasesRequest
    def __init__(self, number: _Optional[int] = ..., open: _Optional[_Union[OpenTaskStream, _Mapping]] = ..., acknowledge: _Optional[_Union[AcknowledgeTasksRequest, _Mapping]] = ..., defer: _Optional[_Union[DeferTasksRequest, _Mapping]] = ..., refuse: _Optional[_Union[RefuseTasksRequest, _Mapping]] = ..., extend: _Optional[_Union[ExtendLeasesRequest, _Mapping]] = ...) -> None: ...

class OpenTaskStream(_message.Message):
    __slots__ = ("max_leased", "lease_time", "heartbeat_interval")
    MAX_LEASED_FIELD_NUMBER: _ClassVar[int]
    LEASE_TIME_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    max_leased: int
    lease_time: _duration_pb2.Duration
    heartbeat_interval: _duration_pb2.Duration
    def __init__(self, max_leased: _Optional[int] = ..., lease_time: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., heartbeat_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class StreamTasksResponse(_message.Message):
    __slots__ = ("opened", "tasks", "results", "heartbeat", "going_away")
    OPENED_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_FIELD_NUMBER: _ClassVar[int]
    GOING_AWAY_FIELD_NUMBER: _ClassVar[int]
    opened: TaskStreamOpened
    tasks: LeaseTasksResponse
    results: TaskStreamResults
    heartbeat: TaskStreamHeartbeat
    going_away: _changes_pb2.GoingAway
    def __init__(self, opened: _Optional[_Union[TaskStreamOpened, _Mapping]] = ..., tasks: _Optional[_Union[LeaseTasksResponse, _Mapping]] = ..., results: _Optional[_Union[TaskStreamResults, _Mapping]] = ..., heartbeat: _Optional[_Union[TaskStreamHeartbeat, _Mapping]] = ..., going_away: _Optional[_Union[_changes_pb2.GoingAway, _Mapping]] = ...) -> None: ...

class TaskStreamOpened(_message.Message):
    __slots__ = ("max_leased", "lease_time")
    MAX_LEASED_FIELD_NUMBER: _ClassVar[int]
    LEASE_TIME_FIELD_NUMBER: _ClassVar[int]
    max_leased: int
    lease_time: _duration_pb2.Duration
    def __init__(self, max_leased: _Optional[int] = ..., lease_time: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class TaskStreamResults(_message.Message):
    __slots__ = ("number", "results", "revision", "problem")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    number: int
    results: _containers.RepeatedCompositeFieldContainer[TaskResult]
    revision: int
    problem: _common_pb2.Problem
    def __init__(self, number: _Optional[int] = ..., results: _Optional[_Iterable[_Union[TaskResult, _Mapping]]] = ..., revision: _Optional[int] = ..., problem: _Optional[_Union[_common_pb2.Problem, _Mapping]] = ...) -> None: ...

class TaskStreamHeartbeat(_message.Message):
    __slots__ = ("server_time", "leased")
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    LEASED_FIELD_NUMBER: _ClassVar[int]
    server_time: _timestamp_pb2.Timestamp
    leased: int
    def __init__(self, server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., leased: _Optional[int] = ...) -> None: ...
