"""How an item is cited, and what only looks as if it were."""

import pytest

from scrutiny_pack.check.citations import citations, plain

SLUGS = ("posts", "vacancy-rates", "leavers")
ID = "northshire/2020-03-31/posts"


def cited(text):
    return [(c.number, c.pack, c.slug) for c in citations(plain(text), SLUGS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26 posts (Table 3).", [("Table 3", "", "")]),
        ("As table\u00a03 and chart 12 show", [("Table 3", "", ""), ("Chart 12", "", "")]),
        ("(Key figure 1; Tables 3, 4 and 7)", [("Key figure 1", "", ""), ("Table 3", "", ""), ("Table 4", "", ""), ("Table 7", "", "")]),
        ("Tables 3 to 5", [("Table 3", "", ""), ("Table 4", "", ""), ("Table 5", "", "")]),
        ("In Table 3, 26 posts", [("Table 3", "", "")]),
        ("[vacancy-rates] and [posts]", [("", "", "vacancy-rates"), ("", "", "posts")]),
        ("[vacancys-rate]", [("", "", "vacancys-rate")]),
        (f"({ID})", [("", "northshire/2020-03-31", "posts")]),
        (f"Table 3 ({ID})", [("Table 3", "northshire/2020-03-31", "posts")]),
        ("Table 3 [posts]", [("Table 3", "", "posts")]),
        ("england/2025-09-30/leeds/dfe-turnover", [("", "england/2025-09-30/leeds", "dfe-turnover")]),
        ("he said so [sic], in [1] and [x] and [2016-07]", []),
        ("Table A3, tablet 3, Table 10.5 and Table 3 of the DfE's statistics", []),
        ("Table 3 of the evidence pack", [("Table 3", "", "")]),
        ("http://site.test/a/2020-03-31/posts-1", []),
    ],
)  # fmt: skip
def test_what_is_a_citation(text, expected):
    assert cited(text) == expected


def test_a_citation_in_full_is_one_with_its_checksum():
    text = (
        "It fell. Scrutiny evidence pack: Northshire Council, 31 March 2020. Table 3: 26 of 94 "
        f"posts. Evidence item {ID}. Source: A report, paragraphs 6 and 27. Data: "
        "tables/posts.csv, sha256 e6a0b18f8a91. It then rose."
    )
    (found,) = citations(text, SLUGS)
    assert (found.number, found.slug, found.sha256) == (
        "Table 3",
        "posts",
        "e6a0b18f8a91",
    )
    assert text[found.end :] == " It then rose."


def test_a_short_citation_is_one():
    text = f"Scrutiny evidence pack: Northshire Council, 31 March 2020, Table 3 ({ID})"
    (found,) = citations(text, SLUGS)
    assert (found.start, found.end, found.number, found.slug) == (
        0,
        len(text),
        "Table 3",
        "posts",
    )
