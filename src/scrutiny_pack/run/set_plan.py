"""What a set of packs rests on, so that only what has changed is made again.

Nothing here needs more than the standard library: an unchanged set answers at once.
"""

from collections.abc import Collection

from scrutiny_pack.periods import Period
from scrutiny_pack.run.dependencies import (
    Dependencies,
    fingerprint,
    is_for_a_notebook,
    pack_dependencies,
)
from scrutiny_pack.workspace import Workspace

NOTEBOOK = "09-comparison"
"""The notebook of which a set's packs are made."""


def set_dependencies(
    workspace: Workspace, name: str, period: Period, formats: Collection[str]
) -> dict[str, str]:
    """All that a set rests on, sorted by name.

    That is what each of its packs rests on: the notebook, the reference data and the
    releases, the code, and what is set or said for one council.

    Args:
        workspace: where everything is.
        name: the set.
        period: the date of its census.
        formats: what its packs are made as beside their pages.
    """
    shared = pack_dependencies(workspace, name, period, formats)
    kept = {
        own: sha
        for own, sha in shared.items()
        if not own.startswith(f"data/{name}/")
        if not is_for_a_notebook(own) or own.startswith(f"notebooks/{NOTEBOOK}.")
    }
    return dict(sorted((kept | _of_councils(workspace, period)).items()))


def _of_councils(workspace: Workspace, period: Period) -> dict[str, str]:
    """What is set, or said, for one council and the set's period."""
    said = "commentary.yaml"
    files = {
        f"params/{path.parent.name}/{path.name}": path
        for path in (workspace.home / "params").glob(f"*/{period}.yaml")
    } | {
        f"data/{path.parent.parent.name}/{period}/{said}": path
        for path in (workspace.home / "data").glob(f"*/{period}/{said}")
    }
    return {name: fingerprint(path) for name, path in files.items()}


def council_dependencies(
    of_set: Dependencies, council: str, period: Period
) -> dict[str, str]:
    """What one council's pack of a set rests on, of what the set does."""
    others = (f"params/{council}/{period}.yaml", f"data/{council}/{period}/")
    return {
        name: sha
        for name, sha in of_set.items()
        if name.startswith(others) or not _is_of_one_council(name, period)
    }


def _is_of_one_council(name: str, period: Period) -> bool:
    return name.endswith((f"/{period}.yaml", f"/{period}/commentary.yaml"))
