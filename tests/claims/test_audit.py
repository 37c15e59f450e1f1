"""The audit as a whole: every claim has a finding, and the sentences are fair."""

import json

import pandas as pd
import pytest

from scrutiny_pack.claims.audit import audit, read_claims
from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.evidence import NotAtHand
from scrutiny_pack.claims.findings import Verdict
from scrutiny_pack.claims.printed import read_printed
from scrutiny_pack.claims.references import cell_references, parse
from scrutiny_pack.claims.same_thing import may_be_one
from scrutiny_pack.claims.summary import headline, notable_claims, notable_tables
from scrutiny_pack.inputs.schemas import dataset_schema

from .reports import FOLDERS, claim, council, evidence, frame, table

POSTS = table(
    "Teams",
    {"establishment": ["30", "28", "58"], "vacancies": ["6", "7", "13"]},
    [("North", "All"), ("South", "All"), ("All", "")],
)
SHARE = "posts[unit=All; measure=vacancies] / posts[unit=All; measure=establishment]"


def one(printed, kind="share", held=None, **others):
    held = held or evidence(posts=POSTS)
    return audit([claim(printed, kind, **others)], held).findings[0]


@pytest.mark.parametrize(
    ("printed", "verdict", "sentence"),
    [
        ("22.4%", Verdict.AGREES, "It holds: 13 of 58 is 22.4%."),
        (
            "22.41%",
            Verdict.AGREES,
            "It holds: 13 of 58 is 22.41%.",
        ),
        (
            "22.6%",
            Verdict.DISAGREES,
            (
                "13 of 58 is 22.41%, by paragraph 4; the report has 22.6%, "
                "0.19 percentage points more."
            ),
        ),
        ("a quarter", Verdict.DISAGREES, None),
        ("about 20%", Verdict.AGREES, "It holds: 13 of 58 is 22.4%."),
    ],
)
def test_a_share_worked_out_again(printed, verdict, sentence):
    found = one(printed, rests_on=SHARE)
    assert found.verdict == verdict
    if sentence:
        assert found.sentence == sentence


def test_a_slip_of_rounding_is_called_that():
    held = evidence(
        posts=table("T", {"establishment": ["31"], "vacancies": ["7"]}, [("All", "")])
    )
    found = one("22.5%", held=held, rests_on=SHARE)
    assert found.verdict == Verdict.TRUNCATED
    assert found.sentence == (
        "A slip of rounding: 7 of 31 is 22.58%, which rounds to 22.6%; 22.5% is what is left "
        "when the other digits are cut off."
    )


def test_a_round_figure_is_called_that():
    held = evidence(x=frame([{"unit": "A", "printed": "8,049"}], measure="leavers"))
    found = one("8,000", "count", held, rests_on="x[unit=A]")
    assert found.verdict == Verdict.ROUND
    assert "as a round figure" in found.sentence


def test_two_figures_for_one_thing():
    found = one("29", "count", rests_on="posts[unit=South; measure=establishment]")
    assert found.verdict == Verdict.DISAGREES
    assert found.sentence == (
        "Two figures for one thing: 29 here, and 28 for posts in the establishment (South, "
        "headcount) in paragraph 4, 1 apart. The report does not say why."
    )
    assert found.checks[0].name == "two figures for one thing"


def test_a_figure_of_a_release_may_have_been_revised():
    release = frame(
        [{"area": "here", "printed": "812", "release": "2023"}], measure="leavers"
    )
    found = one("815", "count", evidence(s=release), rests_on="s[area=here]")
    assert found.verdict == Verdict.QUESTION
    assert "revised" in found.sentence


def test_two_claims_of_one_cell():
    cell = "posts[unit=South; measure=establishment]"
    claims = [claim("28", cell=cell), claim("27", cell=cell, id="c2", paragraph="9")]
    found = audit(claims, evidence(posts=POSTS)).findings
    assert [each.verdict for each in found] == [Verdict.DISAGREES, Verdict.DISAGREES]
    assert "27 here, 28 in paragraph 3" in found[1].sentence


