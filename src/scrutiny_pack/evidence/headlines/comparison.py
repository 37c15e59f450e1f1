"""What is said of a comparison with other councils: titles, notes, changes, questions."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from scrutiny_pack.dfe.answers import breaks_shown
from scrutiny_pack.dfe.neighbours import MODELS
from scrutiny_pack.dfe.opening import Comparison
from scrutiny_pack.evidence.formatting import BASIS_WORDS, listed, number, plural
from scrutiny_pack.evidence.headlines.changes import rate_change
from scrutiny_pack.evidence.headlines.titles import first_that_fits
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import records
from scrutiny_pack.periods import Period

WORDS = {
    "turnover_rate_dfe": "Turnover",
    "vacancy_rate_dfe": "Vacancy rate",
    "agency_rate_dfe": "Agency worker rate",
    "average_caseload_dfe": "Average caseload",
    "average_caseload_dfe_2016": "Average caseload, 2016",
    "absence_rate_dfe": "Sickness absence",
    "in_post_dfe": "Social workers in post",
    "starters_dfe": "Social workers who started",
    "leavers_dfe": "Social workers who left",
    "children_in_need_per_worker_dfe": "Children in need a worker",
}
"""How a title or a sentence calls each of the DfE's measures."""

HEADINGS = {
    name: f"{words} (%)" if measures()[name].kind == "rate" else words
    for name, words in WORDS.items()
    if measures()[name].kind != "count"
} | {
    "place_from_lowest": "Place from the lowest",
    "quarter_from_lowest": "Quarter, 1 the lowest",
    "among": "Authorities with a figure",
    "counted": "Counted by",
    "counted_in": "Counted in",
    "from_whom": "Whose figure",
    "may_differ": "How it may differ from the council's figure above",
    "what": "What",
    "when": "As at",
    "since": "Since",
    "nearest": "Nearest first",
    "before": "Before",
    "now": "Now",
}
"""How the columns of the comparison's tables are headed."""

AS_PUBLISHED: dict[str, int | None] = dict.fromkeys(measures())
"""Decimal places: every figure keeps those that it was published with."""

CHARTS = {
    "turnover-over-time": "turnover_rate_dfe",
    "vacancies-over-time": "vacancy_rate_dfe",
    "agency-over-time": "agency_rate_dfe",
    "caseload-over-time": "average_caseload_dfe",
    "absence-over-time": "absence_rate_dfe",
}
"""The charts over time, and what each shows."""

IN_NEED_NOTE = (
    "Children in need for each social worker in post, whether or not the worker holds "
    "cases: it is not a caseload. The DfE published it for 2015, in whole numbers, and not "
    "since."
)
"""What the figure is, and is not."""

PLACES_NOTES = (
    (
        "Places are counted from the lowest figure among the local authorities that have one, "
        "equal figures sharing the lower place. A low place is neither good nor bad in itself."
    ),
    (
        "In brackets, the places that one worker more or fewer would give: within them, chance "
        "decides. Figures on a base under 10 are not placed."
    ),
)
"""How the places are to be read, with small numbers in mind."""

LOCAL_NOTES = (
    (
        "The DfE counts children and family social workers of all grades, without the director "
        "of children's services; whom the council's figure counts stands beside it."
    ),
    (
        "None of the figures is chosen. A figure of the DfE stands here where its census is "
        "within a year of the council's date."
    ),
)
"""How a local figure beside the DfE's is to be read."""

_KEY_FIGURES = {
    "dfe-turnover": "turnover_rate_dfe",
    "dfe-vacancies": "vacancy_rate_dfe",
    "dfe-agency": "agency_rate_dfe",
    "dfe-caseload": "average_caseload_dfe",
}
_IN_CHANGES = ("turnover_rate_dfe", "vacancy_rate_dfe", "agency_rate_dfe")
_MOST_QUESTIONS = 2
_FEW = 2
_SMALL = 50  # one worker is two percentage points of these, or more
_QUARTERS = {1.0: "lowest", 4.0: "highest"}
_PUBLISHED_LATER = "2017"


