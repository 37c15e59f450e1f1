"""An item as HTML: what a reader, and a screen reader, is given."""

import re

import pandas as pd

from scrutiny_pack.evidence.items import Column, Item, Layout, SourceUsed
from scrutiny_pack.evidence.show import headline_parts, item_html, item_style
from scrutiny_pack.observations import long_form

SOURCE = SourceUsed(
    title="Report",
    body="Exampleshire",
    date="2016-09-12",
    paragraphs=("22",),
    files={"data/posts.csv": "ab" * 32},
)
TEAM = Column(key=("team",), label="Team", is_text=True)
VACANT = Column(
    key=("vacancies", "fte"), label="Vacant", group="FTE", unit="posts", decimals=2
)
FIGURES = Layout(rows=("team",), spread=("measure", "basis"), columns=(TEAM, VACANT))


def item(**fields):
    usual = {
        "slug": "vacancies",
        "kind": "table",
        "notebook": "02-posts",
        "position": 1,
        "title": "Vacancies by team",
        "subtitle": "Vacancies, Exampleshire, 31 July 2016",
        "unit": "posts",
        "basis": "FTE",
        "definitions": ("Vacant: posts without a worker",),
        "denominator": "",
        "sources": (SOURCE,),
        "notes": (),
        "layout": FIGURES,
    }
    return Item(**usual | fields)


def data(*rows):
    usual = {"measure": "vacancies", "basis": "fte", "status": "", "level": "part"}
    return long_form(pd.DataFrame([usual | row for row in rows]))


TWO = data(
    {"team": "A", "value": 5.81}, {"team": "B", "value": 6, "status": "e", "level": "total"}
)  # fmt: skip


def listing(rows, **fields):
    columns = [*rows.columns]
    layout = Layout(
        rows=tuple(columns),
        spread=(),
        columns=tuple(Column(key=(c,), label=c, is_text=True) for c in columns),
    )
    return item_html(item(layout=layout, **fields), rows, style=False)


def test_headings_say_what_they_head():
    html = item_html(item(), TWO)
    assert '<th scope="col" rowspan="2" class="short">Team</th>' in html
    assert '<th scope="colgroup" colspan="1" class="group">FTE</th>' in html
    assert '<th scope="col" class="figure">Vacant</th>' in html
    assert '<th scope="row" class="short">A</th>' in html


def test_the_table_scrolls_by_keyboard_and_says_what_it_is():
    html = item_html(item(), TWO)
    region = (
        '<div class="scroll" role="region" aria-labelledby="vacancies--title" '
        'tabindex="0">'
    )
    assert region in html
    assert '<span class="title" id="vacancies--title">Vacancies by team</span>' in html
    assert "Unit: posts. Basis: FTE." in html


def test_before_it_is_published_an_item_has_no_number_and_no_links():
    html = item_html(item(), TWO)
    assert "Definitions and files of this table" in html
    assert "<a " not in html
    assert "Cite" not in html


def test_once_published_it_has_all_three():
    html = item_html(
        item(
            number="Table 3",
            id="exampleshire/2016-07-31/vacancies",
            data="tables/vacancies.csv",
            sha256="cd" * 32,
            citation="How to cite it.",
        ),
        TWO,
    )
    assert "Table 3: Vacancies by team" in html
    assert '<a href="../tables/vacancies.csv" download>' in html
    assert '<a href="#vacancies">Link to Table 3</a>' in html
    assert "<summary>Cite Table 3</summary>" in html
    assert "cd" * 32 in html
    assert "ab" * 32 in html


def test_a_symbol_after_a_number_has_a_place_of_its_own():
    html = item_html(item(), TWO)
    assert '<td class="figure">5.81<span class="marks-1"></span></td>' in html
    assert '<td class="figure">6.00<span class="marks-1"> [e]</span></td>' in html


