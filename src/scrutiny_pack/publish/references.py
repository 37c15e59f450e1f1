"""Citations of items in prose: from a slug to a number and a place."""

import re
from collections.abc import Collection, Mapping

from scrutiny_pack.errors import NotebookError
from scrutiny_pack.evidence.items import Item

NOT_HELD = "evidence that this pack does not hold"
"""What stands in the place of a citation of an item that nobody made."""

_REFERENCE = re.compile(r"\[([a-z0-9-]+)\]\(#\1\)")


def resolved(
    markdown: str, items: Mapping[str, Item], known: Collection[str], page: str
) -> str:
    """Prose with its citations of items turned into links with their numbers.

    Args:
        markdown: the prose; ``[vacancies-by-team](#vacancies-by-team)`` cites an item.
        items: the published items, by slug.
        known: the slugs that the sidecars list, of notebooks that did not run too.
        page: the notebook whose page the prose stands on; "" for the contents page.

    Raises:
        NotebookError: if the prose cites an item that no sidecar lists.
    """

    def link(match: re.Match[str]) -> str:
        slug = match[1]
        if slug in items:
            return f"[{items[slug].number}]({address(items[slug], page)})"
        if slug in known:
            return NOT_HELD
        where = f"the notebook {page}" if page else "a remark for the contents page"
        msg = (
            f"{where} cites the item '{slug}', which no sidecar lists; correct the slug"
        )
        raise NotebookError(msg)

    return _REFERENCE.sub(link, markdown)


def address(item: Item, page: str) -> str:
    """Where an item stands, as a link from a page: ``02-posts.html#vacancies-by-team``.

    Args:
        item: the item.
        page: the notebook whose page the link stands on; "" for the contents page.
    """
    if item.notebook == page:
        return f"#{item.slug}"
    folder = "" if page else "notebooks/"
    return f"{folder}{item.notebook}.html#{item.slug}"
