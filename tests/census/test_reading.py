"""Reading a return in XML and CSV, whatever wrote it, and refusing what is none."""

import re

import pytest

from scrutiny_pack.errors import InputFileError, PeriodError
from scrutiny_pack.exampleshire.census_return import (
    as_csv,
    as_xml,
    council_level,
    records,
)
from scrutiny_pack.imports.census_csv import read_csv
from scrutiny_pack.imports.census_fields import la_fields
from scrutiny_pack.imports.census_records import RawReturn, typed
from scrutiny_pack.imports.census_xml import read_xml
from tests.census.returns import COUNCIL, a_return, agency, employed

TWO = [employed(1), agency(2)]
XML = as_xml(TWO, COUNCIL, 2025).decode()
CSV = as_csv(TWO, COUNCIL, 2025).decode()


def xml(text: str | bytes) -> RawReturn:
    return read_xml(text if isinstance(text, bytes) else text.encode(), "return.xml")


def table(text: str | bytes) -> RawReturn:
    return read_csv(text if isinstance(text, bytes) else text.encode(), "return.csv")


def read(text: str, year: int = 2025):
    return typed(xml(text), year, la_fields())


# --- XML ----------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024, 2025])
@pytest.mark.parametrize("namespace", ["", "http://www.example.org/csww"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "iso-8859-1"])
def test_a_return_of_each_year_is_read(year, namespace, encoding):
    workers, council = records(year, 20), council_level(year, 20)
    raw = as_xml(workers, council, year, namespace=namespace, encoding=encoding)

    made = xml(raw)

    assert [{n: v[0] for n, v in w.values.items()} for w in made.workers] == workers
    assert made.la_level == council
    assert (made.header["LEA"], made.header["ReferenceDate"]) == (
        "999",
        f"{year}-09-30",
    )
    assert len(typed(made, year, la_fields()).workers) == len(workers)


def test_elements_under_a_prefix_are_read():
    prefixed = re.sub(r"<(/?)([A-Z])", r"<\1c:\2", XML)
    prefixed = prefixed.replace("<c:Message>", '<c:Message xmlns:c="urn:csww">')

    assert len(xml(prefixed).workers) == 2


def test_the_two_names_of_performance_pay_are_one():
    award = XML.replace(
        "</LALevel>", "<PerformanceAward>2</PerformanceAward></LALevel>"
    )

    assert read(award).la_level["PerformanceReward"] == "2"


def test_a_worker_is_known_by_its_place_and_line():
    lines = XML.splitlines()
    first = next(
        number for number, line in enumerate(lines, 1) if "<CSWWWorker>" in line
    )

    assert next((w.position, w.line) for w in xml(XML).workers) == (1, first)


def test_a_return_without_the_council_s_level_is_read_and_says_so():
    start, end = XML.index("  <LALevel>"), XML.index("  <CSWWWorker>")

    made = xml(XML[:start] + XML[end:])

    assert made.la_level == {}
    assert (
        "vacancies, and the agency workers who cover them, are not available"
        in (made.notes[0])
    )


def broken(old: str, new: str) -> str:
    assert old in XML
    return XML.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (XML[: len(XML) // 2], "the XML is cut off or its elements are not closed"),
        ("", "there is no worker in it"),
        ("hello", "line 1: it is not well-formed XML"),
        ("<Message/>", "there is no worker in it"),
        ("<html><body/></html>", "line 1: it does not begin with <Message>"),
        (broken("<FTE>", "<FTE><b/>"), "worker 1: there is an element within a field"),
        (broken("<CSWWWorker>", "<CSWWWorker>EX1"), "worker 1: there is text between"),
        (broken("<FTE30>1.000000</FTE30>", "<FTE31>1</FTE31>"),
         r"worker 1: there is a field that the census does not have \(most like FTE30\)"),
        (broken("<LALevel>", "<LALevel></LALevel><LALevelVacancies/><LALevel>"),
         "there is a second LALevel"),
        (broken("<CSWWWorker>", "<Worker>"),
         r"an element that a return does not have \(most like CSWWWorker\)"),
        (broken("<NoAgencyHeadcount>6</NoAgencyHeadcount>",
                "<NoAgencyFTE>6</NoAgencyFTE>"), "NoAgencyFTE stands twice"),
        (broken("<LEA>999</LEA>", "<LEA>999</LEA><LEA>998</LEA>"),
         "header: LEA stands twice, and not alike"),
        (broken("<LEA>999</LEA>", "<LEA>99</LEA>"), "LEA is not the three digits"),
        (broken("<Collection>CSWW", "<Collection>CIN"), "a return of another collection"),
        (broken("<Year>2025", "<Year>2024"), "Year is not 2025"),
        (broken("2025-09-30", "2024-09-30"), "ReferenceDate is not 2025-09-30"),
        (broken("<OrgRole>5", "<OrgRole>" + "5" * 3_000), "a field has more than 2,000"),
        ("<Message>" + "<Header>" * 9, "elements lie more than 6 deep|within a field"),
        ("<Message><Header><CollectionDetails>" + "<Source>" * 9, "more than 6 deep"),
    ],
)  # fmt: skip
def test_what_is_not_a_return_is_refused_in_a_sentence(text, message):
    with pytest.raises(InputFileError, match=message) as caught:
        read(text)

    assert caught.value.__context__ is None
    assert "othing" in str(caught.value)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE Message [<!ENTITY e "x">]>',
        '<!DOCTYPE Message [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Message SYSTEM "http://www.example.org/csww.dtd">',
        '<!DOCTYPE Message [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY e "&b;&b;">]>',
    ],
)
def test_entities_and_document_types_are_refused_and_nothing_is_fetched(
    doctype, monkeypatch
):
    def fetch(*_):
        raise AssertionError

    monkeypatch.setattr("urllib.request.urlopen", fetch)
    text = broken("<Message>", f"{doctype}<Message>").replace("WBRI", "&e;", 1)

    with pytest.raises(InputFileError, match="a document type or an entity"):
        xml(text)


