"""How long a pack is kept, and counted from when."""

import json
from datetime import date

import pytest

from scrutiny_pack.errors import InputFileError, ReferenceDataError
from scrutiny_pack.shelf.retention import counted_from, read_schedule
from scrutiny_pack.workspace import Workspace
from tests.run.small_project import CLONE
from tests.shelf.small_packs import final, pack


def evidence(period="2016-07-31", dates=(), checked_on=""):
    about = {"period": period, "inputs": [{"dataset": d, "date": d} for d in dates]}
    return json.loads(final(pack(about=about), checked_on=checked_on)["evidence.json"])


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ({}, date(2016, 7, 31)),
        ({"period": "2005"}, date(2005, 12, 31)),
        ({"dates": ["2016-09-12", "not stated", "2006-04"]}, date(2016, 9, 12)),
        ({"dates": ["2017"]}, date(2017, 12, 31)),
        ({"dates": ["2016-09-12"], "checked_on": "2016-10-01"}, date(2016, 10, 1)),
    ],
)
def test_years_are_counted_from_the_last_day_of_all(told, day):
    assert counted_from(evidence(**told)) == day


def test_the_project_s_schedule_keeps_packs_five_years_and_reports_for_ever():
    schedule = read_schedule(Workspace(CLONE, CLONE))
    kept = schedule.of_pack(evidence(checked_on="2016-10-01"))
    assert (kept.years, kept.review_on) == (5, "2021-10-01")
    assert kept.words == "Review on 1 October 2021"
    assert "Devon County Council" in kept.schedule
    report = schedule.of("scrutiny-reports", date(2016, 10, 1))
    assert (report.years, report.review_on) == (None, "")
    assert report.words == "Kept permanently"


def test_a_leap_day_is_reviewed_on_the_day_after_february():
    schedule = read_schedule(Workspace(CLONE, CLONE))
    assert schedule.of(schedule.pack, date(2016, 2, 29)).review_on == "2021-03-01"


OWN = """\
source: {title: Our schedule, body: Us, address: at home}
classes:
  packs: {title: Packs, years: permanent}
pack: packs
"""


def own(tmp_path, text):
    path = tmp_path / "data" / "reference" / "retention.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return Workspace(CLONE, tmp_path)


def test_a_council_may_have_a_schedule_of_its_own(tmp_path):
    kept = read_schedule(own(tmp_path, OWN)).of_pack(evidence())
    assert (kept.title, kept.review_on) == ("Packs", "")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (OWN.replace("permanent", "long"), "years is a number of years"),
        (OWN.replace("pack: packs", "pack: reports"), "'reports', which is none of"),
        (OWN.replace("pack: packs", ""), "something is missing"),
        (OWN.replace("title: Packs, ", ""), "something is missing"),
        ("classes: none\nsource: x\n", "something is missing"),
    ],
)
def test_what_is_wrong_in_a_schedule_is_said(tmp_path, wrong, message):
    with pytest.raises(ReferenceDataError, match=message):
        read_schedule(own(tmp_path, wrong))


def test_a_schedule_that_is_no_yaml_is_refused(tmp_path):
    with pytest.raises(InputFileError, match="not YAML"):
        read_schedule(own(tmp_path, "classes: ["))
