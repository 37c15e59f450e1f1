"""What a page shows of an audit: counts, findings, rows of tables, single claims."""

import json

import pandas as pd
import pytest

from scrutiny_pack.claims import frames as shown
from scrutiny_pack.claims.findings import Verdict
from scrutiny_pack.claims.frames import audited
from scrutiny_pack.claims.record import in_lines, written
from scrutiny_pack.evidence import rules
from scrutiny_pack.evidence.headlines import claims as said
from tests.claims.reports import DATA, FOLDERS, claim, council_frames, table

UNITS = [("Team A", "All"), ("Team B", "All"), ("Team C", "All"), ("All", "")]
COLUMNS = {
    "establishment": ["12", "14", "11", "37"],
    "in_post": ["9", "10", "10", "29"],
    "vacancies": ["3", "4", "1", "8"],
}


def report(*claims, columns=COLUMNS):
    """The datasets of a small report; each claim is what `claim` takes."""
    made = [
        claim(**{"id": f"c{at}", **each}).__dict__ for at, each in enumerate(claims, 1)
    ]
    posts = table("Teams", columns, UNITS).assign(dataset="posts")
    return {"posts": posts, "claims": pd.DataFrame(made)}


TWO_VACANT = (
    "posts[unit=Team A; measure=vacancies] + posts[unit=Team B; measure=vacancies]"
)
RIGHT = {"printed": "seven", "claim": "Vacant in A and B", "rests_on": TWO_VACANT}
WRONG = RIGHT | {"printed": "nine", "paragraph": "5"}
CUT_OFF = {
    "printed": "27%", "kind": "share", "claim": "Share vacant in B",
    "rests_on": "posts[unit=Team B; measure=vacancies] / posts[unit=Team B; measure=establishment]",
    "paragraph": "6",
}  # fmt: skip
NO_BASE = {"printed": "44.44%", "kind": "share", "claim": "Share who left",
           "rests_on": "4 / ?", "paragraph": "7"}  # fmt: skip
CITED = {Verdict.DISAGREES: "Table 1", Verdict.QUESTION: "Table 2"}
ALONE = {"printed": "400", "claim": "Visitors", "paragraph": "8"}


def test_claims_are_counted_by_what_was_found():
    made = audited(report(RIGHT, WRONG, CUT_OFF | {"printed": "28%"}, ALONE))
    rows = shown.counted(made)
    assert list(zip(rows["verdict"], rows["value"], strict=True)) == [
        ("Agrees", 1), ("Agrees only if truncated", 1), ("Disagrees", 1),
        ("Cannot be checked", 1), ("All figures", 4),
    ]  # fmt: skip
    assert set(rows["denominator"]) == {4}
    assert (rows["meaning"] != "").sum() == 4


def test_a_key_figure_of_none_still_rests_on_the_claims():
    rows = shown.how_many(audited(report(RIGHT)), shown.CONTRADICTED)
    assert rows[["value", "denominator", "paragraph"]].to_numpy().tolist() == [
        [0, 1, "3"]
    ]


def test_a_finding_says_what_is_printed_and_what_it_comes_to():
    datasets = report(RIGHT, WRONG)
    (row,) = shown.findings(audited(datasets), datasets, shown.CONTRADICTED).to_dict(
        "records"
    )
    assert (row["printed"], row["worked_out"], row["paragraph"]) == ("nine", "7", "5")
    assert row["dataset"] == "claims"


def test_a_single_figure_of_a_table_comes_after_what_the_text_says():
    columns = COLUMNS | {"vacancies": ["3", "4", "1", "9"]}
    datasets = report(WRONG, columns=columns)
    found = shown.findings(audited(datasets), datasets, shown.CONTRADICTED)
    assert list(found["dataset"]) == ["claims", "posts"]
    assert "9" in found["printed"].iloc[1]


def test_the_rows_of_a_table_show_by_how_much_it_is_out():
    columns = {
        "establishment": ["12", "14", "11", "37"],
        "in_post": ["9", "10", "10", "29"],
        "vacancies": ["3", "4", "2", "9"],
    }
    datasets = report(RIGHT, columns=columns)
    rows = shown.table_rows(audited(datasets), datasets)
    assert set(rows["dataset"]) == {"posts"}
    assert set(rows["paragraph"]) == {"4"}
    out = rows[rows["left_over"] != ""]
    assert ("Team C", "2", "1") in set(
        zip(out["row"], out["printed"], out["worked_out"], strict=True)
    )


def test_every_claim_stands_once_in_the_order_of_the_report():
    made = audited(report(RIGHT, WRONG, CUT_OFF, NO_BASE, ALONE))
    groups = (shown.NOT_AGREEING, shown.AGREEING, shown.UNCHECKED)
    ids = [list(shown.claims_of(made, group)["id"]) for group in groups]
    assert sorted(one for each in ids for one in each) == ["c1", "c2", "c3", "c4", "c5"]
    assert all(each == sorted(each) for each in ids)


