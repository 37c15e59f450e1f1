"""What the packs of the five councils say of how they compare."""

import csv
import json

import pytest

pytestmark = pytest.mark.slow

SLUGS = ("darlington", "dorset", "buckinghamshire")


def evidence(pack):
    return json.loads((pack / "evidence.json").read_text("utf-8"))


def rows_of(pack, slug):
    item = next(i for i in evidence(pack)["items"] if i["slug"] == slug)
    with (pack / item["data"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_darlington_is_beside_its_region_and_england_in_children_in_need(packs):
    rows = rows_of(packs["darlington"], "children-in-need")
    shown = {r["whose"]: r["value"] for r in rows if r["basis"] == "fte"}
    for whose, value in {
        "Darlington": "12",
        "North East": "14",
        "England": "15",
    }.items():
        assert shown[whose] == value


def test_darlingtons_own_turnover_is_beside_the_dfes(packs):
    rows = rows_of(packs["darlington"], "own-figures-beside-dfe")
    shown = [
        (r["as_at"], r["basis"], r["value"]) for r in rows if "Turnover" in r["what"]
    ]
    assert shown == [
        ("2016-03-31", "not stated", "18.44"),
        ("2015-09-30", "fte", "19"),
        ("2015-09-30", "headcount", "18"),
        ("2016-09-30", "fte", "33.7"),
        ("2016-09-30", "headcount", "32.9"),
    ]


@pytest.mark.parametrize(
    ("council", "is_broken"), [("dorset", True), ("buckinghamshire", False)]
)
def test_dorsets_line_is_broken_in_its_new_area_and_buckinghamshires_is_not(
    packs, council, is_broken
):
    rows = rows_of(packs[council], "vacancies-over-time")
    assert any(row["broken"] == "New area" for row in rows) == is_broken


@pytest.mark.parametrize("council", ["leeds", "herefordshire"])
def test_a_report_of_before_the_figures_says_that_there_are_none(packs, council):
    questions = evidence(packs[council])["pack"]["questions"]
    question = next(q for q in questions if q["notebook"] == "09-comparison")
    assert not question["answered"]
    assert "begin on 30 September 2015" in question["reason"]


@pytest.mark.parametrize("council", SLUGS)
def test_no_status_is_lost_or_becomes_a_number(packs, council):
    """A figure of the DfE has a number, or its symbol and the letter of it."""
    for item in evidence(packs[council])["items"]:
        if item["notebook"] != "09-comparison":
            continue
        for row in rows_of(packs[council], item["slug"]):
            symbol = row.get("as_published", "")
            if symbol and not any(digit in symbol for digit in "0123456789"):
                assert row["value"] == ""
                assert row["status"]
