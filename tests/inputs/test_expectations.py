"""A dataset is held to its suites; what fails is told in plain words."""

import json
import logging
import os
from pathlib import Path

import pytest

from scrutiny_pack.errors import ExpectationError, SuiteError
from scrutiny_pack.inputs import arithmetic, expectations
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.expectations import check_dataset, suite_names
from scrutiny_pack.inputs.receipt import (
    DatasetCheck,
    Failure,
    Receipt,
    raise_if_critical,
)
from scrutiny_pack.inputs.schemas import dataset_names, dataset_schema

from .small_tables import ROOT, SOURCE, SUITES, run_python, write_dataset


def check(
    tmp_path: Path,
    dataset: str,
    text: str,
    suites: Path = SUITES,
    source: str = SOURCE,
) -> DatasetCheck:
    folder = tmp_path / "data" / "darlington" / "2016-07-31"
    write_dataset(folder, dataset, text, source)
    return check_dataset(load_dataset(folder, dataset, tmp_path), suites)


def only(found: DatasetCheck) -> Failure:
    assert len(found.failures) == 1
    return found.failures[0]


def stopped(found: DatasetCheck) -> str:
    with pytest.raises(ExpectationError) as caught:
        raise_if_critical(Receipt("darlington", "2016-07-31", (found,)))
    return str(caught.value)


# --- What the suites find ------------------------------------------------------------


def test_nothing_to_find(tmp_path):
    found = check(tmp_path, "posts", "unit | value\nTeam A | 3\nTeam B | 4")
    assert found.failures == ()
    assert found.rows == 2
    written = [
        json.loads((SUITES / f"{name}.json").read_text(encoding="utf-8"))
        for name in suite_names("posts")
    ]
    assert found.expectations == sum(len(suite["expectations"]) for suite in written)


def test_a_negative_headcount(tmp_path):
    found = check(tmp_path, "posts", "unit | value\nTeam A | 3\nTeam B | -4")
    failure = only(found)
    assert failure.severity == "critical"
    assert failure.lines == (3,)
    assert failure.values == ("-4",)
    assert stopped(found) == (
        "data/darlington/2016-07-31/posts.csv, column value: A number of people or "
        "posts is never negative, but line 3 (Teams, Team B, in post, headcount, "
        "31 July 2016) has -4. Check the figure and its sign against the source; only "
        "over_under_establishment may be negative."
    )


def test_over_and_under_establishment_may_be_negative(tmp_path):
    text = "unit | measure | value\nTeam A | over_under_establishment | -4"
    assert check(tmp_path, "posts", text).failures == ()


def test_a_headcount_that_is_a_fraction(tmp_path):
    text = """
        unit   | basis      | value
        Team A | headcount  | 3.5
        Team B | fte        | 3.5
        Team C | not stated | 3.5
    """
    assert stopped(check(tmp_path, "posts", text)) == (
        "data/darlington/2016-07-31/posts.csv, column value: A headcount is a whole "
        "number, but line 2 (Teams, Team A, in post, headcount, 31 July 2016) has 3.5. "
        "Check the figure against the source; if it counts hours and not people, "
        "its basis is fte."
    )


def test_a_date_after_the_report(tmp_path):
    found = check(tmp_path, "posts", "unit | value | as_at\nTeam A | 3 | 2061-07-31")
    assert stopped(found) == (
        "data/darlington/2016-07-31/posts.csv, column as_at: No figure is dated after "
        "its report, but line 2 (Teams, Team A, in post, headcount, 31 July 2061) has "
        "2061-07-31. Check as_at here, and the date in the source file."
    )


def test_dates_cannot_be_checked_against_a_date_that_is_not_stated(tmp_path):
    source = SOURCE.replace("2016-09-06", "not stated")
    text = "unit | value | as_at\nTeam A | 3 | 2061"
    found = check(tmp_path, "posts", text, source=source)
    assert found.failures == ()
    assert found.notes == (
        "The report's own date is not stated, so that no date could be checked "
        "against it.",
    )


def test_a_rate_above_100(tmp_path):
    text = "scope | measure | value\nall | vacancy_rate_published | 2673"
    failure = only(check(tmp_path, "published-rates", text))
    assert failure.severity == "critical"
    assert failure.sentence == (
        "A rate is not above 100 per cent, but line 2 "
        "(all, vacancy rate, 31 July 2016) has 2,673."
    )


def test_a_range_is_told_as_a_range(tmp_path):
    text = """
        area        | unit | measure        | low | high
        the council | all  | caseload_range | 4   | 90
    """
    failure = only(check(tmp_path, "caseloads", text))
    assert failure.severity == "warning"
    assert failure.values == ("4 to 90",)