def test_what_was_said_twice_alike_is_not_thereby_checked():
    cell = "x[unit=A]"
    held = evidence(
        x=frame([{"unit": "A", "printed": "40%"}], measure="share_published")
    )
    claims = [
        claim("40%", "difference", cell=cell),
        claim("40%", "difference", cell=cell, id="c2"),
    ]
    found = audit(claims, held).findings[0]
    assert found.verdict == Verdict.UNCHECKED
    assert "It is stated again" in found.sentence


def test_it_depends_on_what_is_meant():
    north = "posts[unit=North; measure=establishment]"
    found = one("24", "difference", rests_on=f"{north} - 6 or {north} - 7")
    assert found.verdict == Verdict.QUESTION
    assert found.sentence == (
        "It depends on what is meant: 30 - 6 is 24, as printed, but 30 - 7 is 23."
    )


def test_each_figure_of_a_sum_says_what_it_is_of():
    held = evidence(
        posts=table(
            "T", {"establishment": ["9.5", "4"]}, [("North", ""), ("South", "")]
        )
    )
    rests_on = "posts[unit=North] - posts[unit=South]"
    found = one("7", "difference", held, rests_on=rests_on)
    assert found.sentence == (
        "9.5 (North) - 4 (South) is 5.5, by paragraph 4; the report has 7, 1.5 more."
    )


@pytest.mark.parametrize(("printed", "shown"), [("5", "5.5"), ("6", "6")])
def test_half_to_even_is_shown_with_one_decimal_more(printed, shown):
    held = evidence(
        x=frame([{"unit": "A", "printed": "11"}, {"unit": "B", "printed": "2"}])
    )
    found = one(printed, "average", held, rests_on="x[unit=A] / x[unit=B]")
    assert found.sentence == f"It holds: 11 of 2 is {shown}."


def test_a_number_of_rows_says_which():
    dates = [
        {"unit": "A", "printed": "7", "as_at": f"{year}-03-31"} for year in (2018, 2019)
    ]
    held = evidence(x=frame(dates, measure="leavers"))
    found = one("three", "count", held, rests_on="count(x[unit=A])")
    assert found.verdict == Verdict.DISAGREES
    assert found.sentence == (
        "The evidence has 2 (31 March 2018 and 31 March 2019), in paragraph 4; the report says three."
    )
    found = one("two", "count", held, rests_on="count(x[unit=A])")
    assert found.sentence == "It holds: the evidence has 2, in paragraph 4."


def test_what_was_planned_may_have_come_out_otherwise():
    rests_on = "posts[unit=North; measure=establishment] - posts[unit=South; measure=establishment]"
    for printed, verdict in (("2", Verdict.AGREES), ("3", Verdict.QUESTION)):
        assert one(printed, "target", rests_on=rests_on).verdict == verdict
    assert one("3", "difference", rests_on=rests_on).verdict == Verdict.DISAGREES


def test_a_rounded_whole_number_is_shown_as_one_figure():
    held = evidence(x=frame([{"unit": "A", "printed": "612", "basis": "fte"}]))
    assert one("612", "count", held, rests_on="x[unit=A]").recomputed == "612"


def test_a_target_is_not_measured():
    found = one("1 to 12", "target")
    assert found.verdict == Verdict.UNCHECKED
    assert "not one that was measured" in found.sentence


def test_a_claim_that_nothing_can_be_set_against_is_kept():
    found = one("nine", "count")
    assert found.verdict == Verdict.UNCHECKED
    assert found.sentence == "The evidence has nothing to set it against."


def test_what_is_not_at_hand_is_said():
    found = one("nine", "count", rests_on="elsewhere[area=here]")
    assert found.verdict == Verdict.UNCHECKED
    assert "rests on the dataset elsewhere, which is not at hand" in found.sentence


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"rests_on": "posts[unit"}, "claim c1: .* cannot be read at character"),
        (
            {"rests_on": "posts[unit=Al; measure=vacancies]"},
            "claim c1: .* nearest is 'All'",
        ),
        ({"cell": "3 + 4"}, "claim c1: .* must name one cell"),
        ({"cell": "posts[unit=All]"}, "claim c1: .* matches 2 rows"),
        ({"printed": "a good many"}, "claim c1: .* cannot be read as a figure"),
    ],
)
def test_what_is_wrong_with_a_claim_is_one_line_that_names_it(others, message):
    with pytest.raises(ClaimError, match=message) as caught:
        audit([claim(**{"printed": "5", **others})], evidence(posts=POSTS))
    assert "\n" not in str(caught.value)


