"""Codes are shown in the words that a reader knows, and notes say what they are about."""

from scrutiny_pack.evidence.in_words import (
    capitalised,
    in_words,
    nature_notes,
    notes_of,
)
from tests.spec.tables import expect, table


def test_measures_bases_and_dates_in_words():
    rows = table("""
        | unit  | measure   | basis      | as_at               | value |
        | Whole | vacancies | fte        | 2016-07-31          | 1     |
        | Whole | permanent | not stated | 2017-10; 2019-01-21 | 1     |
    """)
    expect(
        in_words(rows),
        """
        | what            | counted          | when                          |
        | Vacancies       | FTE              | 31 July 2016                  |
        | Permanent staff | basis not stated | October 2017; 21 January 2019 |
        """,
    )


def test_a_note_names_the_rows_that_it_is_about():
    rows = table("""
        | unit | measure       | value | status | note                    |
        | A    | vacancies     | 1     |        | Only of A and B         |
        | B    | vacancies     | 1     |        | Only of A and B         |
        | C    | establishment | 1     |        | Of the posts of many.   |
        | D    | establishment | 1     |        | Of the posts of many.   |
        | E    | establishment | 1     |        | Of the posts of many.   |
        | F    | establishment | 1     |        | Of the posts of many.   |
        | G    | vacancies     |       | x      | printed blank           |
    """)
    assert notes_of(rows, "unit") == (
        "A and B: Only of A and B.",
        "Posts in the establishment: Of the posts of many.",
        "Figures marked [x]: printed blank.",
    )


def test_what_is_noted_of_the_same_rows_stands_in_one_note_each_sentence_once():
    rows = table("""
        | unit | measure       | value | note                                        |
        | AP   | establishment | 8     | Printed as AP's. Budgeted for 2012/13.      |
        | AP   | permanent     | 4     | Printed as AP's.                            |
        | AP   | vacancies     | 4     | Printed as AP's. Budgeted for 2013/14.      |
        | B    | vacancies     | 1     | Printed beside the budget (8.17) of a year  |
    """)
    assert notes_of(rows, "unit") == (
        "AP: Printed as AP's. Budgeted for 2012/13. Budgeted for 2013/14.",
        "B: Printed beside the budget (8.17) of a year.",
    )


def test_a_note_on_all_rows_stands_alone():
    rows = table("""
        | unit | measure   | value | note       |
        | A    | vacancies | 1     | Of all.    |
        | B    | vacancies | 1     | Of all.    |
    """)
    assert notes_of(rows, "unit") == ("Of all.",)
    assert notes_of(rows.iloc[:0], "unit") == ()


def test_plans_and_budgets_are_marked():
    rows = table("""
        | unit | measure            | value | nature         |
        | A    | establishment      | 1     | budget         |
        | A    | vacancies          | 1     | actual         |
        | A    | vacancy_rate_posts | 1     | actual; budget |
    """)
    assert nature_notes(rows) == (
        "Posts in the establishment: a budget, not what there was.",
        "Vacancy rate, vacancies as a share of posts: in part a budget, not what there was.",
    )


def test_first_letters_become_capitals():
    rows = table("| unit | measure | value |\n| the whole | vacancies | 1 |")
    assert capitalised(rows, "unit")["unit"].tolist() == ["The whole"]
