"""What is said of posts, vacancies and agency workers: titles, notes and changes.

Pure functions of the dataset ``posts`` and of what `scrutiny_pack.measures.posts`
makes of it. Each returns plain words; "" or an empty list where there is nothing to
say.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scrutiny_pack.evidence.formatting import (
    BASIS_WORDS,
    figure_text,
    listed,
    number,
    plural,
    with_unit,
)
from scrutiny_pack.evidence.headlines.changes import count_change, rate_change, when
from scrutiny_pack.evidence.headlines.posts_words import (
    agency_less_vacancies,
    by_basis,
    figure,
    kind_words,
    last_whole,
    lowered,
    published_kind,
    which_table,
)
from scrutiny_pack.evidence.headlines.titles import first_that_fits
from scrutiny_pack.evidence.in_words import HEADINGS
from scrutiny_pack.measures import posts as measured
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.measures.rates import exact_sum, percentage
from scrutiny_pack.measures.structure import latest
from scrutiny_pack.observations import SMALLEST_BASE, records
from scrutiny_pack.periods import Period
from scrutiny_pack.rounding import decimals_of, round_half_up

_WHAT_AGREEING_IS = (
    "A computed rate agrees where it would be printed the same. That does not show that "
    "the published one was worked out so."
)
_NOUNS = {
    "posts": ("post", "posts"),
    "workers": ("worker", "workers"),
    "staff": ("person", "people"),
}


def key_title(row: pd.DataFrame) -> str:
    """A key figure's name: its measure and its basis; "" where there is no row."""
    if row.empty:
        return ""
    name, basis = row["measure"].iloc[0], row["basis"].iloc[0]
    return f"{measures()[name].title}{by_basis(basis)}"


def key_about(row: pd.DataFrame) -> str:
    """What a key figure is about, for its subtitle: the unit, as the source names it."""
    return "" if row.empty else str(row["unit"].iloc[0])


def headings(rows: pd.DataFrame) -> dict[str, str]:
    """What the text columns of a table are headed."""
    kinds = set(rows.loc[rows["unit_kind"] != "whole", "unit_kind"]) - {"service"}
    unit = kinds.pop().capitalize() if len(kinds) == 1 else "Who"
    return HEADINGS | {"unit": unit}


def rates_notes(rates: pd.DataFrame, posts: pd.DataFrame) -> tuple[str, ...]:
    """What a reader must know of rates made of the dataset ``posts``."""
    notes = []
    dfe = rates[rates["measure"].isin(["vacancy_rate_dfe", "agency_rate_dfe"])]
    if (dfe["measure"].eq("vacancy_rate_dfe") & dfe["basis"].ne("fte")).any():
        notes.append(
            "The DfE's vacancy rate is by FTE; by headcount the formula is the same, on "
            "another basis."
        )
    if rates["measure"].str.endswith("_permanent").any():
        notes.append(
            "The source gives permanent staff and not staff in post, so the DfE's formula "
            "is used with permanent staff in their place; staff on a fixed term may be "
            "missing from it. It is not the DfE's rate."
        )
    summed = rates.loc[~rates["unit"].isin(posts["unit"]), "unit"]
    notes += [
        f"{name}: added up here; in the source the one stands outside the other."
        for name in dict.fromkeys(summed)
    ]
    small = "; [u] stands in its place" if rates["value"].isna().any() else ""
    notes.append(
        f"No percentage is made for a single team, nor on a base under 10{small}."
    )
    return tuple(notes)


def agreement_notes(stated: pd.DataFrame) -> tuple[str, ...]:
    """What it means that a published rate and a computed one agree."""
    if not stated["agrees_with"].isin(["", "none"]).all():
        return (_WHAT_AGREEING_IS,)
    return ()


def over_notes(over: pd.DataFrame) -> tuple[str, ...]:
    """Which way each column counts."""
    notes = []
    if (over["measure"] == "over_under_establishment").any():
        notes.append(
            "The published column is as printed; brackets there are a minus sign here, and "
            "stand for more people than posts."
        )
    if (over["measure"] != "over_under_establishment").any():
        notes.append("Worked out here: above nought, more people than posts.")
    return tuple(notes)


def apart_title(apart: pd.DataFrame) -> str:
    """The lists that count posts or staff and not how posts are filled."""
    names = [lowered(name) for name in dict.fromkeys(apart["breakdown"])]
    return first_that_fits(
        f"Also counted: {listed(names)}", "Also counted: other lists of posts and staff"
    )


def post_changes_title(post_changes: pd.DataFrame) -> str:
    """How many changes of posts or teams the source states."""
    count = plural(len(post_changes), "change", "changes")
    return f"{count} in posts or teams, as the source states them"


