"""A suite is read strictly: a rule that checks nothing is worse than none."""

import json

import pytest

from scrutiny_pack.errors import SuiteError
from scrutiny_pack.inputs.expectations import suite_names
from scrutiny_pack.inputs.schemas import dataset_names
from scrutiny_pack.inputs.suites import columns_of, read_suite

from .small_tables import SUITES

RULE = {
    "type": "expect_column_values_to_be_between",
    "kwargs": {
        "column": "value",
        "min_value": 0,
        "row_condition": {
            "type": "comparison",
            "column": {"name": "measure"},
            "operator": "==",
            "parameter": "in_post",
        },
    },
    "severity": "critical",
    "meta": {"rule": "A value is never negative", "remedy": "Check it."},
}
CHOICES = {"measure": ("in_post", "vacancies"), "unit": (), "value": ()}


def suite(tmp_path, content):
    text = content if isinstance(content, str) else json.dumps(content)
    (tmp_path / "posts.json").write_text(text, encoding="utf-8")
    return read_suite(tmp_path, "posts", "posts", CHOICES)


def of(*rules, **changes):
    whole = {
        "name": "posts",
        "meta": {"dataset": "posts", "about": "Posts."},
        "expectations": list(rules),
    }
    return whole | changes


IN_POST = RULE["kwargs"]["row_condition"]
GIVEN = {"type": "nullity", "column": {"name": "value"}, "is_null": False}


def condition(row_condition):
    return of(RULE | {"kwargs": RULE["kwargs"] | {"row_condition": row_condition}})


def test_a_suite(tmp_path):
    read = suite(tmp_path, of(RULE, RULE))
    assert (read.name, read.about, len(read.expectations)) == ("posts", "Posts.", 2)
    assert read.expectations[0].rule == "A value is never negative"
    assert read.expectations[0].kwargs["min_value"] == 0


@pytest.mark.parametrize(
    "row_condition",
    [
        IN_POST | {"operator": "IN", "parameter": ["in_post", "vacancies"]},
        IN_POST | {"column": {"name": "unit"}, "parameter": "any team"},
        IN_POST | {"column": {"name": "value"}, "parameter": 3},
        GIVEN,
        {"type": "and", "conditions": [IN_POST, GIVEN]},
    ],
)
def test_conditions(tmp_path, row_condition):
    assert len(suite(tmp_path, condition(row_condition)).expectations) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1: not JSON"),
        ("[" * 100_000, "not a suite"),
        ("1" * 5_000, "not a suite"),
        ("[]", "write {} with exactly name, meta and expectations"),
        (of(RULE, nme="posts"), "write {} with exactly name, meta and expectations"),
        (of(RULE, name="post"), "name is 'post' and must be 'posts'"),
        (of(RULE, expectations={}), "expectations must be [], and not empty"),
        (of(), "has no expectations; write some"),
        (of(RULE, meta={"dataset": "posts"}), "meta: write {} with exactly dataset"),
        (of(RULE, meta={"dataset": "cases", "about": "x"}), "must be 'posts'"),
        (of(RULE | {"id": 1}), "expectation 1: write {} with exactly type, kwargs, s"),
        (of(RULE, RULE | {"severity": "info"}), "write critical or warning"),
        (of(RULE | {"meta": {"rule": "x", "remedy": ""}}), "remedy must be text, and"),
        (condition("measure == 'in_post'"), "write {} with a type of comparison, nul"),
        (condition({"type": "none"}), "write {} with a type of comparison, nullity"),
        (condition(GIVEN | {"is_null": 1}), "is_null must be true or false"),
        (condition(IN_POST | {"extra": 1}), "write {} with exactly type, column, op"),
        (
            condition(IN_POST | {"column": {"name": "mesure"}}),
            "there is no column 'mesure'. Did you mean measure?",
        ),
        (
            condition(IN_POST | {"parameter": "inpost"}),
            "measure is never 'inpost'. Did you mean in_post?",
        ),
        (
            condition({"type": "or", "conditions": [IN_POST | {"parameter": ["x"]}]}),
            "measure is never 'x'",
        ),
    ],
)
def test_a_suite_that_is_wrong(tmp_path, content, message):
    with pytest.raises(SuiteError) as caught:
        suite(tmp_path, content)
    assert str(caught.value).startswith(f"{tmp_path.name}/posts.json")
    assert message in str(caught.value)


def test_a_suite_that_is_missing(tmp_path):
    with pytest.raises(SuiteError, match=r"posts\.json is missing"):
        read_suite(tmp_path, "posts", "posts", CHOICES)


def test_there_is_a_suite_for_every_dataset_and_no_other():
    wanted = {suite for name in dataset_names() for suite in suite_names(name)}
    assert {path.stem for path in SUITES.glob("*.json")} == wanted


def test_the_columns_of_a_condition():
    other = GIVEN | {"column": {"name": "unit"}}
    either = {"type": "or", "conditions": [GIVEN, other]}
    both = {"type": "and", "conditions": [either, IN_POST, GIVEN]}
    assert columns_of(GIVEN) == ["value"]
    assert columns_of(both) == ["value", "unit", "measure"]
