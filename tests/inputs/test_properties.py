"""What holds for any table, any figures, any bytes."""

import csv
import io
import json
import math
from fractions import Fraction
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.errors import CouncilError, InputFileError, PeriodError, SuiteError
from scrutiny_pack.inputs import arithmetic
from scrutiny_pack.inputs.arithmetic import identities
from scrutiny_pack.inputs.cells import tidy
from scrutiny_pack.inputs.commentary import read_commentary
from scrutiny_pack.inputs.councils import find_council
from scrutiny_pack.inputs.schemas import dataset_names, dataset_schema
from scrutiny_pack.inputs.sources import read_source
from scrutiny_pack.inputs.suites import read_suite
from scrutiny_pack.inputs.tables import parse_table
from scrutiny_pack.observations import STATUS_WORDS
from scrutiny_pack.periods import Period

from .small_tables import table

steady = settings(deadline=None)  # the machine is shared; time says nothing

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="\ufffd"),
    min_size=1,
    max_size=20,
).filter(lambda text: tidy(text) == text)
hundredths = st.integers(-(10**9), 10**9).map(lambda number: number / 100)
dates = st.dates().map(lambda date: f"{date.year:04}-{date.month:02}-{date.day:02}")
periods = st.one_of(dates, dates.map(lambda date: date[:7]), dates.map(lambda d: d[:4]))

json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.fixed_dictionaries(
            {"name": inner, "meta": inner, "expectations": st.lists(inner, max_size=2)}
        )
    ),
    max_leaves=8,
)


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, object]]:
    """Rows of the dataset ``posts`` that keep all its rules."""
    choices = {
        column.name: st.sampled_from(column.choices)
        for column in dataset_schema("posts").columns
        if column.type == "choice"
    }
    found = []
    for unit in draw(st.lists(words, min_size=1, max_size=6, unique=True)):
        value = draw(st.one_of(st.none(), hundredths))
        letters = draw(st.sets(st.sampled_from(sorted(STATUS_WORDS))))
        letters = letters | {"x"} if value is None else letters - set("xzc")
        found.append(
            {name: draw(choice) for name, choice in choices.items()}
            | {"breakdown": draw(words), "unit": unit, "part_of": "", "within": ""}
            | {"value": value, "low": None, "high": None}
            | {"as_published": draw(st.one_of(st.just(""), words))}
            | {"status": " ".join(sorted(letters)), "as_at": draw(periods)}
            | {"paragraph": draw(words), "note": ""}
        )
    return found


@steady
@given(rows())
def test_a_table_that_is_written_reads_back_the_same(written):
    schema = dataset_schema("posts")
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, schema.column_names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {
            name: f"{cell:.2f}" if isinstance(cell, float) else cell
            for name, cell in row.items()
        }
        for row in written
    )
    frame, notes = parse_table(file.getvalue().encode(), schema, "posts.csv")
    assert notes == []
    assert len(frame) == len(written)
    for row, cells in zip(written, frame.to_dict("records"), strict=True):
        for name, cell in row.items():
            if cell is None:
                assert math.isnan(cells[name])
            else:
                assert cells[name] == cell


@steady
@given(st.sampled_from(dataset_names()), st.binary(max_size=300), st.booleans())
def test_any_bytes_are_a_table_or_refused(name, raw, headings):
    schema = dataset_schema(name)
    if headings:
        raw = ",".join(schema.column_names).encode() + b"\n" + raw
    try:
        frame, _ = parse_table(raw, schema, "file.csv")
    except InputFileError as error:
        assert str(error).startswith("file.csv")
    else:
        assert isinstance(frame, pd.DataFrame)


@steady
@given(st.text("abc,\"\n\r\t '\ufeff\0;éx1-.", max_size=60))
def test_any_commas_and_quotation_marks_are_a_table_or_refused(text):
    schema = dataset_schema("pay")
    raw = (",".join(schema.column_names) + "\n" + text).encode()
    try:
        parse_table(raw, schema, "file.csv")
    except InputFileError as error:
        assert str(error).startswith("file.csv")