@pytest.mark.parametrize(
    ("dataset", "text", "rule"),
    [
        (
            "caseload-bands",
            "band | band_from | band_to | measure | value\nx | 9 | 5 | workers | 1",
            "A band does not end below where it begins",
        ),
        (
            "commitments",
            "ref | kind | what | owner | by_when | target\n"
            "R1 | commitment | x | y | z | 5",
            "A target says what it counts",
        ),
        (
            "commitments",
            "ref | kind | what | owner | by_when | shown_by_dataset\n"
            "R1 | commitment | x | y | z | post",
            "What shows how a commitment stands is one of the datasets",
        ),
        (
            "evidence-taken",
            "kind | what | participants\nsession | x | 0",
            "Where participants are counted, there is one at least",
        ),
        (
            "leavers",
            "unit | measure | value | span_from\nAll | leavers | 3 | 2017",
            "A stretch of time begins before it ends",
        ),
        (
            "referrals",
            "stage | stage_kind | measure | basis | value\n"
            "Referral | stage | referrals | not applicable | 1.5",
            "A number of referrals is whole",
        ),
        (
            "turnover",
            "scope | span | span_from | measure | value\n"
            "all | whole year | 2016-04-01 | turnover_rate_published | 5",
            "A whole year is about 365 days long",
        ),
        (
            "turnover",
            "scope | span | span_from | measure | value\n"
            "all | part of a year | 2015-04-01 | turnover_rate_published | 5",
            "A part of a year is shorter than a year",
        ),
    ],
)
def test_other_rules(tmp_path, dataset, text, rule):
    assert rule in {failure.rule for failure in check(tmp_path, dataset, text).failures}


def test_every_rule_that_applies_to_a_list_or_a_pair_names_its_cells(tmp_path):
    text = "band | band_from | band_to | measure | value\nx | 9 | 5 | workers | 1"
    failure = only(check(tmp_path, "caseload-bands", text))
    assert failure.column == "band_to and band_from"
    assert failure.values == ("5 and 9",)


def test_many_rows(tmp_path):
    rows = "\n".join(f"Team {n} | -{n}" for n in range(1, 9))
    failure = only(check(tmp_path, "posts", f"unit | value\n{rows}"))
    assert failure.lines == tuple(range(2, 10))
    assert failure.values == tuple(f"-{n}" for n in range(1, 9))
    assert failure.sentence.endswith("has -5 and 3 more lines are like this.")


def test_all_critical_failures_are_told_at_once(tmp_path):
    text = "unit | value | as_at\nTeam A | -3.5 | 2061"
    lines = stopped(check(tmp_path, "posts", text)).splitlines()
    assert lines[0] == "the inputs break 3 critical expectations:"
    assert len(lines) == 4


def test_a_table_that_does_not_add_up_is_a_warning(tmp_path):
    text = """
        unit   | measure       | basis | value | as_published
        Team D | establishment | fte   | 9.2   | 9.20
        Team D | in_post       | fte   | 6.23  | 6.23
        Team D | vacancies     | fte   | 3     | 3.00
    """
    found = check(tmp_path, "posts", text)
    failure = only(found)
    assert failure == Failure(
        severity="warning",
        dataset="posts",
        file="data/darlington/2016-07-31/posts.csv",
        rule="Staff in post and vacant posts add up to the establishment",
        remedy="Compare the row with the source. If the source prints it so, leave it: "
        "the pack shows what is printed, and says by how much it does not agree.",
        lines=(2,),
        column="value",
        values=("9.2",),
        sentence="Team D, FTE: in post 6.23 and vacant 3.00 make 9.23, and the "
        "establishment is printed as 9.20: a difference of 0.03.",
    )
    raise_if_critical(Receipt("darlington", "2016-07-31", (found,)))


def test_the_same_check_twice_gives_the_same(tmp_path):
    text = "unit | value\nTeam A | -3.5\nTeam B | -1"
    assert check(tmp_path, "posts", text) == check(tmp_path, "posts", text)


@pytest.mark.parametrize("dataset", dataset_names())
def test_every_suite_can_be_run(tmp_path, dataset):
    """With one row of which only what is required is filled in."""
    row = {}
    for column in dataset_schema(dataset).columns:
        if column.required:
            kinds = {"number": "1", "whole": "1", "period": "2016"}
            row[column.name] = (column.choices or [kinds.get(column.type, "words")])[0]
    row |= {"value": "1"} if dataset_schema(dataset).shape == "figures" else {}
    text = f"{' | '.join(row)}\n{' | '.join(row.values())}"
    assert check(tmp_path, dataset, text).expectations > 0


@pytest.mark.parametrize("dataset", arithmetic.IDENTITIES_OF)
def test_every_identity_of_a_dataset_is_bounded_by_its_suite(dataset):
    suite = json.loads((SUITES / f"{dataset}-identities.json").read_text("utf-8"))
    bounded = [rule["kwargs"]["row_condition"] for rule in suite["expectations"]]
    assert {condition["column"]["name"] for condition in bounded} == {"identity"}
    names = tuple(condition["parameter"] for condition in bounded)
    assert names == arithmetic.IDENTITIES_OF[dataset]
    assert all(rule["severity"] == "warning" for rule in suite["expectations"])


