"""Tables that add up, or do not, and columns whose formula changes from row to row."""

import random
from fractions import Fraction

import pandas as pd
import pytest

from scrutiny_pack.claims import tables
from scrutiny_pack.claims.audit import audit
from scrutiny_pack.claims.findings import Verdict
from scrutiny_pack.claims.formulas import Formula, family, fit_column
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.table_checks import audit_tables
from scrutiny_pack.claims.wording import amount

from .reports import claim, evidence, frame, table

TEAMS = [
    ("North", "All"),
    ("South", "All"),
    ("East", "All"),
    ("West", "All"),
    ("All", ""),
]


def staff(**changed):
    columns = {
        "establishment fte": ["12.40", "9.75", "20.10", "7.00", "49.25"],
        "in_post fte": ["10.15", "8.00", "14.60", "6.35", "39.10"],
        "vacancies fte": ["2.25", "1.75", "5.50", "0.65", "10.15"],
    }
    for name, cells in changed.items():
        columns[name.replace("__", " ")] = cells
    return evidence(posts=table("Teams", columns, TEAMS))


def cell(held, unit, measure):
    return next(
        each for each in held.cells["posts"]
        if each.columns["unit"] == unit and each.columns["measure"] == measure
    )  # fmt: skip


def verdicts(held, unit, measure):
    found = audit_tables(held).checks.get(cell(held, unit, measure), [])
    return {check.verdict for check in found}


def test_a_table_that_holds():
    found = audit_tables(staff())
    assert {check.verdict for checks in found.checks.values() for check in checks} == {
        Verdict.AGREES
    }
    (only,) = found.findings
    assert only.sentence == (
        "The column vacant, by FTE, is posts in the establishment less staff in post in all "
        "4 rows."
    )


def test_a_total_that_does_not_add_up():
    held = staff(in_post__fte=["10.15", "8.00", "14.60", "6.35", "39.40"])
    assert Verdict.DISAGREES in verdicts(held, "All", "in_post")
    sentences = [finding.sentence for finding in audit_tables(held).findings]
    assert any("its printed parts come to 39.1" in sentence for sentence in sentences)


def test_a_total_may_differ_by_the_rounding_of_its_parts():
    held = evidence(posts=table(
        "Teams", {"in_post fte": ["3.3", "3.3", "3.3", "10"]},
        [("A", "All"), ("B", "All"), ("C", "All"), ("All", "")],
    ))  # fmt: skip
    (only,) = tables.sums(held)
    assert only.holds
    assert only.computed == Interval(Fraction("9.75"), Fraction("10.05"))


def test_a_blank_counts_as_nought_or_may_hold_the_rest():
    def total(printed):
        held = evidence(posts=table(
            "Teams", {"in_post": ["4", "", "3", printed]},
            [("A", "All"), ("B", "All"), ("C", "All"), ("All", "")],
        ))  # fmt: skip
        return {
            check.verdict
            for check in audit_tables(held).checks[cell(held, "All", "in_post")]
        }

    assert total("7") == {Verdict.AGREES}
    assert total("9") == {Verdict.UNCHECKED}
    assert total("6") == {Verdict.DISAGREES}


def test_bands_add_up_to_all():
    rows = [
        {"band": band, "printed": printed}
        for band, printed in (("0-9", "4"), ("10 or more", "5"), ("all", "10"))
    ]
    held = evidence(caseload_bands=frame(
        rows, breakdown="Caseloads", unit="North", part_of="", within="", measure="workers",
    ))  # fmt: skip
    (only,) = tables.sums(held)
    assert (only.along, only.residual) == ("bands", 1)


