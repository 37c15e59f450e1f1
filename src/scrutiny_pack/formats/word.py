"""The Word annex of a pack, from which an officer lifts tables into a report.

Headings, captions and citations are real ones: styles, SEQ fields with bookmarks, and
REF fields, each with what it shows until Word updates it.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from scrutiny_pack.evidence.formatting import listed
from scrutiny_pack.formats.content import Content
from scrutiny_pack.formats.word_items import Block, item_block
from scrutiny_pack.formats.word_markup import (
    NAMESPACES,
    bold,
    field,
    fit_for_xml,
    paragraph,
    run,
)
from scrutiny_pack.formats.word_parts import (
    Headings,
    closing,
    contents_lists,
    cover,
    summary,
)
from scrutiny_pack.formats.word_tables import TIGHT_WAYS, WAYS
from scrutiny_pack.periods import Period
from scrutiny_pack.steady_zip import steady

FILE = "annex.docx"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_LONGEST_PROPERTY = 255
"""Characters that a property of a document may have."""

_NOT_WANTED = (
    "customXml",
    "stylesWithEffects",
    "thumbnail",
    "webSettings",
    "fontTable",
)
"""Parts of the library's template that say nothing of a pack."""

_SETTINGS = f"""<w:settings {NAMESPACES}>
<w:zoom w:percent="100"/>
<w:defaultTabStop w:val="720"/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat>
<w:themeFontLang w:val="en-GB"/>
<w:decimalSymbol w:val="."/>
<w:listSeparator w:val=","/>
</w:settings>"""

_BULLETS = f"""<w:numbering {NAMESPACES}>
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>
<w:lvlText w:val="\u2022"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>"""

_APPLICATION = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>scrutiny-pack</Application></Properties>
"""


def write_docx(content: Content, pack: Path) -> None:
    """Write annex.docx into a pack."""
    (pack / FILE).write_bytes(docx_bytes(content))


def docx_bytes(content: Content) -> bytes:
    """The annex, the same bytes for the same pack."""
    document = Document()
    _drop_what_is_not_wanted(document)
    _fill(document.styles.element, _styles())
    _fill(document.settings.element, _SETTINGS)
    _fill(document.part.numbering_part.element, _BULLETS)
    _describe(document, content)
    blocks = _blocks(document, content)
    _fill_body(document, blocks)
    _header_and_footer(document, content)
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _blocks(document: Any, content: Content) -> list[Block]:
    """The document, part by part."""

    def add_picture(png: bytes) -> str:
        relation, _ = document.part.get_or_add_image(io.BytesIO(png))
        return str(relation)

    headings = Headings(first_number=len(content.pieces) + 1)
    blocks = [Block(summary(content, headings))]
    number = 0
    for question in content.pack["questions"]:
        if not question["answered"]:
            continue
        heading = headings.heading(question["question"])
        pieces = content.pieces_of(question["notebook"])
        if not pieces:
            said = paragraph("Normal", run("It has no table, chart or key figure."))
            blocks.append(Block(heading + said))
        for piece in pieces:
            number += 1
            block = item_block(piece, number, add_picture)
            blocks.append(Block(heading + block.xml, block.landscape))
            heading = ""
    blocks.append(Block(closing(content, headings)))
    return [Block(cover(content)), Block(contents_lists(content, headings)), *blocks]


def _fill_body(document: Any, blocks: Sequence[Block]) -> None:
    """Put the parts into the body, with a section for each change of orientation."""
    body = document.element.body
    last_section = body.sectPr
    landscape = False
    for block in blocks:
        if block.landscape != landscape:
            body[-2].get_or_add_pPr().append(_section(landscape=landscape))
            landscape = block.landscape
        for element in _parsed(f"<w:body {NAMESPACES}>{block.xml}</w:body>"):
            last_section.addprevious(element)
    body.replace(last_section, _section(landscape=landscape))


def _section(*, landscape: bool) -> Any:
    """Pages of A4 with margins of 2 cm."""
    width, height = (16_838, 11_906) if landscape else (11_906, 16_838)
    turned = ' w:orient="landscape"' if landscape else ""
    return _parsed(
        f"<w:sectPr {NAMESPACES}>"
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        '<w:pgMar w:top="1247" w:right="1134" w:bottom="1134" w:left="1134" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _header_and_footer(document: Any, content: Content) -> None:
    """The pack's standing on every page, and the page's number; all sections share them."""
    first = document.sections[0]
    pack = content.pack
    header = paragraph(
        "Header", bold(f"{pack['standing']['words']}. "), run(pack["title"])
    )
    footer = paragraph(
        "Footer",
        run(f"{pack['id']}    Page "),
        field("PAGE", run("1")),
        run(" of "),
        field("NUMPAGES", run("1")),
    )
    for part, xml in ((first.header, header), (first.footer, footer)):
        part.is_linked_to_previous = False
        _fill(part._element, f"<w:hdr {NAMESPACES}>{xml}</w:hdr>")  # noqa: SLF001


def _describe(document: Any, content: Content) -> None:
    """The document's properties: all from the evidence, nothing from the machine."""
    pack = content.pack
    standing = pack["standing"]
    bodies = listed(list(dict.fromkeys(i["body"] for i in pack["inputs"])))
    about = document.core_properties
    for name, text in (
        ("title", pack["title"]),
        ("subject", "Evidence on the children's social work workforce, for scrutiny"),
        ("author", bodies or pack["authority"]),
        ("last_modified_by", ""),
        ("comments", f"{standing['words']}. Evidence pack {pack['id']}."),
        ("keywords", f"children's social work workforce; {pack['authority']}"),
        ("language", "en-GB"),
        ("category", "Scrutiny evidence pack"),
    ):
        setattr(about, name, fit_for_xml(text)[:_LONGEST_PROPERTY])
    about.revision = 1
    dated = Period.parse(standing["checked_on"] or pack["period"]).end
    about.created = about.modified = datetime(
        dated.year, dated.month, dated.day, tzinfo=UTC
    )


def _drop_what_is_not_wanted(document: Any) -> None:
    for relations in (document.part.rels, document.part.package.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(_NOT_WANTED):
                del relations[name]
    for relation in document.part.package.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            relation.target_part._blob = _APPLICATION.encode()  # noqa: SLF001


def _styles() -> str:
    """The styles; those of a table's cells differ in size alone."""
    styles = files(__package__).joinpath("word_styles.xml").read_text("utf-8")
    return styles.replace("</w:styles>", f"{''.join(_cell_styles())}</w:styles>")


def _cell_styles() -> Iterable[str]:
    sizes = {size for _, size in WAYS} | {size for size, _ in TIGHT_WAYS}
    for size in sorted(sizes, reverse=True):
        for name, alignment in (("Text", "left"), ("Figure", "right")):
            yield (
                '<w:style w:type="paragraph" w:customStyle="1" '
                f'w:styleId="Table{name}{size}"><w:name w:val="Table {name.lower()} '
                f'{size}"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="40" '
                'w:after="40" w:line="240" w:lineRule="auto"/>'
                f'<w:jc w:val="{alignment}"/></w:pPr><w:rPr><w:sz w:val="{2 * size}"/>'
                f'<w:szCs w:val="{2 * size}"/></w:rPr></w:style>'
            )


def _fill(element: Any, xml: str) -> None:
    """Put other contents into an element of the library's template."""
    for child in list(element):
        element.remove(child)
    for child in list(_parsed(xml)):
        element.append(child)


def _parsed(xml: str) -> Any:
    return parse_xml(xml)
