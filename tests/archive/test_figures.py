"""Reading figures back from pages: every cell of a hard council, and what would be wrong."""

import csv
import io
import json

import pytest

from scrutiny_pack.archive.figure_checks import compare
from scrutiny_pack.archive.page_items import ShownItem, shown_items
from tests.formats.hard_pack import publish_hard_pack


@pytest.fixture(scope="module")
def hard(tmp_path_factory):
    """Each item of the hard council as it is shown, with its data."""
    pack = publish_hard_pack(tmp_path_factory.mktemp("hard"))
    evidence = json.loads((pack / "evidence.json").read_text(encoding="utf-8"))
    pages = {
        page.stem: shown_items(page.read_text(encoding="utf-8"))
        for page in (pack / "notebooks").glob("*.html")
    }
    return [
        (
            item,
            pages[item["notebook"]][item["slug"]],
            list(
                csv.DictReader(
                    io.StringIO((pack / item["data"]).read_text("utf-8"), newline="")
                )
            ),
        )
        for item in evidence["items"]
    ]


def few(number):
    """Some places of a long list: the first, the last, and some between them."""
    return sorted({*range(0, number, max(1, number // 8)), *range(number)[-1:]})


def test_every_cell_of_the_hard_council_is_read_back(hard):
    assert {item["kind"] for item, _, _ in hard} == {"table", "chart", "key_figure"}
    for item, shown, data in hard:
        assert list(compare(item, shown, data)) == [], item["slug"]


def test_each_changed_figure_of_the_data_is_noticed(hard):
    """Whatever figure of a table is another, it is no longer what is shown."""
    for item, shown, data in hard:
        for place in few(len(data)):
            for name in ("value", "low", "high"):
                if not data[place].get(name):
                    continue
                forged = [dict(other) for other in data]
                forged[place][name] = f"{float(data[place][name]) + 1234.5:g}"
                assert list(compare(item, shown, forged)), (item["slug"], place)


def test_a_changed_figure_in_the_table_of_a_large_chart_is_noticed(hard):
    for item, shown, data in hard:
        if item["kind"] == "chart" and len(data) > 24:
            forged = [dict(row) for row in data]
            first = next(row for row in forged if row["value"])
            first["value"] = f"{float(first['value']) + 1234.5:g}"
            assert any("row " in wrong for wrong in compare(item, shown, forged))


def test_each_changed_status_is_noticed(hard):
    for item, shown, data in hard:
        for place in few(len(data)):
            row = data[place]
            if item["kind"] == "chart" or "status" not in row:
                continue
            forged = [dict(other) for other in data]
            forged[place]["status"] = "" if row["status"] else "e"
            assert list(compare(item, shown, forged)), (item["slug"], row)


def test_a_row_more_or_less_is_noticed(hard):
    for item, shown, data in hard:
        if item["kind"] == "table" and len(data) > 1:
            assert list(compare(item, shown, data[:-1])), item["slug"]


ITEM = {
    "kind": "key_figure",
    "title": "Cases for each ten thousand",
    "unit": "per 10,000 children",
    "headline": "52.3 per 10,000 children [e]",
    "base": "523 of 100,000, headcount",
}
ROW = {"value": "52.3", "status": "e", "numerator": "523", "denominator": "100000"}


def shown(headline="52.3 per 10,000 children [e]", base="523 of 100,000, headcount"):
    return ShownItem(title="Key figure 1: Cases for each ten thousand",
                     headline=headline, base=base)  # fmt: skip


def test_a_number_in_a_unit_is_no_figure():
    assert list(compare(ITEM, shown(), [ROW])) == []


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        (shown(headline="52.4 per 10,000 children [e]"), "the page shows '52.4 per"),
        (shown(headline="52.3 per 10,000 children"), "the page shows '52.3 per"),
        (shown(base="524 of 100,000, headcount"), "it is counted against '524 of"),
        (ShownItem(), "the title is ''"),
    ],
)
def test_what_a_page_shows_wrongly_is_named(page, problem):
    assert any(found.startswith(problem) for found in compare(ITEM, page, [ROW]))


def test_a_page_is_read_as_a_reader_sees_it():
    html = """
    <figure class="evidence evidence-table" id="posts"><table><caption>
    <span class="title" id="posts--title">Table 1: Posts &amp; workers</span></caption>
    <thead><tr><th>Team</th><th>Posts</th></tr></thead><tbody>
    <tr><th>A<br>B</th><td>1,200<span class="marks-1"> [e]</span></td></tr>
    </tbody></table></figure><p class="title">After it</p>
    <figure class="evidence" id="one"><table><tbody>
    <tr><th>Team</th><td>A</td></tr><tr><th>Posts</th><td>7</td></tr>
    </tbody></table></figure>
    """
    items = shown_items(html)
    assert items["posts"].title == "Table 1: Posts & workers"
    assert items["posts"].cells == [["AB", "1,200 [e]"]]
    assert items["one"].cells == [["A", "7"]]
