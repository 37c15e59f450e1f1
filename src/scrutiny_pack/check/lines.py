"""The check for a terminal: what disagrees first, the count of all last."""

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from scrutiny_pack.check.findings import Checked, Finding, headline
from scrutiny_pack.check.matching import HOLDING, Verdict
from scrutiny_pack.evidence.formatting import listed, plural

_WIDTH = 88

GROUPS: tuple[tuple[str, tuple[Verdict, ...]], ...] = (
    ("Cites what is not there", (Verdict.NOT_THERE,)),
    ("Does not agree", (Verdict.DIFFERS,)),
    ("Has no citation", (Verdict.UNCITED,)),
    ("Has changed since it was cited", (Verdict.CHANGED,)),
    ("To be looked at again", (Verdict.CUT, Verdict.ELSEWHERE, Verdict.UNSURE)),
)
"""The findings that are told, with the heading of each group."""


def in_lines(checked: Checked) -> list[str]:
    """The findings for a terminal."""
    lines = [
        line for notice in checked.notices for line in textwrap.wrap(notice, _WIDTH)
    ]
    for heading, verdicts in GROUPS:
        found = checked.of(*verdicts)
        if found:
            lines += ["", heading]
            for alike in together(found):
                lines += _entry(alike)
    holding = len(checked.of(*HOLDING))
    if holding:
        lines += ["", f"Holds: {plural(holding, 'figure', 'figures')}"]
    return [*lines, "", *textwrap.wrap(headline(checked), _WIDTH)]


def together(found: Iterable[Finding]) -> list[list[Finding]]:
    """The findings, with those side by side of one sentence that say the same as one."""
    return [
        list(alike)
        for _, alike in groupby(
            found, key=lambda each: (each.part, each.sentence, each.said)
        )
    ]


def _entry(alike: list[Finding]) -> Iterator[str]:
    first, figures = alike[0], listed([each.text for each in alike])
    yield from _wrapped(f"{figures}: “{shortened(first)}” ({first.place})", "  ")
    yield from _wrapped(first.said, "      ")


def shortened(finding: Finding, most: int = 160) -> str:
    """The sentence of a finding, or the part of it around the figure."""
    sentence = " ".join(finding.sentence.split())
    if len(sentence) <= most:
        return sentence
    at = max(sentence.find(finding.text), 0)
    start = max(min(at - most // 2, len(sentence) - most), 0)
    end = start + most
    return f"{'… ' if start else ''}{sentence[start:end].strip()}{' …' if end < len(sentence) else ''}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent)
    )
