"""Random packs, true sentences about them, and the same with one digit changed."""

import random
from dataclasses import dataclass, replace
from fractions import Fraction

from scrutiny_pack.check.packs import CitedPack
from scrutiny_pack.check.report import Passage, Report, Table
from scrutiny_pack.formats.content import Content
from tests.claims.random_reports import one_digit_changed, rounded

from .packs import (
    ABOUT,
    LEAVERS,
    PACK,
    POSTS,
    RATES,
    TURNOVER,
    UNITS,
    piece,
    posts_rows,
    rate_rows,
    series_rows,
)

HEADS = "a count, its row and column named"
HOURS = "an FTE figure, its row and column named"
OF = "a count of a base: 6 of 17 posts"
RATE = "a rate, its row named"
KEY = "a key figure"
SERIES = "a figure of a series"
POINTS = "a change in percentage points between two figures"
PER_CENT = "a change in per cent between two figures"
CELL = "a cell of a pasted table"
BARE = "a figure whose sentence names no row or column"
NAMED = (HEADS, HOURS, OF, RATE, KEY, SERIES, POINTS, PER_CENT, CELL)
"""The kinds of figure of which the sentence says what it is."""
COLUMNS = {
    "establishment": "posts in the establishment",
    "in_post": "staff in post",
    "vacancies": "vacancies",
}


@dataclass(frozen=True)
class Statement:
    """A part of a draft that states one figure that may be changed.

    Attributes:
        kind: what kind of figure.
        text: the sentence, with ``{}`` where the figure stands.
        figure: the figure as printed.
        table: a pasted table, with ``{}`` in one cell, instead of a sentence's figure.
    """

    kind: str
    text: str
    figure: str
    table: tuple[tuple[str, ...], ...] = ()

    def parts(self):
        if not self.table:
            return (Passage(self.text.format(self.figure)),)
        rows = tuple(
            tuple(c.replace("{}", self.figure) for c in row) for row in self.table
        )
        return (Passage(self.text, "caption"), Table(rows))

    @property
    def report(self):
        return Report("draft.docx", self.parts())

    def changed(self, rng: random.Random):
        return replace(self, figure=one_digit_changed(self.figure, rng))


