"""What a pack says that it rests on: counted from its files, never inferred."""

import pytest

from scrutiny_pack.inputs.datasets import Dataset, load_dataset, supplied_datasets
from scrutiny_pack.inputs.receipt import DatasetCheck, Failure, Receipt
from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.inputs.sources import Missing, Source
from scrutiny_pack.measures import evidence_taken, inputs_used
from tests.published import DATA, PERIODS, published
from tests.spec.tables import expect, table

POSTS = table(
    """
    | unit | measure   | basis          | value | status | as_at      | nature | paragraph | note          |
    | A    | in_post   | headcount      | 8     |        | 2016-07-31 | actual | 22        |               |
    | A    | in_post   | fte            | 7.5   |        | 2016-07-31 | actual | 22        |               |
    | A    | vacancies | not stated     | 2     | e      | 2016-07    | actual | 23        |               |
    | A    | vacancies | not stated     |       | x      | 2016       | plan   | 24        | printed blank |
    | B    | vacancies | not stated     |       | x      | 2016       | actual | 24        | printed blank |
    """
)
CASES = table(
    """
    | unit | measure | basis          | value | status | as_at | nature |
    | All  | cases   | not applicable | 6000  | e p    | 2016  | actual |
    """,
    dataset="cases",
)


def source(**differs) -> Source:
    facts = {
        "title": "Report", "body": "Council", "kind": "report", "date": "not stated",
        "how_read": "By hand.", "document_sha256": "0" * 64, "held": "Council",
        "licence": "not stated", "date_note": "No date is given.",
    }  # fmt: skip
    return Source(**facts | differs)


def dataset(name, frame, **about) -> Dataset:
    return Dataset(
        name=name,
        schema=dataset_schema(name),
        frame=frame.set_axis(range(2, len(frame) + 2)),
        source=source(**about),
        file=f"data/{name}.csv",
        sha256=name.ljust(64, "0"),
        notes=(),
    )


def supplied(**about):
    return {
        "cases": dataset("cases", CASES, **about),
        "posts": dataset("posts", POSTS, **about),
    }


def real(council):
    folder = DATA / council / PERIODS[council]
    return {
        name: load_dataset(folder, name, DATA.parent)
        for name in supplied_datasets(folder)
    }


def test_figures_are_counted_by_what_they_count():
    expect(
        inputs_used.figures_by_basis(supplied(), "2016"),
        """
        | table                                               | kind             | level | value | denominator |
        | Children and cases                                  | Headcount        | part  | 0     | 1           |
        | Children and cases                                  | FTE              | part  | 0     | 1           |
        | Children and cases                                  | Basis not stated | part  | 0     | 1           |
        | Children and cases                                  | Not about staff  | part  | 1     | 1           |
        | Posts, people in post, vacancies and agency workers | Headcount        | part  | 1     | 5           |
        | Posts, people in post, vacancies and agency workers | FTE              | part  | 1     | 5           |
        | Posts, people in post, vacancies and agency workers | Basis not stated | part  | 3     | 5           |
        | Posts, people in post, vacancies and agency workers | Not about staff  | part  | 0     | 5           |
        | All figures                                         | Headcount        | total | 1     | 6           |
        | All figures                                         | FTE              | total | 1     | 6           |
        | All figures                                         | Basis not stated | total | 3     | 6           |
        | All figures                                         | Not about staff  | total | 1     | 6           |
        """,
    )


def test_figures_about_something_else_are_no_figures_about_staff():
    expect(
        inputs_used.basis_not_stated(supplied(), "2016"),
        "| measure | value | denominator | dataset |\n| figures | 3 | 5 | posts |",
    )
    without = inputs_used.basis_not_stated({"cases": dataset("cases", CASES)}, "2016")
    assert without.empty


def test_a_figure_with_two_letters_is_counted_under_both():
    made = inputs_used.figures_by_status(supplied(), "2016")
    total = made[made["level"] == "total"].set_index("kind")["value"]
    assert total.to_dict() == {
        "Without a status": 2,
        "[x] not available": 2,
        "[p] provisional": 1,
        "[e] estimated": 2,
    }


def test_what_is_lost_stands_once_and_blanks_stand_together():
    gap = Missing(what="Chart of workers", paragraph="9", why="lost from the text")
    expect(
        inputs_used.missing(supplied(missing=(gap,)), "2016-07-31"),
        """
        | what                                                               | why                | status | as_at      | paragraph |
        | Chart of workers                                                   | lost from the text | x      | 2016-07-31 | 9         |
        | 2 figures in 'Posts, people in post, vacancies and agency workers' | printed blank      | x      | 2016-07-31 | 24        |
        """,
    )