# --- Suites that are wrong -----------------------------------------------------------


def broken_suite(tmp_path: Path, **changes: object) -> Path:
    """A copy of a suite whose first expectation is changed."""
    suite = json.loads((SUITES / "turnover.json").read_text(encoding="utf-8"))
    suite["expectations"][0] |= changes
    folder = tmp_path / "expectations"
    folder.mkdir()
    (folder / "turnover.json").write_text(json.dumps(suite), encoding="utf-8")
    return folder


TURNOVER = """
    scope | span       | measure                 | value
    all   | not stated | turnover_rate_published | 5
"""


def test_an_expectation_that_does_not_exist(tmp_path, caplog):
    suites = broken_suite(tmp_path, type="expect_column_values_to_be_betwen")
    with pytest.raises(SuiteError) as caught:
        check(tmp_path, "turnover", TURNOVER, suites)
    assert str(caught.value).startswith(
        "expectations/turnover.json, expectation 1 (expect_column_values_to_be_betwen): "
        "there is no such expectation. Did you mean expect_column_values_to_be_between"
    )
    assert caplog.records == []


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"column": "lowest", "min_val": 0}, "its kwargs are wrong: "),
        ({"column": "lowest"}, "its kwargs are wrong: "),
        ({"min_value": 0}, "its kwargs are wrong: "),
        ({"column": "lowst", "min_value": 0}, "it could not be evaluated: "),
        ({"column": "scope", "min_value": 0}, "it could not be evaluated: "),
        (
            {
                "column": "lowest",
                "min_value": 0,
                "row_condition": {
                    "type": "comparison",
                    "column": {"name": "scope"},
                    "operator": "=~",
                    "parameter": "all",
                },
            },
            "its kwargs are wrong: ",
        ),
    ],
)
def test_an_expectation_that_cannot_be_made_or_run(tmp_path, kwargs, message):
    suites = broken_suite(tmp_path, kwargs=kwargs)
    with pytest.raises(SuiteError) as caught:
        check(tmp_path, "turnover", TURNOVER, suites)
    told = str(caught.value)
    assert told.startswith(
        "expectations/turnover.json, expectation 1 (expect_column_values_to_be_between)"
    )
    assert message in told
    assert len(told.splitlines()) == 1
    assert len(told) < 500


def test_an_expectation_that_is_dropped_without_a_word(tmp_path, monkeypatch):
    run = expectations._in_full
    monkeypatch.setattr(expectations, "_prepared", None)  # so that none answers
    monkeypatch.setattr(
        expectations, "_in_full", lambda *given: dict(list(run(*given).items())[1:])
    )
    with pytest.raises(SuiteError) as caught:
        check(tmp_path, "turnover", TURNOVER)
    given = len(
        json.loads((SUITES / "turnover.json").read_text("utf-8"))["expectations"]
    )
    assert str(caught.value) == (
        f"expectations/turnover.json: {given} expectations were given and {given - 1} "
        "were run; see that each is one that Great Expectations has"
    )


def test_an_expectation_about_the_whole_table(tmp_path):
    suites = broken_suite(
        tmp_path,
        type="expect_table_row_count_to_be_between",
        kwargs={"min_value": 10},
        meta={"rule": "There are ten rows at least", "remedy": "Add rows."},
    )
    failure = only(check(tmp_path, "turnover", TURNOVER, suites))
    assert (failure.lines, failure.column, failure.values) == ((), "", ("1",))
    assert failure.sentence == "There are ten rows at least, but the table has 1."


def test_a_suite_that_is_missing(tmp_path):
    with pytest.raises(SuiteError, match=r"turnover\.json is missing"):
        check(tmp_path, "turnover", TURNOVER, suites=tmp_path)


# --- What Great Expectations does to its surroundings --------------------------------


def test_importing_the_inputs_does_not_import_great_expectations():
    modules = sorted(
        path.stem
        for path in (Path(__file__).parents[2] / "src/scrutiny_pack/inputs").glob(
            "*.py"
        )
    )
    assert len(modules) > 10
    imports = "\n".join(f"import scrutiny_pack.inputs.{name}" for name in modules)
    tail = "\nimport sys\nprint('great_expectations' in sys.modules)"
    assert run_python(imports + tail) == "False"


def test_one_module_alone_imports_great_expectations():
    root = ROOT / "src" / "scrutiny_pack"
    mention = ("import great_expectations", "from great_expectations")
    importers = {
        path.name
        for path in root.rglob("*.py")
        if any(words in path.read_text(encoding="utf-8") for words in mention)
    }
    assert importers == {"expectations.py"}


def test_warnings_are_left_as_they_were(tmp_path):
    check(tmp_path, "turnover", TURNOVER)
    assert logging._warnings_showwarning is None
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"


def test_nothing_is_printed(tmp_path, capfd):
    check(tmp_path, "posts", "unit | value\nTeam A | -3")
    assert capfd.readouterr() == ("", "")
