"""Where the sentences of a passage begin and end."""

import re
from collections.abc import Iterable

_END = re.compile(
    r"[.!?\u2026][\"'\u201d\u2019)\]]*(?=\s+[\"'\u201c\u2018(\[]*[A-Z0-9\u00a3])|\n+"
)
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|viz|approx|no|nos|para|paras|pp?|fig|figs|ref|refs|vol|ch|s|ss"
    r"|st|cllr|cllrs|mr|mrs|ms|dr|prof|hon|dept|c|ca|vs|inc|ltd|min|max|est|al)|\b[A-Z])\.$",
    re.IGNORECASE,
)  # fmt: skip
_NUMBER_OF_ITEM = re.compile(
    r"\s*\(?(?:\d{1,3}(?:\.\d+)*|[a-z]|[ivx]+)[.)]$", re.IGNORECASE
)
_INITIAL = re.compile(r"(?:^|[\s(])[B-HJ-Z]\.$")


def sentences(
    text: str, whole: Iterable[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """The sentences of a passage, as places in its text.

    Args:
        text: the passage.
        whole: stretches that no sentence ends within, such as a citation in full.
    """
    within = list(whole)
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        said = text[start : match.start() + 1]
        if any(first <= match.start() < last for first, last in within):
            continue
        if text[match.start()] == "." and _goes_on(said):
            continue
        found.append((start, end))
        start = end
    found.append((start, len(text)))
    return [(a, b) for a, b in found if text[a:b].strip()]


def _goes_on(said: str) -> bool:
    """Whether the point is that of an abbreviation, an initial or a list number."""
    if _NUMBER_OF_ITEM.fullmatch(said):
        return True
    match = _SHORT.search(said)
    if match is None:
        return False
    word = match[0][:-1]
    return len(word) > 1 or word.islower() or bool(_INITIAL.search(said))
