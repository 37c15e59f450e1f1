"""How long a pack is kept: its class in a retention schedule, and when to review it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from scrutiny_pack.errors import PeriodError, ReferenceDataError
from scrutiny_pack.inputs.yaml_files import read_yaml
from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace

FILE = "retention.yaml"
PERMANENT = "permanent"


@dataclass(frozen=True)
class Retention:
    """How long something is kept.

    Attributes:
        name: the class's name in the schedule, such as ``supporting-documentation``.
        title: the class, for a reader.
        years: for how many years; None for ever.
        counted_from: the day from which they are counted, YYYY-MM-DD.
        review_on: the day on which to decide what becomes of it, YYYY-MM-DD; "" for what
            is kept for ever.
        schedule: whose schedule it is, and where that stands.
    """

    name: str
    title: str
    years: int | None
    counted_from: str
    review_on: str
    schedule: str

    @property
    def words(self) -> str:
        """How long, for a reader."""
        if not self.review_on:
            return "Kept permanently"
        return f"Review on {Period.parse(self.review_on).in_words}"


@dataclass(frozen=True)
class Schedule:
    """A retention schedule.

    Attributes:
        classes: title and years of each class, by its name; None for ever.
        pack: the class of a pack.
        source: whose schedule it is, and where it stands.
    """

    classes: Mapping[str, tuple[str, int | None]]
    pack: str
    source: str

    def of_pack(self, evidence: Mapping[str, Any]) -> Retention:
        """How long a pack is kept.

        Args:
            evidence: what the pack's evidence.json says.
        """
        return self.of(self.pack, counted_from(evidence))

    def of(self, name: str, day: date) -> Retention:
        """How long something of a class is kept, counted from a day."""
        title, years = self.classes[name]
        review = "" if years is None else _years_later(day, years).isoformat()
        return Retention(name, title, years, day.isoformat(), review, self.source)


def counted_from(evidence: Mapping[str, Any]) -> date:
    """The day from which the years of a pack are counted.

    It is the last day of what the pack is about, of the documents that it rests on, or
    of its check, whichever is the latest: a pack is not closed before any of them.
    """
    standing = evidence["pack"].get("standing") or {}
    checked = _last_days([standing.get("checked_on", "")])
    return max([evidence_goes_to(evidence), *checked])


def evidence_goes_to(evidence: Mapping[str, Any]) -> date:
    """The last day of what a pack is about, or of its documents if that is later.

    Args:
        evidence: what the pack's evidence.json says.
    """
    about = evidence["pack"]
    dates = [source.get("date", "") for source in about.get("inputs", ())]
    return max(_last_days([about.get("period", ""), *dates]), default=date.min)


def read_schedule(workspace: Workspace) -> Schedule:
    """The retention schedule: the council's own, or the project's.

    Raises:
        InputFileError: if it is missing or no YAML.
        ReferenceDataError: if it is not a schedule.
    """
    path = schedule_file(workspace)
    shown = workspace.shown(path)
    said = read_yaml(path, shown)
    try:
        source = said["source"]
        classes = {
            name: (str(entry["title"]), _years(entry["years"]))
            for name, entry in said["classes"].items()
        }
        if said["pack"] in classes:
            whose = f"{source['title']}, {source['body']}, {source['address']}"
            return Schedule(classes, said["pack"], whose)
        problem = f"pack is '{said['pack']}', which is none of the classes"
    except (KeyError, TypeError, AttributeError) as error:
        problem = f"something is missing, or is not where it should be ({error})"
    except ValueError:
        problem = f"years is a number of years, or '{PERMANENT}'"
    msg = f"{shown}: {problem}; the project's own {FILE} shows the form"
    raise ReferenceDataError(msg)


def schedule_file(workspace: Workspace) -> Path:
    """The file of the schedule."""
    own = workspace.home / "data" / "reference" / FILE
    return own if own.is_file() else workspace.reference / FILE


def _years(text: str) -> int | None:
    return None if text == PERMANENT else int(text)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, in a year that has none
        return day.replace(year=day.year + years, month=3, day=1)


def _last_days(texts: Iterable[str]) -> list[date]:
    days = []
    for text in texts:
        try:
            days.append(Period.parse(text).end)
        except PeriodError:  # "not stated", or nothing
            continue
    return days