def key_figures(compared: Comparison) -> dict[str, pd.DataFrame]:
    """The council's rates at the last census, by slug: one row each, or none."""
    own = compared.own
    own = own[(own["as_at"] == compared.now) & (own["basis"] == "fte")]
    return {
        slug: own[(own["measure"] == measure) & own["value"].notna()]
        for slug, measure in _KEY_FIGURES.items()
    }


def key_title(row: pd.DataFrame) -> str:
    """What a key figure is."""
    if row.empty:
        return "The DfE's figure"
    figure = row.iloc[0]
    return f"{WORDS[figure['measure']]} by the DfE, {_date(figure['as_at'])}"


def introduction(compared: Comparison) -> str:
    """Which census the figures are of, and what is later than the period."""
    said = (
        f"The figures are the Department for Education's (DfE), as at 30 September of "
        f"each year. The last census that this pack's period holds is that of "
        f"**{_date(compared.now)}**."
    )
    if compared.later:
        said += (
            f" The next one, of {_date(compared.later)}, is later than the period: whoever "
            "wrote then could not see it, and wherever it stands it is marked as later."
        )
    if compared.dates[-1] >= _PUBLISHED_LATER:
        said += (
            f" Figures of 2017 and later are as the release of {compared.release} gives "
            "them, and may have been revised since they were first published."
        )
    return said


def compared_with(compared: Comparison) -> str:
    """With whom the council is compared, and what the groups are."""
    region = compared.register.area(compared.area.region).name
    groups = [
        f"its {g.title}" if g.title.startswith("statistical") else g.title
        for g in compared.groups
    ]
    said = (
        f"{compared.place} is compared with {'; '.join(['England', region, *groups])}."
    )
    models = [m for m in MODELS if compared.period.end.year < int(m)]
    if compared.groups and models:
        said += (
            f" The {listed(models)} {'models are' if len(models) > 1 else 'model is'} later "
            "than the period; the Department publishes no earlier one that this project "
            "has."
        )
    if compared.area.kind == "joint return":
        said += (
            " These are two councils that make one return; the models of statistical "
            "neighbours list them apart, so there are no neighbours to compare with."
        )
    if compared.groups:
        said += (
            " A mean or a median is of the councils' published figures, each council "
            "counting alike; it is not the rate of all of them together."
        )
    return said


def beside_title(rows: pd.DataFrame) -> str:
    """How the council stands by the first measure that it has, and the others beside it."""
    plain = "The council beside its region, England and other councils"
    for measure, part in rows.groupby("measure", sort=False):
        published = part[part["kind"] != "mean"].iloc[:3]
        if len(published) and pd.notna(published["value"].iloc[0]):
            figures = [
                f"{row['name']} {_amount(row)}"
                for row in records(published)
                if pd.notna(row["value"]) and row["kind"] != "median"
            ]
            return first_that_fits(
                f"{WORDS[str(measure)]}: {', '.join(figures)}", plain
            )
    return plain


def later_title(rows: pd.DataFrame, compared: Comparison) -> str:
    """The same of a census after the period."""
    what, colon, figures = beside_title(rows).partition(": ")
    if not colon:
        return what
    return first_that_fits(
        f"{what} later, in {compared.later[:4]}: {figures}", f"{what}: {figures}"
    )


def in_need_title(rows: pd.DataFrame) -> str:
    """Children in need a worker, by FTE, of the council, its region and England."""
    return beside_title(rows[rows["basis"] == "fte"])


def group_notes(rows: pd.DataFrame) -> list[str]:
    """How many of each group have a figure, and for which measures, in a sentence each."""
    notes = []
    means = rows[rows["kind"] == "mean"]
    for name, group in means.groupby("name", sort=False):
        title = str(name).removeprefix("Mean of ")
        by_note: dict[str, list[str]] = {}
        for row in records(group):
            words = by_note.setdefault(row["note"], [])
            if WORDS[row["measure"]] not in words:
                words.append(WORDS[row["measure"]])
        for place, (note, words) in enumerate(by_note.items()):
            about = "" if len(by_note) == 1 else f" ({listed(_inside(words))})"
            what = f"{title[:1].upper()}{title[1:]}" if place == 0 else "The same"
            notes.append(f"{what}{about}: {note}")
    return notes


