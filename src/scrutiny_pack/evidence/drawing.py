"""A chart as it is drawn: one style, no clock, the same bytes each time."""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import afcharts
import matplotlib as mpl
import pandas as pd
from afcharts.af_colours import get_af_colours
from matplotlib import style
from matplotlib.figure import Figure

from scrutiny_pack.evidence.fonts import FONT
from scrutiny_pack.evidence.sheet import FONT_SIZE, Box

INK = "#0b0c0c"
"""Near-black, for all text in a chart: labels are never in a series' colour."""

QUIET = "#cecece"
"""For grid lines, which a reader may overlook."""

MOST_SERIES = 4
"""The most lines that one chart shows."""

COLOURS: list[str] = get_af_colours("categorical")
"""The Analysis Function's categorical palette, in its order."""

MAIN, ACCENT = get_af_colours("duo")
"""One series' colour, and the colour of what stands out against it."""

_STYLE: dict[Any, Any] = {
    # The style asks for Arial first: what is installed would decide the bytes.
    "font.family": FONT,
    "font.size": FONT_SIZE,
    "text.color": INK,
    # A team may have a dollar sign in its name; it is not a formula.
    "text.parse_math": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    # Text as outlines: the picture looks the same where the font is not installed.
    "svg.fonttype": "path",
    "svg.hashsalt": "scrutiny-pack",
}


@dataclass(frozen=True)
class Drawing:
    """A chart with its data and its words.

    Attributes:
        figure: the picture.
        data: what it shows, in the long form.
        alt: the chart in words.
        rows: the text columns of the data that name a row of its table.
        spread: the columns of the data whose values name a column of its table.
        headings: headings of the table's columns, by text column or measure.
        boxes: where each text stands on the picture, in points.
    """

    figure: Figure
    data: pd.DataFrame
    alt: str
    rows: tuple[str, ...]
    spread: tuple[str, ...]
    headings: Mapping[str, str] = field(default_factory=dict)
    boxes: tuple[Box, ...] = ()

    def svg(self) -> str:
        """The picture as SVG text, the same on every run; its words are in `alt`."""
        out = io.StringIO()
        with chart_style():
            self.figure.savefig(
                out, format="svg", metadata={"Date": None, "Creator": None}
            )
        text = out.getvalue()
        text = text[text.index("<svg") :]
        return re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)


@contextmanager
def chart_style() -> Iterator[None]:
    """The Analysis Function's chart style, and what makes its bytes repeatable."""
    with mpl.rc_context():
        style.use(f"{afcharts.__name__}.afcharts")
        mpl.rcParams.update(_STYLE)
        yield
