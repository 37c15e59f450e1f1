"""Posts, who fills them, and what is vacant, by every definition in use.

All functions take rows of the dataset ``posts`` (see its schema) and return the long
form with its text columns. Figures are put together only where they are about the
same unit of one published table, at one date, on one basis. Where the basis is not
stated, they must also stand in one place of the source: of two figures whose basis
nobody knows, nobody knows that it is the same.

Definitions: DfE, "Children's social work workforce", methodology, for the vacancy
rate and the agency worker rate; ``definitions.yaml`` says whose the others are.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from scrutiny_pack.measures import rates
from scrutiny_pack.measures.structure import as_key_figure, latest, with_levels
from scrutiny_pack.observations import long_form

COUNTS = (
    "establishment",
    "in_post",
    "permanent",
    "in_post_and_agency",
    "vacancies",
    "agency_workers",
    "vacancies_covered_by_agency",
)
"""The counts of posts and people, in the order in which a table shows them."""

_VACANCY_RATES = {
    "vacancy_rate_posts": ("vacancies", ("establishment",)),
    "vacancy_rate_dfe": ("vacancies", ("vacancies", "in_post")),
    "vacancy_rate_permanent": ("vacancies", ("vacancies", "permanent")),
}
_AGENCY_RATES = {
    "agency_rate_dfe": ("agency_workers", ("agency_workers", "in_post")),
    "agency_rate_permanent": ("agency_workers", ("agency_workers", "permanent")),
}
_RATES = _VACANCY_RATES | _AGENCY_RATES
"""What each rate counts, and what it adds up to count it against."""

_IN_A_TABLE = (
    "vacancies",
    "establishment",
    "vacancy_rate_posts",
    "agency_workers",
    "in_post",
    "vacancy_rate_dfe",
    "agency_rate_dfe",
    "permanent",
    "vacancy_rate_permanent",
    "agency_rate_permanent",
)
"""The order that puts each rate beside the counts that it is made of."""

_BY = ("breakdown", "unit", "stands_in")
_FILLING = ("vacancies", "agency_workers")
_BASES = ("headcount", "posts", "not stated", "fte")
_RATED = ("whole", "service", "role")


def staffing(posts: pd.DataFrame) -> pd.DataFrame:
    """The published tables that say how posts are filled.

    Returns:
        The rows of the breakdowns that have vacancies or agency workers, with
        ``level`` (part, subtotal, total).
    """
    return with_levels(long_form(posts[_tells_filling(posts)]))


def counted_apart(posts: pd.DataFrame) -> pd.DataFrame:
    """The published lists that count posts or staff, and not how posts are filled.

    Returns:
        The rows of the other breakdowns, with ``level``.
    """
    return with_levels(long_form(posts[~_tells_filling(posts)]))


def whole(posts: pd.DataFrame) -> pd.DataFrame:
    """The whole workforce as it stood last: one row for each measure and basis.

    Returns:
        The counts of the units that are the whole, at their latest date; where
        several tables have that date, those of the table that stands last.
    """
    last = latest(_counts(staffing(posts)).loc[lambda f: f["unit_kind"] == "whole"])
    return last[last["breakdown"] == last["breakdown"].iloc[-1]] if len(last) else last


def first_basis(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of one basis: headcount, else posts, else not stated, else FTE."""
    for basis in _BASES:
        if (frame["basis"] == basis).any():
            return frame[frame["basis"] == basis]
    return frame


def with_those_outside(posts: pd.DataFrame) -> pd.DataFrame:
    """The total together with the units that stand outside it, such as managers.

    Returns:
        One row for each measure, basis and date: the exact sum of a table's only
        total and of the units that are part of nothing in that table. No rows where
        a table has no such units, or several totals.
    """
    return _with_those_outside(_counts(staffing(posts)))


def _with_those_outside(counts: pd.DataFrame) -> pd.DataFrame:
    made = []
    for _, table in with_place(counts).groupby("breakdown", sort=False):
        totals = table.loc[table["level"] == "total", "unit"].unique()
        alone = table["level"] == "part"
        alone &= (table["part_of"] == "") & (table["within"] == "")
        outside = list(table.loc[alone, "unit"].unique())
        if len(totals) == 1 and outside:
            names = [totals[0], *outside]
            made.append(
                rates.added(
                    table, "unit", names, " and ".join(names),
                    ["breakdown", "measure", "stands_in"],
                )
            )  # fmt: skip
    return _put_together(made, counts.iloc[:0])