def row_notes(rows: pd.DataFrame) -> list[str]:
    """What a reader must know of single published figures."""
    notes: dict[str, list[str]] = {}
    for row in records(rows[~rows["kind"].isin(["mean", "median"])]):
        if row["note"]:
            who = notes.setdefault(row["note"], [])
            if row["name"] not in who:
                who.append(row["name"])
    return [f"{listed(who)}: {note}" for note, who in notes.items()]


def workforce_title(rows: pd.DataFrame) -> str:
    """Social workers in post, by FTE."""
    fte = rows[(rows["measure"] == "in_post_dfe") & (rows["basis"] == "fte")]
    known = [row for row in records(fte) if pd.notna(row["value"])]
    figures = [f"{row['name']} {number(row['value'])}" for row in known]
    return first_that_fits(
        f"Social workers in post, FTE: {', '.join(figures)}" if figures else "",
        "Social workers in post, starters and leavers",
    )


def trend_title(compared: Comparison, measure: str) -> str:
    """How the council's rate went over the last two censuses of the period."""
    words = WORDS[measure]
    plain = f"{words} of the council, its region, England and its neighbours, by year"
    rows = _series(compared, measure)
    if len(rows) < 2 or _is_broken(compared, measure, rows):
        return plain
    first, last = rows[-2:]
    verb = _verb(first["value"], last["value"])
    years = [row["as_at"][:4] for row in (first, last)]
    moved = (
        f"{verb} from {_amount(first)} in {years[0]} to {_amount(last)} in {years[1]}"
        if verb != "stayed"
        else f"stayed at {_amount(last)} from {years[0]} to {years[1]}"
    )
    return first_that_fits(
        f"{words} in {compared.place} {moved}", f"{words} {moved}", plain
    )


def trend_notes(rows: pd.DataFrame, compared: Comparison) -> list[str]:
    """Why lines are broken, with whom the council is compared, and what is later."""
    notes = list(breaks_shown(compared, [rows]))
    medians = rows[rows["kind"] == "median"]
    counts = [note.partition(" councils")[0] for note in medians["note"]]
    if counts:
        few, many = (f(counts, key=_first_number) for f in (min, max))
        span = few if few == many else f"{_first_number(few)} to {many}"
        name = medians["name"].iloc[0]
        notes.append(f"{name}: {span} councils have a figure in a year.")
    if "2015-09-30" in set(rows["as_at"]):
        notes.append("The DfE published the rates of 2015 as whole numbers.")
    if compared.later and compared.later in set(rows["as_at"]):
        notes.append(f"{_date(compared.later)} is later than this pack's period.")
    return notes


def workforce_over_time_title(rows: pd.DataFrame, compared: Comparison) -> str:
    """How the social workers in post went, by FTE, to the end of the period."""
    plain = "The council's social workers in post, starters and leavers"
    known = rows[(rows["measure"] == "in_post_dfe") & (rows["basis"] == "fte")]
    known = known[known["value"].notna() & (known["as_at"] <= compared.now)]
    if known.empty:
        return plain
    last = records(known)[-1]
    words = f"{number(last['value'])} in {last['as_at'][:4]}"
    first = records(known)[0]
    broken = _is_broken(compared, "in_post_dfe", [first, last])
    if len(known) > 1 and not broken:
        words = f"{number(first['value'])} in {first['as_at'][:4]}, {words}"
    return first_that_fits(
        f"Social workers in post in {compared.place}, FTE: {words}", plain
    )


def own_title(compared: Comparison, measure: str) -> str:
    """The same of the table of the council's own figures."""
    said = trend_title(compared, measure)
    plain = "The council's own figures, year by year"
    return plain if said.endswith("by year") else said


