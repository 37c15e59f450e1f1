"""The citations of evidence items in a text; docs/check.md says how they are written."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from scrutiny_pack.evidence.items import KIND_WORDS

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PERIOD = r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|W\d{2}))?"
_ID = rf"(?P<pack>england/{_PERIOD}/{_SLUG}|{_SLUG}/{_PERIOD})/(?P<slug>{_SLUG})(?![\w/-])"
_KIND = r"(?P<kind>(?:table|chart|key figure)(?P<many>s)?)"
# "Tables 3, 4 and 7", but of "in Table 3, 26 posts" only the 3.
_NUMBERS = (
    r"(?P<numbers>\d{1,3}(?(many)(?:\s*,\s*\d{1,3})*(?:\s*(?:and|&|to|-|\u2013)\s*\d{1,3})?))"
    r"(?![\w%]|[.,]\d)"
)
# A number that an item's own citation begins with, and how the id follows it.
_JOINED = re.compile(
    rf"\b{_KIND}\s+{_NUMBERS}\s*[,:;]?\s*[(\[]?\s*(?<![\w/.-]){_ID}[)\]]?",
    re.IGNORECASE,
)
_JOINED_SLUG = re.compile(
    rf"\b{_KIND}\s+{_NUMBERS}\s*,?\s*\[(?P<slug>{_SLUG})\]", re.IGNORECASE
)
_FULL = re.compile(
    rf"scrutiny evidence pack: .{{0,400}}?\b{_KIND} {_NUMBERS}\W.{{0,400}}?(?<![\w/.-]){_ID}"
    r"(?:\)|\.(?: (?:source|data): .{0,1200}?sha256 (?P<sha256>[0-9a-f]{12})\b\.?)?)?",
    re.IGNORECASE,
)  # fmt: skip
_BY_ID = re.compile(rf"(?<![\w/.-]){_ID}")
_IN_BRACKETS = re.compile(rf"\[(?P<slug>{_SLUG})\]")
_BY_NUMBER = re.compile(rf"\b{_KIND}\s+{_NUMBERS}", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\s+(?:of|in|to|from)\s+(?!(?:the|this|our)\s+(?:scrutiny\s+)?(?:evidence\s+)?pack)"
    r"(?:the\s+|its\s+|their\s+|his\s+|her\s+)?(?:\w+\s+){0,3}?"
    r"(?:appendix|annex|report|release|return|statistics|publication|guidance|document|dfe)",
    re.IGNORECASE,
)  # fmt: skip
_WORDS = {words.lower(): words for words in KIND_WORDS.values()}
_MOST_OF_A_RANGE = 20
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\t\n\r\v\f]")
_HYPHENS = re.compile("[\u2010\u2011\u2212]")
_NEAR = 0.75


@dataclass(frozen=True)
class Citation:
    """One citation of an evidence item.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        number: ``Table 3``, if it gives a number.
        pack: ``darlington/2016-07-31``, if it gives an id.
        slug: the item's slug, if it gives an id or a slug.
        sha256: the beginning of the data's checksum, if it is a citation in full.
    """

    start: int
    end: int
    number: str = ""
    pack: str = ""
    slug: str = ""
    sha256: str = ""

    @property
    def words(self) -> str:
        """How a message calls it: ``Table 3``, or the slug."""
        id_ = f"{self.pack}/{self.slug}" if self.pack else self.slug
        return f"{self.number} ({id_})" if self.number and id_ else self.number or id_


def plain(text: str) -> str:
    """A text with one kind of space and of hyphen, each letter in its place."""
    return _HYPHENS.sub("-", _SPACES.sub(" ", text))


def citations(text: str, slugs: Collection[str]) -> tuple[Citation, ...]:
    """Every citation of a text, in order; ``Tables 3 and 4`` is two.

    Args:
        text: as [`plain`][] gives it.
        slugs: of the items of the pack. Other words in square brackets, such as
            ``[sic]``, are citations only if they look like slugs.
    """
    found: list[Citation] = []
    taken = [False] * len(text)

    def free(match: re.Match[str]) -> bool:
        return not any(taken[match.start() : match.end()])

    for pattern in (_FULL, _JOINED, _JOINED_SLUG, _BY_ID, _IN_BRACKETS, _BY_NUMBER):
        for match in pattern.finditer(text):
            made = list(_of(match, slugs, text)) if free(match) else []
            if made:
                taken[match.start() : match.end()] = [True] * (
                    match.end() - match.start()
                )
                found += made
    return tuple(sorted(found, key=lambda citation: citation.start))


def _of(match: re.Match[str], slugs: Collection[str], text: str) -> Iterator[Citation]:
    groups = match.groupdict()
    start, end = match.span()
    slug, pack = groups.get("slug") or "", groups.get("pack") or ""
    numbers = (
        list(_numbers(groups["kind"], groups["numbers"])) if groups.get("kind") else []
    )
    if not numbers:
        if pack or _is_slug(slug, slugs):
            yield Citation(start, end, "", pack, slug)
        return
    if not slug and _ELSEWHERE.match(text, end):
        return  # of another document
    *others, last = numbers
    for number in others:
        yield Citation(start, end, number)
    yield Citation(start, end, last, pack, slug, (groups.get("sha256") or "").lower())


def _numbers(kind: str, numbers: str) -> Iterator[str]:
    words = _WORDS[" ".join(kind.lower().split()).removesuffix("s")]
    parts = re.findall(r"\d+|to|-|\u2013", numbers)
    for at, part in enumerate(parts):
        if not part.isdigit():
            continue
        first = last = int(part)
        if at >= 2 and not parts[at - 1].isdigit():
            first = int(parts[at - 2]) + 1
        if not last - _MOST_OF_A_RANGE < first <= last:
            first = last
        for number in range(first, last + 1):
            yield f"{words} {number}"


def _is_slug(word: str, slugs: Collection[str]) -> bool:
    if word in slugs:
        return True
    if "-" in word:
        return not word.replace("-", "").isdigit()
    return len(word) > 3 and bool(get_close_matches(word, slugs, 1, _NEAR))
