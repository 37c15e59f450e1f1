"""Excel's number formats: which of them are dates, and how they show a number."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

SINCE = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no time zones
"""The day from which a workbook counts the days that its dates are."""

SINCE_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
"""The same for a workbook of an old Mac."""

GENERAL = "General"
"""The format that shows a number as it is."""

BUILT_IN: Mapping[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "dd/mm/yyyy hh:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The formats that a file names by their number only (ECMA-376, part 1, 18.8.30)."""

_MOST = 10**15  # a larger number has more digits than Excel keeps


def format_letters(number_format: str) -> str:
    """The letters of a number format that mean something, in small letters.

    What stands in quotation marks or brackets (a currency, a colour, a language) or
    behind a backslash is left out, and so is all but the first of several sections.
    """
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.', "", number_format)
    bare = re.sub(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", "", bare, flags=re.IGNORECASE)
    bare = bare.split(";")[0].lower()
    return "" if bare in ("general", "@") else bare.replace("am/pm", "")


def is_date_format(number_format: str) -> bool:
    """Whether a number under this format is shown as a date or a time of day."""
    return bool(re.search("[dmyhs]", format_letters(number_format)))


def date_of(number: float, number_format: str, since: datetime) -> datetime | time:
    """The date or the time of day that a number stands for under its format.

    Args:
        number: the number.
        number_format: its format, which is that of a date.
        since: the day from which the workbook counts.
    """
    letters = format_letters(number_format)
    clock_only = not re.search("[dy]|mmm|^m+$", letters)
    if clock_only:
        return (since + timedelta(days=number % 1)).time()
    if since == SINCE and number < 60:  # Excel has a 29 February 1900
        number += 1
    moment = since + timedelta(days=number)
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def number_text(number: float) -> str:
    """A number of a workbook as plain digits, as many as Excel itself keeps (15)."""
    text = f"{Decimal(f'{number:.15g}'):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def shown_number(number: float, number_format: str) -> str:
    """How a number is shown under a simple format: 0.2673 under ``0.00%`` is 26.73%.

    Returns:
        What the cell shows, or "" for a format that is not of this simple kind, and
        for ``General``, which shows a number as it is.
    """
    first_section, _, others = number_format.partition(";")
    bare = re.sub(r'["\\]|\[\$|-[0-9A-F]+\]|_.|\*.', "", first_section)
    match = re.fullmatch(r"(£?) ?([#,0]*0)(\.0+)?( ?%)?", bare.strip())
    in_brackets = number < 0 and others
    if not match or in_brackets or abs(number) >= _MOST:
        return ""
    pound, whole, decimals, percent = match.groups()
    exact = Decimal(number_text(number)).scaleb(2 if percent else 0)
    places = len(decimals or ".") - 1
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = f"{abs(rounded):{',' if ',' in whole else ''}.{places}f}"
    sign = "-" if rounded < 0 else ""
    return f"{sign}{pound}{digits}{percent or ''}"