@steady
@given(raw=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_yaml_or_refused(tmp_path_factory, raw):
    path = tmp_path_factory.mktemp("yaml") / "file.yaml"
    path.write_bytes(raw)
    for read in (read_source, read_commentary):
        try:
            read(path, "file.yaml")
        except InputFileError as error:
            assert str(error).startswith("file.yaml")


@steady
@given(
    raw=st.one_of(st.binary(max_size=200), json_values.map(json.dumps).map(str.encode))
)
def test_any_bytes_are_a_suite_or_refused(tmp_path_factory, raw):
    folder = tmp_path_factory.mktemp("suites")
    (folder / "posts.json").write_bytes(raw)
    with pytest.raises(SuiteError, match=r"posts\.json"):
        read_suite(folder, "posts", "posts", {})


@steady
@given(st.text(max_size=30))
def test_any_text_is_a_period_or_refused(text):
    try:
        period = Period.parse(text)
    except PeriodError:
        return
    assert period.start <= period.end
    assert period.text == text


@steady
@given(st.text(max_size=30))
def test_any_text_is_a_council_or_refused(text):
    try:
        find_council((), text, Period.parse("2016"))
    except CouncilError as error:
        assert len(str(error)) < 400


figures = st.lists(
    st.one_of(st.none(), st.integers(0, 10**7).map(lambda n: n / 100)),
    min_size=1,
    max_size=12,
)


def parts(values: list[float | None], total: float) -> pd.DataFrame:
    lines = [
        f"Team {n} | Total | {'' if value is None else f'{value:.2f}'} | "
        f"{'x' if value is None else ''}"
        for n, value in enumerate(values)
    ]
    text = "unit | part_of | value | status\n" + "\n".join(lines)
    return table("posts", f"{text}\nTotal | | {total:.2f} |")


@steady
@given(figures)
def test_a_total_that_is_the_sum_of_its_parts_has_no_residual(values):
    total = math.fsum(value for value in values if value is not None)
    found = identities("posts", parts(values, total))
    assert found["residual"].tolist() == [0.0] * len(found)
    assert len(found) == any(value is not None for value in values)


@steady
@given(figures.filter(lambda values: any(v is not None for v in values)),
       st.integers(1, 10**7))  # fmt: skip
def test_a_residual_is_what_was_added_to_a_total(values, hundredth):
    total = math.fsum(value for value in values if value is not None)
    frame = parts(values, total + hundredth / 100)
    (residual,) = identities("posts", frame)["residual"]
    assert residual == hundredth / 100


@steady
@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 3))
def test_a_share_rounded_half_up_has_no_residual(part, rest, decimals):
    exact = Fraction(100 * part, part + rest)
    printed = math.floor(exact * 10**decimals + Fraction(1, 2)) / 10**decimals
    frame = table(
        "caseload-bands",
        f"""
        unit  | band  | measure         | value                 | as_published
        Total | first | workers         | {part}                |
        Total | all   | workers         | {part + rest}         |
        Total | first | share_published | {printed:.{decimals}f} | {printed:.{decimals}f}%
        """,
    )
    found = identities("caseload-bands", frame)
    residuals = found.loc[found["identity"] == arithmetic.SHARE, "residual"]
    assert residuals.tolist() == [0]


@steady
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=6))
def test_only_a_stage_that_grows_has_a_residual(counts):
    lines = [
        f"Stage {n} | stage | {n} | referrals | {c}" for n, c in enumerate(counts, 1)
    ]
    header = "stage | stage_kind | step | measure | value\n"
    found = identities("referrals", table("referrals", header + "\n".join(lines)))
    steps = pairwise(counts)
    assert found["residual"].tolist() == [
        max(0, after - before) for before, after in steps
    ]
