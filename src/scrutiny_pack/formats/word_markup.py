"""The markup of a Word document, part by part, as text (WordprocessingML, ISO 29500).

It is written as text and parsed once: building a table of 200 rows cell by cell
through an interface would take seconds.
"""

import hashlib
import re
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{rest}"'
    for prefix, rest in (
        ("w", "wordprocessingml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("a", "drawingml/2006/main"),
        ("pic", "drawingml/2006/picture"),
    )
)

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_BOOKMARK = 40
_EMU_IN_A_POINT = 12_700


def run(text: str, properties: str = "") -> str:
    """Text of one look.

    Args:
        text: the text; a line's end in it starts a new line.
        properties: what makes its look, such as ``<w:b/>``.
    """
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    lines = [
        f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in text.split("\n")
    ]
    return f"<w:r>{look}{'<w:br/>'.join(lines)}</w:r>"


def bold(text: str) -> str:
    """Bold text."""
    return run(text, "<w:b/>")


def paragraph(style: str, *inside: str, properties: str = "") -> str:
    """A paragraph.

    Args:
        style: the id of its style.
        inside: runs, fields and bookmarks.
        properties: more of its properties, in the order of the schema.
    """
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
        f"{''.join(inside)}</w:p>"
    )


def field(instruction: str, shown: str) -> str:
    r"""A field with what it shows until it is updated.

    Args:
        instruction: such as ``SEQ Table \* ARABIC``.
        shown: runs.
    """
    return f"{field_start(instruction)}{shown}{field_end()}"


def field_start(instruction: str) -> str:
    """The start of a field that ends in a later paragraph."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {_text(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end() -> str:
    """The end of a field."""
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def bookmark(name: str, number: int, inside: str) -> str:
    """A bookmark around runs.

    Args:
        name: its name, of which there is one in the document.
        number: its number, of which there is one in the document.
        inside: runs and fields.
    """
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def link_within(name: str, inside: str) -> str:
    """A link to a bookmark of the same document."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{inside}</w:hyperlink>'


def bookmark_name(slug: str) -> str:
    """The name of an item's bookmark: 40 characters at most, as Word has it."""
    name = f"item_{slug.replace('-', '_')}"
    if len(name) <= _LONGEST_BOOKMARK:
        return name
    mark = hashlib.sha256(slug.encode()).hexdigest()[:8]
    return f"{name[: _LONGEST_BOOKMARK - 9]}_{mark}"


def picture(
    relation: str,
    number: int,
    name: str,
    alt: str,
    points: tuple[float, float],
    part: tuple[float, float] = (0.0, 1.0),
) -> str:
    """A picture in the line, as a run.

    Args:
        relation: the id of the document's relation to the picture's bytes.
        number: its number, of which there is one in the document.
        name: what Word calls it.
        alt: the picture in words.
        points: how wide and how high it is shown.
        part: what is shown of its height, from and to, as shares of the whole.
    """
    width, height = (round(length * _EMU_IN_A_POINT) for length in points)
    kind = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    top, bottom = (round(share * 100_000) for share in (part[0], 1 - part[1]))
    cut = f'<a:srcRect t="{top}" b="{bottom}"/>' if top or bottom else ""
    about = f'id="{number}" name={_attribute(name)} descr={_attribute(alt)}'
    return (
        "<w:r><w:drawing>"
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr {about}/>'
        "<wp:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{kind}"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/>{cut}'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def value(name: str, text: str) -> str:
    """A property with a value: ``<w:tblCaption w:val="..."/>``."""
    return f"<w:{name} w:val={_attribute(text)}/>"


def fit_for_xml(text: str) -> str:
    """Text in which a sign stands for each character that XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _text(text: str) -> str:
    return escape(fit_for_xml(text))


def _attribute(text: str) -> str:
    return quoteattr(fit_for_xml(text))
