"""What an archive says about itself: for bag-info.txt, the README and the crate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scrutiny_pack.archive.layout import FORMAT
from scrutiny_pack.errors import ParameterError
from scrutiny_pack.inputs.sources import Source
from scrutiny_pack.periods import Period
from scrutiny_pack.shelf.retention import Retention

CREATOR = "archive_creator"
ACCESS = "archive_access"
NOT_STATED = "not stated"


@dataclass(frozen=True)
class ArchiveFacts:
    """What is said of one archive.

    Attributes:
        evidence: what evidence.json says of the pack as a whole.
        period: the period.
        reports: the documents that the council's figures were read from.
        creator: who made the archive, by role.
        access: who may see it.
        retention: how long it is kept.
        python: the minor version of Python.
        system: the operating system and processor.
    """

    evidence: Mapping[str, Any]
    period: Period
    reports: Sequence[Source]
    creator: str
    access: str
    retention: Retention
    python: str
    system: str

    def labels(self) -> list[tuple[str, str]]:
        """What bag-info.txt says, in order."""
        pack, standing = self.evidence, self.evidence["standing"]
        reports = sorted({(s.title, s.body, s.date) for s in self.reports})
        checked = (
            []
            if standing["is_draft"]
            else [
                ("Checked-By-Role", standing["checked_by"]),
                ("Checked-On", standing["checked_on"]),
            ]
        )
        return [
            ("Source-Organization", pack["authority"]),
            ("External-Identifier", pack["id"]),
            ("External-Description", pack["title"]),
            ("Council", pack["council"]),
            ("Period", pack["period"]),
            ("Evidence-Date-First", self.period.start.isoformat()),
            ("Evidence-Date-Last", self.period.end.isoformat()),
            *(
                label
                for title, body, date in reports
                for label in (("Report", f"{title} ({body})"), ("Report-Date", date))
            ),
            ("Creator-Role", self.creator),
            ("Standing", standing["words"]),
            *checked,
            ("Access-Status", self.access),
            ("Retention-Class", self.retention.title),
            ("Retention-Schedule", self.retention.schedule),
            ("Retention-Review-Date", self.retention.review_on or "none: permanent"),
            ("Archive-Format", FORMAT),
            ("Software", f"{pack['software']['name']} {pack['software']['version']}"),
            ("Python", self.python),
            ("System", self.system),
        ]


def role_and_access(parameters: Mapping[str, Any]) -> tuple[str, str]:
    """Who makes the archive, by role, and who may see it, as the parameters say.

    Raises:
        ParameterError: if one of them is not a line of text.
    """
    found = []
    for name in (CREATOR, ACCESS):
        value = parameters.get(name)
        if value is None:
            value = NOT_STATED
        if not isinstance(value, str) or not value.strip() or "\n" in value.strip():
            msg = f"the parameter '{name}' must be one line of text, not {value!r}"
            raise ParameterError(msg)
        found.append(value.strip())
    return found[0], found[1]
