"""What all pages of a pack share: the frame, the style, and what a browser may load."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from scrutiny_pack.evidence.show import item_style
from scrutiny_pack.publish.context import PackContext
from scrutiny_pack.publish.numbering import pack_citation, pack_title

TEMPLATES = Path(__file__).parent / "templates"
"""The folder of the templates; `evidence` within it is nbconvert's template."""


@cache
def page_template(name: str) -> jinja2.Template:
    """The template of a page that no notebook makes, by its file's name."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES / "evidence"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template(name)


def page_frame(context: PackContext, up: str) -> dict[str, Any]:
    """What the layout of every page is given.

    Args:
        context: what the pack is of.
        up: the way from the page to the pack's folder: ``""`` or ``"../"``.
    """
    sheet = on_every_sheet(context.standing)
    return {
        "up": up,
        "authority": context.council.name,
        "period": context.period.in_words,
        "pack_title": pack_title(context),
        "pack_citation": pack_citation(context),
        "is_draft": context.is_draft,
        "standing": context.standing,
        "style": style() + sheet,
        "policy": policy(sheet),
    }


def on_every_sheet(words: str) -> Markup:
    """A style sheet that prints some words at the top of every sheet of paper.

    Whoever holds one sheet of a draft must see that it is one. Browsers that know no
    margin boxes print the words once, as they stand on the page.
    """
    text = "".join(
        c if c.isalnum() and c.isascii() else f"\\{ord(c):x} " for c in words
    )
    return Markup(
        f'@media print {{ @page {{ @top-left {{ content: "{text}"; '
        "font: bold 9pt sans-serif; } } }\n"
    )


@cache
def style() -> Markup:
    """The style sheet of a page, as it stands in the page."""
    page = (TEMPLATES / "evidence" / "style.css").read_text("utf-8")
    return Markup(f"\n{item_style()}{page}")


@cache
def policy(more: str = "") -> str:
    """The Content-Security-Policy: nothing is loaded, no script runs.

    Args:
        more: a style sheet that the page has after the one that all pages share.
    """
    sheet = style() + Markup(more)
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return (
        "default-src 'none'; img-src data:; "
        f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
