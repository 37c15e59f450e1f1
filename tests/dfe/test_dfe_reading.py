"""Every shape of release is read by name; no symbol is lost or turned into a number."""

import csv
import io
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny_pack.dfe.columns import INDICATORS, SYMBOLS, wide_figures
from scrutiny_pack.dfe.reading import ReleaseData, parse_cells, read_release
from scrutiny_pack.errors import ReleaseError
from tests.dfe.dfe_examples import (
    DARLINGTON,
    ENGLAND,
    FIGURES,
    KINGSTON_AND_RICHMOND,
    NORTH_EAST,
    headline,
    indicators,
)

LETTERS = {"c", "k", "x", "z", "u"}


def figure(data: ReleaseData, measure: str, basis: str) -> dict[str, object]:
    rows = data.figures
    found = rows[(rows["measure"] == measure) & (rows["basis"] == basis)]
    assert len(found) == 1
    return dict(found.iloc[0])


def test_a_row_becomes_a_figure_for_each_column() -> None:
    data = read_release(indicators(DARLINGTON | FIGURES), "2025", "a.csv")
    assert len(data.figures) == len(INDICATORS)
    turnover = figure(data, "turnover_rate_dfe", "fte")
    assert turnover["value"] == 15.4
    assert turnover["as_at"] == "2025-09-30"
    assert (turnover["dfe_code"], turnover["ons_code"]) == ("841", "E06000005")
    assert (turnover["name"], turnover["region"]) == ("Darlington", "North East")
    assert turnover["level"] == "Local authority"
    assert turnover["column"] == "turnover_rate_fte"
    assert turnover["release"] == "2025"
    assert figure(data, "turnover_rate_dfe", "headcount")["value"] == 16


def test_the_country_and_a_region_have_their_own_code_and_name() -> None:
    data = read_release(indicators(ENGLAND, NORTH_EAST), "2025", "a.csv")
    names = data.figures[["level", "ons_code", "name"]].drop_duplicates()
    assert names.to_numpy().tolist() == [
        ["National", "E92000001", "England"],
        ["Regional", "E12000001", "North East"],
    ]


def test_columns_are_found_by_name_in_any_order() -> None:
    raw = indicators(DARLINGTON | FIGURES)
    table = pd.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False)
    turned = table[sorted(table.columns)].to_csv(index=False).encode()
    one, other = (read_release(r, "2025", "a.csv").figures for r in (raw, turned))
    keys = ["measure", "basis"]
    pd.testing.assert_frame_equal(
        one.sort_values(keys, ignore_index=True),
        other.sort_values(keys, ignore_index=True),
    )


def test_a_column_more_is_named_and_not_read() -> None:
    table = pd.read_csv(io.BytesIO(indicators(DARLINGTON)), dtype=str)
    raw = table.assign(bonus="1").to_csv(index=False, na_rep="").encode()
    assert read_release(raw, "2025", "a.csv").not_read == ("bonus",)


def test_the_2022_release_has_other_names_a_byte_order_mark_and_no_starters() -> None:
    row = DARLINGTON | {
        "social_worker_fte": "88.2",
        "leaver_headcount": "21",
        "turnover_rate_fte_%": "18.8",
        "absence_rate_fte_%": "3.1",
    }
    data = read_release(headline(row), "2022", "a.csv")
    assert data.shape == "headline"
    assert figure(data, "in_post_dfe", "fte")["value"] == 88.2
    assert figure(data, "leavers_dfe", "headcount")["value"] == 21
    assert figure(data, "turnover_rate_dfe", "fte")["value"] == 18.8
    assert figure(data, "absence_rate_dfe", "fte")["value"] == 3.1
    assert "starters_dfe" not in set(data.figures["measure"])


def test_the_codes_of_a_joint_return_stay_text() -> None:
    data = read_release(indicators(KINGSTON_AND_RICHMOND), "2025", "a.csv")
    assert set(data.figures["dfe_code"]) == {"314 / 318"}


def test_spaces_thousands_commas_blank_rows_and_headless_columns_of_the_wide_file() -> (
    None
):
    raw = (
        b"Country_code,Country_name,Region_code,Region_name,LA_code (9 digit),LA_name,"
        b"LA_code (3 digit),A1_FTE_ChildrensSocialWorkers_2016,C2_FTE_AbsenceRate_2016,"
        b"Number_of_cases,Something_else_2016,,\n"
        b'E92000001,England,,,,,,"27,700",3.5,"326,770",1,,\n'
        b'E92000001,England,E12000006,East ,,,,"2,700",-,..,1,,\n'
        b"E92000001,England,E12000006,East ,E06000055,Bedford,822,x,.,~,1,,\n"
        b",,,,,,,,,,,,\n"
    )
    data = read_release(raw, "2016", "a.csv")
    rows = data.figures
    assert list(rows["level"].unique()) == ["National", "Regional", "Local authority"]
    assert set(rows["region"]) == {"", "East"}
    assert rows["value"].dropna().tolist() == [27700, 3.5, 326770, 2700]
    assert rows["status"].tolist() == ["", "", "", "", "k", "x", "x", "z", "k"]
    assert rows["as_published"].tolist() == [
        "27,700", "3.5", "326,770", "2,700", "-", "..", "x", ".", "~",
    ]  # fmt: skip
    assert set(rows["as_at"]) == {"2016-09-30"}
    assert data.not_read == ("Something_else_2016",)


