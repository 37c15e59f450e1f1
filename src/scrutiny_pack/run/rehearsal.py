"""What every kernel and every pack would do first, done once, before they are forked.

All of it is the same for every council: definitions, schemas, templates, fonts, and the
reference data, which are kept by the bytes of their files, so that a kernel that finds
other bytes reads them itself. Nothing here reads a council's own material.
"""

from importlib import import_module

import pandas as pd

from scrutiny_pack.dfe.comparators import comparators, read_extract
from scrutiny_pack.dfe.neighbours import read_neighbours
from scrutiny_pack.dfe.register import ENGLAND, read_register
from scrutiny_pack.dfe.releases import read_releases
from scrutiny_pack.evidence import charts
from scrutiny_pack.evidence.show import item_style, item_template
from scrutiny_pack.formats.registry import WRITERS
from scrutiny_pack.inputs.councils import read_councils
from scrutiny_pack.inputs.schemas import dataset_names, dataset_schema
from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.observations import long_form
from scrutiny_pack.workspace import Workspace


def kernels() -> None:
    """Read and draw what every kernel needs."""
    measures()
    for name in dataset_names():
        dataset_schema(name)
    item_style()
    item_template()
    _draw()
    workspace = Workspace.find()
    register = workspace.reference / "councils.csv"
    read_councils(register, workspace.shown(register))
    read_register(workspace.reference)
    read_extract(workspace.reference)
    read_neighbours(workspace.reference)


def release(workspace: Workspace, name: str) -> None:
    """Read a release, and those before its series, for all the packs of a set."""
    comparators(
        [ENGLAND],
        name,
        reference=workspace.reference,
        folder=workspace.releases,
        register=read_register(workspace.reference),
        releases=read_releases(workspace.reference),
    )


def publishing() -> None:
    """Import what packs are published with, and make the templates ready."""
    import_module("scrutiny_pack.publish.pack_files")
    for name in ("index.html.j2", "national.html.j2"):
        import_module("scrutiny_pack.publish.layout").page_template(name)
    import_module("scrutiny_pack.publish.notebook_pages").rehearse()
    for own in WRITERS.values():
        import_module(own.writer.partition(":")[0])


def _draw() -> None:
    """Draw a chart that nobody sees: fonts are looked for, and letters are measured."""
    letters = (
        "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 .,;:()%-"
    )
    rows = long_form(
        pd.DataFrame(
            {
                "unit": ["A", "B", letters],
                "measure": "vacancies",
                "basis": "fte",
                "value": [1.0, 2.0, 3.0],
                "as_at": "2000-01-01",
            }
        )
    )
    drawing = charts.bars(rows, category="unit")
    if drawing is not None:
        drawing.svg()
