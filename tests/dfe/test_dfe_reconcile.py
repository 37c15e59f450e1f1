"""Every published rate worked out again: the acceptance figures and the failures."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scrutiny_pack.dfe.rates import RATES, working_days
from scrutiny_pack.dfe.reading import ReleaseData, read_release
from scrutiny_pack.dfe.reconcile import KnownException, read_exceptions, reconcile
from scrutiny_pack.dfe.register import Register
from scrutiny_pack.errors import ReferenceDataError
from scrutiny_pack.measures.definitions import measures
from tests.dfe.dfe_examples import DARLINGTON, ENGLAND, FIGURES, NORTH_EAST, indicators

TURNOVER = ("turnover_rate_dfe", "fte")
GATESHEAD = DARLINGTON | {"old_la_code": "390", "la_name": "Gateshead"}


def test_there_are_nine_rates_and_each_is_defined() -> None:
    assert len(RATES) == 9
    for rate in RATES:
        for measure, _ in (rate.key, rate.part, rate.other):
            assert measure in measures()


def test_a_year_with_a_29_february_has_one_working_day_more() -> None:
    assert working_days("2019-09-30") == 253
    assert working_days("2020-09-30") == 254
    assert working_days("2024-09-30") == 254
    # The file of 2016 was worked out with 253 days, as its rates show.
    assert working_days("2016-09-30") == 253


def test_the_2025_release_reproduces_but_for_37_cells_each_explained(
    real_release: Callable[[str], ReleaseData], register: Register, reference: Path
) -> None:
    cells = reconcile(real_release("2025"), register, read_exceptions(reference))
    assert len(cells) == 12_990
    assert int(cells["reproduces"].sum()) == 12_953
    local = cells[cells["level"] == "Local authority"]
    assert len(local) == 12_019
    assert local["reproduces"].all()
    odd = cells[~cells["reproduces"]]
    assert len(odd) == 37
    assert set(odd["level"]) == {"National", "Regional"}
    assert (odd["reason"] != "").all()
    # Each of them agrees once the councils that its reason names are left out.
    assert set(odd["borne_out"]) == {"yes"}
    assert odd.groupby(["measure", "basis"]).size().to_dict() == {
        ("absence_rate_dfe", "fte"): 6,
        ("agency_cover_rate_dfe", "fte"): 9,
        ("agency_rate_dfe", "fte"): 5,
        ("agency_rate_dfe", "headcount"): 2,
        ("turnover_rate_dfe", "fte"): 4,
        ("turnover_rate_dfe", "headcount"): 2,
        ("vacancies_covered_rate_dfe", "fte"): 9,
    }


@pytest.mark.parametrize(
    ("name", "cells", "agree", "local_odd"),
    [("2024", 11_556, 11_524, 0), ("2016", 955, 951, 4), ("2015", 957, 957, 0)],
)
def test_the_other_releases(
    name: str,
    cells: int,
    agree: int,
    local_odd: int,
    real_release: Callable[[str], ReleaseData],
    register: Register,
    reference: Path,
) -> None:
    found = reconcile(real_release(name), register, read_exceptions(reference))
    assert len(found) == cells
    assert int(found["reproduces"].sum()) == agree
    odd = found[~found["reproduces"]]
    assert int((odd["level"] == "Local authority").sum()) == local_odd
    assert (odd["reason"] != "").all()
    assert "no" not in set(odd["borne_out"])


def test_naive_rounding_would_fail_where_the_interval_does_not(
    real_release: Callable[[str], ReleaseData], register: Register
) -> None:
    cells = reconcile(real_release("2025"), register)
    middle = (cells["low"] + cells["high"]) / 2
    naive = (middle - cells["published"]).abs() <= 0.05
    missed = (~naive & cells["reproduces"]).mean()
    assert 0.02 < missed < 0.10


def test_a_rate_is_checked_only_where_all_three_are_numbers(register: Register) -> None:
    row = DARLINGTON | FIGURES | {"leavers_fte": "u", "turnover_rate_headcount": "z"}
    cells = reconcile(read_release(indicators(row), "2025", "a.csv"), register)
    assert "turnover_rate_dfe" not in set(cells["measure"])


def test_a_rate_that_does_not_follow_is_found_and_has_no_reason(
    register: Register,
) -> None:
    row = DARLINGTON | FIGURES | {"turnover_rate_fte": "15.5"}
    cells = reconcile(read_release(indicators(row), "2025", "a.csv"), register)
    [odd] = cells[~cells["reproduces"]].to_dict("records")
    assert (odd["area"], odd["measure"], odd["basis"]) == ("darlington", *TURNOVER)
    assert odd["low"] < 15.38 < odd["high"] < 15.45
    assert odd["reason"] == ""


def left_out(rate: str, of_gateshead: str) -> tuple[ReleaseData, KnownException]:
    """The North East's turnover, with Gateshead in the totals and not in the rate."""
    rows = [
        DARLINGTON | FIGURES | {"inpost_fte": "100", "leavers_fte": "20"},
        GATESHEAD | {"inpost_fte": "100", "leavers_fte": of_gateshead},
    ]
    total = {"inpost_fte": "200", "leavers_fte": "22", "turnover_rate_fte": rate}
    raw = indicators(ENGLAND, NORTH_EAST | total, *rows)
    known = KnownException(
        "2025-09-30", ("north-east",), (TURNOVER,), ("gateshead",), "because"
    )
    return read_release(raw, "2025", "a.csv"), known


@pytest.mark.parametrize(
    ("rate", "of_gateshead", "verdict"),
    [("20", "2", "yes"), ("20", "u", "yes"), ("30", "2", "no"), ("30", "u", "no")],
)
def test_a_reason_is_tried_by_leaving_the_council_out(
    rate: str, of_gateshead: str, verdict: str, register: Register
) -> None:
    data, known = left_out(rate, of_gateshead)
    cells = reconcile(data, register, [known])
    odd = cells[(cells["area"] == "north-east") & ~cells["reproduces"]]
    assert odd["reason"].tolist() == ["because"]
    assert odd["borne_out"].tolist() == [verdict]


def test_the_exceptions_name_rates_and_areas_that_are_there(
    reference: Path, register: Register
) -> None:
    for known in read_exceptions(reference):
        for slug in (*known.areas, *known.left_out):
            register.area(slug)
        assert known.reason.endswith((".", "not known."))


def test_a_wrong_file_of_exceptions_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "dfe-exceptions.yaml"
    file.write_text(
        '- {year: 2025, areas: [england], rates: ["turnover, fte"], left_out: [], '
        "reason: a}\n"
    )
    with pytest.raises(ReferenceDataError, match="turnover, fte is not a rate"):
        read_exceptions(tmp_path)