def changed_title(rows: pd.DataFrame, compared: Comparison) -> str:
    """The council's change in turnover, or in the first rate that has one."""
    plain = "What changed, in the council, its region and England"
    own = rows[(rows["name"] == compared.place) & rows["value"].notna()]
    own = own[own["measure"] == "change_in_percentage_points"]
    if own.empty:
        return plain
    row = own.iloc[0]
    moved = _verb(0, row["value"])
    by = f"{moved} by {number(abs(row['value']))} percentage points"
    name = row["of"].partition(" rate")[0].partition(",")[0]
    return first_that_fits(
        f"{name} in {compared.place} {by} since {row['since']}"
        if moved != "stayed"
        else "",
        plain,
    )


def change_notes(rows: pd.DataFrame) -> list[str]:
    """In what changes are counted, why some are not stated, and which are small."""
    notes = [
        "A change in a rate is in percentage points, in a count in per cent.",
    ]
    for note, part in rows[rows["note"] != ""].groupby("note", sort=False):
        about = listed(
            list(
                dict.fromkeys(f"{row['whose']}, {row['what']}" for row in records(part))
            )
            if (part["status"] == "").all()
            else list(dict.fromkeys(part["what"]))
        )
        notes.append(f"{about}: {note}")
    return notes


def places_title(rows: pd.DataFrame) -> str:
    """The council's place by the first measure."""
    plain = "The council's places among all local authorities"
    if rows.empty:
        return plain
    row = rows.iloc[0]
    name = row["what"].partition(",")[0]
    return first_that_fits(
        f"{name}: place {number(row['value'])} from the lowest of {row['among']} authorities",
        plain,
    )


def shared_places(rows: pd.DataFrame) -> list[str]:
    """Which places are shared, and with how many."""
    notes = []
    for row in records(rows[rows["measure"] == "place_from_lowest"]):
        if row["note"].startswith("The place is shared"):
            shared = row["note"].partition(". ")[0].rstrip(".")
            notes.append(f"{row['what']}: {shared[:1].lower()}{shared[1:]}.")
    return notes


def local_title(rows: pd.DataFrame, compared: Comparison) -> str:
    """The council's first figure, and the DfE's that its authors could see."""
    plain = "The council's own figures beside the DfE's"
    if rows.empty:
        return plain
    first = records(rows)[0]
    others = rows[(rows["from_whom"] == "DfE") & (rows["what"] == first["what"])]
    seen = others[others["as_at"] <= compared.now]
    amounts = list(dict.fromkeys(_amount(row) for row in records(seen)))
    if not amounts:
        return plain
    return first_that_fits(
        f"{_topic(first)}: {_amount(records(rows)[0])} by the council, "
        f"{listed(amounts)} by the DfE",
        plain,
    )


def later_note(compared: Comparison) -> str:
    """That a table is of a census that the period's authors could not see."""
    return (
        f"The census of {_date(compared.later)} is later than this pack's period: it shows "
        "what came next, and not what was known then."
    )


def neighbours_title(in_both: int | None, compared: Comparison) -> str:
    """How many neighbours the two models have in common."""
    if in_both is None:
        return f"The statistical neighbours of {compared.place}"
    return f"{number(in_both)} of 10 statistical neighbours are in both models"


def revised_title(rows: pd.DataFrame, compared: Comparison) -> str:
    """How many of the figures shown the release changed."""
    count = plural(len(rows), "figure", "figures")
    return f"{count} shown here changed with the release of {compared.release}"


def changes(compared: Comparison) -> list[str]:
    """What changed from one census to the next, up to the end of the period."""
    said = []
    for measure in _IN_CHANGES:
        rows = _series(compared, measure)
        if len(rows) > 1 and not _is_broken(compared, measure, rows):
            what = f"{WORDS[measure]} in {compared.place} by the DfE (FTE)"
            moved = rate_change(what, rows[-2], rows[-1], decimals=0)
            said.append(f"{moved}{_of_few(rows[-2], rows[-1])}")
    return [sentence for sentence in said if sentence]


