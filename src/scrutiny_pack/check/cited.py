"""What the citations of a draft are of: items of its pack, and of others."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches

from scrutiny_pack.check.citations import Citation, citations, plain
from scrutiny_pack.check.held import Holding
from scrutiny_pack.check.matching import Verdict
from scrutiny_pack.check.packs import CitedPack
from scrutiny_pack.check.report import Passage, Report, Table
from scrutiny_pack.evidence.formatting import listed

_CAPTION = re.compile(
    r"\s*(?:table|chart|key figure)\s+\d+\s*(?:[.:,\u2013-]|\(|$)", re.IGNORECASE
)
_NEAR = 0.5


class Cited:
    """The packs that a draft cites, and the items in them.

    Attributes:
        pack: the pack that its numbers are of.
        aliases: what each number of the draft's own is of, by its captions.
    """

    def __init__(
        self,
        pack: CitedPack,
        find_pack: Callable[[str], CitedPack | None],
        aliases: Mapping[str, Citation],
    ) -> None:
        """Look nothing up yet.

        Args:
            pack: the pack that numbers such as Table 3 are of.
            find_pack: gives another pack by its id; None if there is no such pack.
            aliases: see `aliases_of`.
        """
        self.pack = pack
        self.aliases = aliases
        self._find_pack = find_pack
        self._others: dict[str, CitedPack] = {}

    @property
    def packs(self) -> list[CitedPack]:
        """The packs that were cited until now, the draft's first."""
        return [self.pack, *self._others.values()]

    def resolved(
        self, citation: Citation, *, in_caption: bool
    ) -> tuple[Holding | None, Verdict | None, str]:
        """The item of a citation, and what there is to say of the citation itself."""
        if not citation.slug:
            return self._by_number(citation)
        pack = self._pack(citation.pack)
        if pack is None:
            said = f"There is no pack {citation.pack} in the output: correct the id, or build it with 'make pack'."
            return None, Verdict.NOT_THERE, said
        holding = pack.by_slug.get(citation.slug)
        if holding is None:
            return None, Verdict.NOT_THERE, _no_such_slug(citation.slug, pack)
        return holding, *self._since(citation, holding, pack, in_caption=in_caption)

    def _pack(self, pack_id: str) -> CitedPack | None:
        if not pack_id or pack_id == self.pack.id:
            return self.pack
        if pack_id not in self._others:
            found = self._find_pack(pack_id)
            if found is None:
                return None
            self._others[pack_id] = found
        return self._others[pack_id]

    def _by_number(
        self, citation: Citation
    ) -> tuple[Holding | None, Verdict | None, str]:
        if alias := self.aliases.get(citation.number):
            return self.resolved(alias, in_caption=True)
        holding = self.pack.by_number.get(citation.number)
        if holding is not None:
            return holding, None, ""
        kind = citation.number.rpartition(" ")[0]
        numbers = [n for n in self.pack.by_number if n.startswith(f"{kind} ")]
        there_are = (
            f"its last is {numbers[-1]}" if numbers else f"it has no {kind.lower()}"
        )
        said = f"The pack {self.pack.id} has no {citation.number}: {there_are}."
        return None, Verdict.NOT_THERE, said

    def _since(
        self, citation: Citation, holding: Holding, pack: CitedPack, *, in_caption: bool
    ) -> tuple[Verdict | None, str]:
        """Whether an item is another than when it was cited, as far as can be told."""
        said = []
        if citation.sha256 and not holding.item.sha256.startswith(citation.sha256):
            where = [old.id for old in pack.earlier if _has_data(old, citation)]
            of = f" It is as in the superseded pack {where[0]}." if where else ""
            said.append(
                f"The data of {holding.name} have changed since it was cited (sha256 "
                f"{citation.sha256} then, {holding.item.sha256[:12]} now).{of}"
            )
        if (
            citation.number
            and citation.number != holding.item.number
            and not in_caption
        ):
            other = pack.by_number.get(citation.number)
            now = f"; {citation.number} is now {other.item.slug}" if other else ""
            said.append(
                f"{citation.slug} was cited as {citation.number}, and is {holding.item.number} in the pack "
                f"as it is now{now}."
            )
        return (Verdict.CHANGED, " ".join(said)) if said else (None, "")


def aliases_of(report: Report, pack: CitedPack) -> Mapping[str, Citation]:
    """The draft's own numbers: a caption that gives one and an id says what it is."""
    found: dict[str, Citation] = {}
    for part in report.parts:
        if isinstance(part, Table) or not is_caption(part):
            continue
        cited = citations(plain(part.text), pack.by_slug)
        numbers = [
            c
            for c in cited
            if c.number and c.start <= len(part.text) - len(part.text.lstrip())
        ]
        items = [c for c in cited if c.slug]
        if len(numbers) == 1 and len(items) == 1:
            found[numbers[0].number] = items[0]
    return found


def is_caption(passage: Passage) -> bool:
    """Whether a passage is the caption of a table or a chart."""
    return passage.style == "caption" or bool(_CAPTION.match(plain(passage.text)))


def _has_data(pack: CitedPack, citation: Citation) -> bool:
    held = pack.by_slug.get(citation.slug)
    return held is not None and held.item.sha256.startswith(citation.sha256)


def _no_such_slug(slug: str, pack: CitedPack) -> str:
    near = get_close_matches(slug, pack.by_slug, 3, _NEAR)
    nearest = f" The nearest are {listed(near)}." if len(near) > 1 else ""
    nearest = f" The nearest is {near[0]}." if len(near) == 1 else nearest
    before = [old.id for old in pack.earlier if slug in old.by_slug]
    was = f" The superseded pack {before[-1]} had it." if before else ""
    return f"The pack {pack.id} has no item {slug}.{nearest}{was}"