def test_a_wrong_encoding_is_told_with_its_line():
    raw = broken("<Ethnicity>WBRI", "<Ethnicity>WBRI\u2019").encode("windows-1252")

    line = XML.splitlines().index("    <Ethnicity>WBRI</Ethnicity>") + 1

    with pytest.raises(InputFileError, match=rf"line {line}, worker 1: .* encoding"):
        xml(raw)
    with pytest.raises(
        InputFileError, match="its encoding is not one that can be read"
    ):
        xml(XML.replace("utf-8", "klingon"))


def test_too_many_elements_or_workers_are_refused(monkeypatch):
    monkeypatch.setattr("scrutiny_pack.imports.census_xml.MOST_ELEMENTS", 10)
    with pytest.raises(InputFileError, match="more than 10 elements"):
        xml(XML)
    monkeypatch.setattr("scrutiny_pack.imports.census_xml.MOST_ELEMENTS", 1_000)
    monkeypatch.setattr("scrutiny_pack.imports.census_xml.MOST_WORKERS", 1)
    with pytest.raises(InputFileError, match="more than 1 workers"):
        xml(XML)


# --- CSV ----------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2021, 2025])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_says_what_the_xml_says(year, encoding):
    workers, council = records(year, 20), council_level(year, 20)
    raw = as_csv(workers, council, year).decode().encode(encoding)

    by_table = typed(table(raw), year, la_fields())
    by_xml = typed(xml(as_xml(workers, council, year)), year, la_fields())

    assert [w.values for w in by_table.workers] == [w.values for w in by_xml.workers]
    assert (by_table.la_level, by_table.la_code) == (by_xml.la_level, by_xml.la_code)


def test_what_excel_does_to_a_table_is_put_right_and_listed():
    workers = [employed(1, PersonBirthDate="15/06/1985", StepUpGrad="N"), agency(2)]
    text = as_csv(workers, COUNCIL, 2025).decode()
    text = text.replace("\n", ",,\r\n").replace("LEA,", "LEA ,", 1) + ",,,\r\n"

    made = typed(table(text), 2025, la_fields())

    assert made.workers[0].get("PersonBirthDate").isoformat() == "1985-06-15"
    assert made.workers[0].get("StepUpGrad") == "0"
    assert "A date written as day/month/year was read as such (1 field)." in made.notes
    assert "Y and N were read as 1 and 0 (1 field)." in made.notes


def heading(old: str, new: str) -> str:
    first, rest = CSV.split("\n", 1)
    assert old in first
    return f"{first.replace(old, new, 1)}\n{rest}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there is no column AgencyWorker, SWENo or FTE"),
        (CSV.split("\n", 1)[1], "column 1: its heading is no field of the census"),
        (heading("FTE30", "FTE31"), r"its heading is no field .*\(most like FTE30\)"),
        (heading("Ethnicity", "OrgRole"), r"columns \d+ and \d+: both are OrgRole"),
        (heading("SWENo", ""), "there is no column SWENo"),
        (CSV + "1,2,3\n", "line 4, worker 3: the row has 3 cells under"),
        (CSV + '"open', "line 4: the quotation marks do not pair"),
        (CSV.replace("WBRI", "W" * 3_000), "line 2: a cell has more than 2,000"),
        (CSV + CSV.splitlines()[2].replace("20.00", "21.00") + "\n",
         "line 4, worker 3, NumberOfVacancies: it is not what an earlier row says"),
        (CSV.splitlines()[0], "there is no worker in it"),
        ("\0" * 40, "is no CSV file"),
    ],
)  # fmt: skip
def test_what_is_not_a_table_of_workers_is_refused_in_a_sentence(text, message):
    with pytest.raises(InputFileError, match=message) as caught:
        typed(table(text), 2025, la_fields())

    assert caught.value.__context__ is None


