"""Exampleshire's own figures, as its HR service would type them into the workbook.

They are counted from the same made-up people as the census return and the same weekly
list, so that what two of its files say of one thing agrees. Numbers that the imports of
those files hide, because they would tell of a few people, are not given here either.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from random import Random

from scrutiny_pack.exampleshire import NAME, SEED
from scrutiny_pack.exampleshire.caseload_list import LAST_WEEK, TEAMS, caseload_list
from scrutiny_pack.exampleshire.census_return import council_level
from scrutiny_pack.exampleshire.people import FIRST_YEAR, Person, people
from scrutiny_pack.imports.workbook_layout import A_DOCUMENT, EVERY_SHEET, OWN_RECORDS

YEAR = 2025
PERIOD = f"{YEAR}-09-30"
"""What the figures are about: the day of the census."""

CEILING = 20
"""Cases above which Exampleshire does not want a worker to go."""

WHOLE = "Children's social workers"
ELSEWHERE = "Other services"
SMALL = ("Children with Disabilities", "Out of Hours")
"""Teams whose workers the weekly import hides; only together can they be told."""

TOGETHER = " and ".join(SMALL)
UNITS = (*(team for team, _ in TEAMS if team not in SMALL), TOGETHER, ELSEWHERE)
"""The units into which all posts are divided."""

_COMMITTEE = "Exampleshire Children's Scrutiny Committee (made up)"
_REPORT_DATE = "2025-11-04"
_SHARE_ELSEWHERE = 30  # of agency workers, beside the workers of the teams
_HOLDERS = ("4", "5")  # roles of those who hold cases

Cells = Mapping[str, str | float]


def rows() -> dict[str, list[Cells]]:
    """The rows of each dataset that the workbook has, in the words of its file."""
    return {
        "posts": posts(),
        "caseloads": caseloads(),
        "turnover": turnover(),
        "recruitment": recruitment(),
        "agency-costs": agency_costs(),
        "referrals": referrals(),
        "commitments": commitments(),
        "evidence-taken": evidence_taken(),
    }


def sources() -> dict[str, Cells]:
    """The rows of the sheet of sources: the council's records, and one document."""
    records: Cells = {
        "comes_from": OWN_RECORDS,
        "title": "Workforce figures of the HR service (made up)",
        "body": NAME,
        "kind": "record of the council",
        "date": "2025-10-20",
        "how_read": "Counted by the HR service and typed into the workbook.",
        "held": "The HR service",
        "licence": "not stated",
        "note": "Exampleshire does not exist, and every figure is made up.",
    }
    report: Cells = {
        "comes_from": A_DOCUMENT,
        "title": "Enough social workers? A review of the children's workforce (made up)",
        "body": _COMMITTEE,
        "kind": "report of a scrutiny committee",
        "date": _REPORT_DATE,
        "how_read": "Typed into the workbook by hand, as printed.",
        "held": "The scrutiny support unit",
        "licence": "not stated",
        "note": "Exampleshire does not exist, and nobody wrote the report.",
    }
    return {EVERY_SHEET: records, "Commitments": report, "Evidence taken": report}


# --- Staff ------------------------------------------------------------------------


def posts() -> list[Cells]:
    """Posts, people in post, vacancies and agency workers, by unit and in all."""
    in_post, agency = _by_unit()
    vacancies = _vacancies(agency)
    level = council_level(YEAR)
    made: list[Cells] = []
    for unit in (WHOLE, *UNITS):
        units = UNITS if unit == WHOLE else (unit,)
        staff = [person for name in units for person in in_post[name]]
        supplied = [person for name in units for person in agency[name]]
        vacant = sum(vacancies[name] for name in units)
        numbers: list[tuple[str, str, float]] = [
            ("establishment", "fte", (_tenths(staff) + vacant) / 10),
            ("in_post", "headcount", len(staff)),
            ("in_post", "fte", _tenths(staff) / 10),
            ("vacancies", "fte", vacant / 10),
            ("agency_workers", "headcount", len(supplied)),
            ("agency_workers", "fte", _tenths(supplied) / 10),
        ]
        if unit == WHOLE:
            covering = level["NoAgencyHeadcount"], float(level["NoAgencyFTE"])
            measure = "vacancies_covered_by_agency"
            numbers += [(measure, "headcount", int(covering[0]))]
            numbers += [(measure, "fte", covering[1])]
        for measure, basis, number in numbers:
            row = _figure(measure, basis, number, "Posts by team")
            row |= {
                "breakdown": "Posts by team",
                "unit": unit,
                "part_of": "" if unit == WHOLE else WHOLE,
                "unit_kind": _kind(unit),
            }
            if unit == ELSEWHERE:
                row["note"] = "Teams without a weekly list, and managers."
            made.append(row)
    return made


