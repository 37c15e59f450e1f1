"""Opening a pack from a notebook: as part of a run, or by hand."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from scrutiny_pack.dfe.sources import reference_sources
from scrutiny_pack.errors import InputFileError, NotebookError
from scrutiny_pack.evidence.pack import Pack
from scrutiny_pack.inputs.checked import checked_dataset
from scrutiny_pack.inputs.commentary import read_commentary
from scrutiny_pack.inputs.councils import find_council, read_councils
from scrutiny_pack.inputs.datasets import Dataset
from scrutiny_pack.inputs.receipt import Receipt, raise_if_critical
from scrutiny_pack.inputs.supplied import supplied_datasets
from scrutiny_pack.inputs.validation import check_inputs
from scrutiny_pack.parameters import read_parameters
from scrutiny_pack.periods import Period
from scrutiny_pack.sidecars import Sidecar, read_sidecar, read_sidecars
from scrutiny_pack.workspace import Workspace

RUN_FOLDER = "SCRUTINY_PACK_RUN"
"""The environment variable in which a run tells its notebooks where to record."""


def open_pack(notebook: str, council: str, period: str) -> Pack:
    """Open the pack for one notebook.

    As part of a run, the inputs have been validated and the items are recorded for
    the pack. By hand, in JupyterLab, the inputs are validated on the spot and the
    items are recorded to ``output/draft/``, never to the pack.

    Args:
        notebook: the notebook's name, which its sidecar shares.
        council: the council's slug.
        period: the period, as its folder is named.

    Raises:
        PackError: of the class that says what is wrong with the inputs, the
            parameters or the sidecar.
    """
    run = os.environ.get(RUN_FOLDER)
    if run:
        return _open_in_run(Path(run), notebook, council, period)
    return _open_by_hand(notebook, council, period)


def _open_in_run(run: Path, notebook: str, council: str, period: str) -> Pack:
    facts = json.loads((run / "run.json").read_text(encoding="utf-8"))
    workspace = Workspace(Path(facts["project"]), Path(facts["home"]))
    receipt = Receipt.from_json((run / "receipt.json").read_text(encoding="utf-8"))
    folder = workspace.data_folder(council, period)
    sidecar = _sidecar(workspace, notebook)
    datasets = {
        name: checked_dataset(run, folder, name, workspace.home)
        for name in (check.dataset for check in receipt.datasets)
        if name in sidecar.datasets
    }
    for dataset in datasets.values():
        if dataset.sha256 != receipt.sha256_of(dataset.name):
            msg = f"{dataset.file} has changed since it was checked; run again"
            raise InputFileError(msg)
    records = run / "records"
    return _pack(
        workspace,
        sidecar,
        council,
        period,
        datasets,
        receipt,
        facts["parameters"],
        records,
    )


def _open_by_hand(notebook: str, council: str, period: str) -> Pack:
    workspace = Workspace.find(os.environ.get("WORKSPACE"))
    folder = workspace.data_folder(council, period)
    datasets, receipt = check_inputs(
        folder,
        supplied_datasets(folder),
        workspace.suites,
        workspace.output / ".checks",
    )
    raise_if_critical(receipt)
    sidecars = read_sidecars(workspace.notebooks)
    parameters = read_parameters(workspace, council, period, sidecars)
    records = workspace.output / "draft" / council / period / "records"
    sidecar = _sidecar(workspace, notebook)
    return _pack(
        workspace, sidecar, council, period, datasets, receipt, parameters, records
    )


def _pack(
    workspace: Workspace,
    sidecar: Sidecar,
    council: str,
    period: str,
    datasets: dict[str, Dataset],
    receipt: Receipt,
    parameters: dict[str, Any],
    records: Path,
) -> Pack:
    when = Period.parse(period)
    register = workspace.reference / "councils.csv"
    councils = read_councils(register, workspace.shown(register))
    commentary = workspace.data_folder(council, period) / "commentary.yaml"
    reference = (
        reference_sources(workspace.reference, workspace.releases)
        if sidecar.scope == "reference data"
        else {}
    )
    return Pack(
        council=find_council(councils, council, when),
        period=when,
        # No more than the sidecar declares: what it does not, a run does not watch.
        receipt=replace(
            receipt,
            datasets=tuple(
                c for c in receipt.datasets if c.dataset in sidecar.datasets
            ),
        ),
        workspace=workspace,
        _sidecar=sidecar,
        _reference=reference,
        _datasets={n: d for n, d in datasets.items() if n in sidecar.datasets},
        _parameters=parameters,
        _commentary=read_commentary(commentary, workspace.shown(commentary)),
        _folder=records / sidecar.name,
    )


def _sidecar(workspace: Workspace, notebook: str) -> Sidecar:
    path = workspace.notebooks / f"{notebook}.yaml"
    if path.is_file():
        return read_sidecar(path)
    msg = f"there is no notebooks/{notebook}.yaml beside the notebook '{notebook}'; write one"
    raise NotebookError(msg)
