"""The arithmetic that published figures should keep, worked out again.

[`identities`][.] sets each printed figure beside what its own table makes it. It
decides nothing: the expectation suites say how large a residual may be.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from scrutiny_pack.inputs.printed_figures import (
    ALL_BANDS,
    DIGITS_KEPT,
    PrintedFigure,
    as_text,
    printed_figures,
)
from scrutiny_pack.inputs.wording import basis_in_words, counted, measure_in_words
from scrutiny_pack.rounding import round_half_up

PARTS = "parts and their total"
WITHIN = "a part within its whole"
ESTABLISHMENT = "in post, vacant and the establishment"
AGENCY = "permanent and agency workers together"
BANDS = "bands and their total"
SHARE = "a share and the numbers behind it"
HUNDRED = "shares that make 100"
FUNNEL = "stages that never grow"
FTE = "FTE and headcount"

IDENTITIES_OF: Mapping[str, tuple[str, ...]] = {
    "caseload-bands": (PARTS, WITHIN, BANDS, SHARE, HUNDRED, FTE),
    "cases": (PARTS, WITHIN),
    "census-workforce": (PARTS, WITHIN),
    "experience": (PARTS, WITHIN, BANDS, SHARE, HUNDRED, FTE),
    "leavers": (PARTS, WITHIN, FTE),
    "newly-qualified": (PARTS, WITHIN, SHARE),
    "posts": (PARTS, WITHIN, ESTABLISHMENT, AGENCY, FTE),
    "qualifications": (PARTS, WITHIN),
    "referrals": (SHARE, FUNNEL),
}
"""Which identities the figures of a dataset are held to; of the others, none."""

ADDED_UP = frozenset(
    {
        "agency_covering_vacancies_dfe",
        "agency_workers",
        "agency_workers_dfe",
        "case_holders_dfe",
        "cases",
        "cases_dfe",
        "children",
        "establishment",
        "in_post",
        "in_post_and_agency",
        "in_post_dfe",
        "leavers",
        "leavers_dfe",
        "new_cases_a_year",
        "over_under_establishment",
        "permanent",
        "placements_a_year",
        "qualifications",
        "referrals",
        "starters_dfe",
        "vacancies",
        "vacancies_covered_by_agency",
        "vacancies_dfe",
        "workers",
    }
)
"""The measures whose parts add up to their total: counts, not rates or averages."""

COLUMNS = (
    "identity", "breakdown", "unit", "measure", "basis", "as_at",
    "stated", "computed", "residual", "line", "paragraph", "in_words", "by_how_much",
)  # fmt: skip

_NUMBERS = {"stated": "float64", "computed": "float64", "residual": "float64"}
_DTYPES = dict.fromkeys(COLUMNS, "str") | _NUMBERS | {"line": "int64"}
_SHARES = {"share_published": "workers", "share_of_referrals_published": "referrals"}


def identities(schema_name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Work out again what the printed figures of a dataset should add up to.

    A blank part counts as nothing, and the sentence says so. Where a figure that
    is needed is estimated, a range, confidential or low, there is no identity.
    What became of referrals is none either: outcomes stand beside the stages.

    Args:
        schema_name: the dataset.
        frame: its table, as [`read_table`][scrutiny_pack.inputs.tables.read_table]
            gives it.

    Returns:
        One row for each printed figure and identity, in the order of the file, with
        the index ``row``:

        - ``identity``: its short name, one of ``IDENTITIES_OF`` the dataset
        - ``breakdown``, ``unit``, ``measure``, ``basis``, ``as_at``: of the figure
        - ``stated``, ``computed``: what is printed, and what it should be
        - ``residual``: stated - computed, and 0 where the printed decimals leave
          room for the difference; for a part or a stage that is larger than what
          it belongs to, by how much it is
        - ``line``, ``paragraph``: where the printed figure stands
        - ``in_words``: a sentence, without a full stop, true whatever the residual
        - ``by_how_much``: the residual without its sign, for the end of a sentence
    """
    names = IDENTITIES_OF.get(schema_name, ())
    figures = printed_figures(frame) if names else []
    found = [row for name in names for row in _WORKED_OUT[name](figures)]
    found.sort(key=lambda row: (row["line"], names.index(row["identity"])))
    table = pd.DataFrame(found, columns=list(COLUMNS)).astype(_DTYPES)
    return table.rename_axis("row")


