"""Names that Excel takes, derived from slugs."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.formats.sheet_names import sheet_names, table_name

SLUGS = st.lists(
    st.from_regex(r"[a-c0-1]{1,20}(-[a-c0-1]{1,20}){0,3}", fullmatch=True)
    | st.sampled_from(["history", "cover", "cover-2", "a" * 40, "a" * 31, "a" * 32]),
    unique=True,
    max_size=30,
)


def test_a_slug_that_fits_is_the_name():
    assert sheet_names(["posts", "vacancy-rates"]) == ["posts", "vacancy-rates"]


def test_a_long_slug_is_cut_after_a_word_and_a_second_one_alike_is_numbered():
    assert sheet_names(
        [
            "vacancies-and-staff-by-team-headcount",
            "vacancies-and-staff-by-team-fte",
            "vacancies-and-staff-by-team-headcount-again",
        ]
    ) == [
        "vacancies-and-staff-by-team",
        "vacancies-and-staff-by-team-fte",
        "vacancies-and-staff-by-team-2",
    ]


def test_a_slug_that_fits_keeps_its_name_whatever_comes_before():
    long, short = "vacancies-and-staff-by-team-headcount", "vacancies-and-staff-by-team"
    assert sheet_names([long, short]) == [f"{short}-2", short]


def test_names_of_other_sheets_and_excels_own_are_not_taken():
    assert sheet_names(["notes", "history"], ["Notes"]) == ["notes-2", "history-2"]


@settings(deadline=None)
@given(SLUGS)
def test_names_differ_in_excels_eyes_and_are_short_enough(slugs):
    names = sheet_names(slugs, ["Cover"])
    folded = [name.lower() for name in names]
    assert len(set(folded)) == len(slugs)
    assert not {"cover", "history"} & set(folded)
    assert all(0 < len(name) <= 31 for name in names)
    assert not any(re.search(r"[\[\]:*?/\\']", name) for name in names)


@settings(deadline=None)
@given(SLUGS)
def test_a_tables_name_is_never_taken_for_a_cell(slugs):
    for slug in slugs:
        assert re.fullmatch(r"data_[a-z0-9_]+", table_name(slug))
