"""The arithmetic of the benchmark: what it measures is for a quiet machine."""

import csv
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bench():
    return SimpleNamespace(**runpy.run_path(str(PROJECT / "tools" / "bench.py")))


def test_a_ratio_says_what_part_of_the_other_it_is(bench):
    assert bench.ratio(40.0, 8.0) == "1/5.0"
    assert bench.ratio(8.0, 40.0) == "1"


def test_the_floor_is_divided_by_the_processors(bench):
    growth = bench.Growth(floor=4.0, processors=2)
    growth.runs[10] = bench.Measured(wall=26.0, processor=50.0, memory=300.0)
    assert growth.of_floor(10) == pytest.approx(1.3)
    assert growth.rows() == ["| 10 | 26 | 2.60 | 5.00 | 300 | 1.30 |"]


def test_a_further_pack_is_what_more_packs_took_more(bench):
    assert bench.further(8.0, 54.0, 24) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("cold", "several", "unchanged", "met"),
    [
        (8.0, 50.0, 0.3, ["yes", "yes", "yes", "yes"]),
        (9.0, 130.0, 0.9, ["**no**", "**no**", "**no**", "**no**"]),
    ],
)
def test_what_was_asked_for_is_held_against_what_was_measured(
    bench, cold, several, unchanged, met
):
    def took(wall, memory=100.0):
        return bench.Measured(wall, wall, memory)

    growth = bench.Growth(4.0, 2, {24: took(several), 150: took(250.0, 105.0)})
    runs = {
        "sequence": took(40.0),
        "cold": took(cold),
        "unchanged": took(unchanged),
        "python": took(0.1),
    }
    page = bench.Page()
    bench.targets(page, runs, growth, plain_two=20.0)
    rows = [line for line in page.lines if line.startswith("| ")][1:]
    assert [row.split(" | ")[-1].rstrip(" |") for row in rows[:4]] == met
    assert rows[4].endswith("| 1.3 | 0.83 | yes |")
    assert rows[5].endswith("| 1.1 | 1.05 | yes |")


def test_each_pack_has_inputs_of_its_own(bench, tmp_path):
    folder = bench.with_data(tmp_path, 5) / "data" / bench.COUNCIL
    real = PROJECT / "data" / bench.COUNCIL / bench.PERIOD
    for path in real.glob("*.csv"):
        made = [own / path.name for own in sorted(folder.iterdir())]
        assert len({own.read_bytes() for own in made}) == 5
        assert all(rows_of(own) == rows_of(path) for own in made)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_councils_own_data_are_held_against_what_was_asked_for():
    own = SimpleNamespace(
        **runpy.run_path(str(PROJECT / "tools" / "bench_own_data.py"))
    )

    def steps(wall):
        one = SimpleNamespace(wall=wall, processor=wall / 2, memory=400.0)
        slow = SimpleNamespace(wall=9 * wall, processor=wall, memory=300.0)
        return {step: [slow, one] for step in own.STEPS}

    history = [SimpleNamespace(wall=31.0, processor=20.0, memory=1001.0)] * 2
    text = "\n".join(own.said(steps(2.0), steps(3.0), history))

    assert "| census import | 2.0 | 1.0 | 3.0 | 1.5 | 400 |" in text
    assert text.count("| 3 s | 2.0 s (processor 1.0 s) | yes |") == 2
    assert "| 60 s | 62.0 s (processor 40.0 s) | **no** |" in text
    assert "| 1,000 MB | 1001 MB | **no** |" in text


def test_the_list_of_the_benchmark_has_every_worker_each_week():
    own = SimpleNamespace(
        **runpy.run_path(str(PROJECT / "tools" / "bench_own_data.py"))
    )
    lines = own.weekly_list(30, 3)
    assert len(lines) == 1 + 3 * 30
    assert lines[-1].startswith("29/09/2025,Team 3,EX0000029,")
