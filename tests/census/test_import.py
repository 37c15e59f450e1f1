import shutil

import pandas as pd
import pytest
import yaml

from scrutiny_pack.errors import (
    CouncilError,
    InputFileError,
    OutputError,
    ParameterError,
    PeriodError,
)
from scrutiny_pack.exampleshire.census_return import (
    SLIPS,
    as_csv,
    as_xml,
    council_level,
    records,
    with_slips,
)
from scrutiny_pack.imports import census_import, workers_files
from scrutiny_pack.imports.census_import import import_census
from scrutiny_pack.imports.disclosure import Control
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.sources import read_source
from scrutiny_pack.inputs.supplied import supplied_datasets
from scrutiny_pack.inputs.validation import check_inputs
from scrutiny_pack.measures.definitions import measures
from tests.census.returns import (
    COUNCIL,
    a_return,
    employed,
    everything_under,
    import_bytes,
    import_workers,
    return_path,
)
from tests.inputs.small_tables import SOURCE, SUITES

WORKERS, LEVEL = records(2025, 250), council_level(2025, 250)
XML = as_xml(WORKERS, LEVEL, 2025)
NAMES = ["caseload-bands", "caseloads", "census-workforce", "leavers", "posts"]


def folder(workspace):
    return workspace.data_folder("exampleshire", "2025-09-30")


def dataset(workspace, name: str) -> pd.DataFrame:
    return load_dataset(folder(workspace), name, workspace.home).frame


def test_a_return_becomes_datasets_that_a_pack_reads(workspace):
    report = import_bytes(workspace, XML)

    assert sorted(report.written) == supplied_datasets(folder(workspace)) == NAMES
    assert report.folder == "data/exampleshire/2025-09-30"
    assert report.records == len(WORKERS)
    assert report.rules == ()
    assert report.kept == ()


@pytest.mark.parametrize("control", [Control(), Control(step=5), Control(threshold=8)])
def test_the_datasets_keep_every_expectation(workspace, control):
    import_bytes(workspace, XML, control=control)

    _, receipt = check_inputs(folder(workspace), NAMES, SUITES)

    assert receipt.expectations > 20
    assert receipt.failures("critical") == ()
    assert receipt.failures("warning") == ()


def test_every_measure_that_is_written_is_defined(workspace):
    import_bytes(workspace, XML)

    for name in NAMES:
        assert set(dataset(workspace, name)["measure"]) <= set(measures())


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024, 2025])
def test_the_returns_of_all_years_are_imported_from_both_forms(workspace, year):
    workers, council = records(year, 120), council_level(year, 120)
    made = []
    for write in (as_xml, as_csv):
        period = f"{year}-09-30"
        report = import_bytes(workspace, write(workers, council, year), period=period)
        assert report.rules == ()
        made.append(everything_under(workspace.home / "data"))

    assert made[0] == made[1]


def test_the_datasets_agree_with_one_another(workspace):
    import_bytes(workspace, XML)
    whole = dataset(workspace, "census-workforce")
    whole = whole[whole["breakdown"] == "All social workers"]
    posts = dataset(workspace, "posts")
    posts = posts[posts["breakdown"] == "Census of the workforce"]

    def figure(measure: str, basis: str) -> float:
        return whole.set_index(["measure", "basis"])["value"][measure, basis]

    for name, measure in (("in_post", "in_post_dfe"), ("vacancies", "vacancies_dfe"),
                          ("agency_workers", "agency_workers_dfe")):  # fmt: skip
        rows = posts[posts["measure"] == name]
        assert [figure(measure, basis) for basis in rows["basis"]] == list(
            rows["value"]
        )
    leavers = dataset(workspace, "leavers")
    totals = leavers.loc[leavers["unit"] == "All leavers", "value"]
    assert set(totals) == {figure("leavers_dfe", "headcount")}
    caseloads = dataset(workspace, "caseloads").set_index("measure")["value"]
    assert caseloads["average_caseload"] == figure("average_caseload_dfe", "fte")


def test_a_hidden_figure_has_its_status_and_no_value(workspace):
    import_bytes(workspace, XML)

    for name in NAMES:
        frame = dataset(workspace, name)
        hidden = frame["status"] == "c"
        assert frame.loc[hidden, ["value", "low", "high"]].isna().all(axis=None)
        assert set(frame.loc[hidden, "as_published"]) <= {"c"}
        assert (frame.loc[hidden, "note"] != "").all()