def _kind(unit: str) -> str:
    return {WHOLE: "whole", ELSEWHERE: "service"}.get(unit, "team")


def _by_unit() -> tuple[dict[str, list[Person]], dict[str, list[Person]]]:
    """Who is in post and who is supplied by an agency in each unit.

    In a team, both together are as many as are on its weekly list.
    """
    random = Random(SEED)  # noqa: S311 - made-up posts
    on_list = Counter(_unit(team) for team, _ in last_week())
    sizes = [on_list[unit] or _SHARE_ELSEWHERE for unit in UNITS]
    everybody = [person for person in people(YEAR) if not person.left]
    agency: dict[str, list[Person]] = {unit: [] for unit in UNITS}
    for person in everybody:
        if person.is_agency:
            agency[random.choices(UNITS, sizes)[0]].append(person)
    staff = [person for person in everybody if not person.is_agency]
    holders = [person for person in staff if person.role in _HOLDERS]
    random.shuffle(holders)
    in_post = {}
    for unit in UNITS[:-1]:
        wanted = on_list[unit] - len(agency[unit])
        in_post[unit], holders = holders[:wanted], holders[wanted:]
    others = [person for person in staff if person.role not in _HOLDERS]
    in_post[ELSEWHERE] = [*holders, *others]
    return in_post, agency


def last_week() -> list[tuple[str, int]]:
    """The team and the cases of everybody on the list in its last week."""
    lines = (line.split(",") for line in caseload_list()[1:])
    monday = f"{LAST_WEEK:%d/%m/%Y}"
    return [(team, int(cases)) for week, team, _, cases, _ in lines if week == monday]


def _unit(team: str) -> str:
    return TOGETHER if team in SMALL else team


def _tenths(staff: Iterable[Person]) -> int:
    """Full-time equivalents in tenths, in which everybody's are whole."""
    return sum(round(10 * person.fte) for person in staff)


def _vacancies(agency: Mapping[str, Sequence[Person]]) -> dict[str, int]:
    """Vacant posts in tenths of a full-time one: most where agency workers are."""
    random = Random(SEED)  # noqa: S311 - made-up posts
    total = round(10 * float(council_level(YEAR)["NumberOfVacancies"]))
    vacant = {
        unit: round(_tenths(agency[unit]) * random.uniform(0.7, 1.1))
        for unit in UNITS[:-1]
    }
    return {**vacant, ELSEWHERE: total - sum(vacant.values())}


def turnover() -> list[Cells]:
    """The turnover of each year: those who left, for each hundred in post at its end."""
    made: list[Cells] = []
    for year in range(FIRST_YEAR + 1, YEAR + 1):
        staff = [person for person in people(year) if not person.is_agency]
        left = sum(person.left is not None for person in staff)
        rate = round(100 * left / (len(staff) - left), 1)
        row = _figure("turnover_rate_published", "headcount", rate, "Turnover")
        made.append(
            row
            | {
                "scope": WHOLE,
                "span": "whole year",
                "span_from": f"{year - 1}-10-01",
                "as_at": f"{year}-09-30",
                "as_published": f"{rate}%",
            }
        )
    return made


def recruitment() -> list[Cells]:
    """Who was recruited in the year to the census."""
    began = [
        person
        for person in people(YEAR)
        if not person.is_agency and f"{person.started}" > f"{YEAR - 1}-09-30"
    ]
    row = _figure("workers_recruited", "headcount", len(began), "Recruitment")
    return [row | {"subject": "Social workers recruited", "span_from": "2024-10-01"}]


def agency_costs() -> list[Cells]:
    """What an agency worker costs above one in post, and what is set aside for them."""
    premium = 23_500
    full_time = _tenths(person for person in people(YEAR) if person.is_agency) / 10
    budget = round(full_time * (41_000 * 1.3 + premium), -4)
    about = "Agency workers in children's social work"
    above = _figure("premium_per_agency_worker", "not applicable", premium, "Costs")
    planned = _figure("budget", "not applicable", budget, "Costs")
    return [
        above
        | {
            "subject": "Agency social worker above a permanent one",
            "span": "a year",
            "as_published": f"£{premium:,}",
        },
        planned
        | {
            "subject": about,
            "span": "a year",
            "as_published": f"£{budget:,.0f}",
            "nature": "budget",
            "as_at": "2025-04-01",
        },
    ]


