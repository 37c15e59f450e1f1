"""Every numeral of the five reports is a claim, or listed with the reason why it is none."""

import csv
import hashlib
import re
from pathlib import Path

import pytest

from scrutiny_pack.claims.numerals import numerals

from .reports import DATA, FOLDERS, SEEDS, council

LISTED = Path(__file__).with_name("numerals.csv")


def found(text):
    return [each.text for each in numerals(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose from 4,310 to 5,002.5 in 2016/17.", ["4,310", "5,002.5", "2016/17"]),
        ("between £24k and £30k, or 14-16%", ["24", "30", "14", "16"]),
        ("Twenty-six of the thirty posts", ["Twenty-six", "thirty"]),
        ("the third lowest, half as many; it doubled", ["third", "half", "doubled"]),
        ("FTE11 and s.47, paid 1/3rd after Year 1", ["11", "47", "1/3", "1"]),
        ("someone often alone, a tone of weight", []),
        ("one-off, (13.20) and two thirds", ["one", "13.20", "two", "thirds"]),
    ],
)
def test_what_is_a_numeral(text, expected):
    assert found(text) == expected


def test_a_numeral_knows_where_it_stands():
    text = "about 6,000 cases"
    (numeral,) = numerals(text)
    assert text[numeral.start : numeral.end] == "6,000"


def listed():
    with LISTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_list_of_other_numerals_gives_a_reason_and_little_context():
    rows = listed()
    assert {row["council"] for row in rows} == {
        folder.parent.name for folder in FOLDERS
    }
    for row in rows:
        assert row["reason"]
        assert row["numeral"] in row["context"]
        assert len(row["context"].split()) - len(row["numeral"].split()) <= 7


@pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the texts of the reports are not at hand"
)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_every_numeral_is_a_claim_or_listed_in_the_order_of_the_report(folder):
    claims, _ = council(folder)
    text = text_of(folder)
    others = [row for row in listed() if row["council"] == folder.parent.name]
    tokens, at, position = numerals(text), 0, 0
    claims_left, others_left = list(claims), list(others)
    while at < len(tokens):
        token = tokens[at]
        while claims_left and stands_before(
            text, claims_left[0], position, token.start
        ):
            position = text.index(claims_left.pop(0).printed, position)
        if others_left and stands_at(text, others_left[0], token.start):
            row = others_left.pop(0)
            at += len(numerals(row["numeral"]))
            position = tokens[at - 1].end
            continue
        assert claims_left, f"{around(text, token)} is neither a claim nor listed"
        claim = claims_left.pop(0)
        assert numerals(claim.printed), f"claim {claim.id} is not there in its order"
        first = numerals(claim.printed)[0]
        start = token.start - first.start
        assert text.startswith(claim.printed, start), (
            f"{around(text, token)} is neither listed nor claim {claim.id}, '{claim.printed}'"
        )
        position = start + len(claim.printed)
        at += len(numerals(claim.printed))
    assert all(stands_before(text, claim, position, len(text)) for claim in claims_left)
    assert not others_left


def text_of(folder):
    """The text whose bytes the dataset's source file names, spaces made one."""
    source = (folder / "claims.source.yaml").read_text(encoding="utf-8")
    digest = re.search(r"document_sha256: (\w+)", source)[1]
    for path in sorted(SEEDS.glob("*.txt")):
        if hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            return re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
    pytest.fail(f"no text with the hash of {folder}")


def stands_at(text, row, start):
    inside = numerals(row["numeral"])[0].start
    begin = start - row["context"].index(row["numeral"]) - inside
    return begin >= 0 and text.startswith(row["context"], begin)


def stands_before(text, claim, after, before):
    """Whether a claim in words alone stands next, before a numeral."""
    return (
        not numerals(claim.printed)
        and after <= text.find(claim.printed, after) < before
    )


def around(text, token):
    return f"'{text[max(0, token.start - 40) : token.end + 20]}'"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_the_claims_of_a_report_have_ids_of_their_own(folder):
    claims, _ = council(folder)
    ids = [claim.id for claim in claims]
    assert len(set(ids)) == len(ids)
    assert folder.is_relative_to(DATA)