# --- Helpers ---


def _grouped(
    figures: Iterable[PrintedFigure], key: Callable[[PrintedFigure], tuple[Any, ...]]
) -> dict[tuple[Any, ...], list[PrintedFigure]]:
    groups: dict[tuple[Any, ...], list[PrintedFigure]] = defaultdict(list)
    for figure in figures:
        groups[key(figure)].append(figure)
    return groups


def _row(
    identity: str,
    figure: PrintedFigure,
    computed: float,
    in_words: str,
    *,
    residual: float | None = None,
    in_points: bool = False,
) -> dict[str, Any]:
    """One row of the table of identities, about one printed figure."""
    if residual is None:
        residual = figure.value - computed
    residual = round(residual, DIGITS_KEPT) + 0.0
    points = ""
    if in_points:
        points = " percentage point" + ("s" if abs(residual) != 1 else "")
    return {
        "identity": identity,
        "breakdown": figure.breakdown,
        "unit": figure.unit,
        "measure": figure.measure,
        "basis": figure.basis,
        "as_at": figure.as_at,
        "stated": figure.value,
        "computed": round(computed, DIGITS_KEPT),
        "residual": residual,
        "line": figure.line,
        "paragraph": figure.paragraph,
        "in_words": in_words,
        "by_how_much": as_text(abs(residual), 0) + points,
    }


def _sum(figures: Iterable[PrintedFigure]) -> tuple[float, int, str] | None:
    """What figures add up to, with how many decimals, and how many are blank.

    Returns:
        None if there is nothing to add, or something that cannot be added.
    """
    figures = list(figures)
    known = [figure for figure in figures if figure.known]
    blank = [figure for figure in figures if figure.blank]
    if not known or len(known) + len(blank) < len(figures):
        return None
    note = f", with {counted(len(blank), 'blank', 'blank')} counted as nothing"
    return (
        math.fsum(figure.value for figure in known),
        max(figure.decimals for figure in known),
        note if blank else "",
    )


# --- Identities -----------------------------------------------------------------


def _parts(figures: list[PrintedFigure]) -> Iterator[dict[str, Any]]:
    """All the parts of a unit add up to it."""

    def key(unit: str, figure: PrintedFigure) -> tuple[str, ...]:
        return (figure.breakdown, unit, figure.measure, figure.basis, figure.as_at,
                figure.band)  # fmt: skip

    counts = [figure for figure in figures if figure.measure in ADDED_UP]
    parts = _grouped(counts, lambda figure: key(figure.part_of, figure))
    for total in counts:
        added = _sum(parts.get(key(total.unit, total), ()))
        if added and total.known:
            computed, decimals, blanks = added
            many = len(parts[key(total.unit, total)])
            what = f"the {many} parts make" if many > 1 else "its one part makes"
            yield _row(
                PARTS,
                total,
                computed,
                f"{total.label}, {measure_in_words(total.measure)}: {what} "
                f"{as_text(computed, decimals)}{blanks}, and the total is printed as "
                f"{total.printed}",
            )


def _within(figures: list[PrintedFigure]) -> Iterator[dict[str, Any]]:
    """A part is not larger than the whole that it is one part of."""
    wholes = {
        (figure.breakdown, figure.unit, figure.measure, figure.basis, figure.as_at,
         figure.band): figure
        for figure in figures
        if figure.measure in ADDED_UP and figure.known
    }  # fmt: skip
    for part in figures:
        whole = wholes.get((part.breakdown, part.within, part.measure, part.basis,
                            part.as_at, part.band))  # fmt: skip
        if whole and part.known:
            yield _row(
                WITHIN,
                part,
                whole.value,
                f"{part.label}, {measure_in_words(part.measure)}: printed as "
                f"{part.printed}, and {whole.unit}, of which this is one part, as "
                f"{whole.printed}",
                residual=max(0.0, part.value - whole.value),
            )


