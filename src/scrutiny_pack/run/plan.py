"""The plan of a run: which notebooks it executes, and why not the others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scrutiny_pack.dfe.supply import RELEASE, compared_documents
from scrutiny_pack.inputs.commentary import read_commentary
from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.inputs.sources import Source
from scrutiny_pack.inputs.supplied import supplied_datasets
from scrutiny_pack.inputs.wording import joined
from scrutiny_pack.parameters import read_parameters
from scrutiny_pack.periods import Period
from scrutiny_pack.run.dependencies import (
    Dependencies,
    notebook_dependencies,
    pack_dependencies,
    what_changed,
)
from scrutiny_pack.run.finished import FinishedRun, FinishedRuns
from scrutiny_pack.run.made import PackRecord
from scrutiny_pack.shelf.corrections import Correction, read_corrections
from scrutiny_pack.sidecars import Sidecar, read_sidecars
from scrutiny_pack.workspace import Workspace

REFERENCE = "reference data"
"""The scope of notebooks that compare with the releases of the DfE's statistics."""


@dataclass(frozen=True)
class NotebookPlan:
    """What a run does about one notebook.

    Attributes:
        sidecar: its sidecar.
        rests_on: all that its outputs rest on.
        finished: its last run, where nothing of that has changed since.
        reasons: why it has to be executed; nothing where it has not.
    """

    sidecar: Sidecar
    rests_on: Dependencies
    finished: FinishedRun | None
    reasons: tuple[str, ...]

    @property
    def name(self) -> str:
        """The notebook's name."""
        return self.sidecar.name


@dataclass(frozen=True)
class Plan:
    """What a run of one pack does.

    Attributes:
        sidecars: of all notebooks, in reading order.
        supplied: the datasets that the council supplied, sorted.
        parameters: the value of every parameter.
        commentary: what the council's analyst says of items, by slug.
        council: the council's slug.
        period: the period, as it is written.
        rests_on: all that the pack rests on.
        documents: the releases whose figures the pack shows, by what rows call them.
        corrections: of final packs of this council and period, the last one last.
        notebooks: those that are part of the pack, in reading order.
        not_run: the names of the others, each with the reason in words.
    """

    sidecars: Sequence[Sidecar]
    supplied: Sequence[str]
    parameters: Mapping[str, Any]
    commentary: Mapping[str, str]
    council: str
    period: str
    rests_on: Dependencies
    documents: Mapping[str, Source]
    corrections: tuple[Correction, ...] = field(default=())
    notebooks: tuple[NotebookPlan, ...] = field(default=())
    not_run: tuple[tuple[str, str], ...] = field(default=())

    def parameters_of(self, sidecar: Sidecar) -> dict[str, Any]:
        """The parameters that a notebook takes, with council and period."""
        own = {name: self.parameters[name] for name in sidecar.parameters}
        return {"council": self.council, "period": self.period} | own

    def rests_on_of(self, sidecar: Sidecar, pack: Dependencies) -> dict[str, str]:
        """What a notebook rests on, given what the pack does."""
        said = {s: self.commentary[s] for s in sidecar.items if s in self.commentary}
        return notebook_dependencies(
            pack,
            sidecar.name,
            sidecar.datasets,
            self.parameters_of(sidecar),
            said,
            compares=sidecar.scope == REFERENCE or RELEASE in sidecar.parameters,
        )


def plan_pack(
    workspace: Workspace,
    council: str,
    period: Period,
    formats: Collection[str],
    *,
    force: bool = False,
) -> Plan:
    """Plan the run of one pack.

    Args:
        workspace: where everything is.
        council: the council's slug.
        period: the period, for which the council has data.
        formats: what the pack is made as beside its pages.
        force: whether to execute all notebooks, whatever has changed.

    Raises:
        PackError: of the class that says what is wrong with a sidecar, a parameter,
            the commentary, a correction or the folder of data.
    """
    rests_on = pack_dependencies(workspace, council, period, formats)
    data = workspace.data_folder(council, period)
    sidecars = read_sidecars(workspace.notebooks)
    said = data / "commentary.yaml"
    parameters = read_parameters(workspace, council, period, sidecars)
    compared = compared_documents(workspace, council, period, parameters)
    plan = Plan(
        sidecars=sidecars,
        supplied=supplied_datasets(data),
        parameters=parameters,
        commentary=read_commentary(said, workspace.shown(said)),
        council=council,
        period=str(period),
        rests_on=rests_on,
        documents=compared.documents,
        corrections=read_corrections(data, workspace.shown(data)),
    )
    runs = FinishedRuns(PackRecord(workspace, council, period).finished)
    chosen, not_run = part_of_pack(sidecars, plan.supplied, compared.why_not)
    notebooks = []
    for sidecar in chosen:
        own = plan.rests_on_of(sidecar, rests_on)
        finished = None if force else runs.find(sidecar.name, own)
        reasons = () if finished else _why(runs.last(sidecar.name), own, force=force)
        notebooks.append(NotebookPlan(sidecar, own, finished, reasons))
    return replace(plan, notebooks=tuple(notebooks), not_run=not_run)


def part_of_pack(
    sidecars: Sequence[Sidecar],
    supplied: Collection[str],
    without_reference: str = "",
) -> tuple[tuple[Sidecar, ...], tuple[tuple[str, str], ...]]:
    """The notebooks for which there are data, and the others, each with the reason.

    Args:
        sidecars: all notebooks' sidecars, in reading order.
        supplied: the datasets that the council supplied.
        without_reference: why there are no reference data for the council and period,
            as a sentence: notebooks of that scope are not run; "" if there are.
    """
    reasons = [
        (
            sidecar,
            without_reference
            if without_reference and sidecar.scope == REFERENCE
            else _why_not(sidecar, supplied),
        )
        for sidecar in sidecars
    ]
    return (
        tuple(sidecar for sidecar, reason in reasons if not reason),
        tuple((sidecar.name, reason) for sidecar, reason in reasons if reason),
    )


def _why(
    last: FinishedRun | None, now: Dependencies, *, force: bool
) -> tuple[str, ...]:
    """Why a notebook has to be executed."""
    if force:
        return ("FORCE=1 was given",)
    if last is None:
        return ("it has not been run yet",)
    return tuple(what_changed(last.dependencies, now)) or ("its last run is gone",)


def _why_not(sidecar: Sidecar, supplied: Collection[str]) -> str:
    missing = [n for n in sidecar.datasets_marked("required") if n not in supplied]
    if missing:
        return f"Not supplied: {joined(_titles(missing))}."
    alternatives = sidecar.datasets_marked("any")
    if alternatives and not any(name in supplied for name in alternatives):
        return f"None of these was supplied: {joined(_titles(alternatives), 'or')}."
    return ""


def _titles(names: Sequence[str]) -> list[str]:
    """The datasets' titles, as they stand in the middle of a sentence."""
    titles = (dataset_schema(name).title for name in names)
    return [f"{title[:1].lower()}{title[1:]}" for title in titles]
