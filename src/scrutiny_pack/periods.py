"""Periods: ISO 8601 dates of whatever precision is known."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

from scrutiny_pack.errors import PeriodError

_YEAR = re.compile(r"([0-9]{4})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


@total_ordering
@dataclass(frozen=True)
class Period:
    """A stretch of time, known to the year, the month, the week or the day.

    Periods are ordered by the day on which they end, and where two end on the
    same day, the shorter comes later: the latest of several periods is the one
    that ends last, never the one whose text sorts last.

    Attributes:
        text: the period as it is written, such as ``2016-07-31`` or ``2022-W10``.
        start: its first day.
        end: its last day.
    """

    text: str
    start: date
    end: date

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a period.

        Args:
            text: ``2005``, ``2013-03``, ``2016-07-31`` or ``2022-W10`` (ISO 8601,
                calendar dates at reduced precision and week dates).

        Raises:
            PeriodError: if the text is not a date of one of these forms.
        """
        try:
            start, end = _interval(text)
        except (ValueError, OverflowError):
            msg = (
                f"'{text}' is not a period: write a year (2005), a month (2013-03), "
                "a day (2016-07-31) or a week (2022-W10)"
            )
            raise PeriodError(msg) from None
        return cls(text, start, end)

    def __lt__(self, other: "Period") -> bool:
        """Compare by the last day, then by the first."""
        return (self.end, self.start) < (other.end, other.start)

    def __str__(self) -> str:
        """The period as it is written."""
        return self.text

    @property
    def in_words(self) -> str:
        """The period as a reader expects it: ``31 July 2016``, ``March 2013``, ``2005``."""
        if _WEEK.fullmatch(self.text):
            return f"week {int(self.text[-2:])} of {self.text[:4]}"
        if _YEAR.fullmatch(self.text):
            return self.text
        month = f"{_MONTHS[self.start.month - 1]} {self.start.year}"
        return month if _MONTH.fullmatch(self.text) else f"{self.start.day} {month}"

    def __contains__(self, other: "Period") -> bool:
        """Whether the other period lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end


def _interval(text: str) -> tuple[date, date]:
    if match := _YEAR.fullmatch(text):
        year = int(match[1])
        return date(year, 1, 1), date(year, 12, 31)
    if match := _MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        start = date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
        return start, following - timedelta(days=1)
    if match := _DAY.fullmatch(text):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday, monday + timedelta(days=6)
    raise ValueError(text)