def test_no_small_headcount_is_written(workspace):
    import_bytes(workspace, XML)

    for name in NAMES:
        frame = dataset(workspace, name)
        values = frame.loc[frame["basis"] == "headcount", "value"].dropna()
        assert not values[(values > 0) & (values <= 5)].any()


def test_the_sidecar_says_how_the_figures_came_about(workspace):
    import_bytes(workspace, XML, control=Control(threshold=8, step=5))

    source = read_source(folder(workspace) / "posts.source.yaml", "posts.source.yaml")

    assert source.how_read == (
        "Derived from the council's own census return by make import, disclosure control "
        "applied (threshold 8, rounded to the nearest 5)."
    )
    assert source.body == "Exampleshire Council (made up)"
    assert source.date == "2025-09-30"
    assert source.document_sha256 == "not stated"
    assert "from 1 to 8 are hidden" in source.note
    assert "keeps every rule" in source.note


def test_the_report_tells_the_analyst_what_was_done(workspace):
    workers = with_slips(WORKERS, SLIPS)

    report = import_workers(workspace, workers, LEVEL)

    told = "\n".join(report.sentences)
    assert told.startswith(f"Read {len(WORKERS)} records; wrote census-workforce.csv, ")
    assert "figures are hidden to protect people." in told
    assert (
        "A leaver's FTE on 30 September is nought: not so in 1 record (worker" in told
    )
    assert "Cases30 is at most 40: not so in 1 record (worker" in told
    names = {result.name for result in report.rules}
    assert names == {
        "leavers-not-working", "Ethnicity-given", "start-date-and-origin",
        "StartOrigin-given", "case-holders-with-cases", "cases-at-most",
    }  # fmt: skip


def test_what_is_missing_is_not_stated_and_not_guessed(workspace):
    workers = [
        *(employed(n) for n in range(1, 31)),
        *(employed(n, OrgRole="", PersonBirthDate="") for n in range(31, 41)),
    ]

    import_workers(workspace, workers, {})

    frame = dataset(workspace, "census-workforce")
    for breakdown in ("In post by role", "In post by age"):
        rows = frame[
            (frame["breakdown"] == breakdown) & (frame["basis"] == "headcount")
        ]
        assert rows.set_index("unit")["value"]["Not stated"] == 10
    vacancies = frame[frame["measure"] == "vacancies_dfe"].iloc[0]
    assert vacancies["status"] == "x"
    source = yaml.safe_load(
        (folder(workspace) / "posts.source.yaml").read_text("utf-8")
    )
    assert "does not keep every rule" in source["note"]


# --- Which return, and of whom -----------------------------------------------------------------


def test_a_return_of_another_council_or_year_is_refused(workspace):
    with pytest.raises(
        InputFileError, match="the return of the council with the code 999"
    ):
        import_bytes(workspace, XML, council="dorset")
    with pytest.raises(InputFileError, match="it is the return of another year"):
        import_bytes(workspace, XML, period="2024-09-30")
    assert not (workspace.home / "data").exists()


@pytest.mark.parametrize("period", ["2025", "2025-09", "2025-03-31", "2025-W40"])
def test_a_period_that_is_no_reference_date_is_refused(workspace, period):
    with pytest.raises(
        PeriodError, match="give its reference date, such as PERIOD=2025-"
    ):
        import_bytes(workspace, XML, period=period)


def test_a_council_that_is_not_known_is_refused(workspace):
    with pytest.raises(CouncilError, match="Did you mean exampleshire"):
        import_bytes(workspace, XML, council="exampleshir")


def test_a_file_that_cannot_be_read_is_said_to_be_so(workspace, monkeypatch):
    path = return_path(workspace)
    with pytest.raises(InputFileError, match=r"return\.xml is not there"):
        import_census(workspace, path, "exampleshire", "2025-09-30")
    path.mkdir()
    with pytest.raises(InputFileError, match=r"return\.xml cannot be opened"):
        import_census(workspace, path, "exampleshire", "2025-09-30")
    path.rmdir()
    monkeypatch.setattr(census_import, "MOST_BYTES", 1_000)
    with pytest.raises(InputFileError, match="larger than"):
        import_bytes(workspace, XML)


