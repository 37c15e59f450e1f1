"""Finding an evidence item or a pack by its id, and its citation in each form."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrutiny_pack.errors import CitationError
from scrutiny_pack.inputs.wording import counted, joined, nearest
from scrutiny_pack.workspace import ENGLAND, Workspace

_EVIDENCE = "evidence.json"
_EXAMPLE = "darlington/2016-07-31/vacancies-by-team"

_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
"""A part of an id, which is a folder's name too: nothing that leads elsewhere."""

_NO_PACKS = frozenset(("draft", "superseded"))
"""Folders of output/ that hold no pack that an id could name."""

_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|~$&]")
"""What would be obeyed in Markdown, and not shown."""


@dataclass(frozen=True)
class Citation:
    """How to cite one thing. The words are those of evidence.json, to the letter.

    Attributes:
        id: the item's id, or the pack's.
        short: for a sentence or a footnote; "" for a pack, which has one form.
        full: from which a reader finds the thing, its source and its very bytes.
        page: where it stands: a page of the pack, with the item's anchor.
        standing: whether its pack is a draft or final, in words.
        is_draft: whether its pack is a draft.
    """

    id: str
    short: str
    full: str
    page: str
    standing: str
    is_draft: bool

    def markdown(self, words: str) -> str:
        """One of its forms in Markdown, with the id as a link to where it stands.

        Args:
            words: `short` or `full`.
        """
        before, its_id, after = words.partition(self.id)
        target = f"<{self.page}>" if " " in self.page else self.page
        link = f"[{_escaped(its_id)}]({target})" if its_id else ""
        return f"{_escaped(before)}{link}{_escaped(after)}"


def find_citation(workspace: Workspace, given: str | None) -> Citation:
    """The citation of what an id names.

    Args:
        workspace: where the packs are.
        given: an item's id, such as ``darlington/2016-07-31/vacancies-by-team`` or
            ``england/2025-09-30/leeds/dfe-turnover``, or the id of a pack, which is
            an item's without its last part.

    Raises:
        CitationError: if no id was given, it is not one, its pack is not built, or
            there is no such item in it.
        CouncilError: if there are no data for the council that it names.
        PeriodError: if the council has no data for the period that it names.
    """
    if not given:
        msg = (
            f"no id was given: say what to cite, such as ID={_EXAMPLE}; in the pack, "
            "'Cite this' under each table, chart and key figure has its id in brackets"
        )
        raise CitationError(msg)
    parts = tuple(given.strip().strip("/").split("/"))
    of_a_pack = 3 if parts[0] == ENGLAND else 2
    is_id = all(_PART.fullmatch(part) for part in parts)
    if not is_id or not of_a_pack <= len(parts) <= of_a_pack + 1:
        msg = (
            f"'{given}' is not an id: write council/period/item, such as "
            f"ID={_EXAMPLE}, or council/period for the pack as a whole"
        )
        raise CitationError(msg)
    pack_id, slug = "/".join(parts[:of_a_pack]), "/".join(parts[of_a_pack:])
    folder = workspace.output / pack_id
    if not (folder / _EVIDENCE).is_file():
        raise _not_built(workspace, pack_id, slug)
    evidence = _read(folder)
    if not slug:
        return _of_pack(workspace, folder, evidence["pack"])
    items = {item["slug"]: item for item in evidence["items"]}
    if slug not in items:
        raise _no_item(pack_id, slug, list(items))
    return _of_item(workspace, folder, evidence["pack"], items[slug])


def _of_item(
    workspace: Workspace, folder: Path, pack: dict[str, Any], item: dict[str, Any]
) -> Citation:
    page = workspace.shown(folder / "notebooks" / f"{item['notebook']}.html")
    return Citation(
        id=item["id"],
        short=item["citation_short"],
        full=item["citation"],
        page=f"{page}#{item['slug']}",
        standing=pack["standing"]["words"],
        is_draft=pack["standing"]["is_draft"],
    )


def _of_pack(workspace: Workspace, folder: Path, pack: dict[str, Any]) -> Citation:
    return Citation(
        id=pack["id"],
        short="",
        full=pack["citation"],
        page=workspace.shown(folder / "index.html"),
        standing=pack["standing"]["words"],
        is_draft=pack["standing"]["is_draft"],
    )


def _no_item(pack_id: str, slug: str, slugs: list[str]) -> CitationError:
    near = [f"{pack_id}/{name}" for name in nearest(slug, slugs)]
    msg = (
        f"the pack {pack_id} has no item '{slug}'. {_question(near)}It holds "
        f"{counted(len(slugs), 'item')}, which its index.html lists"
    )
    return CitationError(msg)


def _not_built(workspace: Workspace, pack_id: str, slug: str) -> CitationError:
    """What to say of a pack that is not there: how to build it, or what there is.

    Raises:
        CouncilError: if there are no data for the council, and no pack is near.
        PeriodError: if the council has no data for the period, and no pack is near.
    """
    if not (command := _command(workspace, pack_id)):
        near = nearest(pack_id, _built(workspace.output))
        if slug and near:
            near = _near_items(workspace, near, slug) or near
        if near:
            msg = f"there is no pack {pack_id}. {_question(near)}".rstrip()
            return CitationError(msg)
        _check_data(workspace, pack_id)
    msg = (
        f"the pack {pack_id} is not built, so nothing in it can be cited yet: build it "
        f"with '{command}'"
    )
    return CitationError(msg)


def _near_items(workspace: Workspace, packs: list[str], slug: str) -> list[str]:
    found = []
    for pack_id in packs:
        items = _read(workspace.output / pack_id)["items"]
        near = nearest(slug, [item["slug"] for item in items], 1)
        found += [f"{pack_id}/{name}" for name in near]
    return found


def _command(workspace: Workspace, pack_id: str) -> str:
    """The command that builds a pack; "" if there are no data to build it from."""
    first, period, *rest = pack_id.split("/")
    here = "" if workspace.home == workspace.project else " WORKSPACE=..."
    if rest:
        has_set = (workspace.output / first / period).is_dir()
        return "" if has_set else f"make packs SET={first} PERIOD={period}{here}"
    has_data = workspace.data_folder(first, period).is_dir()
    return f"make pack COUNCIL={first} PERIOD={period}{here}" if has_data else ""


def _check_data(workspace: Workspace, pack_id: str) -> None:
    from scrutiny_pack.run.choose import choose_council, choose_period  # noqa: PLC0415

    first, period, *rest = pack_id.split("/")
    if rest:
        msg = f"the set {first}/{period} holds no pack of '{rest[0]}'; its index.html lists them"
        raise CitationError(msg)
    choose_period(workspace, choose_council(workspace, first), period)


def _built(output: Path) -> list[str]:
    return [folder.relative_to(output).as_posix() for folder in _packs(output, 3)]


def _packs(folder: Path, depth: int) -> Iterator[Path]:
    if (folder / _EVIDENCE).is_file():
        yield folder
    elif depth and folder.is_dir():
        for inner in sorted(folder.iterdir()):
            if (
                inner.is_dir()
                and _PART.fullmatch(inner.name)
                and inner.name not in _NO_PACKS
            ):
                yield from _packs(inner, depth - 1)


def _question(near: list[str]) -> str:
    return f"Did you mean {joined(near, 'or')}? " if near else ""


def _read(folder: Path) -> dict[str, Any]:
    evidence: dict[str, Any] = json.loads((folder / _EVIDENCE).read_text("utf-8"))
    return evidence


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\g<0>", text)