def with_place(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with ``stands_in``, which only figures that may be put together share.

    Returns:
        The rows; ``stands_in`` is the paragraph of a figure whose basis is not
        stated, and empty for all others.
    """
    known = frame["basis"] != "not stated"
    return frame.assign(stands_in=frame["paragraph"].mask(known, ""))


def vacancy_rates(posts: pd.DataFrame) -> pd.DataFrame:
    """Vacancy rates by each definition for which there are figures.

    Vacancies as a share of posts; as a share of vacancies and staff in post (the
    DfE's formula; the DfE's definition is by FTE, and by headcount the formula is
    the same on another basis); and, for a unit that has permanent staff in the place
    of staff in post, as a share of vacancies and permanent staff.

    Returns:
        One row for each rate of a total, a service or a role, and of the total with
        those outside it (see `with_those_outside`). Single teams have none, nor has
        a unit whose rates would all be made on a base under 10.
    """
    made = _rated(posts, _VACANCY_RATES)
    return _without_repeats(made, "vacancy_rate_dfe", "vacancy_rate_permanent")


def agency_rates(posts: pd.DataFrame) -> pd.DataFrame:
    """Agency workers as a share of everybody who does the work.

    Returns:
        One row for each rate, of the same units as `vacancy_rates`: by the DfE's
        formula, or with permanent staff in the place of staff in post.
    """
    made = _rated(posts, _AGENCY_RATES)
    return _without_repeats(made, "agency_rate_dfe", "agency_rate_permanent")


def beside_their_counts(made: pd.DataFrame, posts: pd.DataFrame) -> pd.DataFrame:
    """Rates with the counts that they are made of, so that a table shows each base.

    Args:
        made: what `vacancy_rates` or `agency_rates` returned.
        posts: the same rows that it was made of.

    Returns:
        The rates, and before them the counts of the same units, bases and dates. Of
        the levels only the total is kept: nearly all the rows are subtotals.
    """
    keys = ["breakdown", "unit", "basis", "as_at"]
    behind = {n for rate in made["measure"] for n in _RATES[rate][1] + _RATES[rate][:1]}
    counts = _all_units(posts).merge(made[keys].drop_duplicates(), on=keys)
    both = pd.concat([counts[counts["measure"].isin(behind)], made], ignore_index=True)
    both["level"] = both["level"].where(both["level"] == "total", "part")
    place = both["measure"].map(_IN_A_TABLE.index)
    return both.loc[place.sort_values(kind="stable").index]


def agency_against_vacancies(posts: pd.DataFrame) -> pd.DataFrame:
    """Agency workers less the vacancies that they could cover.

    Returns:
        Three rows for each unit, basis and date that has both: vacancies, agency
        workers, and agency workers less vacancies.
    """
    counts = with_place(_counts(staffing(posts)))
    less = rates.added(
        counts,
        "measure",
        ["agency_workers"],
        "agency_minus_vacancies",
        _BY,
        ["vacancies"],
    )
    return _with_counts(less, counts, _FILLING)


def over_and_under(posts: pd.DataFrame) -> pd.DataFrame:
    """People against posts: what the source prints, and what its figures come to.

    Returns:
        The published column over or under the establishment as it is, and beside it
        staff (in post, or permanent where only those are given) and agency workers
        less posts. The two count in opposite directions where the source prints an
        excess in brackets; neither is changed to fit the other.
    """
    rows = with_place(staffing(posts))
    published = rows[rows["measure"] == "over_under_establishment"]
    by_permanent = rates.added(
        rows, "measure", ["permanent", "agency_workers"],
        "staff_minus_establishment", _BY, ["establishment"],
    )  # fmt: skip
    by_in_post = rates.added(
        rows, "measure", ["in_post", "agency_workers"],
        "in_post_and_agency_minus_establishment", _BY, ["establishment"],
    )  # fmt: skip
    return _put_together([published, by_permanent, by_in_post], rows.iloc[:0])


def not_adding_up(posts: pd.DataFrame) -> pd.DataFrame:
    """Units whose staff and vacancies do not add up to their posts.

    Returns:
        One row for each part (no totals) and basis whose posts less staff (in post
        or permanent) less vacancies is not nought; ``value`` is that difference.
    """
    rows = with_place(_counts(staffing(posts)))
    made = [
        rates.added(
            rows,
            "measure",
            ["establishment"],
            "establishment",
            _BY,
            [staff, "vacancies"],
        )
        for staff in ("in_post", "permanent")
    ]
    both = _put_together(made, rows.iloc[:0])
    return both[(both["level"] == "part") & (both["value"].fillna(0) != 0)]


def filling_by_part(posts: pd.DataFrame) -> pd.DataFrame:
    """Vacancies and agency workers of each team or role, for a chart.

    Where one of the two is not given, posts and staff stand with the other.

    Returns:
        The counts of the parts that make up a total, in the order of the source, on
        one basis (see `first_basis`) and from one table: the last of the latest date.
    """
    parts = _counts(staffing(posts))
    parts = latest(parts[(parts["level"] == "part") & (parts["part_of"] != "")])
    if parts.empty:
        return parts
    parts = first_basis(parts[parts["breakdown"] == parts["breakdown"].iloc[-1]])
    two = parts[parts["measure"].isin(["vacancies", "agency_workers"])]
    if two["measure"].nunique() > 1:
        return two
    return parts[parts["measure"].isin(COUNTS)]


def key_figures(
    posts: pd.DataFrame, published: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The few figures of the whole that a reader meets first, by item.

    The vacancy rate by two definitions, so that none is chosen for the reader: as a
    share of posts (by headcount, else on whatever basis there is) and the DfE's (by
    FTE, as the DfE defines it). Where no rate can be made, the number of vacancies;
    where there is not even that, the rate as published. And the agency workers.

    Args:
        posts: rows of the dataset ``posts``.
        published: rows of the dataset ``published-rates``.

    Returns:
        For each item one row of the long form with ``unit``, or none.
    """
    named = _with_the_table_named(posts)
    made = vacancy_rates(named)
    counts = whole(named)
    by_posts = _of_whole(made[made["measure"] == "vacancy_rate_posts"])
    dfe = made[(made["measure"] == "vacancy_rate_dfe") & (made["basis"] == "fte")]
    number = counts[(counts["measure"] == "vacancies") & counts["value"].notna()]
    has_rate = made["value"].notna().any()
    stated = long_form(published[published["measure"] == "vacancy_rate_published"])
    stated = latest(stated.rename(columns={"scope": "unit"}))
    return {
        "vacancy-rate-posts": by_posts,
        "vacancy-rate-dfe": _of_whole(dfe),
        "vacancies": _one(number.iloc[:0] if has_rate else number),
        "vacancy-rate-published": _one(stated.iloc[:0] if len(number) else stated),
        "agency-workers": _one(counts[counts["measure"] == "agency_workers"]),
    }


def _with_the_table_named(posts: pd.DataFrame) -> pd.DataFrame:
    """The rows with the published table in the unit's name, where there are several."""
    tables = staffing(posts)["breakdown"]
    if tables.nunique() < 2:
        return posts
    suffix = " (" + posts["breakdown"] + ")"
    part_of = (posts["part_of"] + suffix).where(posts["part_of"] != "", "")
    return posts.assign(unit=posts["unit"] + suffix, part_of=part_of)


def _of_whole(made: pd.DataFrame) -> pd.DataFrame:
    """The rate of the total itself, as it was last; not of those added to it."""
    rows = latest(made[(made["unit_kind"] == "whole") & made["value"].notna()])
    if rows.empty:
        return _one(rows)
    rows = rows[rows["breakdown"] == rows["breakdown"].iloc[-1]]
    return _one(rows[rows["unit"] == rows["unit"].iloc[0]])


def _one(rows: pd.DataFrame) -> pd.DataFrame:
    """The first row, on the first basis, with the unit's name as its only text."""
    return as_key_figure(first_basis(rows), "unit")


def _tells_filling(posts: pd.DataFrame) -> "pd.Series[bool]":
    told = posts.loc[posts["measure"].isin(_FILLING), "breakdown"].unique()
    return posts["breakdown"].isin(told)


def _counts(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["measure"].isin(COUNTS)]


def _all_units(posts: pd.DataFrame) -> pd.DataFrame:
    counts = _counts(staffing(posts))
    return pd.concat([counts, _with_those_outside(counts)])


def _rated(
    posts: pd.DataFrame, wanted: Mapping[str, tuple[str, tuple[str, ...]]]
) -> pd.DataFrame:
    units = with_place(_all_units(posts))
    units = units[units["unit_kind"].isin(_RATED)]
    made = [
        rates.rate(units, name, over, under, _BY)
        for name, (over, under) in wanted.items()
    ]
    both = _put_together(made, units.iloc[:0])
    known = both.loc[both["value"].notna(), ["breakdown", "unit"]].drop_duplicates()
    return both.merge(known, on=["breakdown", "unit"])


def _without_repeats(made: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Without the second measure for the units that have the first."""
    keys = ["breakdown", "unit", "basis", "as_at"]
    has_first = made.loc[made["measure"] == first, keys].apply(tuple, axis=1)
    repeated = (made["measure"] == second) & made[keys].apply(tuple, axis=1).isin(
        has_first
    )
    return made[~repeated]


def _with_counts(
    made: pd.DataFrame, counts: pd.DataFrame, names: Sequence[str]
) -> pd.DataFrame:
    keys = [*_BY, "basis", "as_at"]
    beside = counts.merge(made[keys], on=keys)
    columns = [beside[beside["measure"] == name] for name in names]
    return _put_together([*columns, made], counts.iloc[:0])


def _put_together(
    frames: Sequence[pd.DataFrame], nothing: pd.DataFrame
) -> pd.DataFrame:
    """The rows of all the frames that have any, without the column that joined them."""
    filled = [frame for frame in frames if not frame.empty]
    both = pd.concat(filled, ignore_index=True) if filled else nothing
    return long_form(both.drop(columns="stands_in", errors="ignore"))
