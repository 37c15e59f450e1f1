"""A run of a test's own: what notebooks would have recorded, without a kernel.

The items go through the real `Pack`; only the display is caught, so that a cell's
outputs are those that JupyterLab would be given.
"""

import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbformat import v4

from scrutiny_pack.evidence import pack as pack_module
from scrutiny_pack.evidence.pack import Pack
from scrutiny_pack.inputs.councils import Council
from scrutiny_pack.inputs.datasets import Dataset
from scrutiny_pack.inputs.receipt import DatasetCheck, Failure, Receipt
from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.inputs.sources import Source
from scrutiny_pack.observations import long_form
from scrutiny_pack.periods import Period
from scrutiny_pack.publish.context import PackContext
from scrutiny_pack.sidecars import Sidecar

COUNCIL = Council(
    slug="exampleshire",
    name="Exampleshire County Council",
    start=None,
    end=None,
    ons_code="E10000099",
    dfe_code="999",
    region="North East",
    note="",
)
PERIOD = Period.parse("2016-07-31")

SOURCE = Source(
    title="Sufficiency of social workers & others <draft>",
    body="Exampleshire County Council",
    kind="report to a scrutiny committee",
    date="2016-09-12",
    how_read="Read by hand from the text of the report, as printed.",
    document_sha256="68e4652f8972f793288b71861260c3ced3a0d9f71c17f7801f9b4af7a8547190",
    held="Exampleshire County Council",
    licence="not stated",
)

Cell = str | Callable[[Pack], None]
"""A cell: Markdown, or a function whose body is the code."""


@dataclass
class SmallRun:
    """A run folder that is written notebook by notebook.

    Attributes:
        folder: the run's folder.
        datasets: the names of the datasets that the council supplied.
        commentary: what the analyst says, by slug.
        council: the authority that was there in the period.
    """

    folder: Path
    datasets: tuple[str, ...] = ("posts", "turnover", "commitments")
    commentary: Mapping[str, str] = field(default_factory=dict)
    council: Council = COUNCIL
    sidecars: list[Sidecar] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    not_run: list[tuple[str, str]] = field(default_factory=list)

    def notebook(
        self,
        name: str,
        *cells: Cell,
        items: tuple[str, ...] = (),
        files: Mapping[str, str] | None = None,
    ) -> None:
        """A notebook that was run."""
        sidecar = self._sidecar(name, items, files or {})
        self.ran.append(name)
        pack = Pack(
            council=self.council,
            period=PERIOD,
            receipt=self.receipt,
            _sidecar=sidecar,
            _datasets={name: dataset(name) for name in self.datasets},
            _parameters={},
            _commentary=self.commentary,
            _folder=self.folder / "records" / name,
        )
        notebook = v4.new_notebook(
            metadata={"language_info": {"name": "python", "pygments_lexer": "ipython3"}}
        )
        for number, cell in enumerate(cells):
            made = _run(cell, pack)
            made["id"] = f"cell-{number}"
            notebook.cells.append(made)
        path = self.folder / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(nbformat.writes(notebook), encoding="utf-8", newline="\n")

    def notebook_not_run(self, name: str, items: tuple[str, ...] = ()) -> None:
        """A notebook whose datasets the council did not supply."""
        self._sidecar(name, items)
        self.not_run.append((name, "Not supplied: referrals."))

    def _sidecar(
        self, name: str, items: tuple[str, ...], files: Mapping[str, str] | None = None
    ) -> Sidecar:
        sidecar = Sidecar(
            name=name,
            title=f"Title of {name}",
            question=f"What of {name}?",
            order=len(self.sidecars) + 1,
            scope="this period",
            datasets=dict.fromkeys(self.datasets, "optional"),
            items=items,
            files=dict(files or {}),
            without_evidence=f"A list that answers {name}.",
        )
        self.sidecars.append(sidecar)
        return sidecar

    @property
    def receipt(self) -> Receipt:
        """A check of the datasets, with one warning."""
        warning = Failure(
            severity="warning",
            dataset=self.datasets[0],
            file=f"data/exampleshire/2016-07-31/{self.datasets[0]}.csv",
            rule="The parts of a total add up to it",
            remedy="Compare the row with the source.",
            lines=(102,),
            column="value",
            values=("31.16",),
            sentence="Total <specialist>: the 4 parts make 31.17, and 31.16 is printed.",
        )
        checks = tuple(
            DatasetCheck(
                dataset=name,
                file=f"data/exampleshire/2016-07-31/{name}.csv",
                sha256=f"{place:064x}",
                rows=1000 + place,
                expectations=7,
                notes=(),
                failures=(warning,) if place == 0 else (),
            )
            for place, name in enumerate(self.datasets)
        )
        return Receipt(self.council.slug, str(PERIOD), checks)

    @property
    def context(self) -> PackContext:
        """What publishing is told of the run."""
        return PackContext(
            council=self.council,
            period=PERIOD,
            receipt=self.receipt,
            sidecars=tuple(self.sidecars),
            ran=tuple(self.ran),
            not_run=tuple(self.not_run),
            sources=dict.fromkeys(self.datasets, SOURCE),
        )


def dataset(name: str) -> Dataset:
    """A dataset that was supplied; items rest on it by name."""
    return Dataset(
        name=name,
        schema=dataset_schema(name),
        frame=pd.DataFrame(),
        source=SOURCE,
        file=f"data/exampleshire/2016-07-31/{name}.csv",
        sha256=f"{sum(name.encode()):064x}",
        notes=(),
    )


def figures(*rows: Mapping[str, Any], **shared: Any) -> pd.DataFrame:
    """The long form of some rows, with what they share and what a figure needs."""
    usual = {
        "measure": "vacancies",
        "basis": "headcount",
        "status": "",
        "as_at": "2016-07-31",
        "nature": "actual",
        "dataset": "posts",
        "paragraph": "22",
    }
    return long_form(pd.DataFrame([usual | shared | row for row in rows]))


def _run(cell: Cell, pack: Pack) -> Any:
    if isinstance(cell, str):
        return v4.new_markdown_cell(cell)
    outputs: list[Any] = []

    def caught(data: dict[str, str], *, raw: bool, metadata: dict[str, Any]) -> None:
        assert raw
        outputs.append(v4.new_output("display_data", data=data, metadata=metadata))

    shown = pack_module.display
    pack_module.display = caught
    try:
        cell(pack)
    finally:
        pack_module.display = shown
    source = inspect.getsource(cell)
    return v4.new_code_cell(source, execution_count=1, outputs=outputs)


def evidence_of(pack: Path) -> Any:
    """What the evidence.json of a published pack says."""
    return json.loads((pack / "evidence.json").read_text(encoding="utf-8"))