def _by_measure(figures: list[PrintedFigure]) -> Iterator[dict[str, PrintedFigure]]:
    """The known figures of each unit and basis, by measure."""
    known = [figure for figure in figures if figure.known]
    units = _grouped(known, lambda f: (f.breakdown, f.unit, f.basis, f.as_at))
    for unit in units.values():
        yield {figure.measure: figure for figure in unit}


def _establishment(figures: list[PrintedFigure]) -> Iterator[dict[str, Any]]:
    """Posts that are filled, and posts that are not, are all the posts."""
    for of in _by_measure(figures):
        staff = of.get("in_post") or of.get("permanent")
        if staff and {"establishment", "vacancies"} <= set(of):
            stated, vacant = of["establishment"], of["vacancies"]
            agency = of.get("agency_workers")
            computed = staff.value + vacant.value
            decimals = max(staff.decimals, vacant.decimals)
            apart = ""
            if agency and agency.value:
                apart = f" (agency workers, {agency.printed}, are not counted)"
            yield _row(
                ESTABLISHMENT,
                stated,
                computed,
                f"{stated.label}: {measure_in_words(staff.measure)} {staff.printed} "
                f"and vacant {vacant.printed} make {as_text(computed, decimals)}"
                f"{apart}, and the establishment is printed as {stated.printed}",
            )


def _agency(figures: list[PrintedFigure]) -> Iterator[dict[str, Any]]:
    """Permanent staff and agency workers are everybody who does the work."""
    for of in _by_measure(figures):
        if {"permanent", "agency_workers", "in_post_and_agency"} <= set(of):
            stated = of["in_post_and_agency"]
            permanent, agency = of["permanent"], of["agency_workers"]
            computed = permanent.value + agency.value
            decimals = max(permanent.decimals, agency.decimals)
            yield _row(
                AGENCY,
                stated,
                computed,
                f"{stated.label}: permanent {permanent.printed} and agency workers "
                f"{agency.printed} make {as_text(computed, decimals)}, and both "
                f"together are printed as {stated.printed}",
            )


def _bands(figures: list[PrintedFigure]) -> Iterator[dict[str, Any]]:
    """The bands of a row add up to its total."""
    counts = [figure for figure in figures if figure.measure in ADDED_UP]
    rows = _grouped(
        counts, lambda f: (f.breakdown, f.unit, f.measure, f.basis, f.as_at)
    )
    for row in rows.values():
        added = _sum(figure for figure in row if figure.band != ALL_BANDS)
        for stated in row:
            if stated.band == ALL_BANDS and stated.known and added:
                computed, decimals, blanks = added
                yield _row(
                    BANDS,
                    stated,
                    computed,
                    f"{stated.label}, {measure_in_words(stated.measure)}: the "
                    f"{len(row) - 1} bands make {as_text(computed, decimals)}{blanks}, "
                    f"and the total is printed as {stated.printed}",
                )


def _share(figures: list[PrintedFigure]) -> Iterator[dict[str, Any]]:
    """A printed share is what its numbers make it, to the decimals printed."""
    for share in figures:
        if share.measure not in _SHARES or not share.known:
            continue
        part = _one(_counts(figures, share, share.unit, share.band), share)
        whole = _base(figures, share)
        if part is None or not whole:
            continue
        exact = 100 * part / whole
        computed = float(round_half_up(exact, share.decimals))
        yield _row(
            SHARE,
            share,
            computed,
            f"{share.label}: {as_text(part, 0)} of {as_text(whole, 0)} is "
            f"{as_text(computed, share.decimals)}%, and {share.printed} is printed",
            in_points=True,
        )


def _counts(
    figures: list[PrintedFigure], share: PrintedFigure, unit: str, band: str
) -> list[PrintedFigure]:
    """What is counted in a unit and band, on the same day as a share is of it."""
    return [
        figure
        for figure in figures
        if figure.measure == _SHARES[share.measure]
        and (figure.breakdown, figure.unit, figure.band, figure.as_at)
        == (share.breakdown, unit, band, share.as_at)
    ]


