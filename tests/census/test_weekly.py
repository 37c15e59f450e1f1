"""A weekly list of caseloads: read leniently, refused clearly, and kept safe."""

import csv
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrutiny_pack.errors import InputFileError, PackError, ParameterError, PeriodError
from scrutiny_pack.imports import caseload_import
from scrutiny_pack.imports.caseload_figures import Week, week_figures
from scrutiny_pack.imports.caseload_import import import_caseloads
from scrutiny_pack.imports.disclosure import Control
from scrutiny_pack.inputs.datasets import load_dataset
from tests.census.returns import everything_under
from tests.census.solving import Equations

HEAD = "Week commencing,Team name,Worker ID,Number of cases\n"
RARE = "Zebedee Quux,EX7777777777"


def a_list(weeks=("2022-W09", "2022-W10"), sizes=(14, 13, 20), seed=1) -> str:
    made = random.Random(seed)  # noqa: S311 - made-up cases
    return HEAD + "".join(
        f"{week},Team {'ABCDEFGH'[place]},{place}-{worker},{made.randint(5, 25)}\n"
        for week in weeks
        for place, size in enumerate(sizes)
        for worker in range(size)
    )


def imported(workspace, text, period=None, name="list.csv", **parameters):
    path = workspace.home / "returns" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_caseloads(
        workspace, path, "exampleshire", period, lambda week: parameters
    )


