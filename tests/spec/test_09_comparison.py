"""How do we compare, and is it getting better?

What the comparison notebook shows, on the DfE's real figures.
"""

from functools import cache

import pandas as pd
import pytest

from scrutiny_pack.dfe import answers
from scrutiny_pack.dfe.opening import Comparison, open_comparison, why_not_compared
from scrutiny_pack.evidence import charts
from scrutiny_pack.evidence.headlines import comparison as headlines
from scrutiny_pack.measures.local_figures import local_figures
from scrutiny_pack.periods import Period
from tests.published import DATA, PERIODS, published
from tests.spec.tables import expect

_DATASETS = ("turnover", "published-rates", "posts", "caseloads")
_PLACES = {"reference": DATA / "reference", "folder": DATA / "nothing-obtained"}


@cache
def compared(
    council: str, period: str = "", groups: tuple[str, ...] = ()
) -> Comparison:
    when = Period.parse(period or PERIODS[council])
    return open_comparison(council, when, "2025", groups, **_PLACES)


def local(council: str) -> pd.DataFrame:
    return local_figures(*(published(council, name) for name in _DATASETS))


def figures(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    return rows[rows["measure"] == measure]


def test_a_pack_shows_the_last_census_before_its_period_ends_and_marks_the_next():
    """Darlington's report of July 2016 could see 30 September 2015. The next census is shown, and marked."""
    ours = compared("darlington")
    assert (ours.now, ours.later) == ("2015-09-30", "2016-09-30")
    assert ours.dates == ["2015-09-30", "2016-09-30"]
    assert "30 September 2016, is later than the period" in headlines.introduction(ours)
    expect(
        answers.own_rates(ours).loc[lambda f: f["measure"] == "turnover_rate_dfe"],
        """
        | when                                            | basis     | value |
        | 30 September 2015                               | fte       | 19    |
        | 30 September 2016, later than this pack's period | fte       | 33.7  |
        | 30 September 2015                               | headcount | 18    |
        | 30 September 2016, later than this pack's period | headcount | 32.9  |
        """,
    )


def test_nothing_is_later_where_the_period_is_the_last_census():
    """A pack of 30 September 2025 shows all eleven years, and none is later."""
    ours = compared("darlington", "2025-09-30")
    assert (ours.now, ours.later) == ("2025-09-30", "")
    assert len(ours.dates) == 11


@pytest.mark.parametrize("council", ["leeds", "herefordshire"])
def test_a_report_of_before_the_figures_is_not_compared(council):
    """A figure of 2015 says nothing of 2005 or 2013, so none is shown, and the pack says why."""
    why = why_not_compared(council, Period.parse(PERIODS[council]), "2025", **_PLACES)
    assert why == (
        "The DfE's figures that this project reads begin on 30 September 2015, after this "
        "pack's period, and say nothing of it."
    )


def test_a_council_without_its_release_is_told_how_to_obtain_it():
    """The clone holds five councils and their neighbours; others need the DfE's file."""
    when = Period.parse("2025-09-30")
    assert "'make dfe RELEASE=2025'" in why_not_compared(
        "hackney", when, "2025", **_PLACES
    )
    assert why_not_compared("darlington", when, "2025", **_PLACES) == ""


def test_children_in_need_beside_region_and_england():
    """Darlington's 12 children in need a worker in 2015, the region's 14 and England's 15."""
    rows = answers.children_in_need(compared("darlington"))
    rows = rows[rows["kind"].isin(["council", "region", "country"])]
    expect(
        rows[rows["basis"] == "fte"],
        """
        | whose      | as_at      | value |
        | Darlington | 2015-09-30 | 12    |
        | North East | 2015-09-30 | 14    |
        | England    | 2015-09-30 | 15    |
        """,
    )
    assert headlines.in_need_title(rows) == (
        "Children in need a worker: Darlington 12, North East 14, England 15"
    )


def test_children_in_need_do_not_stand_for_a_caseload_of_later_years():
    """From 2017 the DfE publishes a caseload, and the other figure is not shown."""
    assert answers.children_in_need(compared("dorset")).empty


def test_the_local_figure_stands_beside_the_dfes_and_none_is_chosen():
    """18.44% in Darlington's report, beside what the DfE published for the years around it."""
    rows = answers.local_beside(compared("darlington"), local("darlington"))
    rows = rows[rows["what"] == "Turnover, as published"]
    expect(
        rows,
        """
        | from_whom                              | counted          | as_at      | value |
        | The council: Children's social workers | basis not stated | 2016-03-31 | 18.44 |
        | DfE                                    | FTE              | 2015-09-30 | 19    |
        | DfE                                    | headcount        | 2015-09-30 | 18    |
        | DfE                                    | FTE              | 2016-09-30 | 33.7  |
        | DfE                                    | headcount        | 2016-09-30 | 32.9  |
        """,
    )
    for words in (
        "date: 31 March 2016 and",
        "basis: not stated and",
        "definition: the",
    ):
        assert rows["may_differ"].iloc[1:].str.contains(words).all()
    later = rows["when"].str.endswith("later than this pack's period")
    assert list(later) == [False, False, False, True, True]
    assert headlines.local_title(rows, compared("darlington")) == (
        "Turnover: 18.44% by the council, 19% and 18% by the DfE"
    )


def test_neighbouring_councils_caseloads_are_not_the_councils_own():
    """Dorset's report gives 22 for neighbouring councils; only its own 16.7 is set beside the DfE's."""
    rows = answers.local_beside(compared("dorset"), local("dorset"))
    own = rows[rows["from_whom"] != "DfE"]
    expect(own, "| what | value |\n| Average caseload, as published | 16.7 |")


def test_neighbours_by_model_with_how_many_have_a_figure():
    """Darlington's 2025 turnover of 15.4% beside the mean and the median of each model's ten."""
    rows = answers.beside_others(compared("darlington", "2025-09-30"), "2025-09-30")
    expect(
        figures(rows, "turnover_rate_dfe"),
        """
        | whose                                        | value | note                             |
        | Darlington                                   | 15.4  |                                  |
        | North East                                   | 11.7  |                                  |
        | England                                      | 11.8  | Includes Kensington and Chelsea and Westminster as they were in 2024: after a cyber-attack in November 2025 they have no figures for 2025. |
        | Mean of statistical neighbours, 2021 model   | 12.68 | 10 of 10 councils have a figure. |
        | Median of statistical neighbours, 2021 model | 13.75 | 10 of 10 councils have a figure. |
        | Mean of statistical neighbours, 2025 model   | 14.49 | 10 of 10 councils have a figure. |
        | Median of statistical neighbours, 2025 model | 13.10 | 10 of 10 councils have a figure. |
        """,
    )


def test_how_many_neighbours_the_models_share():
    """Three of ten are in both of Darlington's models: the year of the model matters."""
    ours = compared("darlington")
    assert answers.in_both(ours) == 3
    listed = answers.neighbours(ours)
    assert len(listed) == 10
    assert listed["2025 model"].iloc[0] == "Gateshead"
    title = headlines.neighbours_title(3, ours)
    assert title == "3 of 10 statistical neighbours are in both models"


def test_a_group_that_the_committee_names():
    """Darlington beside two councils that a committee names, by name and by list."""
    ours = compared("darlington", "2025-09-30", ("gateshead", "dudley"))
    rows = answers.beside_others(ours, "2025-09-30")
    assert "Mean of councils that the committee named" in set(rows["whose"])


def test_dorsets_series_breaks_in_2019():
    """Christchurch left in April 2019: the line is drawn broken, and no change is stated across it."""
    rows = answers.over_time(compared("dorset"), "vacancy_rate_dfe")
    expect(
        rows[rows["whose"] == "Dorset"],
        """
        | as_at      | broken     |
        | 2015-09-30 |            |
        | 2016-09-30 |            |
        | 2017-09-30 | New return |
        | 2018-09-30 | New return |
        | 2019-09-30 | New area   |
        """,
    )
    assert any(
        "Christchurch" in n for n in headlines.trend_notes(rows, compared("dorset"))
    )
    assert charts.lines(rows, series="whose", breaks="broken") is not None
    after = answers.changed(compared("dorset", "2019-12"))
    turnover = after[
        after["of"].str.startswith("Turnover") & (after["whose"] == "Dorset")
    ]
    assert list(turnover["status"]) == ["z", "z"]
    assert turnover["note"].str.contains("Christchurch").all()


def test_buckinghamshires_series_does_not_break_in_2020():
    """The unitary council took over the county's area: the line goes on."""
    rows = answers.over_time(compared("buckinghamshire"), "vacancy_rate_dfe")
    own = rows[(rows["whose"] == "Buckinghamshire") & (rows["as_at"] >= "2017")]
    assert set(own["broken"]) == {"New return"}


def test_changes_are_in_percentage_points():
    """Darlington's turnover rose from 11.5% to 15.4%: by 3.9 percentage points, not per cent."""
    rows = answers.changed(compared("darlington", "2025-09-30"))
    own = rows[
        (rows["whose"] == "Darlington") & rows["what"].str.startswith("Turnover")
    ]
    expect(
        own[own["since"] == "30 September 2024"],
        "| value | counted_in        |\n| 3.9   | percentage points |",
    )
    assert headlines.changes(compared("darlington", "2025-09-30"))[0] == (
        "Turnover in Darlington by the DfE (FTE) rose by 3.9 percentage points, from 11.5% "
        "at 30 September 2024 to 15.4% at 30 September 2025."
    )


def test_places_come_with_what_one_worker_would_change():
    """A place among local authorities, with the places that one worker more or fewer would give."""
    rows = answers.places(compared("darlington", "2025-09-30"))
    expect(
        figures(rows, "place_from_lowest").iloc[:1],
        """
        | what                         | value | low | high | among |
        | Turnover rate, DfE definition | 112   | 103 | 119  | 148   |
        """,
    )


def test_a_revised_figure_is_said_to_be_revised():
    """The release of 2025 changed England's and the North East's turnover of 2024."""
    rows = answers.revised(compared("darlington", "2025-09-30"))
    said = list(
        zip(rows["whose"], rows["when"], rows["before"], rows["now"], strict=True)
    )
    assert ("North East", "30 September 2024", "12.6", "14") in said
    assert ("England", "30 September 2024", "13.8", "13.9") in said
    assert answers.revised(compared("darlington")).empty


def test_a_small_council_is_told_what_one_worker_changes():
    """Of the City of London's 11.8 social workers one is 8.5 percentage points; Darlington's agency rate rests on one worker."""
    rows = {"measure": "turnover_rate_dfe", "denominator": 11.8}
    said = headlines._of_few(rows | {"numerator": 3.0}, rows | {"numerator": 0.0})
    assert said == " Of 11.8 workers, one is 8.5 percentage points."
    agency = headlines.changes(compared("darlington", "2025-09-30"))[2]
    assert agency.endswith("It rests on a change of 1.1 in a count of workers.")


def test_no_text_is_missing():
    """Means and medians were not published: where a published figure has its print, they have nothing."""
    rows = answers.beside_others(compared("darlington"), "2015-09-30")
    averages = rows[rows["kind"].isin(["mean", "median"])]
    assert set(averages["as_published"]) == {""}
    assert not rows.select_dtypes(exclude="number").isna().any(axis=None)
