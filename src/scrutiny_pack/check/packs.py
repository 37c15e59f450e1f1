"""The packs that a draft report cites, as they are now and as they were."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scrutiny_pack.check.citations import Citation
from scrutiny_pack.check.held import Holding
from scrutiny_pack.errors import CouncilError, NotThereError, PeriodError
from scrutiny_pack.formats.content import EVIDENCE, Content, read_content
from scrutiny_pack.inputs.wording import did_you_mean, joined
from scrutiny_pack.periods import Period

SUPERSEDED = "superseded"
"""The folder of packs that were replaced: ``superseded/<council>/<period>/<hash8>``."""

_NOT_COUNCILS = {"draft", "england", "checks", SUPERSEDED}


@dataclass(frozen=True, eq=False)
class CitedPack:
    """A pack that a draft report cites.

    Attributes:
        id: ``darlington/2016-07-31``.
        content: what it says.
        status: the word of its status file, such as ``superseded``; "" if it has none.
        earlier: the packs that it replaced, by the name of their folder.
    """

    id: str
    content: Content
    status: str = ""
    earlier: tuple["CitedPack", ...] = ()

    @cached_property
    def by_slug(self) -> dict[str, Holding]:
        """Its items by slug."""
        return {piece.item.slug: Holding(piece) for piece in self.content.pieces}

    @cached_property
    def by_number(self) -> dict[str, Holding]:
        """Its items by number: ``Table 3``."""
        return {held.item.number: held for held in self.by_slug.values()}

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """Its items, in reading order."""
        return tuple(self.by_slug.values())


def read_pack(output: Path, pack_id: str) -> CitedPack | None:
    """A pack as it is in the output; None if it has not been built.

    Args:
        output: the folder of what is generated.
        pack_id: ``darlington/2016-07-31``, or ``england/2025-09-30/leeds``.

    Raises:
        NotThereError: if its files are not those of a pack.
    """
    folder = output / pack_id
    if not (folder / EVIDENCE).is_file():
        return None
    replaced = output / SUPERSEDED / pack_id
    earlier = tuple(
        CitedPack(f"{pack_id} ({old.name})", _content(old, pack_id))
        for old in sorted(replaced.glob("*"))
        if (old / EVIDENCE).is_file()
    )
    return CitedPack(pack_id, _content(folder, pack_id), _status(folder), earlier)


def _content(folder: Path, pack_id: str) -> Content:
    try:
        return read_content(folder)
    except (OSError, ValueError, KeyError) as error:
        what = " ".join(str(error).split())[:120]
        msg = f"the pack {pack_id} in the output is not whole ({what}): build it again with 'make pack'"
        raise NotThereError(msg) from None


def _status(folder: Path) -> str:
    """The status that stands beside a pack: draft, final, superseded or withdrawn."""
    path = folder.with_name(f"{folder.name}.status.json")
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(told.get("status", "")) if isinstance(told, dict) else ""


def choose_pack(
    output: Path, cited: Iterable[Citation], council: str | None, period: str | None
) -> str:
    """The id of the pack that numbers such as Table 3 are of.

    Args:
        output: the folder of what is generated.
        cited: the citations of the draft.
        council: what COUNCIL= says.
        period: what PERIOD= says; without it, the latest of which there is a pack.

    Raises:
        CouncilError: if no council is given, and the draft cites no item by its id.
        PeriodError: if the council has no pack.
    """
    if council:
        return f"{council}/{_period(output, council, period)}"
    counted = Counter(citation.pack for citation in cited if citation.pack)
    if period:
        counted = Counter(
            {i: n for i, n in counted.items() if i.split("/")[-1] == period}
        )
    if counted:
        return counted.most_common(1)[0][0]
    built = sorted(councils_built(output))
    there_are = (
        f" There are packs for {joined(built)}"
        if built
        else " No pack has been built yet"
    )
    msg = (
        "the draft cites no item by its id, so it does not say which pack its numbers are "
        f"of: say which, such as COUNCIL={built[0] if built else 'leeds'}.{there_are}"
    )
    raise CouncilError(msg)


def councils_built(output: Path) -> list[str]:
    """The councils of which there is a pack."""
    return [
        folder.name
        for folder in sorted(output.glob("*"))
        if folder.name not in _NOT_COUNCILS and any(folder.glob(f"*/{EVIDENCE}"))
    ]


def _period(output: Path, council: str, period: str | None) -> Period:
    if council not in (known := councils_built(output)):
        question = did_you_mean(council, known)
        msg = f"there is no pack for '{council}'.{question} Build one: make pack COUNCIL={council}"
        raise CouncilError(msg)
    built = sorted(
        Period.parse(path.parent.name)
        for path in (output / council).glob(f"*/{EVIDENCE}")
    )
    if not period:
        return built[-1]
    wanted = Period.parse(period)
    if wanted not in built:
        there_are = joined([str(each) for each in built])
        msg = (
            f"there is no pack for {council} in {period}; there is one for {there_are}. Build it: "
            f"make pack COUNCIL={council} PERIOD={period}"
        )
        raise PeriodError(msg)
    return wanted
