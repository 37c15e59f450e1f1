"""A hard council, for the tests of every format: made once a session.

A long name of its own, sixty teams with very long names, three decimal places, a wide
table, every status symbol in the place of a number and beside one, text that a
spreadsheet would take for a formula or a number, slugs that begin alike, and no
data at all for eight of its ten questions.

Use it in ``tests/formats`` by the fixtures of that folder's conftest:

- ``hard_pack``: the pack's folder, with its pages and data files and no other format;
  tests do not change it;
- ``hard_content``: the same as every writer is given it.

A test elsewhere calls `publish_hard_pack` itself.
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from scrutiny_pack.evidence import charts
from scrutiny_pack.evidence.pack import Pack
from scrutiny_pack.publish import publish_pack
from tests.publish.small_run import COUNCIL, SmallRun, figures

HARD_COUNCIL = replace(
    COUNCIL,
    slug="exampleshire",
    name=(
        "The Metropolitan Borough of Exampleshire, Northfordshire and the Isles "
        "of Sampleton & District Council"
    ),
)

TEAMS = 60

LONG_TEAMS = (
    "Children with Disabilities and Complex Health Needs Assessment and Safeguarding "
    "Team (North and East Localities), formerly two teams",
    "Assessment, Safeguarding & Family Support <Out of Hours>",
    "=1+1 Intervention Team",  # not a formula
    "Multi-Agency-Safeguarding-Hub/Emergency-Duty/Missing-and-Exploited-Children",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochoutreachandedgeofcare",
)
"""The first teams; the others are a locality's, each with a long name."""

WIDE = (
    "establishment",
    "in_post",
    "permanent",
    "agency_workers",
    "vacancies",
    "vacancies_covered_by_agency",
)
"""The measures of the wide table, each by headcount and by FTE."""

EVERY_STATUS = (
    {"unit": "Confidential", "status": "c"},
    {"unit": "Low, with its nought", "value": 0, "status": "k"},
    {"unit": "Low, without a number", "status": "k"},
    {"unit": "Not available", "status": "x"},
    {"unit": "Not applicable", "status": "z"},
    {"unit": "Unreliable, with a value", "value": 4.125, "status": "u"},
    {"unit": "Unreliable, without one", "status": "u"},
    {"unit": "Revised", "value": 1234.5, "status": "r"},
    {"unit": "Provisional", "value": -7, "status": "p"},
    {"unit": "Estimated", "value": 0.001, "status": "e"},
    {"unit": "Three at once", "value": 7, "status": "r p e"},
    {"unit": "A range", "low": 3, "high": 5.25, "status": "e"},
    {"unit": "At least", "low": 3, "status": "e"},
    {"unit": "Up to", "high": 1800, "status": "p"},
    {"unit": "A value with its range", "value": 22, "low": 15, "high": 30},
)
"""Every status letter, alone and beside a value, and every kind of range."""

POSTS_ITEMS = (
    "vacancies-and-staff-by-team-headcount",
    "vacancies-and-staff-by-team-headcount-and-fte",  # alike in its first 31 characters
    "every-status",
    "vacancy-rate",
    "agency-share",
    "vacancies-by-team-chart",
)
STAYING_ITEMS = ("turnover", "turnover-lines", "caseload-ranges", "words")

NOT_RUN = (
    "01-evidence",
    "03-caseloads",
    "05-experience",
    "06-referrals",
    "07-agency-costs",
    "08-commitments",
    "09-comparison",
    "10-claims",
)
"""The questions for which there is no data at all."""


def team_names() -> list[str]:
    """The sixty teams, in their order."""
    localities = (
        f"Locality {number:02}: Looked After Children, Leaving Care and Adoption"
        for number in range(1, TEAMS - len(LONG_TEAMS) + 1)
    )
    return [*LONG_TEAMS, *localities]


def _amount(place: int, column: int) -> float:
    """An amount of three decimal places."""
    return round(
        (place * 7 + column * 3) % 23 + ((place * 37 + column) % 1000) / 1000, 3
    )


def sixty_teams(pack: Pack) -> None:
    rows = [
        {"unit": team, "value": (place * 7) % 23, "level": "part"}
        for place, team in enumerate(team_names())
    ]
    total = {"unit": "Total", "value": 1234567, "level": "total"}
    pack.table(
        "vacancies-and-staff-by-team-headcount",
        figures(*rows, total),
        title="Sixty teams, some of them with very long names",
        about="Vacancies by team",
        rows=["unit"],
        headings={"unit": "Team"},
        notes=['A note, with "quotes", a comma & <angles>; it counts 1,234 words.'],
    )
    pack.chart(
        "vacancies-by-team-chart",
        charts.bars(figures(*rows), category="unit"),
        title="Vacancies in sixty teams, drawn one below the other",
        about="Vacancies by team",
    )


