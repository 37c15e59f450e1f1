"""What a notebook works with: its datasets, and the items that it makes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import display

from scrutiny_pack.errors import EvidenceError, NotebookError
from scrutiny_pack.evidence import describe, rules
from scrutiny_pack.evidence.data_files import read_csv, rounded_as_shown, to_csv
from scrutiny_pack.evidence.decimals import decimals_shown
from scrutiny_pack.evidence.drawing import Drawing
from scrutiny_pack.evidence.formatting import (
    BASIS_WORDS,
    dates_in_words,
    figure_text,
    with_unit,
)
from scrutiny_pack.evidence.items import (
    FILES,
    Column,
    Item,
    Kind,
    Layout,
    SourceUsed,
)
from scrutiny_pack.evidence.show import item_html
from scrutiny_pack.inputs.councils import Council
from scrutiny_pack.inputs.datasets import Dataset
from scrutiny_pack.inputs.receipt import Receipt
from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.measures.structure import with_gaps_stated
from scrutiny_pack.observations import (
    FIGURE_COLUMNS,
    NUMBER_COLUMNS,
    long_form,
    records,
)
from scrutiny_pack.periods import Period
from scrutiny_pack.sidecars import Sidecar
from scrutiny_pack.workspace import Workspace


@dataclass
class Pack:
    """One notebook's view of a pack: what its sidecar declares, and no more.

    Get one from `open_pack`. Each of `table`, `chart` and `key_figure` shows an
    evidence item and records it; the item's unit, basis, definitions, sources and
    subtitle are worked out from the data, so that they cannot part from it.

    Attributes:
        council: the authority that was there in the period.
        period: when the evidence is about.
        receipt: what the validation of the inputs found.
        workspace: where the project's reference data are.
    """

    council: Council
    period: Period
    receipt: Receipt
    _sidecar: Sidecar
    _datasets: Mapping[str, Dataset]
    _parameters: Mapping[str, Any]
    _commentary: Mapping[str, str]
    _folder: Path
    workspace: Workspace = field(default_factory=Workspace.find)
    _reference: Mapping[str, SourceUsed] = field(default_factory=dict)
    _made: list[str] = field(default_factory=list)
    _remarks: dict[str, list[str]] = field(
        default_factory=lambda: {"questions": [], "changes": [], "absences": []}
    )

    def data(self, name: str) -> pd.DataFrame:
        """One dataset's rows; no rows where the council did not supply it.

        Args:
            name: a dataset that the notebook's sidecar declares.

        Returns:
            The columns of the dataset's schema and ``dataset``, which holds its name.
        """
        if name not in self._sidecar.datasets:
            msg = (
                f"{self._sidecar.name} asks for the dataset '{name}', which its sidecar "
                "does not declare; add it there"
            )
            raise NotebookError(msg)
        if name in self._datasets:
            return self._datasets[name].frame.copy()
        columns = [*dataset_schema(name).column_names, "dataset"]
        empty = pd.DataFrame(columns=columns, dtype=str)
        return empty.astype({c: "float64" for c in NUMBER_COLUMNS if c in empty})

    def parameter(self, name: str) -> Any:
        """The value of a parameter that the sidecar declares; None if not given."""
        if name not in self._sidecar.parameters:
            msg = (
                f"{self._sidecar.name} asks for the parameter '{name}', which its "
                "sidecar does not declare; add it there"
            )
            raise NotebookError(msg)
        return self._parameters.get(name)

    @property
    def datasets(self) -> Mapping[str, Dataset]:
        """The datasets that the sidecar declares and the council supplied, by name."""
        return {n: d for n, d in self._datasets.items() if n in self._sidecar.datasets}

    def table(
        self,
        slug: str,
        data: pd.DataFrame,
        *,
        title: str,
        about: str,
        rows: Sequence[str],
        spread: Sequence[str] = ("measure", "basis"),
        text: Sequence[str] = (),
        headings: Mapping[str, str] | None = None,
        decimals: Mapping[str, int | None] | None = None,
        notes: Sequence[str] = (),
        absent: str = "",
        folded: bool = False,
    ) -> None:
        """Show and record a table.

        Args:
            slug: the item's name, as the sidecar lists it.
            data: the long form (see `scrutiny_pack.observations`), or a list: text
                columns with ``as_at``, ``dataset`` and ``paragraph``. A column ``level``
                (part, subtotal, total) sets rows in bold.
            title: what it shows, in 15 words at most, computed from the data.
            about: what is measured, for the subtitle; place and date are added.
            rows: the text columns that name a row, from the left; the first one is
                the row's header.
            spread: the columns whose values name a column of figures; empty to put
                all figures in one column, headed "Figure".
            text: further text columns, to the right of the figures.
            headings: other headings for columns, by text column or measure.
            decimals: decimal places by measure, where the usual ones do not serve:
                one for a computed rate, as many as the figures of the column have for
                all else. None shows each figure with those that it has itself.
            notes: what a reader must know.
            absent: what to say where there are no rows: the line stands in the
                table's place and on the index page. Without it, nothing is shown.
            folded: whether its rows stay folded on the page until a reader asks for
                them, for a long list that few will read through.
        """
        if data.empty:
            self._say_absent(absent)
            return
        is_list = "measure" not in data
        if not is_list:
            data = with_gaps_stated(long_form(data), rows, spread, letter="z")
        figures = () if is_list else _figure_columns(data, spread, decimals or {})
        layout = Layout(
            rows=tuple(rows),
            spread=() if is_list else tuple(spread),
            columns=_with_headings(
                [*map(_text_column, rows), *figures, *map(_text_column, text)],
                headings or {},
            ),
        )
        self._record("table", slug, data, layout, title, about, notes, folded=folded)

    def chart(
        self,
        slug: str,
        drawing: Drawing | None,
        *,
        title: str,
        about: str,
        notes: Sequence[str] = (),
    ) -> None:
        """Show and record a chart.

        Args:
            slug: the item's name, as the sidecar lists it.
            drawing: what a function of `scrutiny_pack.evidence.charts` returned; None
                where there is too little to draw, and nothing is shown.
            title: what it shows, in 15 words at most, computed from the data.
            about: what is measured, for the subtitle; place and date are added.
            notes: what a reader must know.
        """
        if drawing is None:
            return
        data = with_gaps_stated(
            long_form(drawing.data), drawing.rows, drawing.spread, letter="z"
        )
        figures = _figure_columns(data, drawing.spread, {})
        layout = Layout(
            rows=drawing.rows,
            spread=drawing.spread,
            columns=_with_headings(
                [*map(_text_column, drawing.rows), *figures], drawing.headings
            ),
        )
        self._record("chart", slug, data, layout, title, about, notes, drawing=drawing)

    def key_figure(
        self,
        slug: str,
        data: pd.DataFrame,
        *,
        title: str,
        about: str,
        decimals: Mapping[str, int | None] | None = None,
        notes: Sequence[str] = (),
        absent: str = "",
    ) -> None:
        """Show and record a key figure: one number, with its base.

        Args:
            slug: the item's name, as the sidecar lists it.
            data: one row of the long form; with no row, nothing is recorded.
            title: what it is, in 15 words at most.
            about: what is measured, for the subtitle; place and date are added.
            decimals: decimal places by measure, as for a table.
            notes: what a reader must know.
            absent: what to say where there is no row.
        """
        if data.empty:
            self._say_absent(absent)
            return
        if len(data) != 1:
            msg = f"{slug}: a key figure is one row, this has {len(data)}"
            raise EvidenceError(msg)
        data = long_form(data)
        names = [c for c in data.columns if c not in FIGURE_COLUMNS]
        layout = Layout(
            rows=tuple(names or ["measure"]),
            spread=("measure", "basis"),
            columns=(
                *map(_text_column, names or ["measure"]),
                *_figure_columns(data, ("measure", "basis"), decimals or {}),
            ),
        )
        self._record("key_figure", slug, data, layout, title, about, notes)

    def text(self, markdown: str) -> None:
        """Show prose that is computed; `ref` cites an item in it. "" shows nothing."""
        if markdown:
            _display_markdown(markdown)

    def ref(self, slug: str) -> str:
        """A citation of an item for use in prose; publishing gives it its number."""
        return f"[{slug}](#{slug})"

    def ask(self, question: str) -> None:
        """Show a question for the witnesses, and put it on the index page."""
        if question:
            self._remarks["questions"].append(question)
            _display_markdown(f"**To ask the witnesses:** {question}")
            self._write_remarks()

    def changed(self, sentence: str) -> None:
        """Show what changed, in a sentence, and put it on the index page."""
        if sentence:
            self._remarks["changes"].append(sentence)
            _display_markdown(f"**What changed:** {sentence}")
            self._write_remarks()

    def record_file(self, name: str, text: str) -> None:
        """Record a further file of the pack, for machines; it is not shown.

        Args:
            name: the file's name, as the sidecar lists it.
            text: what it holds.
        """
        if name not in self._sidecar.files:
            msg = (
                f"{self._sidecar.name} makes the file '{name}', which its sidecar does "
                "not list; add it there"
            )
            raise NotebookError(msg)
        folder = self._folder / FILES
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / name, f"{text.rstrip()}\n")

    def _say_absent(self, sentence: str) -> None:
        if sentence:
            self._remarks["absences"].append(sentence)
            _display_markdown(f"**No evidence supplied:** {sentence}")
            self._write_remarks()

    def _record(
        self,
        kind: Kind,
        slug: str,
        data: pd.DataFrame,
        layout: Layout,
        title: str,
        about: str,
        notes: Sequence[str],
        drawing: Drawing | None = None,
        *,
        folded: bool = False,
    ) -> None:
        self._check_slug(slug)
        rules.check_words(slug, title)
        rules.check_traceable(slug, data)
        if "measure" in data:
            rules.check_figures(slug, data)
        text = to_csv(rounded_as_shown(data, layout))
        shown = read_csv(text)
        place = self.council.name
        as_at = describe.as_at_words(shown)
        first = records(shown)[0]
        item = Item(
            slug=slug,
            kind=kind,
            notebook=self._sidecar.name,
            position=len(self._made) + 1,
            title=title,
            subtitle=", ".join(part for part in (about, place, as_at) if part),
            unit=describe.unit_of(shown),
            basis=describe.basis_of(shown),
            definitions=describe.definitions_of(shown),
            denominator=describe.denominator_of(shown),
            sources=describe.sources_of(shown, self._datasets, self._reference),
            notes=(*(n for n in notes if n), *describe.status_notes(shown)),
            layout=layout,
            commentary=self._commentary.get(slug, ""),
            alt=drawing.alt if drawing else "",
            headline=_headline(first, layout) if kind == "key_figure" else "",
            base=describe.base_sentence(first) if kind == "key_figure" else "",
        )
        self._folder.mkdir(parents=True, exist_ok=True)
        picture = drawing.svg() if drawing else ""
        if picture:
            _write(self._folder / f"{slug}.svg", picture)
        _write(self._folder / f"{slug}.csv", text)
        _write(self._folder / f"{slug}.json", item.model_dump_json(indent=1) + "\n")
        self._made.append(slug)
        display(
            {
                "text/html": item_html(item, shown, picture, folded=folded),
                "text/plain": title,
            },
            raw=True,
            metadata={
                "scrutiny_pack": {"item": slug} | ({"folded": True} if folded else {})
            },
        )

    def _check_slug(self, slug: str) -> None:
        if slug not in self._sidecar.items:
            msg = (
                f"{self._sidecar.name} makes the item '{slug}', which its sidecar does "
                "not list; add it there"
            )
            raise NotebookError(msg)
        if slug in self._made:
            self._made.remove(slug)  # a cell run twice by hand replaces its item

    def _write_remarks(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self._remarks, indent=1, ensure_ascii=False)
        _write(self._folder / "_remarks.json", text + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _display_markdown(markdown: str) -> None:
    display(
        {"text/markdown": markdown, "text/plain": markdown},
        raw=True,
        metadata={"scrutiny_pack": {"text": True}},
    )


def _headline(figure: Mapping[str, Any], layout: Layout) -> str:
    column = layout.columns[-1]
    return with_unit(figure_text(figure, column.decimals), column.unit)


def _text_column(name: str) -> Column:
    label = name.replace("_", " ")
    return Column(key=(name,), label=label[:1].upper() + label[1:], is_text=True)


def _with_headings(
    columns: Sequence[Column], headings: Mapping[str, str]
) -> tuple[Column, ...]:
    return tuple(
        column.model_copy(update={"label": headings[column.key[0]]})
        if column.key and column.key[0] in headings
        else column
        for column in columns
    )


def _figure_columns(
    data: pd.DataFrame, spread: Sequence[str], decimals: Mapping[str, int | None]
) -> list[Column]:
    """The columns of figures, in order of appearance in the data."""
    if not spread:
        return [Column(key=(), label="Figure")]
    by = list(spread)
    bases = {b for b in data["basis"] if BASIS_WORDS.get(b)} if "basis" in by else set()
    columns = []
    for key, part in data.groupby(by, sort=False, dropna=False):
        values = dict(zip(by, key, strict=True))
        if "as_at" in values:
            values["as_at"] = dates_in_words(str(values["as_at"]))
        name = values.get("measure", part["measure"].iloc[0])
        measure = measures()[name]
        label = measure.label if "measure" in by else str(values[by[-1]])
        others = [str(values[c]) for c in by if c not in {"measure", "basis"}]
        if others and "measure" in by:
            label = f"{label}, {', '.join(others)}"
        unit = measure.unit
        suffix = {"per cent": " (%)", "pounds": " (£)"}.get(unit, "")
        basis = BASIS_WORDS.get(str(values.get("basis", "")), "")
        columns.append(
            Column(
                key=tuple(map(str, key)),
                label=f"{label}{suffix}",
                group=basis[:1].upper() + basis[1:] if len(bases) > 1 else "",
                unit=unit,
                decimals=decimals.get(name, decimals_shown(part, name)),
            )
        )
    # Columns that share a heading above stand side by side, else in order.
    order = list(dict.fromkeys(c.group for c in columns))
    return sorted(columns, key=lambda c: order.index(c.group))
