"""Numbers, ids and citations."""

from scrutiny_pack.publish.collect import collect_records
from scrutiny_pack.publish.numbering import (
    full_citation,
    numbered,
    pack_citation,
    short_citation,
)


def items_of(run):
    records = numbered(collect_records(run.folder, run.context.ran), run.context)
    return {record.item.slug: record.item for record in records}


def test_each_kind_is_numbered_in_reading_order(run):
    assert {slug: item.number for slug, item in items_of(run).items()} == {
        "posts-by-team": "Table 1",
        "every-status": "Table 2",
        "vacancy-share": "Key figure 1",
        "agency-by-team": "Chart 1",
        "turnover": "Table 3",
        "turnover-lines": "Chart 2",
        "caseload-ranges": "Chart 3",
        "promises": "Table 4",
    }


def test_an_id_is_council_period_and_slug(run):
    assert items_of(run)["turnover"].id == "exampleshire/2016-07-31/turnover"


def test_data_stands_in_the_folder_of_its_kind(run):
    items = items_of(run)
    assert items["turnover"].data == "tables/turnover.csv"
    assert items["vacancy-share"].data == "tables/vacancy-share.csv"
    assert items["agency-by-team"].data == "charts/agency-by-team.csv"
    assert items["agency-by-team"].picture == "charts/agency-by-team.svg"
    assert items["turnover"].picture == ""


def test_a_full_citation_leads_to_the_item_its_source_and_its_bytes(run):
    item = items_of(run)["turnover"].model_copy(update={"sha256": "ab" * 32})
    assert full_citation(item, run.context) == (
        "Scrutiny evidence pack: Exampleshire County Council, 31 July 2016. "
        "Table 3: Turnover fell for three years. "
        "Evidence item exampleshire/2016-07-31/turnover. "
        "Source: Sufficiency of social workers & others <draft>, Exampleshire County "
        "Council, 12 September 2016, paragraph 12. "
        "Data: tables/turnover.csv, sha256 abababababab."
    )


def test_a_short_citation_has_the_number_and_what_never_changes(run):
    assert short_citation(items_of(run)["turnover"], run.context) == (
        "Scrutiny evidence pack: Exampleshire County Council, 31 July 2016, Table 3 "
        "(exampleshire/2016-07-31/turnover)"
    )


def test_a_pack_names_each_document_once(run):
    assert pack_citation(run.context) == (
        "Scrutiny evidence pack: Exampleshire County Council, 31 July 2016. Evidence "
        "pack exampleshire/2016-07-31. From: Sufficiency of social workers & others "
        "<draft> (Exampleshire County Council, 12 September 2016)."
    )
