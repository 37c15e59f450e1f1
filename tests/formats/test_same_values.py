"""The hard pack says the same in every format, and a format that does not is found."""

import json
import re
import shutil

import pytest

from scrutiny_pack.formats.registry import WRITERS, write_formats
from tests.formats.readers import READERS, amount
from tests.formats.same_values import differences, formats_with_cells


def test_every_format_has_a_reader():
    assert set(formats_with_cells()) == set(READERS)


def test_every_value_of_the_hard_pack_is_the_same_in_every_format(whole_pack):
    assert differences(whole_pack) == []


@pytest.fixture
def changed_pack(whole_pack, tmp_path):
    return shutil.copytree(whole_pack, tmp_path / "pack")


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_another_value_on_a_page_is_found(changed_pack):
    edit(changed_pack / "notebooks/02-posts.html", ">1,234,567<", ">1,234,576<")
    assert differences(changed_pack) == [
        "html: vacancies-and-staff-by-team-headcount, row 60, column 1: "
        "'1,234,576', not '1,234,567'"
    ]


def test_a_status_that_a_page_leaves_out_is_found(changed_pack):
    page = changed_pack / "notebooks/02-posts.html"
    text = page.read_text(encoding="utf-8")
    lost = re.sub(r"(1,234\.500<span[^>]*>) \[r\]", r"\1", text)
    assert lost != text
    page.write_text(lost, encoding="utf-8", newline="\n")
    assert differences(changed_pack) == [
        "html: every-status, row 7, column 1: '1,234.500', not '1,234.500 [r]'"
    ]


def test_an_item_that_a_page_leaves_out_is_found(changed_pack):
    edit(changed_pack / "notebooks/04-turnover.html", 'id="words"', 'id="wordless"')
    assert "html: ['wordless', 'words']" in differences(changed_pack)


def rewritten(pack, name, data, old, new):
    """The pack with one of its formats written from a data file that says otherwise."""
    kept = data.read_bytes()
    edit(data, old, new)
    write_formats(pack, [name])
    data.write_bytes(kept)
    return differences(pack)


@pytest.mark.parametrize("name", WRITERS)
def test_another_value_in_a_format_is_found(changed_pack, name):
    data = changed_pack / "tables/turnover.csv"
    assert rewritten(changed_pack, name, data, "29.512", "29.521") == [
        f"{name}: turnover, row 0, column 1: '29.521', not '29.512'"
    ]


@pytest.mark.parametrize("name", WRITERS)
def test_a_sign_or_a_status_that_a_format_leaves_out_is_found(changed_pack, name):
    data = changed_pack / "tables/every-status.csv"
    (found,) = rewritten(changed_pack, name, data, ",-7.000,", ",7.000,")
    assert found.startswith(f"{name}: every-status, row 8, column 1: '7.000")
    (found,) = rewritten(changed_pack, name, data, ",,r p e,", ",,r p,")
    assert "row 10, column 1: '7.000" in found


@pytest.mark.parametrize("name", WRITERS)
def test_a_row_that_a_format_leaves_out_is_found(changed_pack, name):
    data = changed_pack / "tables/every-status.csv"
    last = data.read_text(encoding="utf-8").splitlines(keepends=True)[-1]
    (found,) = rewritten(changed_pack, name, data, last, "")
    assert found.startswith(f"{name}: every-status")
    assert "14 rows', not '15 rows" in found


@pytest.mark.parametrize("name", WRITERS)
def test_another_key_figure_in_a_format_is_found(changed_pack, name):
    data, evidence = (
        changed_pack / "tables/vacancy-rate.csv",
        changed_pack / "evidence.json",
    )
    kept = {path: path.read_bytes() for path in (data, evidence)}
    edit(data, "28.479", "28.497")
    edit(evidence, '"28.479% [p]"', '"28.497% [p]"')
    write_formats(changed_pack, [name])
    for path, what in kept.items():
        path.write_bytes(what)
    (found,) = differences(changed_pack)
    assert found.startswith(f"{name}: vacancy-rate, row 0, column 0: '28.497")


def test_another_layout_in_evidence_json_is_found(changed_pack):
    path = changed_pack / "evidence.json"
    evidence = json.loads(path.read_text(encoding="utf-8"))
    item = next(i for i in evidence["items"] if i["slug"] == "turnover")
    item["layout"]["columns"].reverse()
    path.write_text(json.dumps(evidence), encoding="utf-8")
    assert any("turnover" in found for found in differences(changed_pack))


@pytest.mark.parametrize(
    ("text", "its_amount"),
    [
        ("28.5% [p]", "28.5 [p]"),
        ("£432,000 to £540,000", "432,000 to 540,000"),
        ("26 posts", "26"),
        ("at least 3 workers [e]", "at least 3 [e]"),
        ("22 (15 to 30) cases a worker", "22 (15 to 30)"),
        ("-7 staff", "-7"),
        ("[x]", "[x]"),
    ],
)
def test_a_key_figures_amount_is_all_but_its_unit(text, its_amount):
    assert amount(text) == its_amount
