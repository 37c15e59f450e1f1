"""What is found of a draft: the promises of docs/check.md, one by one."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.check.checking import check_report
from scrutiny_pack.check.findings import headline
from scrutiny_pack.check.matching import HOLDING, Verdict
from scrutiny_pack.check.packs import CitedPack
from scrutiny_pack.check.report import Note, Passage, Report, Table
from scrutiny_pack.formats.content import Content
from scrutiny_pack.rounding import round_half_up

from .packs import ABOUT, PACK, RATES, piece, rate_rows, small_content, small_pack

V = Verdict


def checked(*parts, pack=None, others=None):
    made = tuple(Passage(part) if isinstance(part, str) else part for part in parts)
    return check_report(
        Report("draft.docx", made), pack or small_pack(), (others or {}).get
    )


def verdicts(*parts, **others):
    return [(f.text, f.verdict) for f in checked(*parts, **others).findings]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Team North had 9 staff in post (Table 1).", [V.HOLDS]),
        ("13 of 60 posts were vacant, 21.7% (Key figure 1).", [V.HOLDS] * 3),
        ("The rate was 21.67% [vacancy-rates].", [V.HOLDS]),
        ("The rate was 22% (Table 2).", [V.HOLDS]),
        ("The rate was 21.68% (Table 2).", [V.DIFFERS]),
        ("The rate was 21% (Key figure 1).", [V.CUT]),
        ("Some 1,200 social workers left (Table 3).", [V.HOLDS]),
        ("1,200 social workers left (Table 3).", [V.ROUND]),
        ("1,235 social workers left (Table 3).", [V.DIFFERS]),
        ("Turnover fell by 9.3 percentage points from 29.51% to 20.21% (Table 4).", [V.WORKED_OUT, V.HOLDS, V.HOLDS]),
        ("Turnover fell by 9.4 percentage points from 29.51% to 20.21% (Table 4).", [V.DIFFERS, V.HOLDS, V.HOLDS]),
        ("Leavers fell by 36%, from 14 to 9 (Table 3).", [V.WORKED_OUT, V.HOLDS, V.HOLDS]),
        ("Of 17 posts in Team South, 11 were filled, 65% (Table 1).", [V.HOLDS, V.HOLDS, V.WORKED_OUT]),
        ("Team North had 7 staff in post (Table 1).", [V.ELSEWHERE]),
        ("Team North had 3 vacancies of 13 (Table 1).", [V.HOLDS, V.HOLDS]),
        ("3 vacancies (2.95 FTE) in Team North (Table 1).", [V.HOLDS, V.HOLDS]),
        ("The rate was more than 20% (Key figure 1).", [V.HOLDS]),
        ("The rate was more than 30% (Key figure 1).", [V.DIFFERS]),
        ("More than a fifth of posts were vacant (Key figure 1).", [V.HOLDS]),
        ("There were forty-seven staff (Table 1).", [V.HOLDS]),
        ("There were forty-two staff (Table 1).", [V.UNSURE]),
        ("The rate was 22 (Key figure 1).", [V.UNSURE]),
        ("There were 60 posts.", [V.UNCITED]),
        ("There were 60 posts. (Table 1)", [V.HOLDS]),
        ("There were 60 posts. See Table 1.", [V.HOLDS]),
    ],
)  # fmt: skip
def test_what_is_found_of_the_figures_of_a_sentence(sentence, expected):
    assert [found.verdict for found in checked(sentence).findings] == expected


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("9 (Table 5).", "The pack northshire/2020-03-31 has no Table 5: its last is Table 4."),
        ("9 (Chart 1).", "The pack northshire/2020-03-31 has no Chart 1: it has no chart."),
        ("9 [vacancys-rates].", "The pack northshire/2020-03-31 has no item vacancys-rates. The nearest are vacancy-rates and vacancy-rate."),
        ("9 (southshire/2020/posts).", "There is no pack southshire/2020 in the output: correct the id, or build it with 'make pack'."),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_with_the_nearest(sentence, said):
    first, second = checked(sentence).findings
    assert (first.verdict, first.said) == (V.NOT_THERE, said)
    assert second.verdict is V.UNSURE


def test_an_uncited_figure_is_given_the_item_that_its_paragraph_cites():
    found = checked("There were 60 posts. Of them 13 were vacant (Table 1).").findings
    assert (
        found[0].said
        == "Its sentence cites nothing. Table 1, cited in the same paragraph, holds it."
    )


def test_an_uncited_figure_is_given_the_likely_items():
    (found,) = checked("The vacancy rate by team was 13.04% in the Hospital.").findings
    assert "Table 2 (vacancy-rates)" in found.said


def test_a_list_has_the_citation_of_the_line_that_leads_to_it():
    found = verdicts(
        "As Table 1 shows:", Passage("9 staff in Team North", "item"), Passage("8 in Team South", "item"),
        "There were 60 posts.",
    )  # fmt: skip
    assert [v for _, v in found] == [V.HOLDS, V.ELSEWHERE, V.UNCITED]


def test_a_note_cites_for_the_sentence_of_its_mark():
    text = "There were 60 posts. And 13 were vacant."
    noted = Passage(
        text,
        notes=(
            Note(
                text.index(" And"),
                f"Scrutiny evidence pack: Northshire Council, 31 March 2020, Table 1 ({PACK}/posts)",
            ),
        ),
    )
    assert verdicts(noted) == [("60", V.HOLDS), ("13", V.UNCITED)]


def test_headings_and_captions_need_no_citation():
    assert (
        verdicts(
            Passage("The 60 posts", "heading"), Passage("Figure: 60 posts", "caption")
        )
        == []
    )


def test_the_nearest_citation_comes_first_and_the_others_count():
    found = checked(
        "60 posts (Table 1) and 9 leavers (Table 3), 21.7% vacant."
    ).findings
    assert {f.verdict for f in found} == {V.DIFFERS, V.HOLDS} or all(
        f.verdict in HOLDING for f in found
    )
    assert found[1].said.startswith("Table 3")


def test_the_drafts_own_numbers_are_those_of_its_captions():
    caption = Passage(f"Table 9: Leavers ({PACK}/leavers)", "caption")
    found = checked(caption, "14 left (Table 9).")
    assert [f.verdict for f in found.findings] == [V.HOLDS]
    assert (
        "By its caption, Table 9 of the draft is Table 3 of the pack (leavers)."
        in found.notices
    )


TABLE = (
    ("Who", "Establishment", "In post", "Vacant"),
    ("Team North", "12", "9", "3"),
    ("Team South", "17", "11", "6"),
    ("All teams", "60", "47", "13"),
)


def test_a_pasted_table_is_checked_cell_by_cell():
    assert {v for _, v in verdicts("Table 1: Posts", Table(TABLE))} == {V.HOLDS}
    wrong = (*TABLE[:2], ("Team South", "17", "12", "6"), TABLE[3])
    (found,) = checked("Table 1: Posts", Table(wrong)).of(V.DIFFERS)
    assert found.said == "Table 1 has 11 for Team South, In post, not 12."
    assert found.at == (2, 2)


def test_a_figure_moved_to_another_row_of_a_pasted_table_is_told():
    wrong = (TABLE[0], ("Team North", "17", "9", "3"), *TABLE[2:])
    assert [f.text for f in checked(Table(wrong), "Table 1: Posts").of(V.DIFFERS)] == [
        "17"
    ]


def test_the_whole_table_as_the_pack_shows_it_holds():
    grid = small_pack().by_slug["posts"].piece.grid
    rows = (
        tuple(c.label for c in grid.columns),
        *(tuple(c.text for c in row.cells) for row in grid.rows),
    )
    found = verdicts("Source: Table 1", Table(rows))
    assert len(found) == 30
    assert {v for _, v in found} == {V.HOLDS}


def test_a_table_without_a_caption_is_told_once():
    (found,) = checked("Our own view.", Table(TABLE)).findings
    assert found.verdict is V.UNCITED
    assert "9 figures" in found.said


def test_rows_that_cite_are_sentences():
    rows = (
        ("What", "Figure", "Where"),
        ("Staff in Team North", "9", "Table 1"),
        ("Leavers", "8", "Table 3"),
    )
    assert [v for _, v in verdicts(Table(rows))] == [V.HOLDS, V.DIFFERS]


def full(sha256, number="Table 1"):
    return (
        f"Scrutiny evidence pack: Northshire Council, 31 March 2020. {number}: Posts. Evidence item "
        f"{PACK}/posts. Source: A report. Data: tables/posts.csv, sha256 {sha256}."
    )


def test_a_pack_that_has_changed_is_said_to_be_superseded():
    old = CitedPack(f"{PACK} (0a1b2c3d)", small_content({"Team North": (13, 9)}))
    pack = small_pack(earlier=(old,))
    cited = old.by_slug["posts"].item.sha256[:12]
    found = checked(f"Team North had 13 posts. {full(cited)}", pack=pack)
    changed, differs = found.findings
    assert changed.verdict is V.CHANGED
    assert (
        "It is as in the superseded pack northshire/2020-03-31 (0a1b2c3d)."
        in changed.said
    )
    assert any("has been superseded" in notice for notice in found.notices)
    assert differs.verdict in {V.DIFFERS, V.ELSEWHERE}


def test_a_figure_of_a_superseded_pack_is_told_as_one():
    old = CitedPack(f"{PACK} (0a1b2c3d)", small_content({"Team North": (512, 9)}))
    (found,) = checked(
        "Team North had 512 posts (Table 1).", pack=small_pack(earlier=(old,))
    ).findings
    assert found.verdict is V.DIFFERS
    assert found.said.endswith(
        "The superseded pack northshire/2020-03-31 (0a1b2c3d) had it."
    )


def test_a_citation_in_full_of_the_pack_as_it_is_stands():
    now = small_pack().by_slug["posts"].item.sha256[:12]
    assert verdicts(f"Team North had 12 posts. {full(now)}") == [("12", V.HOLDS)]


def test_a_number_that_is_now_another_items_is_told():
    found = checked(f"Team North had 12 posts (Table 3, {PACK}/posts).").findings
    assert found[0].verdict is V.CHANGED
    assert (
        found[0].said
        == "posts was cited as Table 3, and is Table 1 in the pack as it is now; Table 3 is now leavers."
    )
    assert found[1].verdict is V.HOLDS


@pytest.mark.parametrize("status", ["superseded", "withdrawn"])
def test_the_status_beside_a_pack_is_told(status):
    notices = checked("A word.", pack=small_pack(status=status)).notices
    assert f"The pack {PACK} is {status}: cite the one that replaces it." in notices


def test_items_of_another_pack_are_held_against_that_pack():
    other = CitedPack("southshire/2020", Content({**ABOUT, "id": "southshire/2020"}, (piece("rates", "Table 1", "Rates", rate_rows({"All teams": (1, 8)}), RATES),)))  # fmt: skip
    found = checked(
        "12.5% there (southshire/2020/rates), 21.7% here (Key figure 1).",
        others={"southshire/2020": other},
    )
    assert [f.verdict for f in found.findings] == [V.HOLDS, V.HOLDS]


def test_the_headline_counts_what_matters():
    found = checked(
        "60 posts (Table 1). 61 posts (Table 1). 62 posts. 9 [no-such-item]."
    )
    assert headline(found) == (
        "1 citation is of what is not there. Of 4 figures, 1 does not agree with the evidence, 1 has no "
        "citation, 1 should be looked at again and 1 holds."
    )


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 3))
def test_every_share_that_is_rounded_right_holds_and_another_does_not(
    part, more, places
):
    base = part + more
    content = Content(
        ABOUT,
        (
            piece(
                "share",
                "Table 1",
                "A share",
                rate_rows({"Hospital": (part, base)}),
                RATES,
            ),
        ),
    )
    pack = CitedPack(PACK, content)
    exact, shown = (
        Fraction(100 * part, base),
        Fraction(str(round_half_up(100 * part / base, 1))),
    )
    unit = Fraction(1, 10**places)
    right = int(exact / unit + Fraction(1, 2))
    for number in (right - 1, right, right + 1):
        whole, rest = divmod(number, 10**places)
        text = f"{whole}.{rest:0{places}d}%" if places else f"{whole}%"
        (found,) = checked(
            f"In the Hospital {text} were vacant (Table 1).", pack=pack
        ).findings
        # What the item shows may be rounded once more: 26.45 is shown as 26.5, and so 27.
        off = min(abs(number * unit - exact), abs(number * unit - shown))
        assert (found.verdict is V.HOLDS) == (off <= unit / 2), (text, found)


def test_a_finding_knows_where_it_stands():
    text = "First. Then there were 61 posts (Table 1)."
    (found,) = checked(text).findings
    assert text[slice(*found.at)] == "61"
    assert found.sentence[found.start :].startswith("61")
    assert replace(found, text="x").sentence == "Then there were 61 posts (Table 1)."
