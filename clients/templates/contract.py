"""The contract as templates see it: plain objects, made of the files in `proto/`.

What the clients cannot write is refused here, by its name, so that nothing is left out in silence.
"""

import dataclasses
import pathlib
import re
import sys
import tempfile

import grpc_tools
from google.protobuf import descriptor_pb2
from grpc_tools import protoc

Proto = descriptor_pb2.FieldDescriptorProto

# The kinds of values. Whole numbers that are unsigned or written in another way are not in the contract,
# and neither is binary floating point: quantities and money are decimals, which travel as strings.
SCALARS = {
    Proto.TYPE_BOOL: "bool",
    Proto.TYPE_BYTES: "bytes",
    Proto.TYPE_INT32: "int32",
    Proto.TYPE_INT64: "int64",
    Proto.TYPE_STRING: "string",
}
KNOWN = {"google.protobuf.Duration": "duration", "google.protobuf.Timestamp": "timestamp"}


@dataclasses.dataclass
class Field:
    """A field of a message."""

    name: str
    # Its name on the wire.
    json_name: str
    comment: str
    # bool, bytes, int32, int64, string, enum, message, timestamp or duration; of a map: of its values.
    kind: str
    # Of an enum or a message: its name.
    type: str
    # one, many or map.
    shape: str
    # Of a map: the kind of its keys.
    key: str
    # Whether absent is something else than the default.
    is_optional: bool
    # The oneof that it belongs to; empty: none.
    oneof: str


@dataclasses.dataclass
class Message:
    """A message: its fields as they are declared."""

    name: str
    comment: str
    file: str
    fields: list[Field]
    # The names of its oneofs.
    oneofs: list[str]

    def field(self, name):
        """A field by its name, or None."""
        return next((it for it in self.fields if it.name == name), None)


@dataclasses.dataclass
class Value:
    """A value of an enum."""

    # As the wire has it: `OUTCOME_APPLIED`.
    name: str
    # Without what all values begin with: `APPLIED`.
    short: str
    number: int
    comment: str


@dataclasses.dataclass
class Enum:
    """An enum; its first value is the default."""

    name: str
    comment: str
    file: str
    values: list[Value]


@dataclasses.dataclass
class Method:
    """A method that can be called over HTTP/1.1: one request, and one answer or a stream of them."""

    name: str
    comment: str
    input: Message
    output: Message
    # Whether the answer is a stream.
    is_stream: bool

    @property
    def is_watch(self):
        """Whether it is a stream that can be resumed with a token."""
        start, token = self.input.field("start"), self.output.field("resume_token")
        return bool(self.is_stream and token and start and start.type == "WatchStart")

    @property
    def items(self):
        """Of a method that answers in pages: the field that holds the items, else None."""
        if not (self.input.field("page_token") and self.output.field("next_page_token")):
            return None
        return next(it for it in self.output.fields if it.shape == "many")

    @property
    def waits(self):
        """Whether it may wait for news, and so needs more time."""
        wait = self.input.field("wait")
        return bool(wait and wait.kind == "duration")


@dataclasses.dataclass
class Service:
    """A service, without the methods that need HTTP/2."""

    name: str
    # With its package.
    full_name: str
    comment: str
    file: str
    methods: list[Method]

    @property
    def accessor(self):
        """What a client calls it, as in every language: by its file, `credit_notes`."""
        name = pathlib.PurePath(self.file).stem
        # `changes.proto` has what all watches share, so this one had to be called otherwise.
        return "changes" if name == "change_service" else name


@dataclasses.dataclass
class File:
    """What stands in one file."""

    path: str
    messages: list[Message]
    enums: list[Enum]
    services: list[Service]

    @property
    def name(self):
        """Without folder and ending: `credit_notes`."""
        return pathlib.PurePath(self.path).stem


@dataclasses.dataclass
class Contract:
    """A package, in the order of its files."""

    package: str
    files: list[File]

    @property
    def messages(self):
        return [it for file in self.files for it in file.messages]

    @property
    def enums(self):
        return [it for file in self.files for it in file.enums]

    @property
    def services(self):
        return [it for file in self.files for it in file.services]


def read(folder, package):
    """The contract of a package whose files lie in a folder."""
    paths = sorted(str(it.relative_to(folder)) for it in folder.rglob("*.proto"))
    files = [it for it in compiled(folder, paths) if it.package == package]
    if not files:
        sys.exit(f"there is no package {package} in {folder}")
    read_files, messages = [], {}
    for file in files:
        read_files.append(Reader(file).file())
        messages |= {f"{package}.{it.name}": it for it in read_files[-1].messages}
    # Messages of other files are needed to know what a method is.
    for file, descriptor in zip(read_files, files):
        file.services = Reader(descriptor).services(messages)
    return Contract(package, read_files)