def _of_few(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """That a change is one of one or two workers, or what one worker would change."""
    counted = abs(after["numerator"] - before["numerator"])
    base = after["denominator"]
    if 0 < counted <= _FEW:
        return f" It rests on a change of {number(counted, 1)} in a count of workers."
    if base < _SMALL:
        one = number(100 / base, 1)
        return f" Of {number(base)} workers, one is {one} percentage points."
    return ""


def questions(
    local: pd.DataFrame, places: pd.DataFrame, compared: Comparison
) -> list[str]:
    """What to ask the witnesses about the comparison."""
    asked = [*_about_local(local, compared), *_about_places(places, compared)]
    return [question for question in asked if question]


def _about_local(local: pd.DataFrame, compared: Comparison) -> list[str]:
    asked: dict[str, str] = {}
    for _, rows in local.groupby("what", sort=False):
        own = records(rows[rows["from_whom"] != "DfE"])[0]
        others = records(
            rows[(rows["from_whom"] == "DfE") & (rows["as_at"] <= compared.now)]
        )
        topic = _topic(own)
        if not others or topic in asked or others[0]["value"] == own["value"]:
            continue
        theirs = [f"{_amount(row)}{_by(row['basis'])}" for row in others[:2]]
        asked[topic] = (
            f"{topic}: the council's evidence gives {_amount(own)} "
            f"({_date(own['as_at'])}), the DfE {listed(theirs)} "
            f"({_date(others[0]['as_at'])}). What does each of them count?"
        )
    return list(asked.values())[:_MOST_QUESTIONS]


def _topic(row: Mapping[str, Any]) -> str:
    return str(row["what"]).partition(",")[0]


def _about_places(places: pd.DataFrame, compared: Comparison) -> list[str]:
    asked = []
    quarters = places[places["measure"] == "quarter_from_lowest"]
    for row in records(quarters):
        surely = pd.isna(row["low"]) or row["low"] == row["high"]
        if surely and row["value"] in _QUARTERS:
            name = row["what"].partition(",")[0]
            asked.append(
                f"{name} in {compared.place} was in the {_QUARTERS[row['value']]} quarter of "
                f"local authorities at {_date(row['as_at'])}: what explains it?"
            )
    return asked[:_MOST_QUESTIONS]


def _series(compared: Comparison, measure: str) -> list[dict[str, Any]]:
    """The council's figures of a measure to the end of the period, by FTE."""
    own = compared.own
    rows = own[(own["measure"] == measure) & (own["basis"] == "fte")]
    last_two = [d for d in compared.dates if d <= compared.now][-2:]
    rows = rows[rows["value"].notna() & rows["as_at"].isin(last_two)]
    return records(rows)


def _is_broken(
    compared: Comparison, measure: str, rows: Sequence[Mapping[str, Any]]
) -> bool:
    first, last = (Period.parse(row["as_at"]).end for row in (rows[0], rows[-1]))
    return compared.register.is_broken(compared.area.slug, measure, first, last)


def _verb(before: float, after: float) -> str:
    if before == after:
        return "stayed"
    return "rose" if after > before else "fell"


def _amount(row: Mapping[str, Any]) -> str:
    """A figure in a sentence: as published, else with a decimal place; per cent as %."""
    definition = measures()[row["measure"]]
    made_here = not row["as_published"] and row["kind"] not in ("mean", "median")
    is_rate = definition.unit == "per cent"
    text = number(row["value"], 1 if made_here and is_rate else None)
    return f"{text}%" if is_rate else text


def _first_number(text: str) -> int:
    return int(text.partition(" ")[0])


def _by(basis: str) -> str:
    words = BASIS_WORDS.get(basis, "")
    return f" by {words}" if words else ""


def _inside(words: Sequence[str]) -> list[str]:
    return [f"{text[:1].lower()}{text[1:]}" for text in words]


def _date(as_at: str) -> str:
    return Period.parse(as_at).in_words
