"""Excel's number formats: dates, percentages, money."""

from datetime import time

import pytest

from scrutiny_pack.imports.workbook_formats import (
    BUILT_IN,
    SINCE,
    SINCE_1904,
    date_of,
    is_date_format,
    number_text,
    shown_number,
)

from .filled_workbook import moment


@pytest.mark.parametrize(
    "number_format",
    [
        "dd/mm/yyyy",
        "[$-809]dd mmmm yyyy;@",
        "mmm\\-yy",
        "yyyy",
        "h:mm AM/PM",
        "[h]:mm",
        'd "de" mmmm',
        BUILT_IN[14],
    ],
)
def test_a_date(number_format):
    assert is_date_format(number_format)


@pytest.mark.parametrize(
    "number_format",
    [
        "General",
        "0.00%",
        "#,##0",
        "@",
        '"days" 0',
        "[Red]-0.0",
        "[$£-809]#,##0.00",
        "0.00_);[Red](0.00)",
        "0.00E+00",
        "# ?/?",
        "0\\d",
    ],
)
def test_no_date(number_format):
    assert not is_date_format(number_format)


@pytest.mark.parametrize(
    ("number", "since", "date"),
    [
        (42582, SINCE, moment(2016, 7, 31)),
        (41120, SINCE_1904, moment(2016, 7, 31)),
        (1, SINCE, moment(1900, 1, 1)),
        (61, SINCE, moment(1900, 3, 1)),
        (42582.999999999, SINCE, moment(2016, 8, 1)),
    ],
)
def test_days_are_counted_as_excel_counts_them(number, since, date):
    assert date_of(number, "dd/mm/yyyy", since) == date


def test_a_format_without_a_day_is_a_time_of_day():
    assert date_of(42582.5, "h:mm", SINCE) == time(12)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (94.0, "94"),
        (0.1 + 0.2, "0.3"),
        (-13.2, "-13.2"),
        (-0.0, "0"),
        (1e14, "100000000000000"),
        (1e-7, "0.0000001"),
    ],
)
def test_a_number_has_the_digits_that_excel_keeps(number, text):
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("number", "number_format", "text"),
    [
        (0.2673, "0.00%", "26.73%"),
        (0.2673, "0%", "27%"),
        (0.125, "0.0 %", "12.5 %"),
        (24000, "[$£-809]#,##0", "£24,000"),
        (24000, '"£"#,##0.00', "£24,000.00"),
        (9, "0.00", "9.00"),
        (-1234.5, "#,##0", "-1,235"),
        (-13.2, "0.00_);(0.00)", ""),
        (94, "General", ""),
        (5.5, "# ?/?", ""),
        (1e300, "0.00", ""),
    ],
)
def test_how_a_number_is_shown(number, number_format, text):
    assert shown_number(number, number_format) == text