def test_one_row_that_is_out_and_the_totals_that_carry_it():
    held = staff(
        vacancies__fte=["2.25", "1.85", "5.50", "0.65", "10.25"],
    )
    assert verdicts(held, "South", "vacancies") == {Verdict.AGREES, Verdict.DISAGREES}
    checks = audit_tables(held).checks[cell(held, "All", "vacancies")]
    assert {check.verdict for check in checks} == {Verdict.AGREES}
    assert any(
        "Its column adds up. Its row is out by 0.1" in check.sentence
        for check in checks
    )
    (finding,) = audit_tables(held).findings
    assert finding.verdict == Verdict.DISAGREES
    assert (
        "in 3 of its 4 rows. In South that is 1.75, and 1.85 is printed."
        in finding.sentence
    )
    assert finding.sentence.endswith(" The difference of 0.1 is carried into All.")


def test_a_row_that_may_have_been_rounded_is_said_to_be_so():
    held = staff(vacancies__fte=["2.25", "2.00", "5.50", "0.65", "10.40"])
    (finding,) = audit_tables(held).findings
    assert (
        "In South that is 1.75, and 2.00 is printed, perhaps rounded to a whole number."
        in finding.sentence
    )


def test_a_figure_whose_row_and_column_are_out_alike_is_pointed_at():
    held = staff(in_post__fte=["10.15", "8.00", "14.90", "6.35", "39.10"])
    checks = audit_tables(held).checks[cell(held, "East", "in_post")]
    assert [check.recomputed for check in checks if "14.60" in check.sentence] == [
        "14.60"
    ]


MIXED = {
    "establishment": ["10.50", "6.00", "21.40", "4.00", "8.20"],
    "permanent": ["8.10", "2.00", "15.30", "4.00", "5.60"],
    "agency_workers": ["3.00", "5.00", "7.20", "1.00", "0.00"],
    "vacancies": ["1.25", "2.00", "3.10", "0.50", "2.10"],
}


def over_under(which):
    """The column by the first formula, or for some rows by the second."""
    found = []
    for at in range(5):
        e, p, a, v = (Fraction(MIXED[name][at]) for name in MIXED)
        value = e - p - a - (v if at in which else 0)
        found.append(in_brackets(value))
    return [*found, total_of(found)]


def in_brackets(value):
    """A figure with two decimals, below nought in brackets."""
    return amount(value, 2) if value >= 0 else f"({amount(-value, 2)})"


def total_of(figures):
    signed = (
        Fraction(text.strip("()")) * (-1 if "(" in text else 1) for text in figures
    )
    return in_brackets(sum(signed, Fraction(0)))


def mixed(which):
    units = [
        ("A", "All"),
        ("B", "All"),
        ("C", "All"),
        ("D", "All"),
        ("E", "All"),
        ("All", ""),
    ]
    columns = {
        f"{name} not stated": [*cells, total_of(cells)] for name, cells in MIXED.items()
    }
    columns["over_under_establishment not stated"] = over_under(which)
    return columns, units


def two_tables():
    """Two years: in the second two more posts, and every row by the first formula."""
    columns, units = mixed({1, 3})
    later, _ = mixed(set())
    column = "over_under_establishment not stated"
    first = Fraction("12.50") - Fraction("8.10") - Fraction("3.00")
    posts = ["12.50", *MIXED["establishment"][1:]]
    rows = [in_brackets(first), *later[column][1:5]]
    later |= {
        "establishment not stated": [*posts, total_of(posts)],
        column: [*rows, total_of(rows)],
    }
    return evidence(
        posts=pd.concat([table("2020", columns, units), table("2021", later, units)])
    )


def test_a_column_worked_out_in_two_ways():
    columns, units = mixed({1, 3})
    held = evidence(posts=table("2020", columns, units))
    (column,) = tables.columns(held)
    assert column.fit.target == "over_under_establishment"
    assert dict(column.fit.main.formula.terms) == {
        "establishment": 1, "permanent": -1, "agency_workers": -1,
    }  # fmt: skip
    assert dict(column.fit.second.formula.terms)["vacancies"] == -1
    assert column.fit.parting == (1, 3)
    found = audit_tables(held)
    sentence = found.findings[0].sentence
    assert "is worked out in two ways. In 3 of its 5 rows it is" in sentence
    assert "In 2 (B and D) vacancies are taken away as well." in sentence
    assert "The report does not say how it is worked out." in sentence
    checks = found.checks[cell(held, "B", "over_under_establishment")]
    assert any("it would be (1.00)" in check.sentence for check in checks)


