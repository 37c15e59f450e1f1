"""Nothing of a worker gets out: not in files, messages, logs, crashes or leftovers."""

import base64
import csv
import gzip
import logging
import traceback
import zipfile
import zlib
from itertools import count

import pytest

from scrutiny_pack.errors import InputFileError, PackError
from scrutiny_pack.exampleshire.census_return import (
    as_csv,
    as_xml,
    council_level,
    records,
)
from scrutiny_pack.imports import census_import
from scrutiny_pack.imports.census_groups import Groups
from scrutiny_pack.imports.census_measures import Sums
from scrutiny_pack.imports.census_records import RawReturn, RawWorker
from scrutiny_pack.imports.census_workers import worker_frame
from scrutiny_pack.imports.disclosure import Control
from tests.census.rare import RARE, TRACES, traces_in, traces_under
from tests.census.returns import (
    COUNCIL,
    a_return,
    agency,
    employed,
    everything_under,
    import_bytes,
    import_workers,
)

OTHERS = [
    worker
    for worker in records(2025, 250)
    if worker.get("OrgRole") != "1"
    and worker.get("Ethnicity") != "CHNE"
    and worker.get("PersonBirthDate", "1990") > "1966"
    and int(worker.get("Cases30", 0)) < 31
]
LEVEL = council_level(2025, 250)


def figures_of(workspace, dataset: str) -> list[dict[str, str]]:
    folder = workspace.data_folder("exampleshire", "2025-09-30")
    with (folder / f"{dataset}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- A rare worker -------------------------------------------------------------------------


@pytest.mark.parametrize("write", [as_xml, as_csv])
@pytest.mark.parametrize("control", [Control(), Control(step=5), Control(threshold=9)])
def test_a_rare_worker_is_nowhere_in_what_is_written_or_said(
    workspace, tmp_path, capfd, caplog, write, control
):
    caplog.set_level(logging.DEBUG)
    place = len(OTHERS) // 2
    workers = [*OTHERS[:place], RARE, *OTHERS[place:]]

    report = import_bytes(workspace, write(workers, LEVEL, 2025), control=control)

    found = traces_under(tmp_path)
    assert list(found) == ["council/returns/return.xml"]  # where he belongs
    assert traces_in("\n".join(report.sentences).encode()) == []
    assert traces_in(repr(report).encode()) == []
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_what_only_he_is_is_hidden_and_so_is_what_would_give_it_away(workspace):
    import_bytes(workspace, as_xml([*OTHERS, RARE], LEVEL, 2025))

    rows = figures_of(workspace, "census-workforce")
    of_him = ("Senior manager", "60 and over", "20 years and over", "31 cases and over")
    for unit in of_him:
        his = [r for r in rows if r["unit"] == unit and "eavers" not in r["breakdown"]]
        assert his
        for row in his:
            assert (row["value"], row["status"]) == ("", "c")
            same = [r for r in rows if r["breakdown"] == row["breakdown"]]
            hidden = [r for r in same if r["status"] == "c"]
            assert len(hidden) > len(his)
    for dataset in ("caseloads", "caseload-bands"):
        for row in figures_of(workspace, dataset):
            assert "31" not in (row["value"], row["low"], row["high"])


def test_a_file_with_and_without_him_differs_by_no_small_number(workspace):
    """What is shown changes by him alone nowhere but in totals that are not small."""
    shown = []
    for workers in (OTHERS, [*OTHERS, RARE]):
        import_bytes(workspace, as_xml(workers, LEVEL, 2025))
        rows = figures_of(workspace, "census-workforce")
        shown.append(
            {
                (r["breakdown"], r["unit"], r["measure"]): float(r["value"])
                for r in rows
                if r["basis"] == "headcount"
                and r["value"]
                and "rate" not in r["measure"]
            }
        )
    without, with_him = shown

    for key in without.keys() & with_him.keys():
        assert with_him[key] == 0 or with_him[key] > 5
    his = {key for key in without if "Senior manager" in key or "60 and over" in key}
    assert not {key for key in his if "Leavers" not in key[0]} & with_him.keys()


def test_the_search_for_him_finds_him(tmp_path):
    raw = as_xml([RARE], COUNCIL, 2025)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pack/page.html", "Born 27 December 1949")
    pdf = b"%PDF-1.7\nstream\n" + zlib.compress(b"(EX7777777777) Tj") + b"\nendstream"
    (tmp_path / "annex.pdf").write_bytes(pdf)

    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "a.zip", "packed/a.zip")
    hidden = base64.b64encode(gzip.compress(b"0.137931"))
    (tmp_path / "page.html").write_bytes(b"<img src='data:x;base64," + hidden + b"'>")
    (tmp_path / "data.json").write_bytes(rb'"\u0031949-12-27"')

    assert set(traces_in(raw)) >= {"EX7777777777", "1949-12-27", "CHNE", "98765"}
    assert traces_under(tmp_path) == {
        "a.zip": ["27 December 1949"],
        "annex.pdf": ["EX7777777777"],
        "b.zip": ["27 December 1949"],
        "data.json": ["1949-12-27"],
        "page.html": ["0.137931"],
    }


