"""The rules that a census return should keep, each with the source that states it.

A rule that is broken does not stop the import: the Department asks about it, or lets
it pass with a note. The result says which workers break it, by their place in the
file, and never what stands there. What makes a return unreadable stops it earlier, in
[`census_records`][scrutiny_pack.imports.census_records].
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scrutiny_pack.imports.census_fields import CensusField, worker_fields, years
from scrutiny_pack.imports.census_records import CensusReturn, Worker
from scrutiny_pack.inputs.wording import counted, listed

SPECIFICATION = (
    "DfE, census 2024 to 2025, business and technical specification, version 1"
)
METHODOLOGY = "DfE, Children's social work workforce, methodology"
SCHEMA_2022 = "XML schema of the 2022 census, in public use by local authorities"
SWF_TOOLS = "SWFtools validator, in public use by local authorities"
DATA_DICTIONARY = "DfE, Local Authority Interactive Tool, data dictionary"

MOST_CASES = 40
"""Above it, SWFtools asks; the highest average of a council from 2017 to 2025 is 32.7."""

_NOISE = 1e-6  # the decimals of a field; beyond them a difference is float noise


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        name: how it is called, such as ``starters-last-year``.
        words: what it says, in words.
        source: where it is stated.
        broken_by: the workers of a return that break it; for a rule about the council
            as a whole, a return breaks it with None.
        first: the first collection that it is about.
    """

    name: str
    words: str
    source: str
    broken_by: Callable[[CensusReturn], Iterable[Worker | None]]
    first: int = 2021


@dataclass(frozen=True)
class RuleResult:
    """What one rule found.

    Attributes:
        name: the rule's.
        words: what it says.
        source: where it is stated.
        count: how many records break it; 1 for a rule about the council as a whole.
        positions: their places among the workers, from 1.
    """

    name: str
    words: str
    source: str
    count: int
    positions: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """The result for the analyst, without a value of any record."""
        if not self.positions:
            return f"{self.words}: not so in this return ({self.source})."
        places = listed([str(position) for position in self.positions])
        noun = "worker" if self.count == 1 else "workers"
        return (
            f"{self.words}: not so in {counted(self.count, 'record')} "
            f"({noun} {places}; {self.source})."
        )


def check_rules(census: CensusReturn) -> tuple[RuleResult, ...]:
    """Hold a return to every rule that is about its year.

    Returns:
        One result for each rule that is broken, in the order of the rules.
    """
    results = []
    for rule in rules():
        if census.year < rule.first:
            continue
        broken = list(rule.broken_by(census))
        if broken:
            positions = tuple(worker.position for worker in broken if worker)
            found = RuleResult(
                rule.name, rule.words, rule.source, len(broken), positions
            )
            results.append(found)
    return tuple(results)


def rules() -> tuple[Rule, ...]:
    """All rules, those about single fields first."""
    fields = list({known.name: known for known in worker_fields().values()}.values())
    # What every worker must have is seen to in reading: without it there is no import.
    needed = [_needed(known) for known in fields if known.needed in _OF_WHOM]
    removed = [_removed(known) for known in fields if _is_not_in_all(known)]
    return (*needed, *removed, *_ABOUT_RECORDS)


def left(worker: Worker, census: CensusReturn) -> bool:
    """Whether a worker had left by the reference date."""
    end = worker.get("RoleEndDate")
    return end is not None and end <= census.ends


# --- Rules about one field --------------------------------------------------------

_OF_WHOM = {
    "employed": "every worker whom the council employs",
    "leavers": "every leaver",
    "in post": "every worker in post, agency workers too",
}


def _needed(known: CensusField) -> Rule:
    other = f" (or {known.instead})" if known.instead else ""
    is_old = known.last < years()[-1]

    def broken_by(census: CensusReturn) -> Iterator[Worker]:
        if census.year not in known.needed_in:
            return
        for worker in census.workers:
            given = worker.get(known.name) is not None
            given |= bool(known.instead) and worker.get(known.instead) is not None
            if not given and _is_needed(known, worker, census):
                yield worker

    return Rule(
        f"{known.name}-given",
        f"{known.name}{other} is given for {_OF_WHOM[known.needed]}",
        SCHEMA_2022 if is_old else SPECIFICATION,
        broken_by,
    )


def _is_needed(known: CensusField, worker: Worker, census: CensusReturn) -> bool:
    if known.needed == "employed":
        return not worker.is_agency
    if known.needed == "leavers":
        return _any_given(worker, _LEAVING)
    return not left(worker, census)


def _is_not_in_all(known: CensusField) -> bool:
    return known.first > years()[0] or known.last < years()[-1]


def _removed(known: CensusField) -> Rule:
    when = f"from {known.first}" if known.first > years()[0] else f"to {known.last}"

    def broken_by(census: CensusReturn) -> Iterator[Worker]:
        if not known.is_in(census.year):
            yield from (w for w in census.workers if w.get(known.name) is not None)

    return Rule(
        f"{known.name}-collected",
        f"{known.name} is only in the collections {when}",
        SPECIFICATION,
        broken_by,
    )


