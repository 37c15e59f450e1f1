"""What publishing is told, and what it tells."""

from collections.abc import Mapping
from dataclasses import dataclass

from scrutiny_pack.formats.registry import usual_formats
from scrutiny_pack.inputs.councils import Council
from scrutiny_pack.inputs.receipt import Receipt
from scrutiny_pack.inputs.sources import Source
from scrutiny_pack.periods import Period
from scrutiny_pack.shelf.corrections import Correction
from scrutiny_pack.sidecars import Sidecar

_NOT_CHECKED = "not yet checked"
DRAFT = f"Draft: {_NOT_CHECKED}"
"""What a pack is until somebody is named who checked it."""


PUBLISH = "scrutiny_pack.publish.pack_files:publish_pack"
"""What publishes a pack, by name: it is imported where it runs."""


@dataclass(frozen=True)
class PackContext:
    """What a pack is of, and what the run found out.

    Attributes:
        council: the authority that was there in the period.
        period: when the evidence is about.
        receipt: what the validation of the inputs found.
        sidecars: of all notebooks, in reading order.
        ran: the names of the notebooks that were run, in reading order.
        not_run: the names of the others, each with the reason as a sentence.
        sources: the document of each dataset that was supplied, by dataset, and of
            each release of the DfE's statistics that is compared with.
        of_set: the set that the pack is part of, such as ``england``; "" for a
            council's own.
        formats: what the pack is made as beside its pages, by the names of
            `scrutiny_pack.formats.registry.WRITERS`.
        checked_by: the role of whoever checked the pack; "" while nobody has.
        checked_on: the date of that check, YYYY-MM-DD; "" while there is none.
        checked_evidence: the beginning of the checksum of the evidence that was
            checked; "" where the council does not say.
        correction: why the pack replaces a final one; None if it replaces none.
        evidence: the evidence checksum; "" until the items are known.
    """

    council: Council
    period: Period
    receipt: Receipt
    sidecars: tuple[Sidecar, ...]
    ran: tuple[str, ...]
    not_run: tuple[tuple[str, str], ...]
    sources: Mapping[str, Source]
    of_set: str = ""
    formats: tuple[str, ...] = ()
    checked_by: str = ""
    checked_on: str = ""
    checked_evidence: str = ""
    correction: Correction | None = None
    evidence: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether nobody has checked the pack, or what was checked is not this."""
        return bool(self._why_draft)

    @property
    def standing(self) -> str:
        """Whether the pack is a draft or final, as every page of it says."""
        if self._why_draft:
            return f"Draft: {self._why_draft}"
        on = Period.parse(self.checked_on).in_words
        return f"Final: checked by the {self.checked_by}, {on}"

    @property
    def _why_draft(self) -> str:
        if not (self.checked_by and self.checked_on):
            return _NOT_CHECKED
        on = Period.parse(self.checked_on).in_words
        if self.correction and self.checked_on < self.correction.corrected_on:
            return f"corrected since it was checked, {on}"
        if not self.evidence.startswith(self.checked_evidence):
            return f"the evidence has changed since it was checked, {on}"
        return ""

    @property
    def id(self) -> str:
        """The pack's id: ``darlington/2016-07-31``, or ``england/2025-09-30/leeds``."""
        if self.of_set:
            return f"{self.of_set}/{self.period}/{self.council.slug}"
        return f"{self.council.slug}/{self.period}"

    @property
    def command(self) -> str:
        """The command that makes it, with the very files that it has."""
        usual = usual_formats(in_a_set=bool(self.of_set))
        formats = ",".join(self.formats) or "none"
        also = "" if self.formats == usual else f" FORMATS={formats}"
        if self.of_set:
            return f"make packs SET={self.of_set} PERIOD={self.period}{also}"
        return f"make pack COUNCIL={self.council.slug} PERIOD={self.period}{also}"

    @property
    def sidecars_run(self) -> tuple[Sidecar, ...]:
        """The sidecars of the notebooks that were run, in reading order."""
        return tuple(s for s in self.sidecars if s.name in self.ran)


@dataclass(frozen=True)
class PackSummary:
    """What a pack holds, for the line that the analyst sees.

    Attributes:
        tables: how many tables.
        charts: how many charts.
        key_figures: how many key figures.
        warnings: how many expectations of severity warning are not met.
    """

    tables: int
    charts: int
    key_figures: int
    warnings: int
