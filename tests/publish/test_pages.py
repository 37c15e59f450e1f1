"""The pages, without a browser: sound as published, and each fault is found."""

import json
import re
import shutil
import types
from html import escape

import pytest

from scrutiny_pack.publish import index
from scrutiny_pack.publish.collect import Remark
from scrutiny_pack.publish.lint import lint_pack
from tests.publish.awkward import LONG, NASTY

POSTS = "notebooks/02-posts.html"
INDEX = "index.html"


def text_of(pack, name):
    return (pack / name).read_text(encoding="utf-8")


def test_the_pages_are_sound(pack):
    assert lint_pack(pack) == []


def replace(pattern, by, name=POSTS, count=1):
    def spoil(pack):
        text = text_of(pack, name)
        spoilt = re.sub(pattern, by, text, count=count, flags=re.DOTALL)
        assert spoilt != text
        (pack / name).write_text(spoilt, encoding="utf-8")

    return spoil


def change_item(**fields):
    def spoil(pack):
        evidence = json.loads(text_of(pack, "evidence.json"))
        item = next(i for i in evidence["items"] if i["slug"] == "agency-by-team")
        item.update(fields)
        (pack / "evidence.json").write_text(json.dumps(evidence), encoding="utf-8")

    return spoil


FAULTS = {
    "1 table headings have no scope": replace(' scope="row"', ""),
    "a table has no caption": replace("<caption>.*?</caption>", ""),
    "a table's caption is empty": replace(
        "(<caption>).*?(</caption>)", r"\1 \2", name=POSTS
    ),
    "a picture has no text alternative": replace(' alt="[^"]*"', ""),
    "a picture has a text alternative that says nothing": replace(
        ' alt="[^"]*"', ' alt="No description has been provided for this image"'
    ),
    "the chart 'agency-by-team' has no text alternative": change_item(alt=" "),
    "the chart 'agency-by-team' has its title as its text alternative": change_item(
        alt="More agency workers than vacancies in one team"
    ),
    "the item 'agency-by-team' has no source": change_item(sources=[]),
    "the item 'agency-by-team' has no unit": change_item(unit=""),
    "the item 'agency-by-team' has no title": change_item(title=" "),
    "units": replace('<span class="unit">', "<span>"),
    "citations": replace('<span class="copied">', "<span>"),
    "it does not say 'Draft: not yet checked'": replace("Draft: not yet checked</span>", "</span>"),
    "it shows 1 of 2 items of the kind table": replace("evidence-table", "evidence-no"),
    "it shows 0 of 1 items of the kind chart": replace("evidence-chart", "evidence-no"),
    "it has no anchor for 'every-status'": replace(' id="every-status"', ' id="other"'),
    "the id 'evidence' is there more than once": replace("<h1", '<h1 id="evidence"'),
    "it has 0 headings of level 1": replace("(</?)h1", r"\1h2", count=0),
    "it has 2 headings of level 1": replace("(</?)h2", r"\1h1", count=2),
    "a heading of level 3 follows one of level 1": replace("(</?)h2", r"\1h3", count=0),
    "its language is 'en', not en-GB": replace('lang="en-GB"', 'lang="en"'),
    "it has no title": replace("<title>.*?</title>", "<title></title>"),
    "it has 0 elements 'main'": replace("(</?)main", r"\1div", count=0),
    "its Content-Security-Policy would let": replace("default-src 'none'; ", ""),
    "it loads something from its style sheet": replace("<style>", "<style>@import 'a.css';"),
    "it loads https://cdn.example/x.png": replace(
        "<h1", '<img alt="A map of it" src="https://cdn.example/x.png"><h1'
    ),
    "there is an element 'script'": replace("<h1", "<script>1</script><h1"),
    "an element 'h1' with the attribute style": replace("<h1", '<h1 style="color: red"'),
    "an element 'h1' with the attribute onclick": replace("<h1", '<h1 onclick="go()"'),
    "a link leads nowhere: 04-turnover.html#turnover": replace(
        'id="turnover"', 'id="moved"', name="notebooks/04-turnover.html"
    ),
    "a link leads nowhere: ../tables/every-status.csv": lambda pack: (
        pack / "tables" / "every-status.csv"
    ).unlink(),
    "it names a path of the machine: /home/": replace("<h1", "/home/someone/pack <h1"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(pack, tmp_path, fault):
    spoilt = tmp_path / "pack"
    shutil.copytree(pack, spoilt)
    FAULTS[fault](spoilt)
    assert [p for p in lint_pack(spoilt) if fault in p]


@pytest.mark.parametrize("name", [INDEX, POSTS, "notebooks/04-turnover.html"])
def test_a_teams_name_is_text_wherever_it_stands(pack, name):
    page = text_of(pack, name)
    assert "</b> Team" not in page
    assert "&lt;b&gt;" in page


def test_a_long_name_is_shown_in_full(pack):
    assert LONG in text_of(pack, POSTS)
    assert escape(NASTY, quote=False).replace('"', "&#34;").replace("'", "&#39;") in (
        text_of(pack, POSTS)
    )


def test_the_first_screen_has_the_key_figures_and_the_remarks(pack):
    index = text_of(pack, INDEX)
    assert '<a href="notebooks/02-posts.html#vacancy-share">' in index
    assert "28.5%" in index
    assert "24.91 of 87.47, FTE" in index
    assert '<a href="notebooks/04-turnover.html#turnover">Table 3</a>' in index
    assert "What would answer it: a list that answers 06-referrals." in index
    assert "Nothing was supplied on pay." in index


def test_the_contents_page_says_what_was_checked_and_how_to_make_it_again(pack):
    index = text_of(pack, INDEX)
    assert "3 datasets with 3,003 rows were checked against 21 expectations" in index
    assert "the 4 parts make 31.17, and 31.16 is printed (line 102)." in index
    assert "make pack COUNCIL=exampleshire PERIOD=2016-07-31" in index


def test_code_is_folded_but_there(pack):
    page = text_of(pack, POSTS)
    folded = re.findall(r'<details class="code">(.*?)</details>', page, re.DOTALL)
    assert len(folded) == 3
    assert "posts-by-team" in folded[0]


def test_a_notebook_without_a_heading_gets_its_question(pack):
    assert "<h1>What of 04-turnover?</h1>" in text_of(
        pack, "notebooks/04-turnover.html"
    )


def test_commentary_is_the_analysts(pack):
    page = text_of(pack, "notebooks/04-turnover.html")
    assert (
        "<strong>The council's analyst says:</strong> It fell, says &lt;b&gt;" in page
    )
    assert "<p>Again.</p>" in page


def test_what_is_about_the_evidence_comes_after_what_is_about_the_service():
    remarks = [
        Remark("01-first", "a"),
        Remark("02-second", "b"),
        Remark("02-second", "c"),
    ]
    shown, rest = index._first_and_rest(remarks, {"01-first"})
    assert [str(line) for line in shown] == ["b", "a"]
    assert [str(line) for line in rest] == ["c"]


def test_each_question_has_a_key_figure_on_the_first_screen_before_any_has_two():
    def figures(counts):
        return [
            types.SimpleNamespace(
                notebook=name, slug=f"{name}-{n}", headline=f"{name}.{n}%",
                base="4 of 40", definitions=("a rate",), basis="FTE",
            )
            for name, count in counts.items()
            for n in range(count)
        ]  # fmt: skip

    shown = index.for_the_first_screen(figures({"02": 3, "03": 1}))
    assert [i.slug for i in shown] == ["02-0", "02-1", "02-2", "03-0"]
    many = {f"{n:02}": 2 for n in range(2, 9)}
    shown = index.for_the_first_screen(figures(many))
    assert [i.slug for i in shown] == [
        "02-0", "02-1", *(f"{n:02}-0" for n in range(3, 9)),
    ]  # fmt: skip
    first, same, other = figures({"02": 1, "03": 1, "04": 1})
    same.headline = other.headline = first.headline
    other.base = "8 of 80"
    shown = index.for_the_first_screen([first, same, other])
    assert [i.slug for i in shown] == ["02-0", "04-0"]
