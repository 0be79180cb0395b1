from decimal import Decimal

import pytest
from erpsync import from_wire, to_wire


@pytest.mark.parametrize(
    "number, text",
    [
        (Decimal("19.90"), "19.90"),
        (Decimal("1E+2"), "100"),
        (Decimal("-0.00"), "0.00"),
        (Decimal("-0"), "0"),
        (Decimal("0.000001"), "0.000001"),
        (Decimal("1E-6"), "0.000001"),
        (Decimal("1.50000000"), "1.500000"),
        (Decimal("-999999999999.999999"), "-999999999999.999999"),
        (Decimal(7), "7"),
        (-3, "-3"),
    ],
)
def test_written(number, text):
    assert to_wire(number) == text
    assert from_wire(text) == number


@pytest.mark.parametrize("number", ["0.0000001", "1000000000000", "NaN", "Infinity", "1E+12", "1E-7"])
def test_out_of_range(number):
    with pytest.raises(ValueError):
        to_wire(Decimal(number))


@pytest.mark.parametrize("number", [1.5, True, "1.5", None])
def test_not_exact(number):
    with pytest.raises(TypeError, match="is neither Decimal nor int"):
        to_wire(number)


@pytest.mark.parametrize("text", ["1e3", "01", "1.", ".5", "+1", " 1", "1,5", "1.0000000", "1\n"])
def test_not_of_the_wire(text):
    with pytest.raises(ValueError):
        from_wire(text)


def test_nothing_said():
    assert from_wire("") == 0