def _one(counts: list[PrintedFigure], share: PrintedFigure) -> float | None:
    """The one count that a share can be about: of its basis, or the only one."""
    same_basis = [figure for figure in counts if figure.basis == share.basis]
    for chosen in (same_basis, counts):
        if len(chosen) == 1 and chosen[0].known:
            return chosen[0].value
    return None


def _base(figures: list[PrintedFigure], share: PrintedFigure) -> float | None:
    """What a share is a share of."""
    if share.band:
        total = _one(_counts(figures, share, share.unit, ALL_BANDS), share)
        bands = [
            figure
            for figure in figures
            if figure.band not in ("", ALL_BANDS)
            and figure in _counts(figures, share, share.unit, figure.band)
        ]
        added = _sum(bands) if len({figure.basis for figure in bands}) == 1 else None
        return total if total is not None else added and added[0]
    if share.measure == "share_of_referrals_published":
        first = [f for f in figures if f.step == 1 and f.measure == "referrals"]
        return _one([f for f in first if f.as_at == share.as_at], share)
    return _one(_counts(figures, share, share.within or share.part_of, ""), share)


def _hundred(figures: list[PrintedFigure]) -> Iterator[dict[str, Any]]:
    """The shares of all the bands make 100, as nearly as rounding lets them."""
    shares = [
        f for f in figures if f.measure == "share_published" and f.band != ALL_BANDS
    ]
    rows = _grouped(shares, lambda f: (f.breakdown, f.unit, f.basis, f.as_at))
    for row in rows.values():
        if len(row) < 2 or not all(figure.known for figure in row):
            continue
        first = row[0]
        made = math.fsum(figure.value for figure in row)
        room = math.fsum(0.5 * 10.0**-figure.decimals for figure in row)
        within_room = round(abs(made - 100), DIGITS_KEPT) <= round(room, DIGITS_KEPT)
        decimals = max(figure.decimals for figure in row)
        unit = ", ".join(word for word in (first.unit, first.breakdown) if word)
        identity = _row(
            HUNDRED,
            first,
            100.0,
            f"{unit}: the {len(row)} shares make {as_text(made, decimals)}%",
            residual=0.0 if within_room else made - 100,
            in_points=True,
        )
        yield identity | {"stated": round(made, DIGITS_KEPT)}


def _funnel(figures: list[PrintedFigure]) -> Iterator[dict[str, Any]]:
    """No more referrals reach a stage than reached the one before."""
    stages = [f for f in figures if f.measure == "referrals" and f.known and f.step > 0]
    for row in _grouped(stages, lambda f: (f.basis, f.as_at)).values():
        row.sort(key=lambda figure: figure.step)
        for before, stage in pairwise(row):
            yield _row(
                FUNNEL,
                stage,
                before.value,
                f"{stage.label}: printed as {stage.printed}, and the stage before, "
                f"{before.unit}, as {before.printed}",
                residual=max(0.0, stage.value - before.value),
            )


def _fte(figures: list[PrintedFigure]) -> Iterator[dict[str, Any]]:
    """Nobody, and no post, is more than one full-time equivalent."""
    known = [figure for figure in figures if figure.known]
    rows = _grouped(known, lambda f: (f.breakdown, f.unit, f.band, f.measure, f.as_at))
    for row in rows.values():
        of = {figure.basis: figure for figure in row}
        count = of.get("headcount") or of.get("posts")
        if count and "fte" in of:
            fte = of["fte"]
            yield _row(
                FTE,
                fte,
                count.value,
                f"{fte.label}, {measure_in_words(fte.measure)}: printed as "
                f"{fte.printed}, and the {basis_in_words(count.basis)} as "
                f"{count.printed}",
                residual=max(0.0, fte.value - count.value),
            )


_WORKED_OUT: Mapping[str, Callable[[list[PrintedFigure]], Iterator[dict[str, Any]]]] = {
    PARTS: _parts,
    WITHIN: _within,
    ESTABLISHMENT: _establishment,
    AGENCY: _agency,
    BANDS: _bands,
    SHARE: _share,
    HUNDRED: _hundred,
    FUNNEL: _funnel,
    FTE: _fte,
}
