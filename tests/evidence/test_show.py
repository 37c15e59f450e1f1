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
        cited="A pack, Table 3 (exampleshire/2016-07-31/vacancies)",
    )
    assert "Table 3: Vacancies by team" in html
    assert '<a href="../tables/vacancies.csv" download>' in html
    assert '<a href="#vacancies">Link to Table 3</a>' in html
    short = "A pack, Table 3 (exampleshire/2016-07-31/vacancies)"
    assert f'<p>Cite this: <span class="copied">{short}</span></p>' in html
    assert "<summary>Table 3 cited in full</summary>" in html
    assert '<p class="copied">How to cite it.</p>' in html
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
    assert "<thead" not in html
    assert "<thead" in listing(pd.concat([row, row.replace("cell a", "other")]))


def test_a_checksum_may_break_anywhere_and_long_text_has_room():
    rows = pd.DataFrame(
        {"what": ["word " * 20, "x"], "sha256": ["ab" * 32, "cd" * 32], "n": ["1", "2"]}
    )
    html = listing(rows)
    assert re.search(r'<td[^>]* class="token">', html)
    assert re.search(r'<th scope="row"[^>]* class="long">', html)
    assert re.search(r'<td[^>]* class="short">', html)


def test_rows_of_words_can_stand_as_blocks_on_a_phone_and_still_be_a_table():
    """There each cell says what it is of; the roles outlast the other layout."""
    rows = pd.DataFrame([{name: f"{name} {n}" for name in "abc"} for n in "12"])
    html = listing(rows)
    assert '<table class="stacked" role="table">' in html
    assert html.count(' role="row"') == 3
    assert html.count(' role="columnheader"') == 3
    assert '<th scope="row" role="rowheader" class="short">a 1</th>' in html
    assert '<td role="cell" data-of="b" class="short">b 1</td>' in html


def test_figures_stay_in_columns_on_a_phone():
    html = item_html(item(), TWO)
    assert "stacked" not in html
    assert 'role="table"' not in html


LONG_LIST = pd.DataFrame([{"what": f"thing {n}", "why": "so"} for n in range(9)])


def folding(rows, *, folded):
    columns = tuple(Column(key=(c,), label=c, is_text=True) for c in rows.columns)
    layout = Layout(rows=tuple(rows.columns), spread=(), columns=columns)
    return item_html(item(layout=layout), rows, style=False, folded=folded)


def test_a_long_list_can_be_folded_under_its_title_and_its_count():
    html = folding(LONG_LIST, folded=True)
    title, _, rows = html.partition('<details class="rows">')
    assert '<span class="title" id="vacancies--title">' in title
    assert "<table" not in title
    assert "<summary>Show the 9 rows of this table</summary>" in rows
    assert "Rows of this table: Vacancies by team</span>" in rows
    assert "thing 8" in rows


def test_a_short_list_is_never_folded():
    assert '<details class="rows">' not in folding(LONG_LIST.head(5), folded=True)
    assert '<details class="rows">' not in folding(LONG_LIST, folded=False)


def test_of_many_notes_the_first_stand_open():
    notes = tuple(f"Note {n}." for n in range(1, 8))
    html = item_html(item(notes=notes), TWO)
    opened, _, folded = html.partition('<details class="more">')
    assert "<li>Note 4.</li>" in opened
    assert "<summary>3 more notes on this table</summary>" in folded
    assert "<li>Note 7.</li>" in folded
    assert 'class="more"' not in item_html(item(notes=notes[:6]), TWO)


def test_a_long_heading_over_figures_gets_room():
    column = FIGURES.columns[-1].model_copy(
        update={"label": "Vacancies and staff in post together", "group": ""}
    )
    layout = FIGURES.model_copy(update={"columns": (FIGURES.columns[0], column)})
    html = item_html(item(layout=layout), TWO)
    assert '<th scope="col" class="figure wordy">' in html


def test_a_status_in_a_column_of_its_own_is_printed_as_a_symbol():
    rows = pd.DataFrame({"what": ["A", "B"], "status": ["x", ""]})
    assert ">[x]<" in listing(rows)


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
    assert parts("1 figure", "figures") == ("1", "figure")
    assert parts("19.3 cases a worker", "cases a worker") == ("19.3", "cases a worker")
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
