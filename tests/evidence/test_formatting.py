"""Numbers, ranges and status letters as they stand in print."""

import pytest

from scrutiny_pack.evidence.formatting import (
    figure_text,
    listed,
    number,
    plural,
    with_unit,
)

NAN = float("nan")


def figure(value=NAN, low=NAN, high=NAN, status=""):
    return {"value": value, "low": low, "high": high, "status": status}


@pytest.mark.parametrize(
    ("row", "decimals", "text"),
    [
        (figure(11223), 0, "11,223"),
        (figure(24.91), 2, "24.91"),
        (figure(26), 2, "26.00"),
        (figure(24.91), None, "24.91"),
        (figure(22, status="e"), 0, "22 [e]"),
        (figure(22, status="e r"), 0, "22 [e] [r]"),
        (figure(low=10, high=15, status="e"), 0, "10 to 15 [e]"),
        (figure(low=3, status="e"), 0, "at least 3 [e]"),
        (figure(high=800, status="e"), 0, "up to 800 [e]"),
        (figure(22, low=15, high=30, status="e"), 0, "22 (15 to 30) [e]"),
        (figure(status="x"), 0, "[x]"),
        (figure(0), 0, "0"),
        (figure(-13.2), 2, "-13.20"),
    ],
)
def test_a_figure_keeps_its_range_and_its_status(row, decimals, text):
    assert figure_text(row, decimals) == text


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("28.5", "per cent", "28.5%"),
        ("10 to 15 [e]", "per cent", "10 to 15% [e]"),
        ("22.5 (15.0 to 30.0) [e]", "per cent", "22.5% (15.0 to 30.0%) [e]"),
        ("432,000 to 540,000 [e]", "pounds", "£432,000 to £540,000 [e]"),
        ("at least 24,000", "pounds", "at least £24,000"),
        ("16.7", "cases a worker", "16.7 cases a worker"),
        ("[x]", "per cent", "[x]"),
        ("[x]", "posts", "[x]"),
        ("-500", "pounds", "-£500"),
        ("26", "", "26"),
        ("1", "figures", "1 figure"),
        ("1", "authorities", "1 authority"),
        ("1", "cases a worker", "1 case a worker"),
        ("1", "percentage points", "1 percentage point"),
        ("1", "staff", "1 staff"),
        ("0", "commitments", "0 commitments"),
    ],
)
def test_a_printed_number_gets_its_unit(text, unit, expected):
    assert with_unit(text, unit) == expected


def test_lists_and_plurals_read_as_english():
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "", "a", "a and b", "a, b and c",
    ]  # fmt: skip
    assert plural(1, "post", "posts") == "1 post"
    assert plural(24.91, "post", "posts") == "24.91 posts"
    assert number(1234.5) == "1,234.5"
