"""The receipt of a check: what was checked for a council and period, and what failed.

It becomes the pack's ``validation.json``. It holds nothing of the run itself, no
time and no machine, so that the same inputs give the same bytes.
"""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from scrutiny_pack.errors import ExpectationError
from scrutiny_pack.inputs.wording import counted

Severity = Literal["critical", "warning"]


@dataclass(frozen=True)
class Failure:
    """One expectation that a dataset does not meet.

    Attributes:
        severity: ``critical`` stops the pack; ``warning`` is told in it.
        dataset: the dataset's name.
        file: its file, relative to the workspace.
        rule: what was expected, in words.
        remedy: what to do about it, as a sentence.
        lines: the lines of the file where it is not so.
        column: the column that is meant; empty if it is the table as a whole.
        values: what stands there, line by line, as text.
        sentence: all of it for a reader, in one sentence with its full stop.
    """

    severity: Severity
    dataset: str
    file: str
    rule: str
    remedy: str
    lines: tuple[int, ...]
    column: str
    values: tuple[str, ...]
    sentence: str

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> "Failure":
        """Read back what `dataclasses.asdict` wrote."""
        lists = {"lines": tuple(raw["lines"]), "values": tuple(raw["values"])}
        return cls(**raw | lists)


@dataclass(frozen=True)
class DatasetCheck:
    """What was checked of one dataset.

    Attributes:
        dataset: its name.
        file: its file, relative to the workspace.
        sha256: of the file's bytes.
        rows: how many rows it has.
        expectations: how many expectations were run on it.
        notes: what was put right in reading, and what could not be checked, in
            plain words.
        failures: the expectations that it does not meet.
    """

    dataset: str
    file: str
    sha256: str
    rows: int
    expectations: int
    notes: tuple[str, ...]
    failures: tuple[Failure, ...]

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> "DatasetCheck":
        """Read back what `dataclasses.asdict` wrote."""
        failures = tuple(Failure.from_dict(failure) for failure in raw["failures"])
        return cls(**raw | {"notes": tuple(raw["notes"]), "failures": failures})

    def of_file(self, file: str) -> "DatasetCheck":
        """The same check, told of a file with the same bytes.

        Args:
            file: where it stands, relative to the workspace.
        """
        failures = tuple(replace(failure, file=file) for failure in self.failures)
        return replace(self, file=file, failures=failures)


@dataclass(frozen=True)
class Receipt:
    """What was checked for one council and period.

    Attributes:
        council: its slug.
        period: the period, as it is written.
        datasets: one check for each dataset, by name.
    """

    council: str
    period: str
    datasets: tuple[DatasetCheck, ...]

    def failures(self, severity: Severity) -> tuple[Failure, ...]:
        """The failures of one severity, dataset by dataset."""
        return tuple(
            failure
            for check in self.datasets
            for failure in check.failures
            if failure.severity == severity
        )

    def sha256_of(self, dataset: str) -> str:
        """The SHA-256 of a dataset's file when it was checked; "" if it was not."""
        found = (check.sha256 for check in self.datasets if check.dataset == dataset)
        return next(found, "")

    @property
    def rows(self) -> int:
        """How many rows were checked."""
        return sum(check.rows for check in self.datasets)

    @property
    def expectations(self) -> int:
        """How many expectations were run."""
        return sum(check.expectations for check in self.datasets)

    def to_json(self) -> str:
        """The receipt as the text of ``validation.json``."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Receipt":
        """Read a receipt back from the text that [`to_json`][..] gave."""
        raw = json.loads(text)
        checks = tuple(DatasetCheck.from_dict(check) for check in raw["datasets"])
        return cls(**raw | {"datasets": checks})


def raise_if_critical(receipt: Receipt) -> None:
    """Stop if an input breaks a critical expectation.

    Raises:
        ExpectationError: with every critical failure: the file, the lines, the rule
            in words, the values and what to do.
    """
    broken = receipt.failures("critical")
    if not broken:
        return
    lines = [
        f"{failure.file}{f', column {failure.column}' if failure.column else ''}: "
        f"{failure.sentence} {failure.remedy}"
        for failure in broken
    ]
    if len(lines) == 1:
        raise ExpectationError(lines[0])
    told = "\n".join(f"  {line}" for line in lines)
    msg = f"the inputs break {counted(len(lines), 'critical expectation')}:\n{told}"
    raise ExpectationError(msg)
