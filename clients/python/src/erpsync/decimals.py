"""Quantities and amounts: strings on the wire, `decimal.Decimal` in programs. Never floats."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Union

_WIRE = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?")


def from_wire(text: str) -> Decimal:
    """What a field says. An empty one says nothing, which comes to 0; where that makes a difference, look first.

    >>> from_wire("19.90"), from_wire("")
    (Decimal('19.90'), Decimal('0'))
    """
    if not text:
        return Decimal(0)
    if not _WIRE.fullmatch(text):
        raise ValueError(f"{text!r} is no decimal as the wire has them")
    return Decimal(text)


def to_wire(number: Union[Decimal, int]) -> str:
    """A number for a field: at most 12 digits before the point and 6 after it, and no exponent.

    >>> to_wire(Decimal("1E+2"))
    '100'
    """
    if isinstance(number, bool) or not isinstance(number, (Decimal, int)):
        raise TypeError(f"{number!r} is neither Decimal nor int (floats do not hold amounts exactly)")
    text = format(number, "f") if isinstance(number, Decimal) else str(number)
    if "." in text:
        whole, _, fraction = text.partition(".")
        # Zeros at the end say nothing, and may be more than there is room for.
        kept = fraction if len(fraction) <= 6 else fraction[:6] + fraction[6:].rstrip("0")
        text = f"{whole}.{kept}"
    if re.fullmatch(r"-0(\.0+)?", text):
        text = text[1:]
    if not _WIRE.fullmatch(text):
        raise ValueError(f"{number} is no decimal: at most 12 digits before the point and 6 after it")
    return text