def staffing_title(posts: pd.DataFrame) -> str:
    """Vacancies, posts and agency workers of the whole, in one line."""
    plain = "Posts, staff, vacancies and agency workers"
    last = measured.whole(posts)
    vacancies, basis = figure(last, "vacancies")
    if not vacancies:
        return plain
    posts_there, _ = figure(last, "establishment", basis)
    agency, _ = figure(last, "agency_workers", basis)
    if not agency:  # counted on another basis, or on one that is not stated
        agency, _ = figure(last, "agency_workers")
    first = (
        f"{vacancies} of {posts_there} posts vacant"
        if posts_there
        else plural(float(vacancies.replace(",", "")), "vacancy", "vacancies")
    )
    counted = f"{first} and {agency} agency workers" if agency else first
    ending = f"{by_basis(basis) if posts_there else ''}{which_table(measured.staffing(posts), last)}"
    return first_that_fits(counted + ending, counted, plain)


def rates_title(rates: pd.DataFrame) -> str:
    """From what to what the whole's vacancy rate goes, by the definitions in use."""
    of_whole = rates[rates["unit_kind"] == "whole"]
    values = (of_whole if len(of_whole) else rates)["value"].dropna()
    if values.empty:
        return "Vacancy rates, by definition"
    low, high = (round_half_up(v, 1) for v in (values.min(), values.max()))
    if low == high:
        return f"Vacancy rate of {low}%, whatever the definition"
    return f"Vacancy rate from {low}% to {high}%, depending on definition and what is counted"


def agency_rates_title(rates: pd.DataFrame) -> str:
    """What share of those who do the work comes from an agency."""
    of_whole = rates[(rates["unit_kind"] == "whole") & rates["value"].notna()]
    if of_whole.empty:
        return "Agency workers as a share of everybody who does the work"
    values = [round_half_up(v, 1) for v in of_whole["value"]]
    low, high = min(values), max(values)
    share = f"{low}%" if low == high else f"{low}% to {high}%"
    return f"Agency workers are {share} of everybody who does the work"


def published_title(published: pd.DataFrame) -> str:
    """The first of the latest published rates."""
    if published.empty:
        return "Rates as the source states them"
    row = records(latest(published))[0]
    kind = {"vacancy_rate_published": "Vacancy rate"}.get(
        row["measure"], "Agency worker rate"
    )
    about = "about " if row["as_published"].startswith(("about", "around")) else ""
    amount = with_unit(figure_text(row | {"status": ""}), "per cent")
    return f"{kind} published as {about}{amount}, {when(row['as_at'])}"


def cover_title(cover: pd.DataFrame) -> str:
    """The whole's agency workers beside its vacancies."""
    plain = "Agency workers and the vacancies that they could cover"
    last = last_whole(cover)
    agency, basis = figure(last, "agency_workers")
    vacancies, _ = figure(last, "vacancies", basis)
    if not agency:
        return plain
    said = f"{agency} agency workers beside {vacancies} vacancies"
    return first_that_fits(
        f"{said}{by_basis(basis)}{which_table(cover, last)}", said, plain
    )


def over_title(over: pd.DataFrame) -> str:
    """Whether there are more people than posts."""
    plain = "Over or under establishment, as published and as worked out"
    computed = over[over["measure"] != "over_under_establishment"]
    last = measured.first_basis(last_whole(computed))
    if last.empty or pd.isna(last["value"].iloc[0]):
        return plain
    value, basis = float(last["value"].iloc[0]), str(last["basis"].iloc[0])
    if value == 0:
        said = "As many people as posts, agency workers included"
    else:
        more = "more people than posts" if value > 0 else "more posts than people"
        said = f"{number(abs(value))} {more}, agency workers included"
    return first_that_fits(
        f"{said}{by_basis(basis)}{which_table(over, last)}", said, plain
    )


def parts_title(parts: pd.DataFrame) -> str:
    """In how many teams or roles agency workers outnumber vacancies."""
    if parts.empty:
        return "Posts, staff, vacancies and agency workers"
    less = agency_less_vacancies(parts)
    kind = kind_words(parts)
    if less.empty:
        return f"Posts, staff, vacancies and agency workers by {kind[:-1]}"
    more = int((less > 0).sum())
    return f"More agency workers than vacancies in {more} of {len(less)} {kind}"


def parts_about(parts: pd.DataFrame) -> str:
    """What the chart of the parts shows: ``Vacancies and agency workers``."""
    titles = listed(
        [measures()[name].title for name in dict.fromkeys(parts["measure"])]
    )
    return titles[:1] + titles[1:].lower()


