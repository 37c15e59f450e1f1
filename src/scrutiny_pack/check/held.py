"""What an evidence item holds, figure by figure, with the row and column of each."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from scrutiny_pack.check.citations import plain
from scrutiny_pack.check.figures import figures
from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.intervals import Interval, fraction
from scrutiny_pack.claims.printed import Unit, read_printed
from scrutiny_pack.evidence.formatting import number, with_unit
from scrutiny_pack.evidence.items import Column, Item
from scrutiny_pack.formats.content import Piece
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import records
from scrutiny_pack.rounding import decimals_of

Role = Literal["value", "end of a range", "numerator", "denominator", "words"]

_UNITS: Mapping[str, Unit] = {
    "per cent": "per cent",
    "pounds": "pounds",
    "percentage points": "points",
}
_NOT_READ = {
    "paragraph",
    "as_at",
    "dataset",
    "note",
    "file",
    "sha256",
    "id",
    "what_id",
    "document_sha256",
}
_COMMON = frozenset(
    ["the", "and", "for", "with", "from", "that", "this", "than", "were", "was", "are", "has", "have", "had", "been", "which", "who", "whom", "whose", "not", "all", "but", "per", "cent", "its", "their", "our", "more", "less", "each", "other", "only", "number", "figure", "figures", "share", "rate", "rates", "as", "published", "counted", "council", "councils"]
)  # fmt: skip
_STEM = 5
_BASES = frozenset({"fte", "headc"})  # a figure's basis is told by the words beside it


@dataclass(frozen=True)
class Held:
    """One figure that an item holds.

    Attributes:
        points: the numbers that it is known as: as shown, as published and, for a
            rate, worked out from its numerator and denominator.
        step: one unit of the last place that is shown.
        unit: per cent, points, pounds or "".
        shown: the figure as a sentence shows it.
        row: the names of its row.
        column: what its column is called.
        stems: the words of its column, shortened.
        measure: its measure, "" for text.
        basis: headcount, fte, posts and so on; "" for text.
        role: what it is in the item.
        is_total: whether its row is the total of all.
    """

    points: tuple[Fraction, ...]
    step: Fraction
    unit: Unit
    shown: str
    row: tuple[str, ...]
    column: str
    stems: frozenset[str]
    measure: str
    basis: str
    role: Role
    is_total: bool

    @property
    def interval(self) -> Interval:
        """What it may stand for, if it is rounded as it is shown."""
        if len(self.points) > 1 or self.step >= 1:
            return Interval(min(self.points), max(self.points))
        half = self.step / 2
        return Interval(self.points[0] - half, self.points[0] + half)

    @property
    def where(self) -> str:
        """Its row and column in words: ``Team D, Vacant``."""
        return ", ".join(part for part in (*self.row, self.column) if part)


@dataclass(frozen=True, eq=False)
class Holding:
    """An item of the pack and all the figures that it holds."""

    piece: Piece

    @property
    def item(self) -> Item:
        """The item."""
        return self.piece.item

    @property
    def name(self) -> str:
        """What a message calls it: ``Table 10``."""
        return self.item.number

    @cached_property
    def figures(self) -> tuple[Held, ...]:
        """Its figures: of its data, then of its words."""
        return (*_of_data(self.piece), *_of_words(self.piece))

    @cached_property
    def distinguishing(self) -> frozenset[str]:
        """The shortened words that some of its columns have and others have not."""
        columns = {held.stems for held in self.figures if held.role != "words"}
        if len(columns) < 2:
            return frozenset()
        return frozenset.union(*columns) - frozenset.intersection(*columns)

    @cached_property
    def row_names(self) -> tuple[frozenset[str], ...]:
        """For each column that names rows, the names in it."""
        rows = [held.row for held in self.figures if held.role != "words"]
        width = max((len(row) for row in rows), default=0)
        return tuple(
            frozenset(row[at] for row in rows if at < len(row) and _is_name(row[at]))
            for at in range(width)
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        """The shortened words of its title, its columns and its rows."""
        of_rows = " ".join(" ".join(held.row) for held in self.figures)
        of_columns = frozenset[str]().union(*(held.stems for held in self.figures))
        return (
            stems_of(f"{self.item.title} {self.item.subtitle} {of_rows}") | of_columns
        )

    def narrowed(self, sentence: str) -> tuple[Held, ...]:
        """The figures of the rows and columns that a sentence names.

        A row counts as named if its name stands in the sentence; totals always do. A
        column, if a word does that not all columns have. Where none is named, all are.
        """
        names, left = [], plain(sentence).lower()
        for each in self.row_names:
            named, left = named_in(left, each)
            names.append(named)
        said = stems_of(left) & self.distinguishing
        if not any(names) and not said:
            return self.figures
        return tuple(
            held
            for held in self.figures
            if held.role == "words"
            or (_row_named(held, names) and (not said or held.stems & said))
        )


def named_in(sentence: str, names: Collection[str]) -> tuple[frozenset[str], str]:
    """The names that stand in a sentence, and what is left of it without them.

    Of two names, one within the other, the longer is meant. ``Total front line`` is
    also named by ``front line``, unless that is another row.
    """
    left = plain(sentence).lower()
    found = set()
    written = {plain(name).lower(): name for name in names}
    for name, each in list(written.items()):
        written.setdefault(name.removeprefix("total "), each)
    for name in sorted(written, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
        if re.search(pattern, left):
            found.add(written[name])
            left = re.sub(pattern, " ", left)
    return frozenset(found), left


def _row_named(held: Held, names: list[frozenset[str]]) -> bool:
    if held.is_total:
        return True
    return all(
        not named or held.row[at] in named
        for at, named in enumerate(names)
        if at < len(held.row)
    )


def _is_name(text: str) -> bool:
    """Whether it names something; a date names none: sentences give them for context."""
    return (
        len(text) > 2
        and bool(re.search(r"[A-Za-z]{2}", text))
        and not re.search(r"\d{4}", text)
    )


def stems_of(text: str) -> frozenset[str]:
    """The words of a text that say something, each shortened."""
    words = re.findall(r"[a-z]{3,}", plain(text).lower())
    return frozenset(w.removesuffix("s")[:_STEM] for w in words if w not in _COMMON)


def _of_data(piece: Piece) -> Iterator[Held]:
    layout = piece.item.layout
    columns = {column.key: column for column in layout.columns if not column.is_text}
    if not columns:
        return
    for record in records(piece.data):
        key = tuple(str(record[name]) for name in layout.spread)
        column = columns.get(key)
        if column is not None:
            row = tuple(str(record[name]) for name in layout.rows)
            yield from _of_figure(record, column, row)


def _of_figure(
    record: Mapping[str, Any], column: Column, row: tuple[str, ...]
) -> Iterator[Held]:
    measure = measures().get(str(record.get("measure", "")))
    unit = _UNITS.get(measure.unit if measure else column.unit, "")
    basis = str(record.get("basis", ""))
    title = measure.title.partition(",")[0] if measure else ""
    heading = " ".join(part for part in (column.group, column.label) if part)
    stems = stems_of(f"{heading} {title}") - _BASES
    about: dict[str, Any] = {
        "row": row,
        "column": heading,
        "stems": stems,
        "measure": measure.name if measure else "",
        "basis": basis,
        "is_total": str(record.get("level", "")) == "total",
    }
    value = record.get("value")
    if pd.notna(value) and value != "":
        places = column.decimals
        if places is None:
            places = decimals_of(round(float(value), 6))
        yield Held(
            _points(record, float(value), places, per_cent=unit == "per cent"),
            Fraction(1, 10**places),
            unit,
            with_unit(number(float(value), places), unit if unit != "points" else ""),
            role="value",
            **about,
        )
    for name in ("low", "high"):
        yield from _plain(record.get(name), unit, "end of a range", about)
    for name in ("numerator", "denominator"):
        counted: Unit = "pounds" if unit == "pounds" and name == "numerator" else ""
        role: Role = "numerator" if name == "numerator" else "denominator"
        # A rate's column is not the one that its base would stand in.
        yield from _plain(record.get(name), counted, role, about)


def _plain(
    value: Any, unit: Unit, role: Role, about: Mapping[str, Any]
) -> Iterator[Held]:
    if value is None or value == "" or pd.isna(value):
        return
    places = decimals_of(round(float(value), 6))
    point = fraction(round(float(value), 6))
    yield Held(
        (point,),
        Fraction(1, 10**places),
        unit,
        with_unit(number(float(value), places), unit),
        role=role,
        **about,
    )


def _points(
    record: Mapping[str, Any], value: float, places: int, *, per_cent: bool
) -> tuple[Fraction, ...]:
    shown = fraction(value)
    half = Fraction(1, 2 * 10**places) + Fraction(1, 10**9)
    found = [shown]
    top, base = record.get("numerator"), record.get("denominator")
    if pd.notna(top) and pd.notna(base) and top != "" and base not in {"", 0}:
        ratio = fraction(float(top)) / fraction(float(base)) * (100 if per_cent else 1)
        found.append(ratio)
    try:
        printed = read_printed(str(record.get("as_published", "")), ratio=True)
    except ClaimError:
        printed = None
    if printed and printed.value is not None:
        found.append(printed.value if shown >= 0 else -abs(printed.value))
    return tuple(dict.fromkeys(point for point in found if abs(point - shown) <= half))


def _of_words(piece: Piece) -> Iterator[Held]:
    """The figures of its cells of text, its headings, its title and its base."""
    item = piece.item
    text_columns = [
        c for c in item.layout.columns if c.is_text and c.key[0] not in _NOT_READ
    ]
    for record in records(piece.data):
        row = tuple(str(record[name]) for name in item.layout.rows)
        for column in text_columns:
            yield from _of_text(str(record.get(column.key[0], "")), row, column.label)
    for column in item.layout.columns:
        yield from _of_text(f"{column.group} {column.label}", (), column.label)
    for text in (item.title, item.subtitle, item.headline, item.base):
        yield from _of_text(text, (), "its title")


def _of_text(text: str, row: tuple[str, ...], column: str) -> Iterator[Held]:
    for figure in figures(plain(text)):
        printed = figure.printed
        if printed.value is None:
            continue
        step = printed.step or Fraction(1, 100)
        yield Held(
            (printed.value,),
            step,
            printed.unit,
            printed.text,
            row,
            column,
            frozenset(),
            "",
            "",
            "words",
            is_total=False,
        )
