"""What a claim rests on, as an analyst writes it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.references import (
    Alternatives,
    Called,
    Cells,
    Combined,
    Condition,
    Number,
    Unknown,
    cell_references,
    parse,
    unknowns,
    write,
)

names = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True)
datasets = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z]{1,5})?", fullmatch=True).filter(
    lambda name: name not in {"sum", "count", "series", "change", "place", "or"}
)
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12
)  # fmt: skip
conditions = st.builds(
    Condition,
    names,
    st.sampled_from(["=", "<=", ">="]),
    texts.map(str.strip).filter(bool),
)
cells = st.builds(
    Cells,
    datasets,
    st.lists(conditions, min_size=1, max_size=3).map(tuple),
    st.just("") | names,
)
numbers = st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,2})?", fullmatch=True).map(Number)
rows = st.builds(
    Called, st.sampled_from(["sum", "count", "series"]), cells.map(lambda cell: (cell,))
)
parts = st.recursive(
    cells | numbers | st.builds(Unknown, st.just("") | names) | rows,
    lambda inner: (
        st.builds(Combined, st.sampled_from("+-*/"), inner, inner)
        | st.builds(Called, st.just("change"), st.tuples(inner, inner))
    ),
    max_leaves=6,
)
expressions = parts | st.lists(parts, min_size=2, max_size=3).map(tuple).map(
    Alternatives
)


@given(expressions)
def test_what_is_written_is_read_back(expression):
    assert parse(write(expression)) == expression


def test_a_share_of_two_cells():
    text = "posts[unit=Total; measure=vacancies] / posts[unit=Total; measure=establishment]"
    whole = (Condition("unit", "=", "Total"), Condition("measure", "=", "vacancies"))
    assert parse(text).left == Cells("posts", whole)
    assert write(parse(text)) == text


def test_multiplying_goes_before_adding_and_both_from_the_left():
    assert write(parse("10 - 2 - 3")) == "10 - 2 - 3"
    assert parse("10 - 2 * 3").operator == "-"
    assert parse("(10 - 2) * 3").operator == "*"
    assert write(parse("10 - (2 - 3)")) == "10 - (2 - 3)"


def test_a_hyphen_in_a_name_is_no_minus():
    assert parse("post-changes[change=New posts]").dataset == "post-changes"


def test_a_value_may_hold_anything_in_quotes():
    quoted = parse('posts[unit="A; B ]""x"""]')
    assert quoted.where[0].value == 'A; B ]"x"'


def test_a_place_says_whose_and_among_how_many():
    called = parse("place(rates[region=North], area=Here, of=12)")
    assert called.options == (("area", "Here"), ("of", "12"))


def test_what_an_expression_names():
    expression = parse("? / (a[x=1] + b[y=2]) or ?base / c[z=3]")
    assert [cell.dataset for cell in cell_references(expression)] == ["a", "b", "c"]
    assert [unknown.name for unknown in unknowns(expression)] == ["", "base"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a dataset with its columns"),
        ("posts", "a dataset with its columns"),
        ("posts[unit]", "'=', '<=' or '>='"),
        ("posts[unit=]", "a value for the column unit"),
        ("posts[unit=A", "']'"),
        ("posts[=A]", "a column"),
        ("posts[unit=A].", "the column that holds the number"),
        ("1 +2", "an operator with a space"),
        ("(1 + 2", "')'"),
        ("mean(posts[unit=A])", "one of the functions"),
        ("sum(1 + 2)", "the rows of one dataset"),
        ("change(1)", "2 expressions in change"),
        ("place(posts[unit=A])", "whose place it is"),
        ("1 or", "an operator with a space"),
    ],
)
def test_an_error_says_where_and_what_was_expected(text, expected):
    with pytest.raises(ClaimError, match="cannot be read at character") as caught:
        parse(text)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=40))
def test_any_text_is_refused_or_read_and_written_alike(text):
    with suppress(ClaimError):
        assert parse(write(parse(text))) == parse(text)
