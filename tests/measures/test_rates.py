"""Rates carry their base, and figures of different bases or dates never meet."""

import pandas as pd
import pytest

from scrutiny_pack.measures import rates
from scrutiny_pack.observations import FIGURE_COLUMNS, long_form


def counts(*rows: dict[str, object]) -> pd.DataFrame:
    usual = {
        "unit": "Team", "basis": "fte", "status": "", "as_at": "2016-07-31",
        "nature": "actual", "dataset": "posts", "paragraph": "22", "note": "",
        "as_published": "",
    }  # fmt: skip
    return long_form(pd.DataFrame([usual | row for row in rows]))


VACANCIES = {"measure": "vacancies", "value": 24.91}
IN_POST = {"measure": "in_post", "value": 62.39}
DFE = ("vacancy_rate_dfe", "vacancies", ["vacancies", "in_post"], ["unit"])


def test_a_rate_has_its_numerator_denominator_and_sources():
    made = rates.rate(counts(VACANCIES, IN_POST | {"paragraph": "23"}), *DFE)
    (row,) = made.to_dict("records")
    assert row["numerator"] == 24.91
    assert row["denominator"] == 87.3
    assert round(row["value"], 4) == 28.5338
    assert (row["dataset"], row["paragraph"]) == ("posts", "22; 23")
    assert row["status"] == ""


@pytest.mark.parametrize("differs", ["basis", "as_at", "unit"])
def test_figures_of_another_basis_date_or_unit_never_meet(differs):
    other = {"basis": "headcount", "as_at": "2016-03-31", "unit": "Other"}[differs]
    assert rates.rate(counts(VACANCIES, IN_POST | {differs: other}), *DFE).empty


def test_no_percentage_is_made_on_a_base_under_ten():
    few = counts(VACANCIES | {"value": 3}, IN_POST | {"value": 6.99})
    (row,) = rates.rate(few, *DFE).to_dict("records")
    assert pd.isna(row["value"])
    assert (row["status"], row["note"]) == ("u", rates.SMALL_BASE_NOTE)
    assert (row["numerator"], row["denominator"]) == (3, 9.99)


def test_a_base_of_ten_is_enough():
    enough = counts(VACANCIES | {"value": 3}, IN_POST | {"value": 7})
    assert rates.rate(enough, *DFE)["value"].tolist() == [30]


def test_a_missing_base_leaves_the_rate_not_available():
    missing = IN_POST | {"value": float("nan"), "status": "x"}
    (row,) = rates.rate(counts(VACANCIES, missing), *DFE).to_dict("records")
    assert pd.isna(row["value"])
    assert (row["status"], row["note"]) == ("x", rates.NO_BASE_NOTE)


def test_a_missing_numerator_keeps_its_status():
    vacancies = counts(
        VACANCIES | {"value": float("nan"), "status": "c"},
        {"measure": "establishment", "value": 94},
    )
    made = rates.rate(
        vacancies, "vacancy_rate_posts", "vacancies", "establishment", ["unit"]
    )
    assert made["status"].tolist() == ["c"]
    assert made["value"].isna().all()


def test_a_range_gives_a_range_and_stays_an_estimate():
    vacancies = counts(
        VACANCIES | {"value": float("nan"), "low": 10, "high": 20, "status": "e"},
        {"measure": "establishment", "value": 80},
    )
    made = rates.rate(
        vacancies, "vacancy_rate_posts", "vacancies", "establishment", ["unit"]
    )
    assert made[["low", "high", "status"]].to_numpy().tolist() == [[12.5, 25, "e"]]
    assert made["value"].isna().all()


def test_rows_are_added_and_taken_away():
    rows = counts(
        {"measure": "permanent", "value": 54.66},
        {"measure": "agency_workers", "value": 14},
        {"measure": "establishment", "value": 56.05},
    )
    made = rates.added(
        rows, "measure", ["permanent", "agency_workers"], "staff_minus_establishment",
        by=["unit"], minus=["establishment"],
    )  # fmt: skip
    assert made["value"].tolist() == [12.61]
    assert made["measure"].tolist() == ["staff_minus_establishment"]


def test_one_name_twice_is_not_added_up():
    with pytest.raises(ValueError, match="'vacancies' stands twice"):
        rates.rate(counts(VACANCIES, VACANCIES, IN_POST), *DFE)


def test_nothing_in_nothing_out():
    nothing = counts(VACANCIES).iloc[:0]
    for made in (
        rates.rate(nothing, *DFE),
        rates.share(nothing, nothing, "share_of_workers", ["unit"]),
        rates.added(nothing, "unit", ["a", "b"], "c", ["measure"]),
    ):
        assert made.empty
        assert list(made.columns) == ["unit", *FIGURE_COLUMNS]


def test_the_arithmetic_is_that_of_the_printed_numbers():
    assert rates.exact_sum([24.91, 62.39]) == 87.3
    assert rates.exact_sum([0.1, 0.2]) == 0.3
    assert rates.exact_sum([1, 0.9], [1, -1]) == 0.1
    assert rates.percentage(1, 8) == 12.5
