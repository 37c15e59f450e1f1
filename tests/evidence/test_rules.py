"""The rules of evidence that code holds an item to."""

import pandas as pd
import pytest

from scrutiny_pack.errors import EvidenceError
from scrutiny_pack.evidence import rules
from scrutiny_pack.observations import long_form

GOOD = {
    "measure": "vacancy_rate_posts", "basis": "headcount", "value": 27.7,
    "numerator": 26, "denominator": 94, "as_at": "2016-07-31",
    "dataset": "posts", "paragraph": "22",
}  # fmt: skip


def one(**changes):
    return long_form(pd.DataFrame([{**GOOD, **changes}]))


def test_a_rate_with_its_base_and_its_source_passes():
    rules.check_figures("rate", one())
    rules.check_traceable("rate", one())


@pytest.mark.parametrize("gone", ["numerator", "denominator"])
def test_no_rate_stands_without_its_numerator_and_denominator(gone):
    with pytest.raises(EvidenceError, match="has no numerator or no denominator"):
        rules.check_figures("rate", one(**{gone: None}))


def test_a_published_rate_may_have_none_because_its_source_states_none():
    published = one(measure="vacancy_rate_published", numerator=None, denominator=None)
    rules.check_figures("rate", published)


def test_no_new_rate_is_made_on_a_base_under_ten():
    with pytest.raises(
        EvidenceError, match="made on a base of 9; none is made under 10"
    ):
        rules.check_figures("rate", one(numerator=6, denominator=9))
    rules.check_figures("rate", one(numerator=6, denominator=10))


def test_an_empty_value_says_why():
    with pytest.raises(EvidenceError, match="neither a value nor a status"):
        rules.check_figures("rate", one(value=None))
    with pytest.raises(EvidenceError, match="neither a value nor a status"):
        rules.check_figures("rate", one(value=None, status="e"))
    rules.check_figures("rate", one(value=None, status="u"))
    rules.check_figures("rate", one(value=None, low=10, high=15, status="e"))


@pytest.mark.parametrize(
    ("change", "words"),
    [({"measure": "happiness"}, "'happiness' is not a defined measure"),
     ({"status": "q"}, "'q' is not a status letter")],
)  # fmt: skip
def test_measures_and_status_letters_are_known_ones(change, words):
    with pytest.raises(EvidenceError, match=words):
        rules.check_figures("rate", one(**change))


@pytest.mark.parametrize("gone", ["dataset", "paragraph", "as_at"])
def test_every_row_says_where_it_comes_from_and_what_it_is_about(gone):
    with pytest.raises(EvidenceError, match=f"1 of 1 rows have no {gone}"):
        rules.check_traceable("rate", one(**{gone: ""}))


def test_a_title_has_at_most_fifteen_words_and_no_full_stop():
    rules.check_words("t", " ".join(["word"] * 15))
    for title in ("", " ".join(["word"] * 16), "Vacancies fell."):
        with pytest.raises(EvidenceError):
            rules.check_words("t", title)
