"""The dates under a time axis."""

from collections.abc import Sequence

from scrutiny_pack.evidence.sheet import LINE, Box, Scale, Sheet, box_of, widest
from scrutiny_pack.periods import Period

_AIR = 3.0
"""Points at either side of a date that stay free."""


class Ticks:
    """Dates as they stand under an axis.

    Dates on one day of each year are written as years, with one note for all.

    Attributes:
        days: the day of each date, as a number; a stretch of time ends on it.
        texts: the lines of each date.
        note: what the dates have in common, or "".
    """

    def __init__(self, dates: Sequence[str]) -> None:
        """Word the dates.

        Args:
            dates: ISO 8601, in order of time.
        """
        periods = [Period.parse(text) for text in dates]
        words = [period.in_words.rpartition(" ") for period in periods]
        days_of_year = {day for day, _, _ in words}
        shared = days_of_year.pop() if len(days_of_year) == 1 else ""
        self.days = [period.end.toordinal() for period in periods]
        self.note = ""
        if shared:
            at = "At" if shared[0].isdigit() else "In"
            self.note = f"{at} {shared} of each year"
            self.texts = [[year] for _, _, year in words]
        else:
            self.texts = [[part for part in (d, year) if part] for d, _, year in words]

    @property
    def overhang_left(self) -> float:
        """Points that the first date may stand out to the left of the axis."""
        return widest(self.texts[0]) / 2

    @property
    def overhang_right(self) -> float:
        """Points that the last date may stand out to the right of the axis."""
        return widest(self.texts[-1]) / 2

    def height(self, scale: Scale) -> float:
        """Points that the dates take."""
        rows = [row for row in self._rows(scale) if row is not None]
        return (max(rows) + 1) * self._row_height + (LINE if self.note else 0.0)

    def write(self, sheet: Sheet, scale: Scale, left: float, top: float) -> None:
        """Write the dates, each below its place in time, and the note."""
        rows = self._rows(scale)
        for text, day, row in zip(self.texts, self.days, rows, strict=True):
            if row is not None:
                sheet.write(text, scale(day), top + row * self._row_height, "center")
        if self.note:
            sheet.write([self.note], left, top + self.height(scale) - LINE)

    @property
    def _row_height(self) -> float:
        return LINE * max(len(text) for text in self.texts)

    def _rows(self, scale: Scale) -> list[int | None]:
        """Which row each date stands in; None where there is no room.

        Years need one row, some of them left out; other dates may take a second row.
        """
        one_row = all(len(text) == 1 for text in self.texts)
        taken: list[list[Box]] = [[]] if one_row else [[], []]
        rows: list[int | None] = [None] * len(self.texts)
        # From the last to the first: readers look for the latest date.
        for i in reversed(range(len(self.texts))):
            box = box_of(self.texts[i], scale(self.days[i]), 0, "center").widened(_AIR)
            for row, boxes in enumerate(taken):
                if not any(box.overlaps(other) for other in boxes):
                    boxes.append(box)
                    rows[i] = row
                    break
        return rows