def test_what_is_told_of_a_document():
    made = inputs_used.facts(inputs_used.documents(supplied(), "2016"))
    told = made.set_index("fact")["told"]
    assert told["Date"] == "not stated"
    assert told["To know"] == "No date is given."
    assert set(made["dataset"]) == {"cases; posts"}


def test_caveats_are_only_those_that_there_is_reason_for():
    made = inputs_used.caveats(supplied(), "2016")
    assert made.set_index("caveat")["figures"].to_dict() == {
        "Date of the document not stated": "all",
        "Basis not stated": "3",
        "Estimates and ranges": "2",
        "Not available": "2",
        "Plans, budgets, targets and forecasts": "1",
        "Dated to the month": "1",
        "Dated to the year": "3",
    }
    dated = inputs_used.caveats(supplied(date="2017"), "2016")
    assert "Date of the document not stated" not in set(dated["caveat"])


def test_what_the_checks_found_stands_before_what_they_noted():
    failure = Failure(
        severity="warning", dataset="posts", file="data/posts.csv", rule="adds up",
        remedy="Check it.", lines=(4,), column="value", values=("2",),
        sentence="It does not add up.",
    )  # fmt: skip
    note = "No date could be checked."
    receipt = Receipt("darlington", "2016", (
        DatasetCheck("cases", "data/cases.csv", "", 1, 3, (note,), ()),
        DatasetCheck("posts", "data/posts.csv", "", 5, 8, (note,), (failure,)),
    ))  # fmt: skip
    expect(
        inputs_used.found_by_checks(supplied(), receipt, "2016"),
        """
        | found                     | where                          | kind  | dataset      | paragraph  |
        | It does not add up.       | data/posts.csv, line 4         | found | posts        | 23         |
        | No date could be checked. | data/cases.csv; data/posts.csv | noted | cases; posts | throughout |
        """,
    )
    expect(
        inputs_used.files(supplied(), receipt, "2016"),
        """
        | table                                               | rows | checks | found | file           |
        | Children and cases                                  | 1    | 3      | 0     | data/cases.csv |
        | Posts, people in post, vacancies and agency workers | 5    | 8      | 1     | data/posts.csv |
        """,
    )


def test_no_datasets_give_no_rows():
    receipt = Receipt("darlington", "2016", ())
    for made in (
        inputs_used.files({}, receipt, "2016"),
        inputs_used.found_by_checks({}, receipt, "2016"),
        inputs_used.documents({}, "2016"),
        inputs_used.missing({}, "2016"),
        inputs_used.figures_by_basis({}, "2016"),
        inputs_used.figures_by_status({}, "2016"),
        inputs_used.basis_not_stated({}, "2016"),
        inputs_used.caveats({}, "2016"),
    ):
        assert made.empty


@pytest.mark.parametrize("council", PERIODS)
def test_each_council_rests_on_one_document(council):
    datasets = real(council)
    made = inputs_used.documents(datasets, PERIODS[council])
    assert len(made) == 1
    assert set(made["dataset"].iloc[0].split("; ")) == set(datasets)


def test_darlington_what_the_report_has_lost():
    made = inputs_used.missing(real("darlington"), "2016-07-31")
    assert {"9", "13"} <= set(made["paragraph"])
    assert set(made["status"]) == {"x"}
    blank = made[made["what"].str.startswith("8 figures")]
    assert blank[["why", "paragraph"]].to_dict("records") == [
        {"why": "printed blank", "paragraph": "24 (first)"}
    ]


def test_sessions_stand_by_date_and_keep_their_numbers():
    rows = published("buckinghamshire", "evidence-taken")
    made = evidence_taken.taken(rows, "session", "2021-10")
    assert list(made["participants"]) == [
        "not stated", "not stated", "5", "3", "not stated", "6",
    ]  # fmt: skip
    assert made["when"].iloc[0] == "21 January 2022"
    assert made["when"].iloc[-1] == "17 March 2022"


def test_what_has_no_date_comes_last_and_says_so():
    rows = published("herefordshire", "evidence-taken")
    made = evidence_taken.taken(rows, "session", "2013-03")
    assert list(made["when"].iloc[-2:]) == ["not stated", "not stated"]
    none = evidence_taken.taken(rows, "none", "2013-03")
    assert list(none["what"]) == ["Appendices", "Background papers"]