def random_pack(rng: random.Random):
    """A pack of random figures, and true statements about it."""
    units = UNITS[:-1]
    posts = {unit: rng.randrange(6, 60) for unit in units}
    vacant = {unit: rng.randrange(1, posts[unit] // 2 + 1) for unit in units}
    figures = {unit: _figures(posts[unit], vacant[unit], rng) for unit in units}
    figures[UNITS[-1]] = {
        key: round(sum(figures[u][key] for u in units), 2) for key in figures[units[0]]
    }
    rates = {
        u: (int(f["vacancies", "headcount"]), int(f["establishment", "headcount"]))
        for u, f in figures.items()
    }
    leavers = [rng.randrange(20, 4000) for _ in range(3)]
    turnover = [rng.randrange(500, 4000) / 100 for _ in range(3)]
    top, base = rates[UNITS[-1]]
    headline = f"{rounded(Fraction(100 * top, base), 1, random.Random(0))}%"  # noqa: S311
    pieces = (
        piece("vacancy-rate", "Key figure 1", "Vacancy rate of all teams", rate_rows({UNITS[-1]: rates[UNITS[-1]]}), RATES,
              "key_figure", headline, f"{top} of {base}, headcount"),
        piece("posts", "Table 1", "Posts, filled and vacant", posts_rows(figures), POSTS),
        piece("vacancy-rates", "Table 2", "Vacancy rates by team", rate_rows(rates), RATES),
        piece("leavers", "Table 3", "Leavers, year by year", series_rows("leavers", "headcount", leavers), LEAVERS),
        piece("turnover", "Table 4", "Turnover as published", series_rows("turnover_rate_published", "not stated", turnover), TURNOVER),
    )  # fmt: skip
    pack = CitedPack(PACK, Content(ABOUT, pieces))
    return pack, list(_statements(rng, figures, rates, leavers, turnover))


def _figures(posts, vacant, rng):
    part = rng.randrange(800, 1001)
    hours = {
        "in_post": (posts - vacant) * part // 10 / 100,
        "vacancies": vacant * part // 10 / 100,
    }
    hours["establishment"] = round(hours["in_post"] + hours["vacancies"], 2)
    heads = {"establishment": posts, "in_post": posts - vacant, "vacancies": vacant}
    return {(m, "headcount"): heads[m] for m in COLUMNS} | {
        (m, "fte"): hours[m] for m in COLUMNS
    }


def _cite(rng, number, slug):
    return rng.choice(
        [
            f"({number})",
            f"({number}; see also the note)",
            f"({PACK}/{slug})",
            f"[{slug}]",
            f"({number} [{slug}])",
        ]
    )


def _statements(rng, figures, rates, leavers, turnover):
    unit = rng.choice(UNITS)
    name = rng.choice(list(COLUMNS))
    count = f"{figures[unit][name, 'headcount']:g}"
    cite = _cite(rng, "Table 1", "posts")
    yield Statement(
        HEADS, f"{unit} had {{}} {COLUMNS[name]} by headcount {cite}.", count
    )
    unit = rng.choice(UNITS)
    hours = rounded(Fraction(str(figures[unit][name, "fte"])), rng.choice([1, 2]), rng)
    yield Statement(
        HOURS, f"At 31 March 2020, {unit} had {{}} FTE {COLUMNS[name]} {cite}.", hours
    )
    top, base = rates[unit]
    cite = _cite(rng, "Table 2", "vacancy-rates")
    yield Statement(
        OF, f"In {unit}, {{}} of {base} posts were vacant {cite}.", f"{top}"
    )
    unit = rng.choice(UNITS)
    exact = Fraction(100 * rates[unit][0], rates[unit][1])
    sign = rng.choice(["%", " per cent"])
    yield Statement(
        RATE,
        f"The vacancy rate of {unit} was {{}} in 2019/20 {cite}.",
        rounded(exact, rng.randrange(3), rng) + sign,
    )
    exact = Fraction(100 * rates[UNITS[-1]][0], rates[UNITS[-1]][1])
    yield Statement(
        KEY,
        "The vacancy rate was {} (Key figure 1).",
        rounded(exact, rng.choice([1, 2]), rng) + "%",
    )
    year, number = rng.choice(list(enumerate(leavers)))
    yield Statement(
        SERIES,
        f"{{}} social workers left in the year to 31 March {2018 + year} (Table 3).",
        f"{number:,}",
    )
    first, last = (Fraction(str(value)) for value in (turnover[0], turnover[-1]))
    way = "rose" if last > first else "fell"
    points = rounded(abs(last - first), rng.choice([1, 2]), rng)
    yield Statement(
        POINTS,
        f"Turnover {way} by {{}} percentage points, from {float(first):.2f}% to {float(last):.2f}% (Table 4).",
        points,
    )
    first, last = leavers[0], leavers[-1]
    way = "more" if last > first else "fewer"
    change = rounded(Fraction(100 * abs(last - first), first), 1, rng)
    yield Statement(
        PER_CENT,
        f"There were {{}}% {way} leavers, {last:,} after {first:,} (Table 3).",
        change,
    )
    yield _pasted(rng, figures)
    unit = rng.choice(UNITS)
    yield Statement(
        BARE,
        "The figure given to the committee was {} (Table 1).",
        f"{figures[unit]['in_post', 'headcount']:g}",
    )


def _pasted(rng, figures):
    units = rng.sample(UNITS, 3)
    names = list(COLUMNS)
    chosen = (rng.randrange(3), rng.randrange(3))
    rows = [("Who", "Establishment", "In post", "Vacant")]
    figure = ""
    for at, unit in enumerate(units):
        cells = []
        for place, name in enumerate(names):
            text = f"{figures[unit][name, 'headcount']:g}"
            if (at, place) == chosen:
                figure, text = text, "{}"
            cells.append(text)
        rows.append((unit, *cells))
    return Statement(
        CELL, "Table 1: Posts, from the evidence pack", figure, tuple(rows)
    )
