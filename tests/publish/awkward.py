"""A pack with everything that is hard to show."""

from pathlib import Path

import pandas as pd

from scrutiny_pack.evidence import charts
from scrutiny_pack.evidence.pack import Pack
from tests.publish.small_run import SmallRun, figures

NASTY = "<b>&\"'</b> Team $x$ *A*"
LONG = (
    "Children with Disabilities and Complex Health Needs Assessment and Safeguarding "
    "Team (North and East Localities), formerly two teams"
)

ITEMS_POSTS = ("posts-by-team", "every-status", "vacancy-share", "agency-by-team")
ITEMS_STAYING = ("turnover", "turnover-lines", "caseload-ranges", "promises")


def posts(pack: Pack) -> None:
    teams = [NASTY, LONG, *(f"Team {number} of the locality" for number in range(58))]
    rows = [
        {"unit": team, "value": (place * 7) % 23 + place / 8, "basis": basis}
        for place, team in enumerate(teams)
        for basis in ("headcount", "fte")
    ]
    total = [
        {"unit": "Total", "value": 1234.5, "basis": basis, "level": "total"}
        for basis in ("headcount", "fte")
    ]
    data = figures(*rows, *total)
    data["level"] = data["level"].fillna("part")
    pack.table(
        "posts-by-team",
        data,
        title="Sixty teams, some of them with very long names",
        about="Vacancies by team",
        rows=["unit"],
        headings={"unit": "Team"},
        notes=[f"A note about {NASTY}."],
    )


def statuses(pack: Pack) -> None:
    rows = [
        {"unit": "Confidential", "status": "c"},
        {"unit": "Low", "value": 0, "status": "k"},
        {"unit": "Not available", "status": "x"},
        {"unit": "Not applicable", "status": "z"},
        {"unit": "Unreliable", "value": 4.125, "status": "u"},
        {"unit": "Revised", "value": 7, "status": "r"},
        {"unit": "Provisional", "value": 7, "status": "p e"},
        {"unit": "A range", "low": 3, "high": 5, "status": "e"},
        {"unit": "At least", "low": 3, "status": "e"},
        {"unit": "Up to", "high": 8, "status": "e"},
    ]
    data = figures(*rows, measure="in_post", basis="fte")
    pack.table(
        "every-status",
        data,
        title="Every status symbol that there is",
        about="Staff in post",
        rows=["unit"],
    )
    pack.text(f"Of {NASTY}, {pack.ref('every-status')} says more.")


def key_figures(pack: Pack) -> None:
    pack.key_figure(
        "vacancy-share",
        figures(
            {"value": 28.48, "numerator": 24.91, "denominator": 87.47},
            measure="vacancy_rate_dfe",
            basis="fte",
        ),
        title="Vacancy rate by the DfE's definition",
        about="Vacancies as a share of vacancies and staff in post",
    )
    pack.chart(
        "agency-by-team",
        charts.panels(
            figures(
                *(
                    {"unit": unit, "measure": measure, "value": value}
                    for measure, values in (
                        ("vacancies", (6, 5, 0)),
                        ("agency_workers", (8, 4, 1)),
                    )
                    for unit, value in zip((NASTY, LONG, "Team C"), values, strict=True)
                )
            ),
            category="unit",
            series="measure",
        ),
        title="More agency workers than vacancies in one team",
        about="Vacancies and agency workers by team",
    )
    pack.ask(f"Why has {NASTY} so many? See {pack.ref('agency-by-team')}.")
    pack.changed(f"It rose by one person ({pack.ref('turnover')}).")


def turnover(pack: Pack) -> None:
    rows = [
        {"scope": scope, "as_at": as_at, "value": value}
        for scope, values in (
            ("Social workers", (29.51, 24.0, 18.44)),
            ("Children's services", (11.0, 12.0, 12.99)),
        )
        for as_at, value in zip(
            ("2014-03-31", "2015-03-31", "2016-03-31"), values, strict=True
        )
    ]
    shared = {
        "measure": "turnover_rate_published",
        "basis": "not stated",
        "dataset": "turnover",
        "paragraph": "12",
    }
    data = figures(*rows, **shared)
    pack.table(
        "turnover",
        data,
        title="Turnover fell for three years",
        about="Turnover by year",
        rows=["scope"],
        spread=["as_at"],
    )
    pack.chart(
        "turnover-lines",
        charts.lines(data, series="scope"),
        title="Turnover of social workers came down to that of the rest",
        about="Turnover by year",
    )


def caseloads(pack: Pack) -> None:
    data = figures(
        {"unit": "Social workers", "value": 17.2, "low": 8, "high": 26},
        {"unit": LONG, "low": 25, "high": 30, "status": "e"},
        measure="average_caseload",
        basis="not applicable",
    )
    pack.chart(
        "caseload-ranges",
        charts.ranges(data, category="unit", mark=18, mark_label="Ceiling, 18"),
        title="Caseloads from lowest to highest",
        about="Cases a worker",
    )


def promises(pack: Pack) -> None:
    data = pd.DataFrame(
        {
            "what": ["Carry out the plan", "Watch turnover " * 20],
            "owner": ["Director", NASTY],
            "by_when": ["not stated", "2017"],
            "as_at": "2016-07-31",
            "dataset": "commitments",
            "paragraph": ["5 a", "Next steps, 2nd paragraph"],
        }
    )
    pack.table(
        "promises",
        data,
        title="Two promises",
        about="What was promised",
        rows=["what", "owner", "by_when"],
    )
    pack.table(
        "not-there",
        data.head(0),
        title="Nothing",
        about="Nothing",
        rows=["what"],
        absent="Nothing was supplied on pay.",
    )


def awkward_run(folder: Path) -> SmallRun:
    """The run, written."""
    run = SmallRun(folder, commentary={"turnover": f"It fell, says {NASTY}.\n\nAgain."})
    run.notebook(
        "02-posts",
        "# How many posts, and how many filled?\n\nTwo sentences. See [turnover](#turnover).",
        posts,
        "## Symbols\n\nOf referrals there is [referral-funnel](#referral-funnel).",
        statuses,
        key_figures,
        "## What this does not show\n\nAnything else.",
        items=ITEMS_POSTS,
    )
    run.notebook(
        "04-turnover",
        "Without a heading of its own.",
        turnover,
        caseloads,
        promises,
        items=ITEMS_STAYING,
    )
    run.notebook_not_run("06-referrals", items=("referral-funnel",))
    return run
