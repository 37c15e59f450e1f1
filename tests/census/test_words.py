"""What notebook 12 says of a return: short titles, and nothing of a hidden number."""

import pandas as pd
import pytest

from scrutiny_pack.evidence import rules
from scrutiny_pack.evidence.headlines import census_workforce as headlines
from scrutiny_pack.exampleshire.census_return import as_xml, council_level, records
from scrutiny_pack.imports.disclosure import Control
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.measures import census_workforce as measures
from tests.census.returns import import_bytes

BREAKDOWNS = (
    ("In post by role", "Leavers by role"),
    ("In post by age", "Leavers by age"),
    ("In post by time in service", "Leavers by time in service"),
    ("Starters by where they came from",),
    ("Leavers by reason for leaving",),
    ("Leavers by where they went",),
    ("Workers by cases held",),
)


def imported(workspace, size, seed=1, control=None) -> pd.DataFrame:
    raw = as_xml(records(2025, size, seed), council_level(2025, size, seed), 2025)
    import_bytes(workspace, raw, control=control or Control())
    folder = workspace.data_folder("exampleshire", "2025-09-30")
    return load_dataset(folder, "census-workforce", workspace.home).frame


@pytest.mark.parametrize("control", [Control(), Control(step=5), Control(threshold=9)])
@pytest.mark.parametrize("size", [4, 12, 30, 90, 250])
def test_whoever_works_there_it_can_be_shown_and_hides_what_is_hidden(
    workspace, size, control
):
    census = imported(workspace, size, control=control)
    people, rates = measures.people(census), measures.rates(census)
    tables = {names: measures.groups(census, *names) for names in BREAKDOWNS}

    known = set(census["value"].dropna())
    made = [
        headlines.with_names(people),
        headlines.with_bases(rates.assign(what=rates["measure"])),
        *tables.values(),
        *measures.key_figures(census).values(),
    ]
    for rows in made:
        rules.check_figures("item", rows)
        rules.check_traceable("item", rows)
        hidden = rows[rows["status"].str.contains("c")]
        assert hidden[["value", "low", "high"]].isna().all(axis=None)
        assert set(hidden["numerator"].dropna()) <= known  # of a hidden whole
        assert not hidden.get("made_of", pd.Series(dtype=str)).any()
    for (first, *_), rows in tables.items():
        measure = str(rows["measure"].iloc[0])
        title = headlines.largest_title(rows, measure, first, "in post", "Aged")
        rules.check_words("item", title)
        assert all(
            float(word.strip(":,")) in known
            for word in title.split(": ")[-1].split()
            if word.strip(":,").isdecimal()
        )
        counted = rows[~rows["measure"].str.startswith("share")]
        assert set(counted["value"].dropna()) <= known
        notes = headlines.group_notes(rows)
        assert (headlines.HIDDEN in notes) == rows["status"].str.contains("c").any()
    rules.check_words("item", headlines.people_title(people))
    rules.check_words("item", headlines.rates_title(rates))
    said = [*headlines.changes(people), *headlines.questions(people)]
    assert all(
        sentence.endswith((".", "?")) and "nan" not in sentence for sentence in said
    )


def test_the_words_of_exampleshire(workspace):
    census = imported(workspace, 250, 2025)
    people = measures.people(census)
    by_age = measures.groups(census, "In post by age", "Leavers by age")

    assert (
        headlines.people_title(people)
        == "276 in post; 41 started and 36 left in the year"
    )
    assert headlines.rates_title(measures.rates(census)) == (
        "Vacancy rate of 14.5% and turnover rate of 12.4%, by FTE"
    )
    assert headlines.largest_title(by_age, measures.IN_POST, "", "in post", "Aged") == (
        "Aged 30 to 39: 106 of 276 in post, the largest group shown"
    )
    assert headlines.changes(people) == [
        "In the year to 30 September 2025, 41 social workers started and 36 left."
    ]
    assert headlines.questions(people) == [
        "Agency workers cover 30.2 of 42.2 vacancies, by FTE: how is the work of the other "
        "12 done?"
    ]


def test_who_is_not_known_is_asked_about_only_where_the_number_is_shown(workspace):
    census = imported(workspace, 250)
    reasons = measures.groups(census, "Leavers by reason for leaving")
    known = (reasons["unit"] == "Not known") & (reasons["basis"] == "headcount")
    count = known & (reasons["measure"] == measures.LEAVERS)
    for value, status, number in ((float("nan"), "c", 0), (0.0, "", 0), (8.0, "", 1)):
        changed = reasons.copy()
        changed.loc[count, "value"] = value
        changed.loc[count, "status"] = status
        asked = headlines.questions(
            measures.people(census[:0]), ("why they left", changed)
        )
        assert len(asked) == number
        assert all("8 of" in question for question in asked)