# --- Work -------------------------------------------------------------------------


def caseloads() -> list[Cells]:
    """Average caseloads of the teams on the last weekly list, and the ceiling."""
    held: dict[str, list[int]] = {}
    for team, number in last_week():
        held.setdefault(team, []).append(number)
    made: list[Cells] = []
    for team, cases in held.items():
        if team in SMALL:
            continue
        average = round(sum(cases) / len(cases), 1)
        row = _figure("average_caseload", "headcount", average, "Caseloads")
        made.append(
            row | {"area": "the council", "unit": team, "as_at": f"{LAST_WEEK}"}
        )
    ceiling = _figure("caseload_ceiling", "not applicable", CEILING, "Caseloads")
    return [
        *made,
        ceiling | {"area": "the council", "unit": WHOLE, "nature": "target"},
    ]


def referrals() -> list[Cells]:
    """Referrals of a year, and how far they went."""
    random = Random(SEED)  # noqa: S311 - made-up referrals
    number = random.randint(6_500, 7_500)
    made: list[Cells] = []
    for step, (stage, share) in enumerate(
        (
            ("Referrals", 1.0),
            ("Assessments", 0.88),
            ("Child protection conferences", 0.16),
            ("Child protection plans", 0.85),
        ),
        1,
    ):
        number = round(number * share)
        row = _figure("referrals", "not applicable", number, "Referrals")
        made.append(
            row
            | {
                "stage": stage,
                "stage_kind": "stage",
                "step": step,
                "span_from": "2024-10-01",
            }
        )
    return made


# --- The committee's review ---------------------------------------------------------


def commitments() -> list[Cells]:
    """What the committee recommended."""
    director = "Director of Children's Services"
    told: tuple[tuple[str, str, str, Cells], ...] = (
        (
            "Bring the turnover of children's social workers down to 11%.",
            director,
            "September 2026",
            {
                "target": 11,
                "target_of": "per cent leave in a year",
                "target_is": "at most",
                "as_published": "11%",
                "shown_by_dataset": "turnover",
                "shown_by_measure": "turnover_rate_published",
                "shown_by_unit": WHOLE,
            },
        ),
        (
            (
                "Fill vacancies with permanent staff, so that no more than 25 agency workers "
                "are needed."
            ),
            "Head of Human Resources",
            "September 2026",
            {
                "target": 25,
                "target_of": "agency workers, headcount",
                "target_is": "at most",
                "as_published": "25",
                "shown_by_dataset": "posts",
                "shown_by_measure": "agency_workers",
                "shown_by_unit": WHOLE,
            },
        ),
        (
            "Report caseloads to the committee every week, by team.",
            director,
            "January 2026",
            {},
        ),
        ("Ask those who leave for their reasons.", "Head of Human Resources", "", {}),
    )
    return [
        {
            "ref": f"R{number}",
            "kind": "recommendation",
            "what": what,
            "owner": owner,
            "by_when": by_when or "not stated",
            **target,
            "as_at": _REPORT_DATE,
            "paragraph": f"Recommendation {number}",
        }
        for number, (what, owner, by_when, target) in enumerate(told, 1)
    ]


def evidence_taken() -> list[Cells]:
    """What the committee read and whom it heard, by role."""
    told: tuple[Cells, ...] = (
        {"kind": "document", "what": "Workforce strategy 2024 to 2027", "body": NAME,
         "date": "2024-03"},
        {"kind": "document", "what": "Return of the children's social work workforce",
         "body": NAME, "date": PERIOD},
        {"kind": "witness", "what": "Director of Children's Services", "body": NAME},
        {"kind": "witness", "what": "Principal Social Worker", "body": NAME},
        {"kind": "session", "what": "Evidence session on recruitment", "body": _COMMITTEE,
         "date": "2025-10-14", "participants": 9},
    )  # fmt: skip
    return [
        {**cells, "paragraph": f"Appendix A, {number}"}
        for number, cells in enumerate(told, 1)
    ]


def _figure(
    measure: str, basis: str, number: float, paragraph: str
) -> dict[str, str | float]:
    """The columns of a figure as at the day of the census."""
    return {
        "measure": measure,
        "basis": basis,
        "value": number,
        "as_published": f"{number:,}",
        "as_at": PERIOD,
        "nature": "actual",
        "paragraph": paragraph,
    }
