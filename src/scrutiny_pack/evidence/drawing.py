"""A chart as it is drawn: one style, no clock, the same bytes each time."""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import afcharts
import matplotlib as mpl
import pandas as pd
from afcharts.af_colours import get_af_colours
from matplotlib.figure import Figure

INK = "#0b0c0c"
"""Near-black, for all text in a chart: labels are never in a series' colour."""

MOST_SERIES = 4
"""The most series that one chart shows."""

COLOURS: list[str] = get_af_colours("categorical")
"""The Analysis Function's categorical palette, in its order."""

MAIN, ACCENT = get_af_colours("duo")
"""One series' colour, and the colour of what stands out against it."""

WIDTH = 6.6
"""Inches; at the width of a phone its text is still as large as a caption."""

_STYLE = {
    # The style asks for Arial first: what is installed would decide the bytes.
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
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
    """

    figure: Figure
    data: pd.DataFrame
    alt: str
    rows: tuple[str, ...]
    spread: tuple[str, ...]
    headings: Mapping[str, str] = field(default_factory=dict)

    def svg(self) -> str:
        """The picture as SVG text, the same on every run.

        The document starts at its root element, so that it can stand in a page, and
        is marked as decoration: its words are in `alt`.
        """
        out = io.StringIO()
        with chart_style():
            self.figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        text = out.getvalue()
        text = text[text.index("<svg") :]
        return re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)


@contextmanager
def chart_style() -> Iterator[None]:
    """The Analysis Function's chart style, and what makes its bytes repeatable."""
    with mpl.rc_context():
        mpl.style.use(f"{afcharts.__name__}.afcharts")
        mpl.rcParams.update(_STYLE)
        yield