def rows(workspace, week="2022-W10") -> list[dict[str, str]]:
    folder = workspace.data_folder("exampleshire", week)
    load_dataset(folder, "weekly-caseloads", workspace.home)
    with (folder / "weekly-caseloads.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figure(found, unit, measure, week="2022-W10"):
    (row,) = [
        row
        for row in found
        if (row["unit"], row["measure"], row["as_at"]) == (unit, measure, week)
    ]
    return row


def test_a_team_whose_name_lost_a_character_is_told_by_the_line_of_the_list(workspace):
    with pytest.raises(
        InputFileError, match=r"list\.csv[\s\S]*line 2\b.*cannot be read"
    ):
        imported(workspace, a_list().replace("Team A", "T\ufffdam A", 1))
    assert not (workspace.home / "data").exists()


def test_it_is_added_up_by_week_and_team(workspace):
    text = HEAD + "".join(
        f"07/03/2022,North,n{i},{i}\n13/03/2022,South,s{i},10\n" for i in range(12)
    )
    report = imported(workspace, text)

    found = rows(workspace)
    assert figure(found, "North", "workers_weekly")["value"] == "12"
    assert figure(found, "North", "cases_weekly")["value"] == "66"
    ends = figure(found, "North", "caseload_range_weekly")
    assert (ends["low"], ends["high"]) == ("5", "6")  # without five at either end
    assert figure(found, "All workers", "workers_weekly")["value"] == "24"
    assert figure(found, "All workers", "cases_weekly")["value"] == "186"
    assert "Dates were read as day/month/year." in report.sentences


def test_workers_above_the_ceiling_are_counted_unless_they_are_few(workspace):
    cases = [4] * 20 + [19] * 6 + [25] * 2
    text = HEAD + "".join(f"2022-W10,A,w{i},{n}\n" for i, n in enumerate(cases))
    imported(workspace, text, caseload_ceiling=18)
    assert (
        figure(rows(workspace), "All workers", "workers_above_ceiling")["value"] == "8"
    )

    week = "2022-W11"
    imported(workspace, text.replace("2022-W10", week), caseload_ceiling=20)
    found = rows(workspace, week)
    assert figure(found, "All workers", "caseload_ceiling", week)["value"] == "20"
    above = figure(found, "All workers", "workers_above_ceiling", week)
    assert (above["value"], above["status"]) == ("", "c")
    ranges = [row for row in found if row["measure"] == "caseload_range_weekly"]
    assert {row["as_at"] for row in ranges} == {"2022-W10"}  # it would tell


def test_a_worker_in_two_teams_is_counted_once_in_the_whole(workspace):
    twice = "".join(f"2022-W10,Team B,0-{worker},1\n" for worker in range(8))
    imported(workspace, a_list(("2022-W10",)) + twice)

    found = rows(workspace)
    assert figure(found, "Team B", "workers_weekly")["value"] == "21"
    assert figure(found, "All workers", "workers_weekly")["value"] == "47"


@pytest.mark.parametrize(
    ("written", "week"),
    [
        ("2022-W10", "2022-W10"),
        ("2022w10", "2022-W10"),
        ("2022-03-13", "2022-W10"),
        ("7/3/2022", "2022-W10"),
        ("10 March 2022", "2022-W10"),
        ("44627", "2022-W10"),
        ("2022-03-07 00:00:00", "2022-W10"),
        ("03/01/2021", "2020-W53"),
    ],
)
def test_any_date_in_the_week_names_it(workspace, written, week):
    text = a_list(("2022-W10",)).replace("2022-W10", written)
    assert imported(workspace, text).folder.endswith(week)


def test_what_excel_does_to_a_list_is_put_up_with_and_said(workspace):
    text = "Caseloads,,,\n,,,\n" + a_list(("2022-W10",)).replace(
        "Team A", " team  a ", 3
    )
    text += "2022-W10,Grand total,,700\n,,,\n"
    report = imported(workspace, b"\xef\xbb\xbf" + text.replace(",", ";").encode())

    told = " ".join(report.sentences)
    for words in ("semicolons", "headings stand in line 3", "totals", "one spelling"):
        assert words in told
    units = {row["unit"].casefold() for row in rows(workspace)}
    assert units == {"team a", "team b", "team c", "all workers"}


def test_a_workbook_is_read_like_a_csv_file(workspace, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for line in a_list(("2022-W10",)).splitlines():
        sheet.append([int(c) if c.isdecimal() else c for c in line.split(",")])
    book.save(tmp_path / "list.xlsx")
    imported(workspace, (tmp_path / "list.xlsx").read_bytes(), name="list.xlsx")
    by_workbook = rows(workspace)
    imported(workspace, a_list(("2022-W10",)))
    assert rows(workspace) == by_workbook


def test_every_slip_is_told_at_once_and_none_shows_what_stands_there(workspace):
    text = HEAD + (
        f"soon,North,{RARE.split(',', maxsplit=1)[0]},4\n2022-W10,#REF!,b,5\n2022-W10,North,,5\n"
        "2022-W10,North,c,3.5\n2022-W10,North,d,999\n2022-W10,North,e,1\n"
        f"2022-W10,North,e,2\n2022-W10,North,f,{RARE.split(',')[1]}\n"
    )
    with pytest.raises(InputFileError) as caught:
        imported(workspace, text)

    told = str(caught.value)
    for words in (
        "line 2, week", "line 3, team", "line 4, worker: it is empty",
        "lines 5 and 9, cases", "line 6, cases: it is more than 200", "line 8, worker",
    ):  # fmt: skip
        assert words in told
    assert not any(word in told for word in ("Zebedee", "EX777", "soon", "3.5", "999"))
    assert not (workspace.home / "data").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "headings"),
        (a_list() + "2022-W10,A,b,1,2,3\n", "more cells"),
        (HEAD, "no row"),
        (HEAD + "2022-W10,A,b,1,2,3\n", "no heading"),
        (HEAD + "2022-W10,Sam,sam,1\n", "called the same as the team"),
        (HEAD + "".join(f"2022-W10,w{i},A,1\n" for i in range(9)), "exchanged"),
        (HEAD.replace("Team name", "Cases"), "headings"),
        (HEAD.replace("\n", ",Cases\n") + "2022-W10,A,b,1,1\n", "2 columns"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(workspace, text, words):
    with pytest.raises(InputFileError, match=words):
        imported(workspace, text)
    assert not (workspace.home / "data").exists()


def test_it_must_not_lie_where_evidence_is_kept(workspace):
    path = workspace.home / "list.csv"
    path.write_text(a_list(), encoding="utf-8")
    with pytest.raises(InputFileError, match="returns/"):
        import_caseloads(workspace, path, "exampleshire")


def test_a_list_of_one_week_a_week_keeps_the_weeks_before(workspace):
    imported(workspace, a_list(("2022-W08", "2022-W09")))
    before = rows(workspace, "2022-W09")
    report = imported(workspace, a_list(("2022-W11",), seed=2))

    after = rows(workspace, "2022-W11")
    assert after[: len(before)] == before
    assert {row["as_at"] for row in after[len(before) :]} == {"2022-W11"}
    assert (
        "There is no return for 1 week: 2022-W10. It is shown as a gap." in report.notes
    )
    assert rows(workspace, "2022-W09") == before


def test_a_team_without_a_return_makes_the_whole_not_comparable(workspace):
    imported(workspace, a_list(("2022-W09",)))
    report = imported(workspace, a_list(("2022-W10",), sizes=(14, 13)))

    whole = figure(rows(workspace), "All workers", "workers_weekly")
    assert whole["status"] == "u"
    assert whole["note"].startswith(
        "Not comparable with other weeks: no return of Team C"
    )
    assert any("2022-W10 has no return of Team C" in note for note in report.notes)


def test_the_period_is_a_week_of_the_list(workspace):
    assert imported(workspace, a_list(), "2022-W09").weeks == 1
    assert {row["as_at"] for row in rows(workspace, "2022-W09")} == {"2022-W09"}
    for period in ("2022-03", "2022-W11", "2021-W01"):
        with pytest.raises(PeriodError):
            imported(workspace, a_list(), period)


@pytest.mark.parametrize(
    "parameters", [{"disclosure_threshold": 4}, {"caseload_ceiling": 0}]
)
def test_a_parameter_that_protects_nobody_is_refused(workspace, parameters):
    with pytest.raises(ParameterError):
        imported(workspace, a_list(), **parameters)


# --- Privacy ------------------------------------------------------------------------------


def test_a_rare_worker_is_nowhere_in_what_is_written_or_said(workspace, capfd):
    text = (
        a_list(sizes=(14, 13, 20, 9))
        + f"2022-W10,Team D,{RARE.split(',', maxsplit=1)[0]},97\n"
    )
    report = imported(workspace, text, caseload_ceiling=30)

    written = b"".join(everything_under(workspace.home / "data").values())
    said = "\n".join(report.sentences) + repr(report)
    for trace in (b"Zebedee", b"Quux", b",97,"):
        assert trace not in written
        assert trace.decode() not in said
    assert capfd.readouterr() == ("", "")
    above = figure(rows(workspace), "All workers", "workers_above_ceiling")
    assert (above["value"], above["status"]) == ("", "c")


@pytest.mark.parametrize(
    "step", ["read_caseload_list", "values_by_week", "week_figures"]
)
def test_a_fault_of_ours_lets_nothing_out(workspace, monkeypatch, step):
    def broken(*args):
        raise KeyError(RARE)

    monkeypatch.setattr(caseload_import, step, broken)
    with pytest.raises(InputFileError, match="fault in this project") as caught:
        imported(workspace, a_list())
    assert "Zebedee" not in str(caught.value)
    assert caught.value.__context__ is None
    assert not (workspace.home / "data").exists()


def hidden_ends(found, week: str) -> dict[str, tuple[float, float]]:
    """What a solver makes of each hidden number of people in one week."""
    here = [row for row in found if row["as_at"] == week]
    equations = Equations()
    hidden = []
    teams = []
    for row in here:
        if row["measure"] != "workers_weekly":
            continue
        if row["value"]:
            equations.known(row["unit"], float(row["value"]))
        else:
            equations.unknown(row["unit"], 1)
            hidden.append(row["unit"])
        if row["unit_kind"] == "team":
            teams.append(row["unit"])
    equations.adds_up("All workers", teams)
    return {unit: equations.ends(unit) for unit in hidden}


@pytest.mark.parametrize("seed", range(12))
def test_a_solver_cannot_narrow_what_is_hidden(workspace, seed):
    made = random.Random(seed)  # noqa: S311 - made-up teams
    weeks = [f"2022-W{week:02}" for week in range(1, 7)]
    text = HEAD
    for week in weeks:
        sizes = [made.choice((1, 2, 3, 5, 6, 7, 9, 14, 20)) for _ in range(5)]
        text += a_list((week,), sizes, made.random()).removeprefix(HEAD)
    imported(workspace, text, caseload_ceiling=18)

    found = rows(workspace, weeks[-1])
    narrowed = {week: hidden_ends(found, week) for week in weeks}
    assert any(narrowed.values())
    for week, ends in narrowed.items():
        for low, high in ends.values():
            assert high - low >= 5
        hidden = [
            row for row in found if row["as_at"] == week and row["status"] == "c"
            and row["measure"] == "cases_weekly" and row["unit_kind"] == "team"
        ]  # fmt: skip
        assert len(hidden) != 1  # it would be the whole less the others


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.integers(0, 40), min_size=1, max_size=16), min_size=1, max_size=5
    ),
    st.integers(1, 30),
)
def test_no_small_number_of_people_is_shown(teams, ceiling):
    held = {f"T{i}": [(n, n) for n in cases] for i, cases in enumerate(teams)}
    week = Week([n for cases in teams for n in cases], held)
    for shown in week_figures(week, ceiling, Control()):
        if shown.measure in ("workers_weekly", "workers_above_ceiling"):
            assert shown.value is None or not 0 < shown.value <= 5
        if shown.measure == "workers_above_ceiling" and shown.value is not None:
            below = len(week.workers) - shown.value
            assert not 0 < below <= 5
            assert below


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_broken_list_is_read_or_refused_and_never_imported_in_part(
    workspace, tmp_path_factory, data
):
    raw = bytearray(a_list(("2022-W10",), sizes=(7, 6)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        piece = data.draw(
            st.sampled_from([b"", b'"', b",", b"\n", b"\xff", b"\0", b"#REF!", b"-", b"9" * 30, HEAD.encode()])
            | st.binary(max_size=4)
        )  # fmt: skip
        raw[place : place + data.draw(st.integers(0, 5))] = piece
        raw = raw or bytearray(b" ")
    before = everything_under(workspace.home / "data")
    try:
        imported(workspace, bytes(raw))
    except PackError as error:
        assert "list.csv" in str(error)
        assert "fault in this project" not in str(error)
        assert everything_under(workspace.home / "data") == before
    else:
        for folder in Path(workspace.home / "data").glob("*/*"):
            load_dataset(folder, "weekly-caseloads", workspace.home)