def test_no_hash_of_the_return_or_of_a_worker_is_written(workspace):
    report = import_bytes(workspace, as_xml([*OTHERS, RARE], LEVEL, 2025))

    written = b"".join(everything_under(workspace.home / "data").values())

    assert report.sha256.encode() not in written
    assert b"document_sha256: not stated" in written
    for word in written.replace(b",", b" ").split():
        assert len(word) < 60


def test_ethnicity_sex_pay_and_qualification_are_in_no_figure(workspace):
    import_bytes(workspace, as_xml([*OTHERS, RARE], LEVEL, 2025))

    written = b"".join(everything_under(workspace.home / "data").values()).decode()

    for word in ("White", "British", "Female", "ethnic", "alary", "graduate", "Uni"):
        assert word not in written


# --- Messages -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [
        {"FTE": "1.137931"},
        {"PersonBirthDate": "1949-27-12"},
        {"PersonBirthDate": "27.12.1949"},
        {"Ethnicity": "CHNE?"},
        {"OrgRole": "EX7777777777"},
        {"SWENo": ""},
        {"Cases30": "98765"},
        {"QualInst": "EX7777777777" * 300},
        {"AgencyWorker": "27 December 1949"},
    ],
)
@pytest.mark.parametrize("write", [as_xml, as_csv])
def test_no_message_about_him_says_what_stands_there(workspace, write, changed):
    worker = {**RARE, **changed}

    with pytest.raises(InputFileError) as caught:
        import_bytes(workspace, write([employed(2), worker, agency(3)], COUNCIL, 2025))

    told = str(caught.value)
    assert traces_in(told.encode()) == []
    assert "worker 2" in told or "line 3" in told
    assert all(value not in told for value in changed.values() if len(value) > 3)


def test_a_return_without_headings_does_not_show_its_first_worker(workspace):
    raw = as_csv([RARE, employed(2)], COUNCIL, 2025).split(b"\n", 1)[1]

    with pytest.raises(InputFileError) as caught:
        import_bytes(workspace, raw)

    assert traces_in(str(caught.value).encode()) == []


def test_an_element_that_is_named_after_him_is_not_shown(workspace):
    raw = as_xml([RARE], COUNCIL, 2025).replace(b"OrgRole", b"EX7777777777")

    with pytest.raises(InputFileError) as caught:
        import_bytes(workspace, raw)

    assert traces_in(str(caught.value).encode()) == []


def test_rules_that_he_breaks_name_his_place_and_are_not_written(workspace):
    worker = {**RARE, "Cases30": "88", "StartOrigin": ""}

    report = import_workers(workspace, [*OTHERS, worker], LEVEL)

    names = {result.name for result in report.rules}
    assert {"cases-at-most", "start-date-and-origin", "StartOrigin-given"} <= names
    assert {result.positions for result in report.rules} >= {(len(OTHERS) + 1,)}
    assert traces_in("\n".join(report.sentences).encode()) == []
    written = b"".join(everything_under(workspace.home / "data").values())
    for name in names:
        assert name.encode() not in written
    assert f"worker {len(OTHERS) + 1}".encode() not in written


# --- Crashes --------------------------------------------------------------------------------


STEPS = ("read_xml", "typed", "worker_frame", "protected", "check_rules")


def in_our_frames(error: BaseException) -> str:
    """All that stands in the frames of our code that an error carries with it."""
    told = []
    seen: BaseException | None = error
    while seen is not None:
        for frame, _ in traceback.walk_tb(seen.__traceback__):
            if "scrutiny_pack" in frame.f_code.co_filename:
                told += [repr(value) for value in frame.f_locals.values()]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(told)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("kind", [KeyError, ValueError, MemoryError, RecursionError])
