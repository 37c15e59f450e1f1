"""A chart's picture for formats that take no SVG."""

import re

import typst

_DOTS_PER_INCH = 200

_PAGE = """\
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.picture), format: "svg")
"""

_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)pt" height="([\d.]+)pt"')


def png(svg: str) -> bytes:
    """A chart as PNG, the same bytes on every machine.

    Its letters are outlines in the SVG, so that no font of the machine is asked for.

    Args:
        svg: a chart's SVG text, as a pack holds it.
    """
    made: bytes = typst.compile(
        _PAGE.encode(),
        format="png",
        ppi=_DOTS_PER_INCH,
        sys_inputs={"picture": svg},
        ignore_system_fonts=True,
    )
    return made


def size(svg: str) -> tuple[float, float]:
    """A chart's width and height in points."""
    match = _SIZE.search(svg)
    if match is None:
        msg = "a chart's SVG does not state its size in points"
        raise ValueError(msg)
    return float(match[1]), float(match[2])