def test_a_slip_of_rounding_is_no_question_and_an_unstated_base_is():
    asked = said.questions(audited(report(CUT_OFF | {"printed": "28%"}, NO_BASE)))
    assert len(asked) == 1
    assert "44.44%" in asked[0]
    assert "out of how many" in asked[0]


def test_there_are_five_questions_at_most():
    many = [NO_BASE | {"rests_on": f"{n} / ?", "printed": "44.44%"} for n in (4, 8, 12)]
    more = [NO_BASE | {"rests_on": f"{n} / ?", "printed": "12.50%"} for n in (1, 2, 3)]
    assert len(said.questions(audited(report(*many, *more)))) <= said.MOST_QUESTIONS


def test_a_report_in_which_all_agrees_is_said_to_agree():
    datasets = report(RIGHT)
    made = audited(datasets)
    assert said.NO_CONTRADICTION in said.summary(made, datasets, CITED)
    assert said.questions(made) == []


def test_a_terminal_is_told_what_disagrees_first_and_the_count_last():
    datasets = report(RIGHT, WRONG, CUT_OFF | {"printed": "28%"}, NO_BASE, ALONE)
    lines = in_lines(audited(datasets), datasets)
    heads = [line for line in lines if line and not line.startswith(" ")]
    assert heads[:3] == ["What does not agree", "Slips of rounding", "Questions"]
    assert "Cannot be checked: 1 figure" in heads
    assert heads[4].startswith("Of 5 figures, ")
    assert max(map(len, lines)) <= 88


def test_the_record_has_every_claim_with_its_checks():
    record = json.loads(written(audited(report(RIGHT, WRONG))))
    assert [each["id"] for each in record["claims"]] == ["c1", "c2"]
    assert record["claims"][1]["verdict"] == "disagrees"
    assert record["claims"][1]["checks"]
    assert record["counts"]["agrees"] == 1


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_titles_fit_and_rows_can_be_traced_for_every_council(folder):
    datasets = {
        name: frame.assign(dataset=name)
        for name, frame in council_frames(folder).items()
    }
    made = audited(datasets)
    rows = shown.table_rows(made, datasets)
    tables = [
        (shown.counted(made), said.counted_title(made)),
        (rows, said.rows_title(rows)),
    ]
    for verdicts, title in (
        (shown.CONTRADICTED, said.findings_title),
        (shown.SLIPS, said.slips_title),
        (shown.QUESTIONS, said.questions_title),
    ):
        found = shown.findings(made, datasets, verdicts)
        tables.append((found, title(found)))
    for verdicts, title in (
        (shown.NOT_AGREEING, said.others_title),
        (shown.AGREEING, said.agreeing_title),
        (shown.UNCHECKED, said.unchecked_title),
    ):
        found = shown.claims_of(made, verdicts)
        tables.append((found, title(found)))
    for found, title in tables:
        if len(found):
            rules.check_words("claims", title)
            rules.check_traceable("claims", found)
    assert len(said.questions(made)) <= said.MOST_QUESTIONS


def test_no_two_questions_of_herefordshire_are_alike():
    (folder,) = DATA.glob("herefordshire/*")
    asked = said.questions(audited(council_frames(folder)))
    assert len(asked) == len(set(asked))
    assert any("worked out" in question for question in asked)


def test_the_summary_tells_what_is_left_open_and_not_that_it_has_no_base():
    datasets = report(RIGHT, NO_BASE)
    told = said.summary(audited(datasets), datasets, CITED)
    (bullet,) = [line for line in told.splitlines() if line.startswith("- ")]
    assert bullet == (
        "- **44.44%**, share who left (paragraph 7). 4 are 44.44% of 9, and of no other whole or "
        "half number."
    )
    assert said.WITHOUT_A_BASE in told
    assert said.NO_CONTRADICTION in told


def test_the_summary_names_slips_in_a_line_and_what_does_not_agree_with_its_finding():
    datasets = report(RIGHT, WRONG, CUT_OFF | {"printed": "28%"})
    told = said.summary(audited(datasets), datasets, CITED)
    assert "- **nine**, vacant in A and B (paragraph 5). " in told
    assert "1 slip of rounding, in the last digit only: **28%** (paragraph 6)." in told
    assert said.LEFT_OPEN not in told


def test_the_summary_tells_a_few_and_cites_the_table_of_the_rest():
    wrong = [WRONG | {"printed": str(n), "claim": f"Thing {n}"} for n in range(10, 19)]
    datasets = report(*wrong)
    told = said.summary(audited(datasets), datasets, CITED)
    assert told.count("\n- **") == said.MOST_TOLD
    assert "- 3 more in Table 1." in told
