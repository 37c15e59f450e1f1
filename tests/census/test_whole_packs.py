"""A rare worker is planted, and whole packs and archives are made and searched for him.

He is in the census return (see `rare`) and, by a name, in the weekly list. What is
searched is every byte outside returns/ that the commands leave behind: the data, packs in
every format, archives, caches, run records, what libraries keep in the user's folders,
and all that is said on the screen, with tracebacks on.
"""

import csv
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from scrutiny_pack.exampleshire.census_return import as_xml
from tests.census.rare import GENERIC, RARE, TRACES, traces_in, traces_under
from tests.census.test_privacy import LEVEL, OTHERS
from tests.run.small_project import CLONE, OPTIONS

pytestmark = pytest.mark.slow

NAME, HIS_CASES = "Zebedee Quux-Featherstonehaugh", 97
UNIQUE = (
    *(trace for trace in TRACES if trace not in GENERIC),
    NAME, *NAME.split(), NAME.upper(), "Zebedee.Quux",
)  # fmt: skip
CENSUS, WEEK = "2025-09-30", "2025-W37"
HIS_GROUPS = ("Senior manager", "60 and over", "20 years and over", "31 cases and over")

WEEKLY = "Week,Team,Worker,Cases\n" + "".join(
    f"{week},{team},{team}-{worker},{5 + (worker * 7 + place) % 16}\n"
    for week in ("2025-W36", WEEK)
    for place, (team, size) in enumerate(
        (("North", 22), ("South", 17), ("West", 14), ("Small", 4))
    )
    for worker in range(size)
)

MAIN = "import sys; from scrutiny_pack.cli import main; sys.exit(main())"


def run(place: Path, *words: str, before: str = "", **options: str):
    """A command as a council gives it, with all that it could leave in ``place``."""
    elsewhere = place / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    kept = {n: v for n, v in os.environ.items() if n not in OPTIONS}
    folders = dict.fromkeys(
        ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "MPLCONFIGDIR",
         "IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR"),
        str(elsewhere),
    )  # fmt: skip
    given = {"WORKSPACE": str(place / "council"), "COUNCIL": "exampleshire"}
    return subprocess.run(
        [sys.executable, "-c", f"{before}\n{MAIN}", *words],
        cwd=CLONE,
        env=kept | folders | given | {"DEBUG": "1"} | options,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )


def planted(place: Path) -> None:
    """The return and the list with him, and the parameters."""
    returns = place / "council" / "returns"
    returns.mkdir(parents=True)
    middle = len(OTHERS) // 2
    workers = [*OTHERS[:middle], RARE, *OTHERS[middle:]]
    (returns / "return.xml").write_bytes(as_xml(workers, LEVEL, 2025))
    him = f"{WEEK},North,{NAME},{HIS_CASES}\n"
    (returns / "list.csv").write_text(WEEKLY + him, encoding="utf-8")
    params = place / "council" / "params" / "exampleshire"
    params.mkdir(parents=True)
    (params / f"{WEEK}.yaml").write_text("caseload_ceiling: 30\n", encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Both files imported, both packs made in every format, and archived."""
    place = tmp_path_factory.mktemp("rare").resolve()
    planted(place)
    returns = place / "council" / "returns"
    said = [
        run(place, "import", CENSUS=str(returns / "return.xml"), PERIOD=CENSUS),
        run(place, "import", CASELOADS=str(returns / "list.csv"), PERIOD=WEEK),
    ]
    for period in (CENSUS, WEEK):
        said += [
            run(place, "pack", PERIOD=period, FORMATS="all"),
            run(place, "archive", PERIOD=period),
        ]
    for one in said:
        assert one.returncode == 0, one.stderr
    return SimpleNamespace(
        place=place,
        home=place / "council",
        said="\n".join(one.stdout + one.stderr for one in said),
    )


def outside_returns(place: Path) -> dict[str, list[str]]:
    found = traces_under(place, UNIQUE)
    return {
        path: traces for path, traces in found.items()
        if not path.startswith("council/returns/")
    }  # fmt: skip


def test_he_is_in_no_byte_that_is_left_behind(made):
    everything = traces_under(made.place, UNIQUE)
    assert set(everything) == {"council/returns/return.xml", "council/returns/list.csv"}


def test_what_was_searched_is_all_that_there_should_be(made):
    output = made.home / "output"
    for period in (CENSUS, WEEK):
        pack = output / "exampleshire" / period
        names = {path.name for path in pack.rglob("*") if path.is_file()}
        assert {"index.html", "annex.pdf", "annex.docx", "evidence.xlsx"} <= names
        assert {"evidence.json", "validation.json"} <= names
        assert (output / "exampleshire" / f"{period}.run.json").exists()
        assert list((output / "archive").glob(f"exampleshire-{period.lower()}-*.zip"))
    assert list((output / ".cache").rglob("*.csv"))
    assert list((output / ".checks").rglob("*"))


def test_he_is_in_nothing_that_was_said(made):
    assert "Read " in made.said
    assert traces_in(made.said.encode(), UNIQUE) == []


def test_what_only_he_is_stands_nowhere_in_a_table_or_chart(made):
    pack = made.home / "output" / "exampleshire" / CENSUS
    hidden = 0
    for path in sorted(pack.glob("*/*.csv")):
        for row in rows_of(path):
            his = row.get("unit", "").removeprefix("Went to: ") in HIS_GROUPS or (
                row.get("band") in HIS_GROUPS
            )
            of_leavers = "eaver" in path.name or "leaver" in row.get("measure", "")
            if his and not of_leavers:
                assert row["value"] == "", (path.name, row)
                assert "c" in row["status"].split()
                hidden += 1
    assert hidden > 8


def test_his_cases_stand_nowhere_in_the_pack_of_his_week(made):
    pack = made.home / "output" / "exampleshire" / WEEK
    found = [row for path in pack.glob("*/*.csv") for row in rows_of(path)]
    numbers = {
        float(row[name])
        for row in found
        for name in ("value", "low", "high", "numerator")
        if row.get(name)
    }
    assert numbers
    assert HIS_CASES not in numbers
    above = [row for row in found if row.get("measure") == "workers_above_ceiling"]
    assert above
    assert {(r["value"], r["status"]) for r in above if r["as_at"] == WEEK} == {
        ("", "c")
    }


def test_nothing_of_the_groups_that_are_not_published_is_there(made):
    """Ethnicity, sex and pay are in nothing that is made of the council's own files."""
    for folder in (made.home / "data", made.home / "output" / "exampleshire"):
        for path in folder.rglob("*"):
            if path.suffix in (".csv", ".json", ".svg"):
                text = path.read_text("utf-8")
                assert "Chinese" not in text
                assert "CHNE" not in text


def test_the_archive_holds_no_list_of_workers(made):
    archives = list((made.home / "output" / "archive").glob("*.zip"))
    assert len(archives) == 2
    for path in archives:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        assert not [n for n in names if n.endswith(("return.xml", "list.csv"))]
        assert traces_in(path.read_bytes(), ("North-3", "West-11", "EX0000000")) == []


BREAKING = """
import scrutiny_pack.imports.{module} as module
real = module.{step}
def broken(*args, **others):
    made = real(*args, **others)
    raise {kind}(f"EX7777777777 {name} 1949-12-27 {{made!r}}")
module.{step} = broken
"""
STEPS = (
    ("census_import", "typed", "CENSUS", "return.xml"),
    ("census_import", "worker_frame", "CENSUS", "return.xml"),
    ("census_import", "protected", "CENSUS", "return.xml"),
    ("caseload_import", "read_caseload_list", "CASELOADS", "list.csv"),
    ("caseload_import", "values_by_week", "CASELOADS", "list.csv"),
    ("caseload_import", "week_figures", "CASELOADS", "list.csv"),
)


@pytest.mark.parametrize(("module", "step", "option", "name"), STEPS)
@pytest.mark.parametrize("kind", ["KeyError", "MemoryError"])
def test_a_crash_says_nothing_of_him(tmp_path, module, step, option, name, kind):
    planted(tmp_path)
    path = str(tmp_path / "council" / "returns" / name)
    before = BREAKING.format(module=module, step=step, kind=kind, name=NAME)
    period = CENSUS if option == "CENSUS" else WEEK

    done = run(tmp_path, "import", before=before, PERIOD=period, **{option: path})

    assert done.returncode != 0
    assert "fault in this project" in done.stdout + done.stderr
    assert traces_in((done.stdout + done.stderr).encode(), UNIQUE) == []
    assert outside_returns(tmp_path) == {}
    assert not (tmp_path / "council" / "data").exists()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("return.xml", b"0.137931", b"7.137931"),
        ("return.xml", b"1949-12-27", b"27 December 1949"),
        ("list.csv", b",97\n", b",97 for Zebedee\n"),
        ("list.csv", b"North,Zebedee", b"#REF!,Zebedee"),
    ],
)
def test_a_message_about_his_line_says_nothing_of_him(tmp_path, name, old, new):
    planted(tmp_path)
    path = tmp_path / "council" / "returns" / name
    raw = path.read_bytes()
    assert old in raw
    path.write_bytes(raw.replace(old, new))
    options = (
        {"CENSUS": str(path)} if name.endswith("xml") else {"CASELOADS": str(path)}
    )
    period = CENSUS if name.endswith("xml") else WEEK

    done = run(tmp_path, "import", PERIOD=period, **options)

    assert done.returncode != 0
    assert "line" in done.stderr + done.stdout
    assert traces_in((done.stdout + done.stderr).encode(), (*UNIQUE, "7.137931")) == []
    assert outside_returns(tmp_path) == {}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_evidence_json_marks_what_is_hidden(made):
    """The contract that other formats read has no number in a hidden cell either."""
    pack = made.home / "output" / "exampleshire" / CENSUS
    evidence = json.loads((pack / "evidence.json").read_text("utf-8"))
    text = json.dumps(evidence)
    assert "census-by-role" in text
    for group in HIS_GROUPS:
        assert f"{group}: 1 of" not in text
