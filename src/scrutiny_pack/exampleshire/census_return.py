"""The census return of Exampleshire, in each of its forms, with slips where asked for."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from xml.sax.saxutils import escape

from scrutiny_pack.exampleshire import LA_CODE, SEED
from scrutiny_pack.exampleshire.people import Person, people

Record = dict[str, str]
"""One worker's fields by their names, as text, in the order of the census."""

_SEX_FROM = 2024  # in which return Exampleshire took Sex for GenderCurrent
_LAST_WITH_INSTITUTION = 2024
_FIRST_WITH_PAY = 2025
_PAY = {"1": 88_000, "2": 64_000, "3": 53_000, "4": 47_000, "5": 41_000, "6": 39_000}


def records(year: int, size: int = 250, seed: int = SEED) -> list[Record]:
    """The workers of a year's return.

    Args:
        year: the census year, 2021 to 2025.
        size: about how many are employed.
        seed: what they are made from.
    """
    return [_record(person, year) for person in people(year, size, seed)]


def council_level(year: int, size: int = 250, seed: int = SEED) -> Record:
    """The fields of the council as a whole."""
    agency = [person for person in people(year, size, seed) if person.is_agency]
    covering = agency[: round(len(agency) * 0.8)]
    cover = sum(person.fte for person in covering)
    made = {
        "NumberOfVacancies": f"{cover + round(size * 0.05):.2f}",
        "NoAgencyFTE": f"{cover:.2f}",
        "NoAgencyHeadcount": str(len(covering)),
    }
    if year < _FIRST_WITH_PAY:
        return made
    offered = (
        "RecruitmentBonus", "RetentionBonus", "PerformanceReward", "CarAllowance",
        "RelocationPackage", "RegionalWeighting", "CostSWE", "CostDBS",
    )  # fmt: skip
    codes = {name: str(place % 3) for place, name in enumerate(offered)}
    return {**made, **codes, "OtherAllowances": "Made up"}


def as_xml(
    workers: Iterable[Mapping[str, str]],
    council: Mapping[str, str],
    year: int,
    *,
    namespace: str = "",
    encoding: str = "utf-8",
) -> bytes:
    """A return in XML, in the form of its year.

    Args:
        workers: their records.
        council: the fields of the council as a whole.
        year: the census year.
        namespace: an address to put the elements under, as some software does.
        encoding: how the text is written.
    """
    level = "LALevel" if year >= _FIRST_WITH_PAY else "LALevelVacancies"
    named = f' xmlns="{namespace}"' if namespace else ""
    lines = [
        f'<?xml version="1.0" encoding="{encoding}"?>',
        "<!-- Exampleshire does not exist, and nobody works there. -->",
        f"<Message{named}>",
        "  <Header>",
        "    <CollectionDetails>",
        *_elements(
            {"Collection": "CSWW", "Year": str(year), "ReferenceDate": f"{year}-09-30"}
        ),
        "    </CollectionDetails>",
        "    <Source>",
        *_elements({"SourceLevel": "L", "LEA": LA_CODE, "SoftwareCode": "Made up"}),
        "    </Source>",
        "  </Header>",
        f"  <{level}>",
        *_elements(council),
        f"  </{level}>",
    ]
    for worker in workers:
        lines += ["  <CSWWWorker>", *_elements(worker), "  </CSWWWorker>"]
    return "\n".join([*lines, "</Message>", ""]).encode(encoding)


def as_csv(
    workers: Sequence[Mapping[str, str]], council: Mapping[str, str], year: int
) -> bytes:
    """A return in CSV: a row for each worker, and what is the council's in each row."""
    same = {"LEA": LA_CODE, "Year": str(year), **council}
    columns = [*same, *dict.fromkeys(name for worker in workers for name in worker)]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**same, **worker} for worker in workers)
    return text.getvalue().encode()


SLIPS: Mapping[str, Callable[[Record], None]] = {
    "a leaver who still works": lambda worker: worker.update(FTE="1.000000"),
    "no ethnicity": lambda worker: worker.update(Ethnicity=""),
    "a starting date without an origin": lambda worker: worker.update(StartOrigin=""),
    "a case holder without cases": lambda worker: worker.update(Cases30="0"),
    "too many cases": lambda worker: worker.update(Cases30="88"),
}
"""What can be wrong with a record that is read all the same, and asked about."""


def with_slips(
    workers: Sequence[Record], slips: Iterable[str], seed: int = SEED
) -> list[Record]:
    """The records with one of each slip, in one worker each whom it fits."""
    random = Random(f"slips {seed}")  # noqa: S311 - made-up people
    made = [dict(worker) for worker in workers]
    free = [place for place, worker in enumerate(made) if worker["AgencyWorker"] == "0"]
    random.shuffle(free)
    for slip in slips:
        place = next(place for place in free if _fits(slip, made[place]))
        free.remove(place)
        SLIPS[slip](made[place])
    return made


def _fits(slip: str, worker: Mapping[str, str]) -> bool:
    is_leaver = bool(worker.get("RoleEndDate"))
    is_holder = worker.get("OrgRole") == "5" and not is_leaver
    return {
        "a leaver who still works": is_leaver,
        "a case holder without cases": is_holder,
        "too many cases": is_holder,
    }.get(slip, not is_leaver)


def _elements(fields: Mapping[str, str]) -> list[str]:
    return [
        f"    <{name}>{escape(text)}</{name}>" for name, text in fields.items() if text
    ]


def _record(person: Person, year: int) -> Record:
    """A worker's record in the form of its year; what does not apply is left out."""
    own = {
        "AgencyWorker": "1" if person.is_agency else "0",
        "SWENo": person.number,
        "FTE": f"{person.fte:.6f}",
    }
    if person.is_agency:
        return own | {"Cases30": str(person.cases), "ContractWeeks": str(person.weeks)}
    sex = {"GenderCurrent": {"M": "1", "F": "2"}[person.sex]}
    if year >= _SEX_FROM:
        sex = {"Sex": person.sex}
    taught = {"QualInst": "University of Exampleshire"}
    own |= {
        "PersonBirthDate": person.born.isoformat(),
        **sex,
        "Ethnicity": person.ethnicity,
        **(taught if year <= _LAST_WITH_INSTITUTION else {}),
        "QualLevel": person.qualified,
        "StepUpGrad": "0",
        "OrgRole": person.role,
        "RoleStartDate": person.started.isoformat(),
        "StartOrigin": person.origin,
    }
    if person.left:
        own |= {
            "RoleEndDate": person.left.isoformat(),
            "LeaverDestination": person.destination,
            "ReasonLeave": person.reason,
        }
    own["FTE30"] = f"{person.fte_before:.6f}"
    if not person.left:
        own["Cases30"] = str(person.cases)
    own |= {"WorkingDaysLost": f"{person.days_lost:.1f}", "FrontlineGrad": "0"}
    if year >= _FIRST_WITH_PAY:
        own["BaseSalary"] = f"{_PAY[person.role]:.2f}"
    return own
