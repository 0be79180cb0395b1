"""The Python client of erpsync.

    import erpsync
    from erpsync import v1

    with erpsync.connect("http://127.0.0.1:7443", "esk_…") as erp:
        print(erp.server_info.get_server_info().version)

Every service of the API is an attribute of the client, every call a method of it, with the messages of
`erpsync.v1`. What is safe is retried; a write gets its identity; lists are iterators over their items; a
watch resumes by itself; what is refused raises `Refused`. `erpsync.aio` is the same to be awaited.
"""

from erpsync._calls import Pages, Watch
from erpsync._version import VERSION as __version__
from erpsync.client import Client, connect
from erpsync.decimals import from_wire, to_wire
from erpsync.refusal import FieldViolation, Refused

__all__ = [
    "Client",
    "FieldViolation",
    "Pages",
    "Refused",
    "Watch",
    "__version__",
    "connect",
    "from_wire",
    "to_wire",
]