def test_the_movement_between_two_tables_on_one_basis():
    found = [
        each for each in audit_tables(two_tables()).findings if "movement" in each.about
    ]
    (movement,) = found
    assert (
        "a movement of 2.00. All of that is the change in establishment, 50.10 to 52.10"
        in (movement.sentence)
    )
    assert "a movement of 4.50. Worked out in one way" in movement.sentence
    # The report prints totals, and no movement: what is quoted is what is printed.
    printed = [row[1] for row in movement.rows]
    assert movement.printed == " to ".join(printed)
    assert printed == ["(3.60)", "0.90"]
    assert "from 3.60 over (2020) to 0.90 under (2021)" in movement.sentence
    assert movement.worked_out == " to ".join(row[2] for row in movement.rows)


def test_a_column_that_follows_nothing_is_left_alone():
    numbers = random.Random(5)  # noqa: S311 - the same each time
    rows = [
        {name: Interval.exactly(numbers.randrange(5, 400)) for name in "abcd"}
        for _ in range(12)
    ]
    assert fit_column(rows, "d", ["a", "b", "c"]) is None


def test_too_few_rows_are_no_evidence_of_a_formula():
    rows = [{name: Interval.exactly(n) for name, n in zip("abc", row, strict=True)} for row in
            [(3, 1, 2), (5, 4, 1)]]  # fmt: skip
    assert fit_column(rows, "c", ["a", "b"]) is None


def test_the_family_is_every_signed_sum():
    assert len(family(["a", "b", "c"])) == 3**3 - 1
    assert family(["a", "b"])[0] == Formula((("a", 1),))


def test_columns_by_their_meaning():
    def one_row(together, vacancies):
        return evidence(posts=table("Staff", {
            "establishment": ["50"], "permanent": ["31"], "agency_workers": ["12"],
            "in_post_and_agency": [together], "vacancies": [vacancies],
        }, [("All", "")]))  # fmt: skip

    assert {f.verdict for f in audit_tables(one_row("43", "19")).findings} == set()
    wrong = audit_tables(one_row("44", "7"))
    by_about = {finding.about: finding for finding in wrong.findings}
    assert by_about["in post and agency"].verdict == Verdict.DISAGREES
    assert by_about["vacant"].verdict == Verdict.QUESTION
    assert "It has 7 where that is 19 (All)." in by_about["vacant"].sentence


@pytest.mark.parametrize(
    ("average", "verdict"), [("15.2", Verdict.UNCHECKED), ("25.2", Verdict.DISAGREES)]
)
def test_an_average_lies_between_the_lowest_and_the_highest(average, verdict):
    held = evidence(caseloads=frame([
        {"area": "the council", "unit": "all", "measure": measure, "printed": printed}
        for measure, printed in (
            ("lowest_caseload", "4.1"), ("average_caseload", average), ("highest_caseload", "19.3"),
        )
    ], basis="not stated"))  # fmt: skip
    made = claim(average, "average", cell="caseloads[measure=average_caseload]")
    assert audit([made], held).findings[0].verdict == verdict


def test_hours_are_never_more_than_heads_and_parts_never_more_than_the_whole():
    held = evidence(
        posts=table("Teams", {"in_post": ["9"], "in_post fte": ["9.40"]}, [("A", "")])
    )
    assert verdicts(held, "A", "in_post") == {Verdict.DISAGREES}
    part = frame([
        {"unit": "All", "within": "", "printed": "12"},
        {"unit": "Some", "within": "All", "printed": "14"},
    ], measure="leavers", breakdown="Leavers", part_of="")  # fmt: skip
    (finding,) = audit_tables(evidence(leavers=part)).findings
    assert finding.verdict == Verdict.DISAGREES
    assert "cannot be more than" in finding.sentence