def test_a_table_that_is_not_utf_8_is_told_with_its_line():
    with pytest.raises(InputFileError, match="line 2: the text is not UTF-8"):
        table(CSV.replace("WBRI", "WBRI\u2019").encode("windows-1252"))


def test_a_table_without_the_council_s_columns_is_read_and_says_so():
    made = table("AgencyWorker,SWENo,FTE\n1,EX01,1\n")

    assert "There are no columns for the council as a whole" in made.notes[0]


# --- What fields stand for ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("FTE", "1.2", "FTE: it is above 1"),
        ("FTE", "-1", "FTE: it is not a number from 0 to 1"),
        ("FTE", "full", "FTE: it is not a number from 0 to 1"),
        ("FTE", "", "FTE: it is missing, and every worker must have it"),
        ("AgencyWorker", "2", "AgencyWorker: it is none of its codes: 0, 1"),
        ("Cases30", "1.5", "Cases30: it is not a whole number from 0 to 9,999"),
        ("Cases30", "10000", "Cases30: it is above 9,999"),
        ("PersonBirthDate", "1985-02-30", "PersonBirthDate: it is not a date"),
        ("PersonBirthDate", "June", "PersonBirthDate: it is not a date"),
        (
            "PersonBirthDate",
            "0985-06-15",
            "PersonBirthDate: its year is not between 1900 and 2100",
        ),
        ("Ethnicity", "WBRT", "Ethnicity: it is none of its codes. Nothing"),
        ("LeaverDestination", "10", "LeaverDestination: it is none of its codes: 1, "),
        ("WorkingDaysLost", "1e3", "WorkingDaysLost: it is not a number from 0 to"),
    ],
)
def test_a_field_that_holds_what_it_cannot_is_named_and_not_shown(
    field, value, message
):
    worker = {**employed(2), field: value}

    with pytest.raises(InputFileError, match=f"line 20, worker 2, {message}") as caught:
        a_return([employed(1), worker])

    assert "EX00" not in str(caught.value)
    assert not value or f"'{value}'" not in str(caught.value)


def test_a_field_that_stands_twice_is_named():
    text = broken("<OrgRole>5</OrgRole>", "<OrgRole>5</OrgRole><OrgRole>6</OrgRole>")

    with pytest.raises(InputFileError, match="worker 1, OrgRole: it stands 2 times"):
        read(text)


def test_a_field_that_may_be_repeated_keeps_all_its_values():
    text = broken(
        "<FrontlineGrad>0</FrontlineGrad>",
        "<FrontlineGrad>0</FrontlineGrad><Absat30Sept>0</Absat30Sept>"
        "<Absat30Sept>1</Absat30Sept>",
    )

    assert read(text).workers[0].repeated["Absat30Sept"] == ["0", "1"]


def test_all_problems_are_told_together_up_to_ten():
    worker = {**employed(1), "FTE": "2", "OrgRole": "9", "Cases30": "x"}

    with pytest.raises(InputFileError, match="3 problems") as caught:
        a_return([worker])
    assert str(caught.value).count("\n") == 3

    with pytest.raises(InputFileError, match="its first ten problems") as caught:
        a_return([worker] * 9)
    assert str(caught.value).count("\n") == 10


def test_a_census_that_is_not_read_is_refused():
    with pytest.raises(PeriodError, match="the census of 2019 is not one that this"):
        a_return([employed(1)], year=2019)


def test_a_table_of_too_many_workers_is_refused(monkeypatch):
    monkeypatch.setattr("scrutiny_pack.imports.census_csv.MOST_WORKERS", 1)

    with pytest.raises(InputFileError, match="worker 2: there are more than 1 workers"):
        table(CSV)


def test_a_second_header_and_elements_unknown_in_it_are_seen():
    header = XML[XML.index("  <Header>") : XML.index("  <LALevel>")]
    with pytest.raises(InputFileError, match="there is a second header"):
        read(XML.replace(header, header * 2))

    made = xml(XML.replace("<LEA>999</LEA>", "<LEA>999</LEA><Version>1</Version>"))
    assert made.notes == [
        "The header has elements that are not known; they were left out."
    ]


def test_a_council_s_field_that_holds_what_it_cannot_is_named():
    with pytest.raises(
        InputFileError, match="council level, NoAgencyHeadcount: it is not"
    ):
        a_return([employed(1)], {**COUNCIL, "NoAgencyHeadcount": "six"})


def test_a_field_that_is_repeated_without_end_is_refused():
    absent = "<Absat30Sept>0</Absat30Sept>" * 101
    text = broken("<FrontlineGrad>0</FrontlineGrad>", f"<FrontlineGrad/>{absent}")

    with pytest.raises(
        InputFileError, match="Absat30Sept: it stands more than 100 times"
    ):
        read(text)