def test_no_parameter_goes_under_the_floor(workspace):
    with pytest.raises(ParameterError, match="at least 5"):
        import_bytes(workspace, XML, control=Control(threshold=4))


# --- All or nothing ----------------------------------------------------------------------------


def test_what_the_council_supplied_itself_stays(workspace):
    own = folder(workspace)
    own.mkdir(parents=True)
    shutil.copy(
        SUITES.parent / "data/darlington/2016-07-31/posts.csv", own / "posts.csv"
    )
    (own / "posts.source.yaml").write_text(SOURCE, encoding="utf-8")
    (own / "commentary.yaml").write_text("posts: Ours.\n", encoding="utf-8")
    before = everything_under(own)

    report = import_bytes(workspace, XML)

    assert report.kept == ("posts",)
    assert "posts" not in report.written
    assert "posts.csv is the council's own and was left as it is" in "\n".join(
        report.sentences
    )
    after = everything_under(own)
    assert {name: after[name] for name in before} == before
    assert supplied_datasets(own) == NAMES


def test_importing_again_replaces_what_was_derived(workspace):
    import_bytes(workspace, XML)
    first = everything_under(folder(workspace))
    import_workers(workspace, [employed(n) for n in range(1, 41)], COUNCIL)
    second = everything_under(folder(workspace))
    import_bytes(workspace, XML)

    assert first != second
    assert everything_under(folder(workspace)) == first
    assert [path.name for path in folder(workspace).parent.iterdir()] == ["2025-09-30"]


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt]
)
@pytest.mark.parametrize("step", ["_write", "_move_into_place"])
def test_a_failure_while_writing_leaves_all_as_it_was(
    workspace, monkeypatch, step, error
):
    import_workers(workspace, [employed(n) for n in range(1, 41)], COUNCIL)
    before = everything_under(workspace.home / "data")

    def fail(*_):
        raise error

    monkeypatch.setattr(workers_files.Target, step, fail)
    expected = OutputError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        import_bytes(workspace, XML)

    assert everything_under(workspace.home / "data") == before


def test_a_failure_between_the_two_renames_puts_the_old_folder_back(
    workspace, monkeypatch
):
    import_workers(workspace, [employed(n) for n in range(1, 41)], COUNCIL)
    before = everything_under(workspace.home / "data")
    from pathlib import Path

    real = Path.rename

    def rename(self, target):
        if self.name.endswith(".importing"):
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OutputError, match=r"cannot be written .* it is as it was"):
        import_bytes(workspace, XML)

    assert everything_under(workspace.home / "data") == before


def test_an_interrupted_import_is_put_right_by_the_next(workspace):
    import_bytes(workspace, XML)
    before = everything_under(folder(workspace))
    target = folder(workspace)
    target.rename(target.with_name(".2025-09-30.replaced"))
    (target.parent / ".2025-09-30.importing").mkdir()
    (target.parent / ".2025-09-30.importing" / "half.csv").write_text(
        "", encoding="utf-8"
    )

    import_bytes(workspace, XML)

    assert everything_under(target) == before
    assert [path.name for path in target.parent.iterdir()] == ["2025-09-30"]


def test_the_same_return_gives_the_same_bytes(workspace):
    import_bytes(workspace, XML)
    first = everything_under(folder(workspace))
    import_bytes(workspace, XML)

    assert everything_under(folder(workspace)) == first
    for raw in first.values():
        assert b"\r" not in raw


def test_a_return_is_read_as_what_it_is_whatever_it_is_called(workspace):
    path = return_path(workspace).with_suffix(".txt")
    for raw in (XML, as_csv(WORKERS, LEVEL, 2025), b"\xef\xbb\xbf" + XML):
        path.write_bytes(raw)
        report = import_census(workspace, path, "exampleshire", "2025-09-30")
        assert report.records == len(WORKERS)


def test_the_return_is_never_written_to(workspace):
    path = return_path(workspace)
    path.write_bytes(XML)
    path.chmod(0o400)

    import_census(workspace, path, "exampleshire", "2025-09-30")

    assert path.read_bytes() == XML
    assert a_return([employed(1)]).la_code == "999"
