"""Charts: no label is cut, no two overlap, and the words say what the picture does."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.evidence import charts
from scrutiny_pack.evidence.drawing import MOST_SERIES
from scrutiny_pack.evidence.sheet import LINE, WIDTH, Box, text_width, wrapped

LONG = (
    "Children with Disabilities and Complex Health Needs Assessment and Safeguarding "
    "Team (North and East Localities)"
)
NOTHING = float("nan")
LATIN = st.characters(
    min_codepoint=32, max_codepoint=0x24F, exclude_categories=["Cc", "Cf"]
)
"""Characters that the font has; where it lacks one, a box stands in its place."""


def figures(rows, measure="vacancies", basis="headcount"):
    usual = {
        "measure": measure,
        "basis": basis,
        "status": "",
        "as_at": "2016-07-31",
        "numerator": 1,
        "denominator": 10,
        "value": NOTHING,
        "low": NOTHING,
        "high": NOTHING,
    }
    return pd.DataFrame([usual | row for row in rows])


def by_team(*values, **shared):
    rows = [{"team": f"Team {i}", "value": v} for i, v in enumerate(values)]
    return figures(rows, **shared)


def over_time(measure="turnover_rate_published", **series):
    return figures(
        [
            {"who": who, "as_at": as_at, "value": value}
            for who, points in series.items()
            for as_at, value in points.items()
        ],
        measure=measure,
    )


def years(start, values, day="-09-30"):
    return {f"{start + i}{day}": value for i, value in enumerate(values)}


STATUSES = figures(
    [
        {"team": "Confidential", "status": "c"},
        {"team": "Low", "value": 0, "status": "k"},
        {"team": "Not available", "status": "x"},
        {"team": "Provisional and estimated", "value": 6, "status": "p e"},
        {"team": "A range", "low": 3, "high": 5, "status": "e"},
        {"team": "At least", "low": 3, "status": "e"},
        {"team": "Up to", "high": 8, "status": "e"},
        {"team": '<b>&"$x$', "value": 2.125},
    ]
)
SIXTY = figures(
    [
        {"team": f"{LONG} {i}" if i % 3 == 0 else f"Team {i}", "value": i * 7 % 23}
        for i in range(60)
    ]
)
RANGES = figures(
    [
        {"team": "Dorset, October 2018", "value": 17.2, "low": 8, "high": 26},
        {"team": LONG, "value": 16, "high": 22},
        {"team": "At the edge", "value": 0, "low": 0, "high": 0},
        {"team": "Narrow", "value": 18, "low": 17.9, "high": 18.1},
        {"team": "Lost", "status": "x"},
    ],
    measure="average_caseload",
)
CROSSING = over_time(
    measure="turnover_rate_dfe",
    **{
        name: years(2012, [20 + 6 * math.sin(i * 1.3 + k) for i in range(14)])
        for k, name in enumerate(
            [
                "Darlington",
                "North East",
                "Statistical neighbours (mean of 10)",
                "England",
            ]
        )
    },
)


def panels(*measures, values=(6, 5, 0), names=("Team A", LONG, "Team C")):
    return figures(
        [
            {"team": name, "measure": measure, "value": value}
            for measure in measures
            for name, value in zip(names, values, strict=True)
        ]
    )


CASES = {
    "counts": lambda: charts.bars(by_team(6, 5, 0), category="team"),
    "rates": lambda: charts.bars(
        by_team(66.7, 0.0, 30.0, measure="vacancy_rate_posts"),
        category="team",
        mark=28.5,
        mark_label="All teams, 28.5%",
    ),
    "a mark beyond all bars": lambda: charts.bars(
        by_team(1, 2, 3), category="team", mark=90, mark_label=LONG
    ),
    "below nought": lambda: charts.bars(
        by_team(-13.2, 4, 0, measure="staff_minus_establishment"), category="team"
    ),
    "all nought": lambda: charts.bars(by_team(0, 0, 0), category="team"),
    "nothing known": lambda: charts.bars(
        figures([{"team": f"Team {i}", "status": "x"} for i in range(3)]),
        category="team",
    ),
    "every status": lambda: charts.bars(STATUSES, category="team"),
    "sixty teams": lambda: charts.bars(SIXTY, category="team"),
    "two panels": lambda: charts.panels(
        panels("vacancies", "agency_workers"), category="team", series="measure"
    ),
    "four panels": lambda: charts.panels(
        panels("vacancies", "agency_workers", "establishment", "in_post"),
        category="team",
        series="measure",
    ),
    "panels of different units": lambda: charts.panels(
        panels("vacancies", "vacancy_rate_posts", values=(1.5, 100.0, 7.25)),
        category="team",
        series="measure",
    ),
    "ranges": lambda: charts.ranges(
        RANGES, category="team", mark=18, mark_label="Ceiling, 18"
    ),
    "one range": lambda: charts.ranges(RANGES.head(1), category="team"),
    "one line": lambda: charts.lines(
        over_time(Workers=years(2013, (13.56, 8.26, 2.74, 10.67), "-07-31")),
        series="who",
    ),
    "lines that end together": lambda: charts.lines(
        over_time(
            Workers=years(2014, (29.51, 24.0, 18.44), "-03-31"),
            Council={"2016-03-31": 15.02},
            Services={"2016-03-31": 15.0},
        ),
        series="who",
    ),
    "lines that cross": lambda: charts.lines(CROSSING, series="who"),
    "dates close together": lambda: charts.lines(
        over_time(
            Overall={
                "2015-09-30": 20.2,
                "2016-03-31": 20.21,
                "2016-07-31": 26.73,
                "2016-08": 26.9,
                "2016-W36": 27,
            }
        ),
        series="who",
    ),
}


def drawn(case):
    drawing = CASES[case]()
    assert drawing is not None
    return drawing


@pytest.mark.parametrize("case", CASES)
def test_no_label_is_cut(case):
    drawing = drawn(case)
    height = drawing.figure.get_figheight() * 72
    for box in drawing.boxes:
        assert box.left >= -0.01
        assert box.right <= WIDTH + 0.01
        assert box.top >= -0.01
        assert box.bottom <= height + 0.01


@pytest.mark.parametrize("case", CASES)
def test_no_two_labels_overlap(case):
    boxes = [box.widened(-0.05) for box in drawn(case).boxes]
    for i, one in enumerate(boxes):
        assert not [other for other in boxes[i + 1 :] if one.overlaps(other)]


@pytest.mark.parametrize("case", CASES)
def test_a_picture_is_the_same_bytes_each_time_and_tells_no_time(case):
    svg = drawn(case).svg()
    assert svg == drawn(case).svg()
    assert svg.startswith("<svg ")
    assert "metadata" not in svg


@pytest.mark.parametrize("case", CASES)
def test_all_text_is_in_one_ink_and_there_is_no_legend(case):
    figure = drawn(case).figure
    assert {text.get_color() for text in figure.texts} == {"#0b0c0c"}
    assert not figure.legends
    assert not [axes for axes in figure.axes if axes.get_legend()]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(LATIN, min_size=1, max_size=90).filter(str.strip),
            st.floats(-1e6, 1e6) | st.none(),
        ),
        min_size=3,
        max_size=12,
    )
)
def test_no_names_and_values_make_labels_overlap(rows):
    data = figures(
        [
            {"team": name, "value": NOTHING if value is None else value}
            | ({"status": "x"} if value is None else {})
            for name, value in rows
        ],
        measure="staff_minus_establishment",
    )
    drawing = charts.bars(data, category="team")
    assert drawing is not None
    boxes = [box.widened(-0.05) for box in drawing.boxes]
    assert not [
        (one, other)
        for i, one in enumerate(boxes)
        for other in boxes[i + 1 :]
        if one.overlaps(other)
    ]


def test_what_has_too_little_to_draw_is_no_chart():
    assert charts.bars(by_team(1, 2), category="team") is None
    assert charts.panels(by_team(1, 2), category="team", series="measure") is None
    assert charts.ranges(RANGES.head(0), category="team") is None
    two = over_time(Workers=years(2014, (1, 2)), Council=years(2016, (3, 4)))
    assert charts.lines(two, series="who") is None
    assert charts.lines(two.assign(value=NOTHING, status="x"), series="who") is None


def test_more_lines_than_can_be_told_apart_are_no_chart():
    many = {f"Council {i}": years(2014, (1, 2, 3)) for i in range(MOST_SERIES + 1)}
    assert charts.lines(over_time(**many), series="who") is None


def test_two_figures_for_one_bar_are_an_error():
    twice = pd.concat([panels("vacancies"), panels("vacancies").head(1)])
    with pytest.raises(EvidenceError, match="two figures for one bar, 'Team A'"):
        charts.panels(twice, category="team", series="measure")


def test_dates_stand_where_they_belong_in_time():
    drawing = CASES["dates close together"]()
    axes = drawing.figure.axes[0]
    ticks = axes.get_xticks()
    assert ticks[1] - ticks[0] == 183  # days from 30 September 2015 to 31 March 2016
    assert ticks[2] - ticks[1] == 122


def test_nought_is_always_on_the_axis():
    assert CASES["rates"]().figure.axes[0].get_xlim()[0] == 0
    assert CASES["one line"]().figure.axes[0].get_ylim()[0] == 0
    assert CASES["below nought"]().figure.axes[0].get_xlim() == (-13.2, 4)


def test_panels_of_counts_share_a_scale_and_others_do_not():
    shared = {axes.get_xlim() for axes in CASES["four panels"]().figure.axes}
    assert shared == {(0, 6)}
    own = [axes.get_xlim() for axes in CASES["panels of different units"]().figure.axes]
    assert own == [(0, 100), (0, 100)]


def test_a_broken_series_is_drawn_broken_and_says_why():
    data = over_time(Dorset=years(2015, (14, 15, 13, 18, 17)))
    data["area"] = ["county council"] * 3 + ["smaller area from April 2019"] * 2
    drawing = charts.lines(data, series="who", breaks="area")
    assert drawing is not None
    pieces = [
        line for line in drawing.figure.axes[0].lines if len(line.get_xdata()) > 2
    ]
    assert len(pieces) == 1
    texts = " ".join(text.get_text() for text in drawing.figure.texts)
    assert "smaller area from April 2019" in texts
    assert "The line is broken at: smaller area from April 2019." in drawing.alt


def test_bars_in_words():
    assert CASES["rates"]().alt == (
        "Bar chart of vacancy rate, vacancies as a share of posts (headcount). "
        "Team 0 66.7%, Team 1 0.0%, Team 2 30.0%. A line marks All teams, 28.5%."
    )


def test_symbols_are_read_out_in_words():
    words = CASES["every status"]().alt
    assert "Confidential confidential, Low 0.000 (low), Not available not" in words
    assert "A range 3.000 to 5.000 (estimated), At least at least 3.000" in words
    assert "[" not in words


def test_many_bars_are_summed_up():
    assert CASES["sixty teams"]().alt == (
        "Bar chart of vacancies (headcount). 60 bars, from 0 "
        f"({LONG} 0) to 22 (Team 13)."
    )


def test_lines_in_words():
    assert CASES["one line"]().alt == (
        "Line chart of turnover rate as published, base not stated (headcount). "
        "Workers: 13.56% at 31 July 2013, 8.26% at 31 July 2014, 2.74% at 31 July "
        "2015, 10.67% at 31 July 2016."
    )
    assert "England: from " in CASES["lines that cross"]().alt


def test_ranges_in_words():
    words = CASES["ranges"]().alt
    assert "Dorset, October 2018: 8 to 26, average 17.2; " in words
    assert f"{LONG}: up to 22, average 16; " in words
    assert "Lost: not available." in words


@given(st.text(LATIN, max_size=200), st.floats(40, WIDTH))
def test_wrapped_lines_fit_and_lose_nothing(text, width):
    lines = wrapped(text, width)
    assert all(text_width(line) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_boxes_that_share_an_edge_do_not_overlap():
    box = Box(0, 0, 10, LINE)
    assert not box.overlaps(Box(10, 0, 20, LINE))
    assert box.overlaps(Box(9, LINE - 1, 20, 2 * LINE))