def compiled(folder, paths):
    """The descriptors of some files, with their comments."""
    well_known = pathlib.Path(grpc_tools.__file__).parent / "_proto"
    with tempfile.NamedTemporaryFile() as out:
        # The first argument is the name of the program.
        options = ["protoc", f"-I{folder}", f"-I{well_known}", "--include_source_info"]
        code = protoc.main([*options, f"--descriptor_set_out={out.name}", *paths])
        if code != 0:
            sys.exit(code)
        return descriptor_pb2.FileDescriptorSet.FromString(out.read()).file


class Reader:
    """Reads what stands in one file."""

    def __init__(self, file):
        self.descriptor = file
        self.comments = {
            tuple(it.path): re.sub(r"(?m)^ ", "", it.leading_comments).strip()
            for it in file.source_code_info.location
        }

    def file(self):
        messages = [self.message(it, (4, n)) for n, it in enumerate(self.descriptor.message_type)]
        enums = [self.enum(it, (5, n)) for n, it in enumerate(self.descriptor.enum_type)]
        return File(self.descriptor.name, messages, enums, [])

    def comment(self, path):
        return self.comments.get(path, "")

    def enum(self, enum, path):
        prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", enum.name).upper() + "_"
        values = [
            Value(it.name, it.name.removeprefix(prefix), it.number, self.comment((*path, 2, n)))
            for n, it in enumerate(enum.value)
        ]
        return Enum(enum.name, self.comment(path), self.descriptor.name, values)

    def message(self, message, path):
        maps = {it.name: it for it in message.nested_type if it.options.map_entry}
        if message.enum_type or len(maps) < len(message.nested_type):
            self.refuse(message.name, "has messages or enums of its own; put them beside it")
        # `optional` is kept by the compiler as a oneof of its own.
        real = {it.oneof_index for it in message.field if self.is_in_oneof(it)}
        oneofs = [it.name for n, it in enumerate(message.oneof_decl) if n in real]
        fields = [
            self.field(message, it, maps, self.comment((*path, 2, n)))
            for n, it in enumerate(message.field)
        ]
        return Message(message.name, self.comment(path), self.descriptor.name, fields, oneofs)

    @staticmethod
    def is_in_oneof(field):
        return field.HasField("oneof_index") and not field.proto3_optional

    def field(self, message, field, maps, comment):
        is_many = field.label == Proto.LABEL_REPEATED
        entry = maps.get(field.type_name.rsplit(".", 1)[-1]) if is_many else None
        key = self.kind(message, entry.field[0])[0] if entry else ""
        if key == "bool":
            self.refuse(f"{message.name}.{field.name}", "is a map by truth; make it two fields")
        kind, type_name = self.kind(message, entry.field[1] if entry else field)
        in_oneof = self.is_in_oneof(field)
        return Field(
            name=field.name,
            json_name=field.json_name,
            comment=comment,
            kind=kind,
            type=type_name,
            shape="map" if entry else "many" if is_many else "one",
            key=key,
            is_optional=not is_many
            and (field.proto3_optional or in_oneof or field.type == Proto.TYPE_MESSAGE),
            oneof=message.oneof_decl[field.oneof_index].name if in_oneof else "",
        )

    def kind(self, message, field):
        """The kind of a field, and its type, where that has a name."""
        if field.type in SCALARS:
            return SCALARS[field.type], ""
        full_name = field.type_name.removeprefix(".")
        if full_name in KNOWN:
            return KNOWN[full_name], ""
        package, _, name = full_name.rpartition(".")
        if package == self.descriptor.package and field.type == Proto.TYPE_ENUM:
            return "enum", name
        if package == self.descriptor.package and field.type == Proto.TYPE_MESSAGE:
            return "message", name
        unknown = full_name or Proto.Type.Name(field.type).removeprefix("TYPE_").lower()
        self.refuse(f"{message.name}.{field.name}", f"is a {unknown}, which clients cannot write")

    def services(self, messages):
        return [self.service(it, (6, n), messages) for n, it in enumerate(self.descriptor.service)]

    def service(self, service, path, messages):
        methods = [
            Method(
                name=it.name,
                comment=self.comment((*path, 2, n)),
                input=messages[it.input_type.removeprefix(".")],
                output=messages[it.output_type.removeprefix(".")],
                is_stream=it.server_streaming,
            )
            for n, it in enumerate(service.method)
            if not it.client_streaming
        ]
        return Service(
            name=service.name,
            full_name=f"{self.descriptor.package}.{service.name}",
            comment=self.comment(path),
            file=self.descriptor.name,
            methods=methods,
        )

    def refuse(self, name, why):
        sys.exit(f"{self.descriptor.name}: {self.descriptor.package}.{name} {why}")
