"""Titles and remarks of the five councils' packs, read as an editor would."""

import json
import re
from collections import Counter

import pytest

from scrutiny_pack.evidence.rules import TITLE_WORDS
from tests.published import PERIODS

pytestmark = pytest.mark.slow

UNRESOLVED = re.compile(r"\bnan\b|\bNone\b|\bNaT\b|[{}<>|]|\(\)|\[\]|\(#|  | [,.;:]|_")
"""What is left where a computed sentence was given nothing, or was not finished."""


def evidence(pack):
    return json.loads((pack / "evidence.json").read_text("utf-8"))


@pytest.mark.parametrize("council", PERIODS)
def test_every_title_is_short_whole_and_says_something(packs, council):
    for item in evidence(packs[council])["items"]:
        title = item["title"]
        assert 1 <= len(title.split()) <= TITLE_WORDS, title
        assert not UNRESOLVED.search(title), title
        assert title == title.strip(), title
        assert not title.endswith((".", ",", ":", ";")), title
        assert title[0].isupper() or title[0].isdigit(), title
        assert title != item["subtitle"], title
        if item["kind"] == "chart":
            assert title not in item["alt"], title


@pytest.mark.parametrize("council", PERIODS)
def test_no_two_items_of_a_kind_have_one_title(packs, council):
    items = evidence(packs[council])["items"]
    found = Counter((item["kind"], item["title"]) for item in items)
    assert [title for title, count in found.items() if count > 1] == []


@pytest.mark.parametrize("council", PERIODS)
def test_one_of_a_thing_is_in_the_singular(packs, council):
    said = [
        text
        for item in evidence(packs[council])["items"]
        for text in (item["title"], item["headline"], *item["notes"])
    ]
    wrong = re.compile(r"(?<![\d.,])1 (?!of\b)(figures|posts|workers|leavers|cases)\b")
    assert [text for text in said if wrong.search(text)] == []


@pytest.mark.parametrize("council", PERIODS)
def test_every_remark_is_a_whole_sentence(packs, council):
    remarks = evidence(packs[council])["pack"]["remarks"]
    for text in (remark["text"] for kind in remarks.values() for remark in kind):
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
        assert not UNRESOLVED.search(plain.replace("[", "").replace("]", "")), text
        assert plain[-1] in ".?!)", text
