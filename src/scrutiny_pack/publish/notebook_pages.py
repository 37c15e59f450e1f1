"""The executed notebooks, published: as notebooks, and as pages for a reader."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
from nbconvert.exporters.html import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from scrutiny_pack.evidence.data_files import read_csv
from scrutiny_pack.evidence.items import Item
from scrutiny_pack.evidence.show import item_html, with_style
from scrutiny_pack.publish.collect import Record
from scrutiny_pack.publish.context import PackContext
from scrutiny_pack.publish.layout import TEMPLATES, page_frame
from scrutiny_pack.publish.numbering import short_citation
from scrutiny_pack.publish.prose import prose_html
from scrutiny_pack.sidecars import Sidecar

_MARK = re.compile(r"<!--item ([a-z0-9-]+)-->")


@dataclass(frozen=True)
class NotebookPublisher:
    """Writes the notebooks and pages of one pack.

    Attributes:
        context: what the pack is of.
        records: its items, published, in reading order.
        resolve: turns the citations of items in prose into links, for one notebook.
    """

    context: PackContext
    records: Sequence[Record]
    resolve: Callable[[str, str], str]

    def publish(self, run: Path, target: Path) -> None:
        """Write ``notebooks/<name>.ipynb`` and ``.html`` for all that were run."""
        folder = target / "notebooks"
        folder.mkdir()
        for sidecar in self.context.sidecars_run:
            path = run / "notebooks" / f"{sidecar.name}.ipynb"
            notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
            fragments = self._rewrite(notebook, sidecar.name)
            _write(folder / f"{sidecar.name}.ipynb", nbformat.writes(notebook))
            _write(
                folder / f"{sidecar.name}.html",
                self._page(notebook, sidecar, fragments),
            )

    def _rewrite(self, notebook: NotebookNode, name: str) -> dict[str, str]:
        """Give the items in a notebook their numbers, and the prose its links.

        Returns:
            Each item's HTML for the page, by slug.
        """
        records = {r.item.slug: r for r in self.records if r.item.notebook == name}
        fragments = {}
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = self.resolve(cell.source, name)
            for output in cell.get("outputs", []):
                ours = output.get("metadata", {}).get("scrutiny_pack", {})
                if "item" in ours:
                    record = records[ours["item"]]
                    fragment = item_html(
                        record.item,
                        read_csv(record.data),
                        record.picture,
                        style=False,
                        folded=ours.get("folded", False),
                        cited=short_citation(record.item, self.context),
                    )
                    fragments[ours["item"]] = fragment
                    output.data["text/html"] = with_style(fragment)
                    output.data["text/plain"] = _heading(record.item)
                elif "text" in ours:
                    for form in ("text/markdown", "text/plain"):
                        output.data[form] = self.resolve(output.data[form], name)
        return fragments

    def _page(
        self, notebook: NotebookNode, sidecar: Sidecar, fragments: Mapping[str, str]
    ) -> str:
        items = [r.item for r in self.records if r.item.notebook == sidecar.name]
        before, after = _neighbours(self.context.sidecars_run, sidecar)
        page = page_frame(self.context, up="../") | {
            "title": sidecar.title,
            "question": sidecar.question,
            "has_heading": _has_heading(notebook),
            "items": [{"slug": i.slug, "heading": _heading(i)} for i in items],
            "before": before,
            "after": after,
            "name": sidecar.name,
        }
        # Not the HTML exporter's own method, which parses the page and writes it anew,
        # to say of pictures that nobody has described them: `lint` refuses such a page.
        html, _ = TemplateExporter.from_notebook_node(
            exporter(), notebook, {"page": page}
        )
        # The template leaves a mark for each item, whose HTML is ready.
        return _MARK.sub(lambda mark: fragments[mark[1]], html)


def _heading(item: Item) -> str:
    return f"{item.number}: {item.title}"


def _neighbours(
    sidecars: Sequence[Sidecar], sidecar: Sidecar
) -> tuple[Sidecar | None, Sidecar | None]:
    place = sidecars.index(sidecar)
    before = sidecars[place - 1] if place else None
    after = sidecars[place + 1] if place + 1 < len(sidecars) else None
    return before, after


def _has_heading(notebook: NotebookNode) -> bool:
    """Whether the notebook says its question itself, as its first heading."""
    return any(
        line.startswith("# ")
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
    )


@cache
def exporter() -> HTMLExporter:
    """The exporter, once for all pages: to make one takes longer than to use it."""
    made = HTMLExporter(
        template_name="evidence",
        template_file="notebook.html.j2",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        default_preprocessors=[],
        filters={
            "prose": prose_html,
            "highlight_code": Highlight2HTML(pygments_lexer="ipython3"),
        },
    )
    made.template  # noqa: B018 - it is compiled when it is first asked for
    return made


def rehearse() -> None:
    """Do once what the first page does and all others then find done.

    Its template is compiled, the grammar of the code is read, and so is the schema that
    notebooks are held to.
    """
    notebook = new_notebook(cells=[new_code_cell("rehearsed = True")])
    nbformat.reads(nbformat.writes(notebook), as_version=4)
    exporter().environment.filters["highlight_code"](notebook.cells[0].source)
    prose_html("*rehearsed*")


def _write(path: Path, text: str) -> None:
    path.write_text(f"{text.rstrip()}\n", encoding="utf-8", newline="\n")