def wide_table(pack: Pack) -> None:
    rows = [
        {
            "unit": team,
            "service": "Children's Social Care",
            "measure": measure,
            "basis": basis,
            "value": _amount(place, column),
            "status": "e" if (place + column) % 11 == 0 else "",
        }
        for place, team in enumerate(team_names())
        for column, measure in enumerate(WIDE)
        for basis in ("headcount", "fte")
        if (place + column) % 13  # a team does not have every figure
    ]
    pack.table(
        "vacancies-and-staff-by-team-headcount-and-fte",
        figures(*rows),
        title="Twelve columns of figures for each of sixty teams",
        about="Posts, staff in post, agency workers and vacancies by team",
        rows=["unit", "service"],
        text=["paragraph"],
        headings={"unit": "Team"},
    )


def every_status(pack: Pack) -> None:
    pack.table(
        "every-status",
        figures(*EVERY_STATUS, measure="in_post", basis="fte"),
        title="Every status symbol that there is",
        about="Staff in post",
        rows=["unit"],
    )


def key_figures(pack: Pack) -> None:
    pack.key_figure(
        "vacancy-rate",
        figures(
            {"value": 28.479, "numerator": 24.911, "denominator": 87.47, "status": "p"},
            measure="vacancy_rate_dfe",
            basis="fte",
        ),
        title="Vacancy rate by the DfE's definition",
        about="Vacancies as a share of vacancies and staff in post",
        decimals={"vacancy_rate_dfe": 3},
    )
    pack.key_figure(
        "agency-share",
        figures({"status": "x"}, measure="agency_rate_published", basis="not stated"),
        title="Agency workers as a share of the workforce",
        about="Agency workers",
    )
    pack.ask("Why are there so many? See " + pack.ref("every-status") + ".")
    pack.changed(f"It rose by one person ({pack.ref('turnover')}).")


def turnover(pack: Pack) -> None:
    rows = [
        {"scope": scope, "as_at": as_at, "value": value}
        for scope, values in (
            ("Social workers in statutory children's services", (29.512, 24.0, 18.444)),
            ("All staff", (11.001, 12.0, 12.999)),
        )
        for as_at, value in zip(
            ("2014-03-31", "2015-03-31", "2016-03-31"), values, strict=True
        )
    ]
    data = figures(
        *rows,
        measure="turnover_rate_published",
        basis="not stated",
        dataset="turnover",
        paragraph="12",
    )
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
        title="Turnover of social workers came down towards that of all staff",
        about="Turnover by year",
    )


def caseloads(pack: Pack) -> None:
    pack.chart(
        "caseload-ranges",
        charts.ranges(
            figures(
                {"unit": "Social workers", "value": 17.25, "low": 8, "high": 26.125},
                {"unit": LONG_TEAMS[0], "low": 25, "high": 30, "status": "e"},
                measure="average_caseload",
                basis="not applicable",
            ),
            category="unit",
            mark=18,
            mark_label="Ceiling, 18",
        ),
        title="Caseloads from lowest to highest",
        about="Cases a worker",
    )


def words(pack: Pack) -> None:
    """A list: text alone, that a spreadsheet must not take for anything else."""
    data = pd.DataFrame(
        {
            "what": [
                "=SUM(A1:A9)",
                'Watch turnover, monthly; and "report" it. ' * 12 + "Yes.",
                "https://example.org/a/plan",
                "@the next meeting",
                "$x$ *emphasis* _underlined_ #heading [link](x)",
            ],
            "owner": ["007", "1/2", "-5", "+44", "[x]"],
            "by_when": ["not stated", "2017", "1e5", "TRUE", "NaN"],
            "sha256": ["0" * 64, "a" * 64, "b" * 64, "c" * 64, "d" * 64],
            "as_at": "2016-07-31",
            "dataset": "commitments",
            "paragraph": ["5 a", "Next steps, 2nd paragraph", "6", "7", "8"],
        }
    )
    pack.table(
        "words",
        data,
        title="Words that look like something else",
        about="What was promised",
        rows=["what", "owner", "by_when", "sha256", "as_at"],
    )
    pack.table(
        "not-there",
        data.head(0),
        title="Nothing",
        about="Nothing",
        rows=["what"],
        absent="Nothing was supplied on pay.",
    )


def hard_run(folder: Path) -> SmallRun:
    """The run of the hard council, written."""
    run = SmallRun(
        folder,
        commentary={"turnover": "It fell.\n\nSo says <the analyst> & others."},
        council=HARD_COUNCIL,
    )
    run.notebook(
        "02-posts",
        "# How many posts, and how many filled?\n\nTwo sentences.",
        sixty_teams,
        wide_table,
        every_status,
        key_figures,
        "## What this does not show\n\nAnything else.",
        items=POSTS_ITEMS,
    )
    run.notebook(
        "04-turnover",
        "# Who leaves?\n\nSee [turnover](#turnover).",
        turnover,
        caseloads,
        words,
        items=STAYING_ITEMS,
    )
    for name in NOT_RUN:
        run.notebook_not_run(name)
    return run


def publish_hard_pack(folder: Path, formats: tuple[str, ...] = ()) -> Path:
    """Publish the hard pack.

    Args:
        folder: an empty folder, for the run and the pack.
        formats: what to make beside the pages and the data files.

    Returns:
        The pack's folder.
    """
    run = hard_run(folder / "run")
    target = folder / "pack"
    target.mkdir()
    publish_pack(run.folder, target, replace(run.context, formats=formats))
    return target