# --- Rules about a record, or several ------------------------------------------------

_LEAVING = ("RoleEndDate", "LeaverDestination", "ReasonLeave")


def _any_given(worker: Worker, names: Iterable[str]) -> bool:
    return any(worker.get(name) is not None for name in names)


def _each(
    is_broken: Callable[[Worker, CensusReturn], bool],
) -> Callable[[CensusReturn], Iterator[Worker]]:
    def broken_by(census: CensusReturn) -> Iterator[Worker]:
        return (worker for worker in census.workers if is_broken(worker, census))

    return broken_by


def _leaver_works(worker: Worker, census: CensusReturn) -> bool:
    return left(worker, census) and worker.values["FTE"] > 0


def _left_outside_year(worker: Worker, census: CensusReturn) -> bool:
    end = worker.get("RoleEndDate")
    return end is not None and not census.begins <= end <= census.ends


def _start_in_part(worker: Worker, _census: CensusReturn) -> bool:
    start, origin = worker.get("RoleStartDate"), worker.get("StartOrigin")
    return (start is None) != (origin is None)


def _starter_was_there(worker: Worker, census: CensusReturn) -> bool:
    start = worker.get("RoleStartDate")
    started = start is not None and start >= census.begins
    return started and (worker.get("FTE30") or 0) > 0


def _leaver_holds_cases(worker: Worker, census: CensusReturn) -> bool:
    return left(worker, census) and worker.get("Cases30") is not None


def _too_many_cases(worker: Worker, _census: CensusReturn) -> bool:
    return (worker.get("Cases30") or 0) > MOST_CASES


def _absence_without_absence(worker: Worker, _census: CensusReturn) -> bool:
    given = worker.get("ReasonAbsence") is not None
    return given and "1" not in worker.repeated.get("Absat30Sept", ())


def _case_holder_without(worker: Worker, census: CensusReturn) -> bool:
    is_holder = worker.get("OrgRole") == "5" and not left(worker, census)
    return is_holder and worker.get("Cases30") == 0


def _more_than_full_time(census: CensusReturn) -> Iterator[Worker]:
    by_number: dict[str, list[Worker]] = defaultdict(list)
    for worker in census.workers:
        if not worker.is_agency:
            by_number[worker.values["SWENo"]].append(worker)
    for several in by_number.values():
        if sum(worker.values["FTE"] for worker in several) > 1 + _NOISE:
            yield from several


def _cover_above_vacancies(census: CensusReturn) -> Iterator[None]:
    cover = census.la_level.get("NoAgencyFTE", 0)
    vacancies = census.la_level.get("NumberOfVacancies")
    if vacancies is not None and cover > vacancies + _NOISE:
        yield None


def _cover_above_agency(census: CensusReturn) -> Iterator[None]:
    cover = census.la_level.get("NoAgencyFTE", 0)
    agency = sum(worker.values["FTE"] for worker in census.workers if worker.is_agency)
    if cover > agency + _NOISE:
        yield None


_ABOUT_RECORDS = (
    Rule(
        "leavers-not-working",
        "A leaver's FTE on 30 September is nought",
        SPECIFICATION,
        _each(_leaver_works),
    ),
    Rule(
        "leaving-date-in-year",
        "RoleEndDate lies between 1 October and 30 September of the census year",
        SPECIFICATION,
        _each(_left_outside_year),
    ),
    Rule(
        "start-date-and-origin",
        "RoleStartDate and StartOrigin are given together",
        SPECIFICATION,
        _each(_start_in_part),
    ),
    Rule(
        "starters-last-year",
        "FTE30, the FTE of a year before, is nought for who started in the year",
        SPECIFICATION,
        _each(_starter_was_there),
    ),
    Rule(
        "leavers-without-cases",
        "Cases30 is not given for who has left",
        SPECIFICATION,
        _each(_leaver_holds_cases),
    ),
    Rule(
        "cases-at-most",
        f"Cases30 is at most {MOST_CASES}",
        SWF_TOOLS,
        _each(_too_many_cases),
    ),
    Rule(
        "reason-for-absence",
        "ReasonAbsence is only given where Absat30Sept is 1",
        SPECIFICATION,
        _each(_absence_without_absence),
    ),
    Rule(
        "case-holders-with-cases",
        "A case holder (OrgRole 5) holds at least one case",
        DATA_DICTIONARY,
        _each(_case_holder_without),
        first=2024,
    ),
    Rule(
        "at-most-full-time",
        "The FTE of all records of one registration number is at most 1",
        f"{METHODOLOGY}; that it follows is this project's reading",
        _more_than_full_time,
    ),
    Rule(
        "cover-at-most-vacancies",
        "Agency workers who cover vacancies (NoAgencyFTE) are at most the vacancies",
        f"{METHODOLOGY}; such a rate is published as unreliable",
        _cover_above_vacancies,
    ),
    Rule(
        "cover-at-most-agency",
        "Agency workers who cover vacancies (NoAgencyFTE) are at most all agency workers",
        f"{METHODOLOGY}; such a rate is published as unreliable",
        _cover_above_agency,
    ),
)