def test_the_records_are_plain_text_and_the_same_each_time():
    claims = [
        claim("22.6%", "share", rests_on=SHARE),
        claim("13", cell="posts[unit=All; measure=vacancies]", id="c2"),
    ]
    made = [
        json.dumps(audit(claims, evidence(posts=POSTS)).as_record()) for _ in range(2)
    ]
    assert made[0] == made[1]
    record = json.loads(made[0])
    assert record["counts"]["disagrees"] == 1
    assert record["claims"][0]["verdict"] == "disagrees"
    assert record["claims"][1]["checks"][0]["name"] == "table"


def test_claims_come_from_the_rows_of_the_dataset():
    row = dict.fromkeys(dataset_schema("claims").column_names, "")
    rows = pd.DataFrame([{**row, "id": "c1", "printed": "5"}, {**row, "id": "c2"}])
    assert [each.id for each in read_claims(rows)] == ["c1", "c2"]


def test_the_summary_tells_a_thing_once_and_leaves_tables_to_themselves():
    posts = table(
        "Teams",
        {"establishment": ["30", "28", "59"], "vacancies": ["6", "7", "13"]},
        [("North", "All"), ("South", "All"), ("All", "")],
    )
    wrong = "posts[unit=South; measure=vacancies]"
    claims = [
        claim("59", cell="posts[unit=All; measure=establishment]"),
        claim("8", rests_on=wrong, id="c2"),
        claim("8", rests_on=wrong, id="c3", paragraph="5"),
        claim("7", rests_on=wrong, id="c4"),
    ]
    found = audit(claims, evidence(posts=posts))
    assert headline(found) == "Of 4 figures, 1 agrees and 3 do not agree."
    assert [each.about for each in notable_tables(found)] == [
        "posts in the establishment (All, headcount)"
    ]
    (notable,) = notable_claims(found)
    assert notable.paragraphs == ("3", "5")
    assert found.contradicts


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("31.4%", "31.42%", True),
        ("31.4%", "31.47%", False),
        ("up to 5", "6", False),
        ("at least 5", "6", True),
    ],
)
def test_whether_two_printed_figures_may_be_one(first, second, alike):
    assert may_be_one(read_printed(first), read_printed(second)) == alike
    assert may_be_one(read_printed(second), read_printed(first)) == alike


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_every_claim_of_a_report_has_a_finding(folder):
    claims, held = council(folder)
    found = audit(claims, held)
    assert [finding.claim for finding in found.findings] == list(claims)
    for finding in found.findings:
        assert finding.sentence.endswith(".")
        assert finding.sentence[0].isupper() or not finding.sentence[0].isalpha()
        assert finding.checks
    assert sum(found.counts.values()) == len(claims)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_every_figure_of_the_datasets_is_a_claim_as_it_is_printed(folder):
    """Each cell that claims name holds what they print; each printed cell is named."""
    claims, held = council(folder)
    named = set()
    for each in claims:
        for reference in cell_references(parse(each.rests_on)) if each.rests_on else ():
            try:
                assert held.find(reference)
            except NotAtHand:
                assert reference.dataset == "comparators"
        if not each.cell:
            continue
        cell = held.one(parse(each.cell))
        published = cell.columns.get("as_published", "")
        named.add((cell.dataset, cell.columns["paragraph"], published))
        reads_alike = (
            may_be_one(each.read(), read_printed(published, ratio=True))
            if published
            else True
        )
        assert each.printed == published or reads_alike, each.id
        if published and each.read().value is not None and cell.value is not None:
            assert published != each.printed or abs(each.read().value) == abs(
                cell.value
            ), each.id
    for dataset, cells in held.cells.items():
        if dataset_schema(dataset).shape == "list":
            continue
        for cell in cells:
            printed = cell.columns["as_published"]
            if any(letter.isdigit() for letter in printed):
                assert (dataset, cell.columns["paragraph"], printed) in named, (
                    cell.label
                )
