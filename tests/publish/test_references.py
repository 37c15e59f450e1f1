"""Citations of items in prose."""

import pytest

from scrutiny_pack.errors import NotebookError
from scrutiny_pack.publish.references import resolved
from tests.publish.test_numbering import items_of

KNOWN = {"turnover", "posts-by-team", "referral-funnel"}


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("04-turnover", "[Table 3](#turnover)"),
        ("02-posts", "[Table 3](04-turnover.html#turnover)"),
        ("", "[Table 3](notebooks/04-turnover.html#turnover)"),
    ],
)
def test_a_citation_becomes_a_link_with_a_number(run, page, link):
    assert resolved("See [turnover](#turnover).", items_of(run), KNOWN, page) == (
        f"See {link}."
    )


def test_an_item_that_nobody_made_is_said_not_to_be_held(run):
    prose = "Of [referral-funnel](#referral-funnel) nothing."
    assert resolved(prose, items_of(run), KNOWN, "02-posts") == (
        "Of evidence that this pack does not hold nothing."
    )


def test_other_links_are_left_alone(run):
    prose = "[the turnover](#turnover) and [a page](https://www.gov.uk/turnover)"
    assert resolved(prose, items_of(run), KNOWN, "02-posts") == prose


def test_a_slug_that_no_sidecar_lists_is_an_error(run):
    with pytest.raises(NotebookError, match="'turnoverr', which no sidecar lists"):
        resolved("[turnoverr](#turnoverr)", items_of(run), KNOWN, "02-posts")
