"""What a check finds: of each figure and citation of a draft, and in all."""

from collections import Counter
from dataclasses import dataclass

from scrutiny_pack.check.held import Holding
from scrutiny_pack.check.matching import HOLDING, LOOK_AGAIN, Verdict
from scrutiny_pack.check.packs import CitedPack
from scrutiny_pack.check.report import Report
from scrutiny_pack.evidence.formatting import listed, plural

ORDER = (
    Verdict.NOT_THERE,
    Verdict.DIFFERS,
    Verdict.UNCITED,
    Verdict.CHANGED,
    Verdict.CUT,
    Verdict.ELSEWHERE,
    Verdict.UNSURE,
    Verdict.WORKED_OUT,
    Verdict.ROUND,
    Verdict.HOLDS,
)
"""The verdicts, what matters most first."""


@dataclass(frozen=True)
class Finding:
    """What is found of a figure or of a citation.

    Attributes:
        verdict: what was found.
        text: the figure, or the citation, as the draft has it.
        said: the finding in plain words.
        sentence: the sentence that it stands in, or the row of a table.
        start: where it begins in the sentence.
        place: where in the draft it stands, for a reader.
        cited: the items that the sentence cites.
        part: which part of the report it stands in, from nought; a note's is that of
            its mark.
        at: where it begins and ends in the part's text; for a note, where its mark is;
            for a cell of a table, its row and its column.
    """

    verdict: Verdict
    text: str
    said: str
    sentence: str
    start: int
    place: str
    cited: tuple[Holding, ...]
    part: int
    at: tuple[int, int]


@dataclass(frozen=True)
class Checked:
    """What the check found.

    Attributes:
        report: the draft.
        pack: the pack that its numbers are of.
        notices: what there is to know of the packs and the draft as a whole.
        findings: the findings, in the order of the draft.
    """

    report: Report
    pack: CitedPack
    notices: tuple[str, ...]
    findings: tuple[Finding, ...]

    def of(self, *verdicts: Verdict) -> list[Finding]:
        """The findings of some verdicts, in the order of the draft."""
        return [finding for finding in self.findings if finding.verdict in verdicts]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many findings there are of each verdict, in [`ORDER`][]."""
        found = Counter(finding.verdict for finding in self.findings)
        return {verdict: found[verdict] for verdict in ORDER}


def headline(checked: Checked) -> str:
    """How many figures were found and what was found of them, in one sentence."""
    counts = checked.counts
    of_figures = [v for v in ORDER if v not in {Verdict.NOT_THERE, Verdict.CHANGED}]
    total = sum(counts[verdict] for verdict in of_figures)
    look_again = sum(counts[verdict] for verdict in LOOK_AGAIN)
    parts = [
        (
            counts[Verdict.DIFFERS],
            "does not agree with the evidence",
            "do not agree with the evidence",
        ),
        (counts[Verdict.UNCITED], "has no citation", "have no citation"),
        (look_again, "should be looked at again", "should be looked at again"),
        (sum(counts[verdict] for verdict in HOLDING), "holds", "hold"),
    ]
    said = [
        f"{count} {one if count == 1 else many}" for count, one, many in parts if count
    ]
    wrong = counts[Verdict.NOT_THERE]
    begin = (
        f"{plural(wrong, 'citation is', 'citations are')} of what is not there. "
        if wrong
        else ""
    )
    if not total:
        return f"{begin}The draft states no figure."
    return f"{begin}Of {plural(total, 'figure', 'figures')}, {listed(said)}."