def test_a_fault_of_ours_lets_nothing_of_him_out(workspace, monkeypatch, step, kind):
    real = getattr(census_import, step)

    def broken(*args, **others):
        result = real(*args, **others)
        msg = f"EX7777777777 born 1949-12-27 in {result!r:.20}"
        raise kind(msg)

    monkeypatch.setattr(census_import, step, broken)
    with pytest.raises(InputFileError) as caught:
        import_workers(workspace, [RARE, employed(2)])

    error = caught.value
    assert traces_in(str(error).encode()) == []
    assert f"a fault in this project ({kind.__name__} in test_privacy.py" in str(error)
    assert error.__context__ is None
    assert error.__cause__ is None
    assert traces_in(in_our_frames(error).encode()) == []
    assert not workspace.data_folder("exampleshire", "2025-09-30").exists()


def test_an_error_about_him_has_no_frame_with_him_in_it(workspace):
    with pytest.raises(InputFileError) as caught:
        import_workers(workspace, [{**RARE, "FTE": "2"}, employed(2)])

    assert traces_in(in_our_frames(caught.value).encode()) == []


def test_a_warning_of_a_library_is_not_heard(workspace, monkeypatch, recwarn):
    import warnings

    real = census_import.worker_frame

    def warning(*args):
        warnings.warn("EX7777777777", stacklevel=1)
        return real(*args)

    monkeypatch.setattr(census_import, "worker_frame", warning)
    import_workers(workspace, [RARE, *(employed(n) for n in range(2, 40))])

    assert list(recwarn) == []


def test_a_record_does_not_show_itself():
    census = a_return([RARE, employed(2)])
    frame = worker_frame(census)
    from scrutiny_pack.imports import census_measures as measures
    from scrutiny_pack.imports.census_groups import groups_of

    added = measures.sums(frame, census.la_level)
    groups = groups_of(frame, added)
    raw = RawWorker(1, 10, {name: [text] for name, text in RARE.items()})
    whole = RawReturn("r.xml", {}, {}, [raw], ())

    assert isinstance(added, Sums)
    assert isinstance(groups, Groups)
    for thing in (census, census.workers, raw, whole, added, groups):
        for told in (repr(thing), str(thing), f"{thing}"):
            assert traces_in(told.encode()) == []
            assert "31" not in told


# --- Leftovers -------------------------------------------------------------------------------


def test_nothing_is_left_elsewhere(workspace, tmp_path, monkeypatch):
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(elsewhere))
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    monkeypatch.chdir(elsewhere)
    before = set(everything_under(tmp_path))

    import_workers(workspace, [*OTHERS, RARE], LEVEL)

    new = set(everything_under(tmp_path)) - before - {"council/returns/return.xml"}
    folder = "council/data/exampleshire/2025-09-30/"
    assert new
    assert all(path.startswith(folder) for path in new)


@pytest.mark.parametrize(
    "place", ["data", "output", "data/exampleshire/2025-09-30", "params", "."]
)
def test_a_return_that_lies_where_evidence_is_kept_is_refused(workspace, place):
    folder = workspace.home / place
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "return.xml"
    path.write_bytes(as_xml([RARE], COUNCIL, 2025))

    with pytest.raises(InputFileError, match="move it to the folder returns/"):
        census_import.import_census(workspace, path, "exampleshire", "2025-09-30")


def test_a_return_outside_is_read(workspace, tmp_path):
    path = tmp_path / "elsewhere.xml"
    path.write_bytes(as_xml(OTHERS, LEVEL, 2025))

    report = census_import.import_census(workspace, path, "exampleshire", "2025-09-30")

    assert report.records == len(OTHERS)


def test_the_import_is_the_same_whatever_the_key(workspace):
    """The key of the hash is made at random, and nothing that is written shows it."""
    written = []
    for _ in range(2):
        import_workers(workspace, [*OTHERS, RARE], LEVEL)
        written.append(everything_under(workspace.home / "data"))

    assert written[0] == written[1]


def test_every_trace_is_looked_for():
    numbers = count()
    for trace in TRACES:
        assert traces_in(f"{next(numbers)} {trace}.".encode()) == [trace]
    assert issubclass(InputFileError, PackError)
