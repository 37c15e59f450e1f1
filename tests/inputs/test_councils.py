"""Which authority a council's slug stood for at a period."""

import pytest

from scrutiny_pack.errors import CouncilError, InputFileError, PeriodError
from scrutiny_pack.inputs.councils import find_council, read_councils
from scrutiny_pack.periods import Period

HEADER = "slug,name,from,to,ons_code,dfe_code,region,note\n"
REGISTER = (
    HEADER
    + "darlington,Darlington Borough Council,1997-04-01,,E06000005,841,North East,\n"
    "dorset,Dorset County Council,,2019-03-31,E10000009,835,South West,\n"
    "dorset,Dorset Council,2019-04-01,,E06000059,838,South West,A new authority.\n"
    "warrington,Warrington Borough Council,,,E06000007,877,North West,\n"
    "westmorland-and-furness,Westmorland and Furness Council,2023-04-01,,,,,\n"
)


def read(tmp_path, text):
    path = tmp_path / "councils.csv"
    path.write_text(text, encoding="utf-8", newline="\n")
    return read_councils(path, "councils.csv")


@pytest.fixture
def register(tmp_path):
    return read(tmp_path, REGISTER)


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ("2005", "Dorset County Council"),
        ("2019-01", "Dorset County Council"),
        ("2019-03-31", "Dorset County Council"),
        ("2019-04-01", "Dorset Council"),
        ("2019", "Dorset Council"),
        ("2022-W10", "Dorset Council"),
    ],
)
def test_the_authority_that_was_there_then(register, period, name):
    council = find_council(register, "dorset", Period.parse(period))
    assert (council.slug, council.name) == ("dorset", name)


def test_what_the_register_says(register):
    council = find_council(register, "darlington", Period.parse("2016-07-31"))
    assert (council.ons_code, council.dfe_code) == ("E06000005", "841")
    assert council.region == "North East"


def test_a_council_that_was_not_there_yet(register):
    with pytest.raises(PeriodError) as caught:
        find_council(register, "westmorland-and-furness", Period.parse("2005"))
    assert str(caught.value) == (
        "'westmorland-and-furness' was not there in 2005; the register has "
        "Westmorland and Furness Council from 1 April 2023"
    )


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        (
            "darlingtn",
            "'darlingtn' is not a council that this project knows. "
            "Did you mean darlington?",
        ),
        ("Dorset", "'Dorset' is not a council that this project knows. Did you mean d"),
        ("Dorset Council", "Did you mean dorset?"),
        (
            "../etc",
            "'../etc' is not a council that this project knows. "
            "The register, data/reference/councils.csv, has 4 councils; "
            "look it up there.",
        ),
        ("", "no council was given: say which, such as COUNCIL=darlington"),
        ("  ", "no council was given: say which, such as COUNCIL=darlington"),
    ],
)
def test_a_council_that_is_not_known(register, slug, message):
    with pytest.raises(CouncilError) as caught:
        find_council(register, slug, Period.parse("2016"))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "rows",
    [
        "a,A,,2019-04-01,,,,\na,B,2019-04-01,,,,,\n",
        "a,A,,,,,,\na,B,2019-04-01,,,,,\n",
        "a,A,2019-04-01,2018-01-01,,,,\n",
    ],
)
def test_rows_that_overlap(tmp_path, rows):
    with pytest.raises(InputFileError, match="the rows of 'a' overlap in time"):
        read(tmp_path, HEADER + rows)


def test_a_register_that_is_malformed(tmp_path):
    with pytest.raises(InputFileError, match=r"'1\.4\.2019' is not a date"):
        read(tmp_path, HEADER + "a,A,1.4.2019,,,,,\n")


def test_a_register_without_rows(tmp_path):
    with pytest.raises(InputFileError, match="has headings and no rows"):
        read(tmp_path, HEADER)
