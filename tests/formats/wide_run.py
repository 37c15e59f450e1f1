"""A pack that is hard to print: 14 columns, every symbol, a table of one row."""

from pathlib import Path

import pandas as pd

from scrutiny_pack.evidence.pack import Pack
from scrutiny_pack.observations import STATUS_WORDS, WITHOUT_VALUE
from tests.publish.awkward import LONG, NASTY
from tests.publish.small_run import SmallRun, figures

LONG_SLUG = "posts-by-team-and-by-quarter-over-three-years-and-more"
YEARS = [str(year) for year in range(2003, 2016)]


def wide(pack: Pack) -> None:
    teams = [NASTY, LONG, *(f"Team {number} of the locality" for number in range(58))]
    letters = list(STATUS_WORDS)
    rows = []
    for place, team in enumerate(teams):
        for year in YEARS:
            letter = letters[(place + int(year)) % len(letters)]
            row = {"unit": team, "as_at": year, "status": letter if place % 3 else ""}
            if letter not in WITHOUT_VALUE or not row["status"]:
                row["value"] = place * 1234.125 + int(year) / 8
            rows.append(row)
    total = [
        {"unit": "Total", "as_at": year, "value": 98765.125, "level": "total"}
        for year in YEARS
    ]
    data = figures(*rows, *total)
    data["level"] = data["level"].fillna("part")
    pack.table(
        LONG_SLUG,
        data,
        title="Sixty teams over thirteen years",
        about="Vacancies by team",
        rows=["unit"],
        spread=["as_at"],
        headings={"unit": "Team"},
        notes=["A note.", f"Another, about {NASTY}."],
    )


def one_row(pack: Pack) -> None:
    facts = {"what": LONG, "owner": "Director", "by_when": "2017", "sum": "e" * 64}
    data = pd.DataFrame(
        [facts | {"as_at": "2016", "dataset": "commitments", "paragraph": "5 a"}]
    )
    pack.table(
        "one-row",
        data,
        title="One promise",
        about="What was promised",
        rows=["what", "owner", "by_when", "sum", "paragraph"],
    )
    pack.ask(f"See {pack.ref('one-row')} and {pack.ref(LONG_SLUG)}: **why**?")


def wide_run(folder: Path) -> SmallRun:
    """The run, written."""
    run = SmallRun(folder, commentary={"one-row": "Kept.\n\nOr so."})
    run.notebook("02-posts", "# Posts", wide, one_row, items=(LONG_SLUG, "one-row"))
    run.notebook_not_run("06-referrals", items=("referral-funnel",))
    return run