@pytest.mark.parametrize(("symbol", "letter"), SYMBOLS.items())
def test_a_symbol_becomes_a_letter_and_no_number(symbol: str, letter: str) -> None:
    row = DARLINGTON | {"absence_rate_fte": symbol}
    data = read_release(indicators(row), "2025", "a.csv")
    cell = figure(data, "absence_rate_dfe", "fte")
    assert pd.isna(cell["value"])
    assert (cell["status"], cell["as_published"]) == (letter, symbol)


@given(st.text(max_size=12))
def test_a_cell_is_a_number_or_a_symbol_or_unknown_never_two_of_them(text: str) -> None:
    values, status = parse_cells(pd.Series([text], dtype="str"))
    kinds = (pd.notna(values[0]), status[0] in LETTERS, status[0] == "?")
    assert sum(kinds) == 1


@given(st.integers(0, 10**9), st.integers(0, 9))
def test_a_number_is_read_with_and_without_thousands_commas(
    whole: int, tenth: int
) -> None:
    cells = pd.Series([f"{whole}.{tenth}", f"{whole:,}.{tenth}"], dtype="str")
    values, status = parse_cells(cells)
    assert values[0] == values[1] == float(f"{whole}.{tenth}")
    assert set(status) == {""}


@pytest.mark.parametrize(
    "text", ["", "nan", "inf", "1e3", "1,00", "0x1A", "-100", "\u0661", "1 2"]
)
def test_what_python_takes_for_a_number_and_the_department_does_not(text: str) -> None:
    _, status = parse_cells(pd.Series([text], dtype="str"))
    assert status[0] == "?"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2\n", "has none of the columns inpost_fte"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (indicators(DARLINGTON)[:-3], "row 2: 31 cells under 32 headings"),
        (indicators(DARLINGTON | {"la_name": 'a"b'}) + b'"', "quotation marks"),
        (indicators(DARLINGTON | {"cases": ""}), "column cases: an empty cell"),
        (indicators(DARLINGTON | {"cases": "??"}), "column cases: '??' is neither"),
        (indicators(DARLINGTON | {"geographic_level": "Ward"}), "'Ward' is not"),
        (indicators(DARLINGTON, year="2025/26"), "'2025/26' is not a reporting year"),
        (indicators(DARLINGTON, year="2024"), "ends in 2024"),
    ],
)
def test_a_damaged_file_is_named_with_the_place(raw: bytes, words: str) -> None:
    with pytest.raises(ReleaseError) as error:
        read_release(raw, "2025", "a.csv")
    assert words in str(error.value)
    assert "a.csv" in str(error.value)


def test_a_missing_column_is_named() -> None:
    table = pd.read_csv(io.BytesIO(indicators(DARLINGTON)), dtype=str)
    raw = table.drop(columns="vacancy_fte").to_csv(index=False, na_rep="").encode()
    with pytest.raises(ReleaseError, match="lacks the column vacancy_fte"):
        read_release(raw, "2025", "a.csv")


@pytest.mark.parametrize("name", ["2025", "2024", "2016", "2015"])
def test_every_symbol_of_a_real_file_is_in_the_result(
    name: str,
    real_release: Callable[[str], ReleaseData],
    real_file: Callable[[str], Path],
    releases: dict[str, object],
) -> None:
    """Counted by other means: the standard library, cell by cell."""
    data = real_release(name)
    path = real_file(releases[name].file)  # type: ignore[attr-defined]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if any(row.values())]
    wide = wide_figures(list(rows[0]))[0]
    columns = [column for column in rows[0] if column in INDICATORS or column in wide]
    cells = [row[column].strip() for row in rows for column in columns]
    symbols = Counter(cell for cell in cells if not cell[:1].isdigit())
    shown = data.figures[data.figures["status"] != ""]
    assert Counter(shown["as_published"]) == symbols
    assert len(data.figures) == len(cells)
    assert shown["value"].isna().all()
    numbers = data.figures[data.figures["status"] == ""]
    assert numbers["value"].notna().all()
    total = sum(float(c.replace(",", "")) for c in cells if c[:1].isdigit())
    assert numbers["value"].sum() == pytest.approx(total)


def test_the_symbols_of_the_2025_release(
    real_release: Callable[[str], ReleaseData],
) -> None:
    printed = real_release("2025").figures
    counts = Counter(printed.loc[printed["status"] != "", "as_published"])
    assert counts == {"x": 98, "z": 81, "u": 51, "low": 12, "c": 8}
    assert len(printed) == 32_186


def test_a_release_is_read_in_under_a_second(real_file: Callable[[str], Path]) -> None:
    raw = real_file("csww_indicators_2017_to_2025.csv").read_bytes()
    began = time.process_time()
    read_release(raw, "2025", "a.csv")
    assert time.process_time() - began < 1
