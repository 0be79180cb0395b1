"""What the table of steps means to a player that is written in Python."""

import re

NO_ENTRIES = {"snapshotBegin", "snapshotEnd", "goingAway", "heartbeat"}


class Wrong(Exception):
    """Something is not as the table has it."""


def fill(value, kept):
    """With what was kept in place of `${name}`."""
    if isinstance(value, dict):
        return {it: fill(inner, kept) for it, inner in value.items()}
    if isinstance(value, list):
        return [fill(it, kept) for it in value]
    if isinstance(value, str):
        return re.sub(r"\$\{(\w+)\}", lambda it: kept[it[1]], value)
    return value


def entries_of(message):
    """The entries of a message of a watch, in proto3 JSON: those of its event's one repeated field."""
    for name, event in message.items():
        if isinstance(event, dict) and name not in NO_ENTRIES:
            return next((it for it in event.values() if isinstance(it, list)), [])
    return []


def found(value, path):
    for part in path.split("."):
        value = value[int(part)] if part.isdigit() else value[part]
    return value


def same_refusal(expected, refused):
    """`refused` has code, reason, metadata and the paths of fields; or there was none."""
    if refused is None:
        raise Wrong(f"was to be refused with {expected}")
    for name in ("code", "reason"):
        seen = getattr(refused, name)
        if name in expected and seen != expected[name]:
            raise Wrong(f"{name}: {seen}, not {expected[name]}: {refused}")
    if "metadata" in expected:
        compare(".metadata", expected["metadata"], refused.metadata)
    for field in expected.get("fields", []):
        if field not in refused.fields:
            raise Wrong(f"{field} is not among the fields at fault: {refused.fields}")


def compare(path, expected, seen):
    """`expected` is what must be there; what is absent has its default."""
    where = path or "the answer"
    if expected == "*":
        if is_default(seen):
            raise Wrong(f"{where} is not there")
    elif is_default(expected):
        if not is_default(seen):
            raise Wrong(f"{where} is {seen!r}, not absent or {expected!r}")
    elif isinstance(expected, dict):
        if not isinstance(seen, dict):
            raise Wrong(f"{where} is {seen!r}, not {expected!r}")
        for name, inner in expected.items():
            compare(f"{path}.{name}", inner, seen.get(name))
    elif isinstance(expected, list):
        if not isinstance(seen, list) or len(seen) != len(expected):
            raise Wrong(f"{where} has {len(seen or [])} items, not {len(expected)}: {seen!r}")
        for at, inner in enumerate(expected):
            compare(f"{path}[{at}]", inner, seen[at])
    elif seen != expected:
        raise Wrong(f"{where} is {seen!r}, not {expected!r}")


def is_default(value):
    return value in (None, "", "0", 0, False, [], {})
