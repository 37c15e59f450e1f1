"""The check as a page, in the style of the pack's own."""

from collections.abc import Iterator
from typing import Any

from scrutiny_pack.check.findings import Checked, Finding, headline
from scrutiny_pack.check.lines import GROUPS, together
from scrutiny_pack.check.matching import HOLDING, Verdict
from scrutiny_pack.evidence.formatting import listed
from scrutiny_pack.publish.layout import (
    on_every_sheet,
    page_template,
    policy,
    style,
)
from scrutiny_pack.publish.references import address

_MEANING = {
    Verdict.NOT_THERE: "The pack has no such item. A reader could not follow these citations.",
    Verdict.DIFFERS: "The item that is cited does not hold the figure, to the decimals that are printed.",
    Verdict.UNCITED: "A figure without a citation in its sentence cannot be followed to its source.",
    Verdict.CHANGED: "The pack is not the one that was cited: see whether the sentence still stands.",
    Verdict.CUT: (
        "These may be right: a slip of rounding, a figure that stands in another row than the one "
        "that the sentence names, or one in words that may count something else."
    ),
    Verdict.HOLDS: "The item that is cited has these, or gives them.",
}
_MARGIN = 240


def check_page(checked: Checked, up: str) -> str:
    """The text of the page.

    Args:
        checked: what was found.
        up: the way from the page to the output's folder: ``../``.
    """
    pack = checked.pack.content.pack
    sheet = on_every_sheet(pack["standing"]["words"])
    return page_template("check.html.j2").render(
        page={
            "up": f"{up}{checked.pack.id}/",
            "authority": pack["authority"],
            "period": pack["period_in_words"],
            "pack_title": pack["title"],
            "pack_citation": pack["citation"],
            "is_draft": pack["standing"]["is_draft"],
            "standing": pack["standing"]["words"],
            "style": style() + sheet,
            "policy": policy(sheet),
            "report": checked.report.name,
            "headline": headline(checked),
            "notices": checked.notices,
            "groups": list(_groups(checked, up)),
        }
    )


def _groups(checked: Checked, up: str) -> Iterator[dict[str, Any]]:
    for heading, verdicts in (*GROUPS, ("Holds", HOLDING)):
        found = checked.of(*verdicts)
        if found:
            yield {
                "heading": heading,
                "anchor": heading.lower().replace(" ", "-"),
                "meaning": _MEANING[verdicts[0]],
                "is_told": verdicts is not HOLDING,
                "count": len(found),
                "findings": [
                    _told(alike[0], up)
                    | {"text": listed([each.text for each in alike])}
                    for alike in (
                        together(found)
                        if verdicts is not HOLDING
                        else [[each] for each in found]
                    )
                ],
            }


def _told(finding: Finding, up: str) -> dict[str, Any]:
    sentence = finding.sentence
    start = max(sentence.find(finding.text, finding.start), finding.start)
    end = start + len(finding.text)
    if sentence[start:end] != finding.text:  # a citation that is told in other words
        end = start
    first, last = max(start - _MARGIN, 0), min(end + _MARGIN, len(sentence))
    return {
        "text": finding.text,
        "before": ("… " if first else "") + sentence[first:start],
        "marked": sentence[start:end],
        "after": sentence[end:last] + (" …" if last < len(sentence) else ""),
        "said": finding.said,
        "place": finding.place,
        "links": [
            {
                "name": f"{held.item.number}, {held.item.title}",
                "address": f"{up}{held.item.id.rpartition('/')[0]}/{address(held.item, '')}",
            }
            for held in finding.cited[:3]
        ],
    }
