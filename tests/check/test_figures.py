"""Which numerals of a sentence are figures, and where sentences end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny_pack.check.citations import plain
from scrutiny_pack.check.figures import figures
from scrutiny_pack.check.sentences import sentences


def found(text, **others):
    return [figure.printed.text for figure in figures(plain(text), **others)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 31 July 2016 it was 26.73%, in 2015/16 20.21 per cent", ["26.73%", "20.21 per cent"]),
        ("between 1 April and 31 July, at 10.30am, 5/7/2016 or 2016-07-31", []),
        ("July 26, 2016; the 2016 report; 26th; 3rd; s47, COVID-19, 24/7", []),
        ("In July 26 posts were vacant", ["26"]),
        ("paragraphs 8.15, 8.18 and 9 and section 47 of the Act, Recommendation 3", []),
        ("In paragraph 3, 26 posts", ["26"]),
        ("young people aged 16 to 18, an 18-year-old, under 16s", []),
        ("about 6,000 referrals, £24k to £30k, £1.2 million", ["about 6,000", "£24k", "£30k", "£1.2 million"]),
        ("from 20 to 26%", ["20", "26%"]),
        ("rose by 6.5 percentage points (2 points more)", ["6.5 percentage points", "2 points"]),
        ("six social workers and twenty-six posts", ["six", "twenty-six"]),
        ("one of the two, the first of three reasons", []),
        ("two thirds of the staff; half of them", ["two thirds", "half"]),
        ("at least 3 of them, 10 or more", ["at least 3", "10 or more"]),
        ("(13.20) and \u22124.5", ["13.20", "-4.5"]),
        ("18 in every 100; 5 per 100 children", ["18", "100", "5"]),
        ("2016 posts in 2016", ["2016"]),
    ],
)  # fmt: skip
def test_what_is_a_figure(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "3.2 The council",
        "(3) The council",
        "12. The council",
        "4\tThe council",
        "7 Members heard",
    ],
)
def test_a_list_number_is_none(text):
    assert found(text, begins=True) == []


def test_a_number_that_begins_a_sentence_is_one():
    assert found("26 posts were vacant", begins=True) == ["26"]
    assert found("26.73% were vacant", begins=True) == ["26.73%"]


def test_each_end_of_a_range_has_the_unit():
    assert [f.printed.unit for f in figures("14 to 16%")] == ["per cent", "per cent"]


def test_what_a_citation_holds_is_no_figure():
    text = "26 of 94 (Table 3)"
    assert found(text, citations=[(text.index("Table"), len(text) - 1)]) == ["26", "94"]


@settings(deadline=None)
@given(st.integers(0, 99999), st.integers(0, 2))
def test_every_plain_number_is_read_as_it_is(number, places):
    text = f"{number:,}" + (f".{'7' * places}" if places else "")
    (figure,) = figures(f"It was £{text} then")
    assert figure.printed.value == float(text.replace(",", "")) or places
    assert figure.printed.text == f"£{text}"


@settings(deadline=None)
@given(
    st.text(alphabet="0123456789 .,%£()-/abcTable[]\u2013thousandpercent", max_size=80)
)
def test_no_text_breaks_it(text):
    for figure in figures(plain(text)):
        assert text[figure.start : figure.end]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The rate was 26.73%. 26 posts were vacant.", 2),
        ("No. 5 of c. 40 staff, i.e. few. They left.", 2),
        ("Cllr. B. Smith asked (see para. 5). \u201cWhy?\u201d He said.", 3),
        ("3. The council agreed. It did.", 2),
        ("One line\n\nAnother", 2),
    ],
)
def test_where_sentences_end(text, count):
    assert len(sentences(text)) == count


def test_a_sentence_does_not_end_within_a_citation():
    text = "It fell (Scrutiny evidence pack: A. B. Evidence item). Then it rose."
    assert len(sentences(text, [(9, 52)])) == 2
