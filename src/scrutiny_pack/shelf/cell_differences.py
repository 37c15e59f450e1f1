"""What differs between two data files of an item: row by row, cell by cell."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from scrutiny_pack.observations import NUMBER_COLUMNS, STATUS_WORDS
from scrutiny_pack.shelf.difference import Difference, apart_from_checksums
from scrutiny_pack.shelf.json_differences import merged

_Rows = dict[str, dict[str, str]]


def cell_differences(
    slug: str,
    file: str,
    item: str,
    old: tuple[str, Mapping[str, Any]],
    new: tuple[str, Mapping[str, Any]],
) -> Iterator[Difference]:
    """What differs between an item's data in two packs.

    A row is known by the columns that name it in the item's layout, and, where figures
    are spread across, by those too; so rows that have moved are no difference of value.

    Args:
        slug: the item's slug.
        file: the path of the new data file in its pack.
        item: the item as a reader knows it, such as ``Table 1 (posts)``.
        old: the text of the old data file, and the item's layout.
        new: likewise of the new one.

    Yields:
        The differences, in the order of the new file's rows.
    """
    keys = _keys(new[1]) or _keys(old[1])
    before, after = _rows(old[0], keys), _rows(new[0], keys)
    for key in merged(list(before), list(after)):
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            what = f"{item}: {key}; the row is {'new' if one is None else 'gone'}"
            texts = _row_text(one, keys), _row_text(other, keys)
            yield Difference(file, what, *texts, item=slug)
            continue
        for column in merged(list(one), list(other)):
            was, now = one.get(column, ""), other.get(column, "")
            if was != now:
                what = f"{item}: {key}; {column.replace('_', ' ')}"
                of_value = not _are_equal(column, was, now)
                texts = _cell(column, was), _cell(column, now)
                yield Difference(file, what, *texts, of_value, slug)
    if list(before) != list(after) and sorted(before) == sorted(after):
        yield Difference(file, f"{item}: the order of the rows", "", "", of_value=False)


def _keys(layout: Mapping[str, Any]) -> list[str]:
    """The columns that name a figure, each once."""
    return list(dict.fromkeys([*layout.get("rows", ()), *layout.get("spread", ())]))


def _rows(text: str, keys: Sequence[str]) -> _Rows:
    """The rows by what names them; a name that comes again gets a number."""
    rows: _Rows = {}
    for row in csv.DictReader(io.StringIO(text)):
        named = [row[key] for key in keys if row.get(key)]
        name = ", ".join(part.replace("\n", " ") for part in named) or "the row"
        key, again = name, 1
        while key in rows:
            again += 1
            key = f"{name} ({again})"
        rows[key] = {k: v or "" for k, v in row.items() if isinstance(k, str)}
    return rows


def _row_text(row: Mapping[str, str] | None, keys: Sequence[str]) -> str:
    """A row that only one of two packs has: its figure, or else its texts."""
    if row is None:
        return ""
    if "value" in row:
        return row["value"] or _cell("status", row.get("status", ""))
    return "; ".join(v for k, v in row.items() if v and k not in keys) or "(a row)"


def _cell(column: str, text: str) -> str:
    if column != "status" or not text:
        return text
    return f"{text} ({', '.join(STATUS_WORDS.get(letter, letter) for letter in text)})"


def _are_equal(column: str, old: str, new: str) -> bool:
    """Whether two cells say the same, though their texts differ."""
    if column in NUMBER_COLUMNS:
        try:
            return Decimal(old) == Decimal(new)
        except InvalidOperation:
            return False
    return apart_from_checksums(old) == apart_from_checksums(new)
