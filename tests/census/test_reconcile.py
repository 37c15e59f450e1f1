"""A return's figures beside those that the DfE publishes of the same council and year."""

import csv
import io
import shutil

import pytest

from scrutiny_pack.dfe.columns import AREA_COLUMNS, INDICATORS
from scrutiny_pack.dfe.obtain import obtain
from scrutiny_pack.dfe.releases import read_releases
from scrutiny_pack.imports.disclosure import Control
from tests.census.returns import agency, employed, import_workers, leaver, starter
from tests.inputs.small_tables import ROOT

WORKERS = [
    *(employed(n) for n in range(1, 31)),
    *(starter(n, FTE="0.6") for n in range(31, 41)),
    *(leaver(n, FTE30="0.5") for n in range(41, 49)),
    *(agency(n) for n in range(51, 61)),
]
COUNCIL = {
    "NumberOfVacancies": "15.00",
    "NoAgencyFTE": "9.00",
    "NoAgencyHeadcount": "10",
}
PUBLISHED = {
    "inpost_fte": "36",
    "inpost_headcount": "40",
    "starters_fte": "6",
    "starters_headcount": "10",
    "leavers_fte": "4",
    "leavers_headcount": "8",
    "turnover_rate_fte": "11.1",
    "turnover_rate_headcount": "20",
    "agency_fte": "10",
    "agency_headcount": "10",
    "agency_rate_fte": "21.7",
    "agency_rate_headcount": "20",
    "agency_cover_fte": "9",
    "agency_cover_rate_fte": "90",
    "vacancy_fte": "15",
    "vacancy_rate_fte": "29.4",
    "vacancy_agency_cover_rate_fte": "60",
    "case_holders_fte": "46",
    "cases": "780",
    "caseload_fte": "17",
    "working_days_lost_fte": "160",
    "absence_rate_fte": "1.8",
}


@pytest.fixture
def with_release(workspace):
    """The project with a release of 2025 that has Dorset as the return makes it."""
    shutil.rmtree(workspace.reference)
    shutil.copytree(ROOT / "data" / "reference", workspace.reference)
    releases = workspace.reference / "dfe-releases.yaml"
    lines = releases.read_text(encoding="utf-8").splitlines()
    known = [
        f"{line.split(':')[0]}: not known" if "sha256:" in line else line
        for line in lines
    ]
    releases.write_text("\n".join(known) + "\n", encoding="utf-8")

    def make(**changed: str):
        text = io.StringIO()
        row = {
            "time_period": "2025",
            "time_identifier": "Reporting year",
            "geographic_level": "Local authority",
            "country_code": "E92000001",
            "country_name": "England",
            "region_code": "E12000009",
            "region_name": "South West",
            "old_la_code": "838",
            "new_la_code": "E06000059",
            "la_name": "Dorset",
            **PUBLISHED,
            **changed,
        }
        columns = ["time_period", "time_identifier", *AREA_COLUMNS, *INDICATORS]
        writer = csv.DictWriter(text, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerow(row)
        file = workspace.project / "release.csv"
        file.write_text(text.getvalue(), encoding="utf-8")
        release = read_releases(workspace.reference)["2025"]
        obtain(release, workspace.project / "data" / "dfe", file)
        return workspace

    return make


def compared(workspace, workers=WORKERS, **others):
    report = import_workers(workspace, workers, COUNCIL, council="dorset", **others)
    return report, {each.column: each for each in report.compared}


@pytest.fixture(autouse=True)
def _of_dorset(monkeypatch):
    monkeypatch.setattr("scrutiny_pack.exampleshire.census_return.LA_CODE", "838")


def test_every_cell_that_the_dfe_publishes_is_compared(with_release):
    report, cells = compared(with_release())

    assert report.release == "Held to the DfE's figures in its release 2025:"
    assert list(cells) == list(INDICATORS)
    assert {each.result for each in report.compared} == {"agrees"}
    assert cells["turnover_rate_fte"].sentence == (
        "turnover_rate_fte: is 11.1 here and 11.1 there."
    )


@pytest.mark.parametrize(
    ("column", "published", "result"),
    [
        ("inpost_headcount", "41", "differs"),
        ("inpost_fte", "36.1", "differs"),
        ("turnover_rate_fte", "11.2", "differs"),
        ("absence_rate_fte", "x", "not compared"),
        ("agency_rate_fte", "low", "not compared"),
    ],
)
def test_a_cell_that_differs_is_told(with_release, column, published, result):
    report, cells = compared(with_release(**{column: published}))

    assert cells[column].result == result
    assert {c.result for name, c in cells.items() if name != column} == {"agrees"}
    assert published in cells[column].sentence
    assert cells[column].sentence in "\n".join(report.sentences)


def test_a_hidden_figure_is_not_compared_for_the_answer_would_tell_it(with_release):
    few = [worker for worker in WORKERS if "RoleEndDate" not in worker]
    workspace = with_release(leavers_headcount="2")

    _, cells = compared(workspace, [*few, *(leaver(n) for n in range(41, 43))])

    for column in ("leavers_fte", "leavers_headcount", "turnover_rate_fte"):
        assert cells[column].result == "not compared"
        assert cells[column].ours == ""
        assert "not shown here" in cells[column].why


def test_rounded_figures_are_compared_by_what_they_are(with_release):
    _, cells = compared(with_release(), control=Control(step=5))

    assert cells["leavers_headcount"].result == "agrees"
    assert cells["leavers_headcount"].ours == "10"


def test_without_a_release_the_report_says_how_to_have_one(workspace):
    shutil.rmtree(workspace.reference)
    shutil.copytree(ROOT / "data" / "reference", workspace.reference)

    report, cells = compared(workspace)

    assert cells == {}
    assert "'make dfe RELEASE=2025' obtains it" in report.release


def test_a_release_without_the_council_says_so(with_release):
    workspace = with_release(
        old_la_code="841", new_la_code="E06000005", la_name="Darlington"
    )

    report, _ = compared(workspace)

    assert report.release == "The DfE's release 2025 does not have the council in 2025."


def test_reference_data_that_cannot_be_read_does_not_stop_an_import(workspace):
    report, cells = compared(workspace)

    assert report.written
    assert cells == {}
    assert report.release.startswith("Nothing was compared with the DfE's figures: ")
