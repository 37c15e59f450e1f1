"""An evidence item as HTML: the same in a notebook and on a published page."""

from html import escape

import pandas as pd

from scrutiny_pack.evidence.grid import grid
from scrutiny_pack.evidence.items import Item


def item_html(item: Item, data: pd.DataFrame, picture: str = "") -> str:
    """The item as an HTML fragment.

    Args:
        item: the item; its number and id are shown where it has them.
        data: its data file, read back.
        picture: a chart's SVG text.
    """
    caption = f"{escape(item.number)}: {escape(item.title)}".lstrip(": ")
    body = picture if item.kind == "chart" else _table(item, data)
    return f'<figure id="{item.slug}"><figcaption>{caption}</figcaption>{body}</figure>'


def _table(item: Item, data: pd.DataFrame) -> str:
    laid = grid(data, item.layout)
    head = "".join(f'<th scope="col">{escape(c.label)}</th>' for c in laid.columns)
    rows = "".join(
        "<tr>"
        + f'<th scope="row">{escape(row.cells[0].text)}</th>'
        + "".join(f"<td>{escape(cell.text)}</td>" for cell in row.cells[1:])
        + "</tr>"
        for row in laid.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
