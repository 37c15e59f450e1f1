"""The embedded comparators: what they hold, and that the release gives the same."""

import csv
import hashlib
import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from scrutiny_pack.dfe.comparators import (
    HEADLINE_FIGURES,
    as_evidence,
    comparators,
    read_extract,
    write_extract,
)
from scrutiny_pack.dfe.neighbours import MODELS, read_neighbours
from scrutiny_pack.dfe.obtain import obtain
from scrutiny_pack.dfe.register import Register
from scrutiny_pack.dfe.releases import Release, evidence_source
from scrutiny_pack.errors import ReleaseError
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import FIGURE_COLUMNS
from tests.dfe.dfe_examples import PROJECT

COUNCILS = ["buckinghamshire", "darlington", "dorset", "herefordshire", "leeds"]


@pytest.fixture
def compared(
    reference: Path, register: Register, releases: dict[str, Release], tmp_path: Path
) -> Callable[..., pd.DataFrame]:
    """Figures to compare, from a folder of releases that is empty unless given."""

    def get(
        areas: list[str], release: str = "2025", folder: Path = tmp_path
    ) -> pd.DataFrame:
        return comparators(
            areas,
            release,
            reference=reference,
            folder=folder,
            register=register,
            releases=releases,
        )

    return get


@pytest.fixture(scope="session")
def obtained(
    tmp_path_factory: pytest.TempPathFactory,
    releases: dict[str, Release],
    real_file: Callable[[str], Path],
) -> Callable[..., Path]:
    """A folder with some of the Department's real releases, pinned."""

    def get(*names: str) -> Path:
        folder = tmp_path_factory.mktemp("dfe")
        for name in names:
            obtain(releases[name], folder, real_file(releases[name].file))
        return folder

    return get


def test_the_extract_holds_what_a_clone_needs(
    reference: Path, register: Register
) -> None:
    table = read_extract(reference)
    areas = set(table["area"])
    regions = {slug for slug, area in register.areas.items() if area.kind == "region"}
    assert {"england", *regions, *COUNCILS} <= areas
    neighbours = read_neighbours(reference)
    of_five = set(neighbours.loc[neighbours["area"].isin(COUNCILS), "neighbour"])
    assert of_five <= areas
    assert set(table["release"]) == {"2015", "2016", "2025"}
    dates = set(table["as_at"])
    assert dates == {f"{year}-09-30" for year in range(2015, 2026)}
    assert set(table["measure"]) == {figure.measure for figure in HEADLINE_FIGURES}
    assert not table.duplicated(["area", "as_at", "measure", "basis"]).any()
    assert (reference / "comparators.csv").stat().st_size < 1_000_000


def test_each_row_names_its_release_and_its_file(
    reference: Path, releases: dict[str, Release]
) -> None:
    table = read_extract(reference)
    pairs = set(table[["release", "source"]].itertuples(index=False, name=None))
    assert pairs == {
        (name, releases[name].sha256[:8]) for name in ("2015", "2016", "2025")
    }


def test_a_row_has_a_number_or_a_letter_never_both(reference: Path) -> None:
    table = read_extract(reference)
    assert (table["value"].isna() == (table["status"] != "")).all()
    assert (table.loc[table["status"] != "", "as_published"] != "").all()


def test_writing_what_was_read_gives_the_same_bytes(reference: Path) -> None:
    text = (reference / "comparators.csv").read_bytes().decode("utf-8")
    assert write_extract(read_extract(reference)) == text


