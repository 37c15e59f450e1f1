"""``make cite``: what an id names, and its citation, to the letter of evidence.json."""

import re
import shutil

import pytest
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from scrutiny_pack import cli
from scrutiny_pack.citing import find_citation
from scrutiny_pack.errors import CitationError, CouncilError, PeriodError
from scrutiny_pack.publish.page_facts import page_facts
from scrutiny_pack.workspace import Workspace
from tests.publish.small_run import evidence_of

PACK = "exampleshire/2016-07-31"


@pytest.fixture(scope="module")
def workspace(pack, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(pack, home / "output" / PACK)
    shutil.copytree(pack, home / "output" / "england" / "2025-09-30" / "exampleshire")
    (home / "data" / "leeds" / "2005").mkdir(parents=True)
    (home / "data" / "exampleshire" / "2016-07-31").mkdir(parents=True)
    return Workspace(Workspace.find().project, home)


def items(workspace):
    return evidence_of(workspace.output / PACK)["items"]


def shown(markdown):
    """What a reader sees of Markdown, and where its link leads."""
    html = markdown2html_mistune(markdown)
    (link,) = re.findall(r'<a href="([^"]*)"', html)
    words = re.sub(r"<[^>]+>", "", html).strip()
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        words = words.replace(entity, sign)
    return words, link


def test_an_item_is_cited_as_evidence_json_has_it(workspace):
    for item in items(workspace):
        citation = find_citation(workspace, item["id"])
        assert citation.short == item["citation_short"]
        assert citation.full == item["citation"]
        assert citation.is_draft


def test_in_markdown_a_reader_sees_the_same_words_and_the_link_leads_to_the_item(
    workspace,
):
    for item in items(workspace):
        citation = find_citation(workspace, item["id"])
        for words in (citation.short, citation.full):
            seen, link = shown(citation.markdown(words))
            assert seen == words
            page, _, anchor = link.partition("#")
            facts = page_facts(page, (workspace.home / page).read_text("utf-8"))
            assert anchor == item["slug"]
            assert anchor in facts.ids


def test_the_same_words_stand_on_the_items_page(workspace):
    for item in items(workspace):
        citation = find_citation(workspace, item["id"])
        page = workspace.home / citation.page.partition("#")[0]
        html = page.read_text("utf-8").replace("&#39;", "'").replace("&#34;", '"')
        html = html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert citation.full in html


def test_a_pack_has_one_form(workspace):
    citation = find_citation(workspace, f"{PACK}/")
    assert citation.short == ""
    assert citation.full == evidence_of(workspace.output / PACK)["pack"]["citation"]
    assert shown(citation.markdown(citation.full)) == (
        citation.full,
        f"output/{PACK}/index.html",
    )


def test_an_item_of_a_set_has_four_parts(workspace):
    citation = find_citation(workspace, "england/2025-09-30/exampleshire/turnover")
    assert citation.page.startswith("output/england/2025-09-30/exampleshire/")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "no id was given: say what to cite, such as ID="),
        ("exampleshire", "'exampleshire' is not an id: write council/period/item"),
        ("../../etc/passwd", "is not an id"),
        ("a/b/c/d", "is not an id"),
        (
            f"{PACK}/turnover-line",
            f"has no item 'turnover-line'. Did you mean {PACK}/turnover-lines",
        ),
        (f"{PACK}/zzz", "has no item 'zzz'. It holds 8 items"),
        ("exampelshire/2016-07-31/turnovr", f"Did you mean {PACK}/turnover?"),
        ("exampleshire/2016-07-30", f"Did you mean {PACK}?"),
        (
            "leeds/2005/posts",
            "the pack leeds/2005 is not built, so nothing in it can be cited yet: build "
            "it with 'make pack COUNCIL=leeds PERIOD=2005",
        ),
        (
            "england/2024-09-30/leeds/dfe-turnover",
            "build it with 'make packs SET=england PERIOD=2024-09-30",
        ),
    ],
)
def test_what_cannot_be_cited_is_said_with_what_to_do(workspace, given, said):
    with pytest.raises(CitationError) as caught:
        find_citation(workspace, given)
    assert said in str(caught.value)
    assert caught.value.exit_code == 27


def test_a_council_or_period_without_data_is_said_as_everywhere(workspace):
    with pytest.raises(CouncilError):
        find_citation(workspace, "somewhere-else/1999/posts")
    with pytest.raises(PeriodError):
        find_citation(workspace, "leeds/1066/posts")


def test_the_command_prints_both_forms_plain_and_in_markdown(workspace, capsys):
    words = [f"ID={PACK}/turnover", f"WORKSPACE={workspace.home}"]
    assert cli.main(["cite", *words]) == 0
    out, err = capsys.readouterr()
    (item,) = [one for one in items(workspace) if one["slug"] == "turnover"]
    lines = out.splitlines()
    assert lines[lines.index("Short:") + 1] == item["citation_short"]
    assert lines[lines.index("Full:") + 1] == item["citation"]
    assert f"({item['id']})" not in lines[lines.index("Short, in Markdown:") + 1]
    assert f"[{item['id']}](output/" in lines[lines.index("Full, in Markdown:") + 1]
    assert err == "Draft: not yet checked. Cite it when it is final.\n"


def test_the_command_says_what_is_wrong_in_one_line(workspace, capsys):
    words = ["ID=nowhere", f"WORKSPACE={workspace.home}"]
    assert cli.main(["cite", *words]) == 27
    assert len(capsys.readouterr().err.splitlines()) == 1
