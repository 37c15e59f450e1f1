"""How tables are set on paper: widths, orientation, parts, breaks in long words."""

from pathlib import Path

import matplotlib as mpl
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from scrutiny_pack.evidence.grid import Cell, Grid, Row
from scrutiny_pack.evidence.items import Column
from scrutiny_pack.formats import pdf_tables
from scrutiny_pack.formats.pdf_tables import (
    LANDSCAPE,
    PORTRAIT,
    SIZE,
    SMALL,
    pieces,
    shared_out,
    sheet,
    width_of,
)

FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"


def text_grid(*rows, headings=None):
    headings = headings or [f"Column {n}" for n in range(len(rows[0]))]
    columns = tuple(Column(key=(h,), label=h, is_text=True) for h in headings)
    cells = [tuple(Cell(text, is_figure=False) for text in row) for row in rows]
    return Grid((), columns, tuple(Row(own, "part") for own in cells))


def figure_grid(columns, text="1,234.567 [e]", rows=3, label="Team"):
    """A column of names and so many of figures."""
    made = [Column(key=("unit",), label="Team", is_text=True)]
    made += [Column(key=(str(n),), label=f"Measure {n}") for n in range(columns)]
    row = (
        Cell(label, is_figure=False),
        *(Cell(text, is_figure=True, value=1) for _ in range(columns)),
    )
    return Grid((), tuple(made), tuple(Row(row, "part") for _ in range(rows)))


def test_the_widths_of_letters_are_those_of_the_font():
    for name, letters in (
        ("DejaVuSans.ttf", pdf_tables._LETTERS),
        ("DejaVuSans-Bold.ttf", pdf_tables._BOLD_LETTERS),
    ):
        font = TTFont(FONTS / name)
        names, widths = font.getBestCmap(), font["hmtx"]
        units = font["head"].unitsPerEm
        true = [widths[names[code]][0] * 1000 / units for code in range(32, 127)]
        assert letters == tuple(map(round, true))


def test_a_small_table_is_as_wide_as_its_texts():
    laid = sheet(text_grid(("Team A", "yes"), ("Team B", "no")))
    assert not laid.landscape
    assert laid.size == SIZE
    (part,) = laid.parts
    assert sum(part.widths) < PORTRAIT / 2
    assert part.widths[0] > width_of("Team A") * SIZE


def test_a_wide_table_gets_smaller_letters_then_a_page_on_its_side_then_parts():
    sheets = [sheet(figure_grid(columns)) for columns in range(3, 20)]
    stages = [(own.landscape, own.size, len(own.parts)) for own in sheets]
    seen = list(dict.fromkeys((side, size, parts > 1) for side, size, parts in stages))
    assert seen == [
        (False, SIZE, False),
        (False, SMALL, False),
        (True, SIZE, False),
        (True, SMALL, False),
        (True, SIZE, True),
    ]


def test_parts_hold_every_column_once_and_the_names_each_time():
    laid = figure_grid(30)
    parts = sheet(laid).parts
    assert len(parts) > 1
    assert all(part.places[0] == 0 for part in parts)
    others = [place for part in parts for place in part.places[1:]]
    assert others == list(range(1, 31))
    assert all(sum(part.widths) <= LANDSCAPE for part in parts)
    sizes = [len(part.places) for part in parts]
    assert max(sizes) - min(sizes) <= len(parts)


def test_long_texts_get_more_width_than_short_ones():
    laid = text_grid(("Short", "word " * 60, "word " * 10))
    ((part),) = sheet(laid).parts
    assert part.widths[1] > part.widths[2] > part.widths[0]


def test_a_table_of_very_long_texts_lies_on_its_side():
    assert sheet(text_grid(*[["word " * 60] * 5] * 3)).landscape
    assert not sheet(text_grid(*[["word " * 10] * 5] * 3)).landscape


words = st.text(st.characters(codec="ascii", categories=("L", "N", "P")), max_size=70)
texts = st.lists(words, max_size=8).map(" ".join)
tables = st.integers(1, 16).flatmap(
    lambda n: st.lists(st.lists(texts, min_size=n, max_size=n), min_size=1, max_size=4)
)


@given(tables)
def test_no_table_is_wider_than_its_page_and_no_word_than_its_column(rows):
    laid = text_grid(*rows)
    own = sheet(laid)
    available = LANDSCAPE if own.landscape else PORTRAIT
    seen = set()
    for part in own.parts:
        assert sum(part.widths) <= available + 0.01
        seen |= set(part.places)
        for place, width in zip(part.places, part.widths, strict=True):
            for row in laid.rows:
                for piece in pieces(row.cells[place].text):
                    for word in piece.split():
                        if len(word) <= 22 and "/" not in word and "-" not in word:
                            assert width_of(word) * own.size <= width
    assert seen == set(range(len(laid.columns)))


@given(st.text(max_size=200))
def test_pieces_are_the_text(text):
    assert "".join(pieces(text)) == text


def test_a_long_word_is_cut_and_nothing_else_is():
    assert pieces("a short text") == ["a short text"]
    assert pieces("") == [""]
    cut = pieces(f"sha256 {'0123456789' * 3} of it")
    assert cut == [
        "sha256 ",
        "0123",
        "4567",
        "8901",
        "2345",
        "6789",
        "0123",
        "4567",
        "89 ",
        "of it",
    ]
    path = "data/darlington/a-folder/a-file-with-a-name.csv"
    assert pieces(path) == [path]  # a line may end after / and - as it is


@given(
    st.lists(
        st.tuples(st.floats(1, 80), st.floats(0, 900), st.floats(0, 900)),
        min_size=1,
        max_size=9,
    ),
    st.floats(100, 800),
)
def test_a_width_is_shared_out_within_its_bounds(columns, available):
    least = [own[0] for own in columns]
    most = [own[0] + own[2] for own in columns]
    usual = [own[1] for own in columns]
    widths = shared_out(least, usual, most, available)
    if sum(least) > available:
        assert widths == ()
        return
    assert sum(widths) <= available + 0.01
    for width, low, high in zip(widths, least, most, strict=True):
        assert low - 0.11 <= width <= high + 0.01