def tool() -> ModuleType:
    path = PROJECT / "tools" / "comparators.py"
    spec = importlib.util.spec_from_file_location("comparators_tool", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tool_writes_the_committed_files_again(
    reference: Path, real_file: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = real_file("sn_model_2025_wide.csv").parent
    shutil.copytree(reference, tmp_path / "reference")
    stems = ("comparators", "neighbours", "revisions")
    names = [f"{stem}.{end}" for stem in stems for end in ("csv", "source.yaml")]
    for name in names:
        (tmp_path / "reference" / name).unlink()
    tool().main(folder, tmp_path / "reference")
    for name in names:
        again = (tmp_path / "reference" / name).read_bytes()
        assert again == (reference / name).read_bytes(), name


@pytest.mark.parametrize(
    "there", [("2025",), ("2015",), ("2016", "2025"), ("2015", "2016", "2025")]
)
def test_the_release_and_the_extract_give_the_same_bytes(
    there: tuple[str, ...],
    compared: Callable[..., pd.DataFrame],
    obtained: Callable[..., Path],
    reference: Path,
    register: Register,
) -> None:
    held = set(read_extract(reference)["area"])
    areas = [slug for slug in register.areas if slug in held]
    embedded = compared(areas)
    from_file = compared(areas, folder=obtained(*there))
    assert write_extract(from_file) == write_extract(embedded)
    text = [as_evidence(f, register).to_csv(index=False) for f in (from_file, embedded)]
    assert text[0] == text[1]


def test_no_symbol_of_the_release_is_lost_on_the_way_to_evidence(
    compared: Callable[..., pd.DataFrame],
    obtained: Callable[..., Path],
    real_file: Callable[[str], Path],
    register: Register,
) -> None:
    """Counted in the file by other means, for the columns that are compared."""
    areas = [*register.areas]
    data = as_evidence(compared(areas, folder=obtained("2025")), register)
    evidence = data[data["release"] == "2025"]
    path = real_file("csww_indicators_2017_to_2025.csv")
    columns = {p.removeprefix("column ") for p in evidence["paragraph"]}
    with path.open(encoding="utf-8", newline="") as file:
        cells = [row[c] for row in csv.DictReader(file) for c in columns]
    symbols = [cell for cell in cells if not cell[:1].isdigit()]
    with_letter = evidence[evidence["status"] != ""]
    assert len(evidence) == len(cells)
    assert sorted(with_letter["as_published"]) == sorted(symbols)
    assert with_letter["value"].isna().all()


def test_darlington_in_2015_as_published(compared: Callable[..., pd.DataFrame]) -> None:
    rows = compared(["darlington", "north-east", "england"])
    at = rows[(rows["as_at"] == "2015-09-30") & (rows["basis"] == "fte")]
    need = at[at["measure"] == "children_in_need_per_worker_dfe"]
    assert need[["area", "value"]].to_numpy().tolist() == [
        ["darlington", 12],
        ["north-east", 14],
        ["england", 15],
    ]
    turnover = rows[
        (rows["measure"] == "turnover_rate_dfe") & (rows["area"] == "darlington")
    ]
    by_date = turnover.set_index(["as_at", "basis"])["value"]
    assert by_date["2015-09-30", "fte"] == 19
    assert by_date["2015-09-30", "headcount"] == 18
    assert by_date["2016-09-30", "fte"] == 33.7
    assert by_date["2016-09-30", "headcount"] == 32.9
    assert by_date["2025-09-30", "fte"] == 15.4


def test_the_table_of_the_five_councils_as_published(
    compared: Callable[..., pd.DataFrame],
) -> None:
    rows = compared([*COUNCILS, "north-east", "england"])
    at = rows.set_index(["area", "as_at", "measure", "basis"])
    expected = [
        ("herefordshire", 2022, "turnover_rate_dfe", 50),
        ("herefordshire", 2023, "vacancy_rate_dfe", 62.4),
        ("buckinghamshire", 2017, "absence_rate_dfe", 0.6),
        ("buckinghamshire", 2020, "in_post_dfe", 206.2),
        ("leeds", 2020, "agency_workers_dfe", 0),
        ("dorset", 2018, "average_caseload_dfe", 18),
        ("dorset", 2019, "average_caseload_dfe", 17.6),
        ("darlington", 2016, "agency_rate_dfe", 32.1),
        ("leeds", 2015, "in_post_dfe", 567.7),
        ("north-east", 2016, "in_post_dfe", 1670),
        ("england", 2016, "in_post_dfe", 27700),
        ("england", 2024, "turnover_rate_dfe", 13.9),
        ("england", 2025, "days_lost_dfe", 322786.3),
    ]
    for area, year, measure, value in expected:
        row = at.loc[(area, f"{year}-09-30", measure, "fte")]
        assert row["value"] == value, (area, year, measure)
    missing = at.loc[("dorset", "2016-09-30", "turnover_rate_dfe", "fte")]
    assert pd.isna(missing["value"])
    assert (missing["status"], missing["as_published"]) == ("x", "..")
    assert at.loc[("england", "2016-09-30", "in_post_dfe", "fte"), "as_published"] == (
        "27,700"
    )


def test_the_order_is_that_of_the_areas_asked_for(
    compared: Callable[..., pd.DataFrame],
) -> None:
    rows = compared(["leeds", "england", "darlington"])
    assert list(rows["area"].unique()) == ["leeds", "england", "darlington"]
    one = rows[rows["area"] == "leeds"]
    assert one["as_at"].is_monotonic_increasing


def test_a_release_that_is_not_embedded_must_be_obtained(
    compared: Callable[..., pd.DataFrame],
    obtained: Callable[..., Path],
) -> None:
    with pytest.raises(ReleaseError, match=r"are of 2025; obtain it: make dfe"):
        compared(["darlington"], release="2024")
    rows = compared(["darlington"], release="2024", folder=obtained("2024"))
    assert set(rows["release"]) == {"2015", "2016", "2024"}
    assert rows["as_at"].max() == "2024-09-30"


def test_a_council_that_is_not_embedded_needs_the_release(
    compared: Callable[..., pd.DataFrame], obtained: Callable[..., Path]
) -> None:
    with pytest.raises(
        ReleaseError, match=r"no figures of Barnet and 1 more; obtain it"
    ):
        compared(["barnet", "darlington", "camden"])
    rows = compared(["barnet"], folder=obtained("2025"))
    assert set(rows["area"]) == {"barnet"}


def test_evidence_has_the_published_base_of_a_rate(
    compared: Callable[..., pd.DataFrame], register: Register
) -> None:
    data = as_evidence(compared(["darlington", "england"]), register)
    assert tuple(data.columns[-len(FIGURE_COLUMNS) :]) == FIGURE_COLUMNS
    here = (data["area"] == "darlington") & (data["as_at"] == "2025-09-30")
    by = data[here & (data["basis"] == "fte")].set_index("measure")
    base = {m: (by.loc[m, "numerator"], by.loc[m, "denominator"]) for m in by.index}
    assert base["turnover_rate_dfe"] == (14.7, 95.6)
    assert base["agency_rate_dfe"] == pytest.approx((13.5, 95.6 + 13.5))
    assert base["vacancy_rate_dfe"] == pytest.approx((4, 95.6 + 4))
    assert base["average_caseload_dfe"] == (1027, 64.3)
    assert base["absence_rate_dfe"] == pytest.approx((1466.8, 95.6 * 253))
    assert pd.isna(base["in_post_dfe"][1])
    assert by.loc["turnover_rate_dfe", "as_published"] == "15.4"
    assert by.loc["average_caseload_dfe", "as_published"] == "16"
    assert by.loc["turnover_rate_dfe", "paragraph"] == "column turnover_rate_fte"
    assert by.loc["turnover_rate_dfe", "dataset"] == "dfe-2025"
    note = data.loc[
        (data["area"] == "england") & (data["as_at"] == "2025-09-30"), "note"
    ]
    assert note.str.startswith("Includes Kensington and Chelsea").all()
    assert set(data["measure"]) <= set(measures())


def test_the_source_that_evidence_gives_is_the_file_of_the_release(
    releases: dict[str, Release], real_file: Callable[[str], Path]
) -> None:
    source = evidence_source(releases["2025"])
    raw = real_file(releases["2025"].file).read_bytes()
    assert source["document_sha256"] == hashlib.sha256(raw).hexdigest()
    assert source["title"].endswith("reporting year 2025")


def test_both_models_give_every_council_ten_neighbours(reference: Path) -> None:
    table = read_neighbours(reference)
    assert table.groupby("model")["dfe_code"].nunique().to_dict() == {
        "2021": 156,
        "2025": 153,
    }
    of_each = table.groupby(["model", "dfe_code"])["rank"]
    assert of_each.agg(lambda ranks: [*ranks]).map(len).eq(10).all()
    assert set(table["model"]) == set(MODELS)
    assert set(table["closeness"]) == {
        "Extremely close", "Very close", "Close", "Somewhat close", "Not close",
    }  # fmt: skip
    assert (table["area"] != table["neighbour"]).all()