def test_a_symbol_in_the_place_of_a_number_stands_there():
    lost = data({"team": "A", "status": "x"}, {"team": "B", "value": 1})
    assert '<td class="figure">[x]</td>' in item_html(item(), lost)


def test_totals_are_marked_unless_there_is_nothing_else():
    assert '<tr class="total">' in item_html(item(), TWO)
    assert "<tr class=" not in item_html(item(), TWO.tail(1))


def test_symbols_are_told_in_one_line_after_the_notes():
    html = item_html(item(notes=("A note", "[x] not available", "[e] estimated")), TWO)
    assert "<li>A note</li>" in html
    assert "<p>Symbols: [x] not available; [e] estimated.</p>" in html


def test_what_rates_are_counted_against_is_a_sentence():
    def sentence(denominator):
        html = item_html(item(denominator=denominator), TWO)
        return re.findall(r"<p>(Rates.*|The source does.*)</p>", html)

    assert sentence("") == []
    assert sentence("vacancies + in post") == [
        "Rates are counted against: vacancies + in post."
    ]
    assert sentence("not stated") == [
        "The source does not state what its rates are counted against."
    ]
    assert sentence("establishment; not stated") == [
        "Rates are counted against: establishment; for the others, the source does "
        "not say."
    ]


def test_dates_are_in_words():
    rows = pd.DataFrame({"what": ["A", "B"], "as_at": ["2016-07-31", "2014-03; 2015"]})
    html = listing(rows)
    assert ">31 July 2016<" in html
    assert ">March 2014; 2015<" in html


def test_a_single_row_with_many_columns_reads_downwards():
    row = pd.DataFrame([{name: f"cell {name}" for name in "abcde"}])
    html = listing(row)
    assert html.count('<th scope="row" class="text">') == 5
    assert "<thead>" not in html
    assert "<thead>" in listing(pd.concat([row, row.replace("cell a", "other")]))


def test_a_checksum_may_break_anywhere_and_long_text_has_room():
    rows = pd.DataFrame(
        {"what": ["word " * 20, "x"], "sha256": ["ab" * 32, "cd" * 32], "n": ["1", "2"]}
    )
    html = listing(rows)
    assert '<td class="token">' in html
    assert '<th scope="row" class="long">' in html
    assert '<td class="short">' in html


def test_a_key_figure_is_its_number_and_its_base():
    figure = item(kind="key_figure", headline="26 posts", base="headcount")
    html = item_html(figure, data({"team": "A", "value": 26}))
    assert '<p class="headline">26 <span>posts</span></p>' in html
    assert '<p class="counted">Headcount.</p>' in html
    assert "<table" not in html


def test_a_headline_parts_into_number_and_what_stands_after_it():
    def parts(headline, unit):
        return headline_parts(item(kind="key_figure", headline=headline, unit=unit))

    assert parts("26 posts", "posts") == ("26", "posts")
    assert parts("28.5%", "per cent") == ("28.5%", "")
    assert parts("£432,000 to £540,000 [e]", "pounds") == (
        "£432,000 to £540,000", "[e]",
    )  # fmt: skip


def test_a_chart_has_its_words_and_its_data_as_a_table():
    html = item_html(item(kind="chart", alt='Bars: "A" 5.81'), TWO, "<svg></svg>")
    assert 'alt="Bars: &#34;A&#34; 5.81"' in html
    assert 'src="data:image/svg+xml;base64,PHN2Zz48L3N2Zz4="' in html
    assert "<summary>The data of this chart as a table</summary>" in html
    assert "<caption>" in html


def test_only_a_notebook_needs_the_style_sheet_in_the_fragment():
    assert item_html(item(), TWO).startswith("<style>")
    assert "<style>" not in item_html(item(), TWO, style=False)
    rules = re.findall(r"^([^{@\n]+) \{", item_style(), re.MULTILINE)
    assert all(
        part.strip().startswith(".evidence")
        for rule in rules
        for part in rule.split(",")
    )
