"""What the packs of the five councils must hold."""

import csv
import hashlib
import json
import re
from collections import defaultdict

import pytest

from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.publish.lint import lint_pack
from tests.published import DATA, PERIODS

pytestmark = pytest.mark.slow

NUMBERS = ("value", "low", "high")


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text) if text else None


def what(row):
    figures = tuple(number(row[name]) for name in NUMBERS)
    return row["measure"], row["basis"], row["as_at"], *figures


def evidence(pack):
    return json.loads((pack / "evidence.json").read_text("utf-8"))


@pytest.mark.parametrize("council", PERIODS)
def test_every_published_figure_stands_in_a_table_with_its_paragraph(packs, council):
    found = defaultdict(set)
    for item in evidence(packs[council])["items"]:
        for row in rows_of(packs[council] / item["data"]):
            for dataset in row.get("dataset", "").split("; "):
                if "measure" in row:
                    paragraphs = row["paragraph"].split("; ")
                    found[dataset] |= {(what(row), p) for p in paragraphs}
    figures = [
        (path.stem, row)
        for path in sorted((DATA / council / PERIODS[council]).glob("*.csv"))
        if dataset_schema(path.stem).shape == "figures"
        for row in rows_of(path)
        if any(row[name] for name in NUMBERS)
    ]
    assert figures
    missing = [
        (dataset, *what(row), row["paragraph"])
        for dataset, row in figures
        if (what(row), row["paragraph"]) not in found[dataset]
    ]
    assert missing == []


def rate(pack, slug, measure, **wanted):
    """The one row of an item's data that has a measure and other values."""
    item = next(i for i in evidence(pack)["items"] if i["slug"] == slug)
    rows = [
        row
        for row in rows_of(pack / item["data"])
        if row["measure"] == measure
        and all(row[name] == value for name, value in wanted.items())
    ]
    assert len(rows) == 1, rows
    return rows[0]


@pytest.mark.parametrize(
    ("unit", "basis", "measure", "numerator", "denominator", "value"),
    [
        ("Total establishment", "headcount", "vacancy_rate_posts", 26, 94, "27.7"),
        ("Total establishment", "fte", "vacancy_rate_posts", 24.91, 87.27, "28.5"),
        ("Total front line", "headcount", "vacancy_rate_posts", 20, 50, "40.0"),
        ("Total establishment", "fte", "vacancy_rate_dfe", 24.91, 87.3, "28.5"),
        (
            "Total establishment and Management (HOS / Service Manager)",
            "fte", "vacancy_rate_dfe", 25.91, 94.3, "27.5",
        ),
    ],
)  # fmt: skip
def test_darlington_states_each_vacancy_rate_with_its_base(
    packs, unit, basis, measure, numerator, denominator, value
):
    row = rate(packs["darlington"], "vacancy-rates", measure, unit=unit, basis=basis)
    assert (float(row["numerator"]), float(row["denominator"])) == (
        numerator,
        denominator,
    )
    assert row["value"] == value


def test_darlington_states_how_many_workers_are_within_the_ceiling(packs):
    items = evidence(packs["darlington"])["items"]
    key = next(i for i in items if i["notebook"] == "03-caseloads" and i["headline"])
    assert (key["headline"], key["base"]) == ("75.9%", "41 of 54, basis not stated")


@pytest.mark.parametrize(
    ("stage", "printed", "value"),
    [("Initial assessment", "47", "47.4"), ("Core assessment", "9", "8.6"),
     ("Care plan", "4", "3.6")],
)  # fmt: skip
def test_leeds_states_its_funnel_beside_the_printed_shares(
    packs, stage, printed, value
):
    pack = packs["leeds"]
    computed = rate(pack, "referral-stages", "share_of_referrals", stage=stage)
    assert (computed["value"], computed["denominator"]) == (value, "11223")
    published = rate(
        pack, "referral-stages", "share_of_referrals_published", stage=stage
    )
    assert published["value"] == printed


def test_dorset_states_its_premium_as_an_estimate(packs):
    items = evidence(packs["dorset"])["items"]
    key = next(i for i in items if i["notebook"] == "07-agency-costs" and i["headline"])
    assert key["headline"] == "£432,000 to £540,000 [e]"
    notes = " ".join(key["notes"])
    assert "Takes the cost to be for a year" in notes
    assert "Takes the 18 to be full-time" in notes


@pytest.mark.parametrize("council", PERIODS)
def test_every_item_has_what_a_citation_needs(packs, council):
    pack = packs[council]
    items = evidence(pack)["items"]
    assert items
    for item in items:
        assert item["id"] == f"{council}/{PERIODS[council]}/{item['slug']}"
        assert item["sources"], item["slug"]
        assert item["number"] in item["citation"]
        raw = (pack / item["data"]).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == item["sha256"]
        if item["kind"] == "chart":
            assert len(item["alt"].split()) > 5


@pytest.mark.parametrize("council", PERIODS)
def test_the_pages_pass_the_checks_and_the_manifest_holds(packs, council):
    pack = packs[council]
    assert lint_pack(pack) == []
    listed = {}
    for line in (pack / "manifest-sha256.txt").read_text("utf-8").splitlines():
        digest, name = re.fullmatch(r"([0-9a-f]{64})  (\S.*)", line).groups()
        listed[name] = digest
    there = {
        path.relative_to(pack).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in pack.rglob("*")
        if path.is_file() and path.name != "manifest-sha256.txt"
    }
    assert listed == there


@pytest.mark.parametrize("council", PERIODS)
def test_claims_json_has_a_finding_for_every_claim(packs, council):
    claims = rows_of(DATA / council / PERIODS[council] / "claims.csv")
    found = json.loads((packs[council] / "claims.json").read_text("utf-8"))
    assert [each["id"] for each in found["claims"]] == [row["id"] for row in claims]
    assert all(each["verdict"] and each["sentence"] for each in found["claims"])
    assert sum(found["counts"].values()) == len(claims)
    listed = {
        row["id"]
        for path in (packs[council] / "tables").glob("claims-*.csv")
        for row in rows_of(path)
        if "id" in row
    }
    assert listed == {row["id"] for row in claims}
