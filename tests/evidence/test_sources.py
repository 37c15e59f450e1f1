"""Where figures come from, in words."""

import pytest

from scrutiny_pack.evidence.items import SourceUsed
from scrutiny_pack.evidence.sources import paragraph_words, source_sentence


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (("22",), "paragraph 22"),
        (("22", "9"), "paragraphs 9 and 22"),
        (("3.13", "3.4", "24 (second)", "7 a"), "paragraphs 3.4, 3.13, 7 a and 24 (second)"),
        (("Context, 5th paragraph",), "Context, 5th paragraph"),
        (
            ("Papers, 1st paragraph", "Papers, 2nd paragraph", "Papers, 5th paragraph"),
            "Papers, 1st, 2nd and 5th paragraphs",
        ),
        (("Background Papers, a", "Background Papers, b"), "Background Papers, a and b"),
        (("6", "Context, 1st paragraph"), "paragraph 6; Context, 1st paragraph"),
        (("Title page",), "Title page"),
        ((), ""),
    ],
)  # fmt: skip
def test_paragraphs_are_named_as_a_reader_looks_for_them(paragraphs, words):
    assert paragraph_words(paragraphs) == words


def source(date):
    return SourceUsed(
        title="Report", body="Exampleshire", date=date, paragraphs=("22",), files={}
    )


def test_a_source_is_a_sentence_with_its_date_in_words():
    assert source_sentence(source("2019-01-21")) == (
        "Report, Exampleshire, 21 January 2019, paragraph 22."
    )


def test_a_date_that_is_not_stated_is_said_to_be_so():
    assert source_sentence(source("not stated")) == (
        "Report, Exampleshire, date not stated, paragraph 22."
    )
