"""Caseloads week by week: averages, the two-week trend, gaps and direction."""

import pandas as pd
import pytest

from scrutiny_pack.evidence import charts
from scrutiny_pack.evidence.headlines import weekly_caseloads as headlines
from scrutiny_pack.measures import weekly_caseloads as measures


def row(unit, kind, measure, week, value, status="", note=""):
    return {
        "unit": unit, "unit_kind": kind, "measure": measure,
        "basis": "not applicable" if measure == measures.CASES else "headcount",
        "value": value, "status": status, "as_at": week, "nature": "actual",
        "dataset": "weekly-caseloads", "paragraph": week, "note": note,
    }  # fmt: skip


def table(by_week, unit="All workers", kind="whole"):
    """Workers and cases by week; a third item is the status."""
    return pd.DataFrame(
        [
            row(unit, kind, measure, week, value, *given[2:])
            for week, given in by_week.items()
            for measure, value in zip(
                (measures.WORKERS, measures.CASES), given, strict=False
            )
        ]
    )


YEAR_END = {
    "2020-W52": (20, 200),
    "2020-W53": (20, 220),
    "2021-W01": (22, 250),
    "2021-W02": (20, 260),
}


def value(rows, measure, **others):
    found = rows[rows["measure"] == measure]
    for column, cell in others.items():
        found = found[found[column] == cell]
    (only,) = found.to_dict("records")
    return only


def test_the_trend_is_of_two_weeks_together_over_a_year_end():
    weeks = measures.week_by_week(table(YEAR_END), "2021-W02", 13)
    trends = weeks[weeks["measure"] == measures.TREND]

    assert list(weeks["as_at"].unique()) == list(YEAR_END)
    assert trends["value"].tolist()[1:] == [10.5, 11.2, 12.1]  # 420/40, 470/42, 510/42
    assert pd.isna(trends["value"].iloc[0])
    assert trends["status"].iloc[0] == "x"


def test_the_direction_compares_with_the_two_weeks_before():
    made = measures.this_week(table(YEAR_END), "2021-W02")
    change = value(made, measures.CHANGE_IN_TREND)

    assert change["value"] == 1.6  # 12.1 less 10.5
    assert change["direction"] == "rising"
    assert value(made, measures.CHANGE)["value"] == -2
    assert headlines.changes(table(YEAR_END), "2021-W02") == [
        "Workers on the weekly list fell by two workers, from 22 in week 1 of 2021 to "
        "20 in week 2 of 2021.",
        "The two-week trend of the average caseload rose by 1.6 cases a worker in two weeks.",
    ]


def test_a_week_without_a_return_is_a_gap_and_nothing_is_made_across_it():
    data = table({week: YEAR_END[week] for week in YEAR_END if week != "2021-W01"})
    weeks = measures.week_by_week(data, "2021-W02", 13)

    gap = weeks[weeks["as_at"] == "2021-W01"]
    assert gap["value"].isna().all()
    assert set(gap["status"]) == {"x"}
    assert pd.isna(value(weeks, measures.TREND, as_at="2021-W02")["value"])
    runs = measures.series_over_time(weeks)
    average = runs[runs["series"] == "Average of the week"]
    assert average["run"].tolist() == ["0", "0", "1"]


def test_a_hidden_figure_hides_what_would_be_made_of_it():
    nothing = float("nan")
    data = pd.concat(
        [
            table(YEAR_END),
            table({"2021-W02": (nothing, nothing, "c")}, "North", "team"),
        ]
    )
    made = measures.this_week(data, "2021-W02")
    for measure in (measures.AVERAGE, measures.TREND, measures.CHANGE):
        north = value(made, measure, unit="North")
        assert pd.isna(north["value"])
        assert "c" in north["status"].split()
    assert value(made, measures.RANGE, unit="North")["status"] == "c"
    assert list(made["unit"].unique()) == ["North", "All workers"]


def test_a_week_that_cannot_be_compared_has_an_average_and_no_trend():
    data = table(YEAR_END | {"2021-W02": (12, 150, "u")})
    weeks = measures.week_by_week(data, "2021-W02", 13)

    assert value(weeks, measures.AVERAGE, as_at="2021-W02")["value"] == 12.5
    trend = value(weeks, measures.TREND, as_at="2021-W02")
    assert (pd.isna(trend["value"]), trend["status"]) == (True, "u")
    drawn = measures.series_over_time(weeks)
    assert "2021-W02" not in set(drawn["as_at"])
    assert headlines.changes(data, "2021-W02") == []


def test_a_team_without_a_return_this_week_is_still_in_the_table():
    data = pd.concat([table(YEAR_END), table({"2021-W01": (8, 90)}, "North", "team")])
    made = measures.this_week(data, "2021-W02")
    assert value(made, measures.WORKERS, unit="North")["status"] == "x"
    assert (
        headlines.teams_title(made, "2021-W02")
        == "Returns of 0 of 1 teams in week 2 of 2021"
    )


@pytest.mark.parametrize("before", ["2022-W01", "2021-W01", "2020-W01"])
def test_the_week_before_the_first_is_the_last_of_the_year_before(before):
    last = {"2022-W01": "2021-W52", "2021-W01": "2020-W53", "2020-W01": "2019-W52"}
    assert measures.week_before(before) == last[before]


def test_a_line_is_cut_at_a_gap_and_says_nothing_there():
    year = {w: (20, 200 + n) for n, w in enumerate(measures.last_weeks("2021-W20", 53))}
    del year["2020-W40"]
    drawn = measures.series_over_time(
        measures.week_by_week(table(year), "2021-W20", 53)
    )
    cut = charts.lines(drawn, series="series", gaps="run")
    through = charts.lines(drawn, series="series")

    def pieces(drawing):
        return len(
            [line for line in drawing.figure.axes[0].lines if len(line.get_xdata()) > 2]
        )

    assert pieces(through) == 2
    assert pieces(cut) == 4
    assert cut.alt == through.alt
    assert "broken" not in cut.alt