def with_agreement(published: pd.DataFrame, computed: pd.DataFrame) -> pd.DataFrame:
    """Published rates, each with the computed ones that would be printed the same.

    That two numbers agree to the last digit printed does not show that the one was
    worked out as the other; nothing is chosen here for the reader.

    Args:
        published: rows of the dataset ``published-rates``.
        computed: the long form of computed rates.

    Returns:
        The published rows with a text column ``agrees_with``, such as ``27 of 101,
        headcount``; "none" where rates of that date were computed and none agrees,
        and "" where there are none to compare it with.
    """
    return published.assign(
        agrees_with=[_agreeing(row, computed) for row in records(published)]
    )


def changes(
    posts: pd.DataFrame, published: pd.DataFrame, post_changes: pd.DataFrame
) -> list[str]:
    """What changed: published rates, counts of the whole, and posts added or taken."""
    sentences = []
    for (scope, measure), rows in published.groupby(["scope", "measure"], sort=False):
        sure = _in_order(rows[~rows["status"].str.split().map(lambda s: "e" in s)])
        if len(sure) > 1:
            what = (
                f"{published_kind(str(measure))} as published ({lowered(str(scope))})"
            )
            sentences.append(rate_change(f"The {what}", sure[0], sure[-1]))
    counts = measured.staffing(posts)
    counts = counts[
        (counts["unit_kind"] == "whole") & counts["measure"].isin(measured.COUNTS)
    ]
    by = ["breakdown", "unit", "measure", "basis", "stands_in"]
    for _, rows in measured.with_place(counts).groupby(by, sort=False):
        dated = _in_order(rows)
        if len(dated) > 1:
            definition = measures()[dated[0]["measure"]]
            basis = by_basis(dated[0]["basis"])
            what = f"{definition.title}{basis}{',' if basis else ''}"
            nouns = _NOUNS.get(definition.unit, ("post", "posts"))
            sentences.append(count_change(what, dated[0], dated[-1], *nouns))
    sentences.append(_between_tables(counts))
    sentences += [_post_change(row) for row in records(post_changes)]
    return [sentence for sentence in sentences if sentence]


def _agreeing(row: Mapping[str, Any], computed: pd.DataFrame) -> str:
    kind = str(row["measure"]).removesuffix("_published")
    there = computed[
        computed["measure"].str.startswith(kind)
        & (computed["as_at"] == row["as_at"])
        & computed["value"].notna()
    ]
    if there.empty or pd.isna(row["value"]) or "e" in str(row["status"]).split():
        return ""
    printed = str(row["as_published"]).strip("%").partition(".")[2]
    places = max(len(printed), decimals_of(row["value"]))
    same = [
        f"{number(one['numerator'])} of {number(one['denominator'])}, "
        f"{BASIS_WORDS.get(one['basis'], one['basis'])}"
        for one in records(there)
        if round_half_up(one["value"], places) == round_half_up(row["value"], places)
    ]
    return "; ".join(dict.fromkeys(same)) or "none"


def _between_tables(counts: pd.DataFrame) -> str:
    """The posts of the whole in two tables of the same date, such as two years' budgets."""
    posts = latest(counts[counts["measure"] == "establishment"])
    posts = measured.first_basis(posts[posts["value"].notna()])
    if posts["breakdown"].nunique() < 2:
        return ""
    rows = records(posts)
    first, last = rows[0], rows[-1]
    moved = exact_sum([last["value"], first["value"]], [1, -1])
    if moved == 0:
        return ""
    more = "more" if moved > 0 else "fewer"
    share = (
        f" ({number(percentage(abs(moved), first['value']), 1)} per cent)"
        if first["value"] >= SMALLEST_BASE
        else ""
    )
    return (
        f"Posts go from {number(first['value'])} ({first['breakdown']}) to "
        f"{number(last['value'])} ({last['breakdown']}): {number(abs(moved))} {more}{share}."
    )


def _post_change(row: Mapping[str, Any]) -> str:
    """A sentence for posts that were added or taken away; plans are left to the table."""
    told = row["measure"] == "posts_changed" and row["nature"] == "actual"
    if not told or pd.isna(row["value"]) or row["direction"] not in {"up", "down"}:
        return ""
    more = "more" if row["direction"] == "up" else "fewer"
    amount = f"{number(row['value'])} {more}"
    return f"{row['change']}: {amount} {when(row['as_at'])}."


def _in_order(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    known = records(rows[rows["value"].notna()])
    return sorted(known, key=lambda row: Period.parse(row["as_at"]))
