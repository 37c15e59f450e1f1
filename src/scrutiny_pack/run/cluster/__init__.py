"""Notebooks and packs on the workers of a dask cluster, with ``ENGINE=``.

Files travel as bytes, so that the machines need no disk in common. What comes back is
written by the command that asked, and only by that: a pack is the same as if this
machine had made it. ``docs/cluster.md`` says how to use it.
"""

from typing import TYPE_CHECKING

from scrutiny_pack.errors import EngineError
from scrutiny_pack.workspace import Workspace

if TYPE_CHECKING:
    from scrutiny_pack.run.workers import Workers


def cluster_workers(
    workspace: Workspace,
    address: str,
    jobs: int | None = None,
    *,
    warm: bool = True,
    loud: bool = False,
) -> "Workers":
    """The workers of a cluster: see `scrutiny_pack.run.cluster.workers`.

    Raises:
        EngineError: if dask is not installed, or they cannot be used.
    """
    try:
        from scrutiny_pack.run.cluster.workers import ClusterWorkers  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name not in {"dask", "distributed"}:
            raise
        msg = (
            "ENGINE= needs the package distributed, which is not installed: run "
            "'python bootstrap.py --cluster'"
        )
        raise EngineError(msg) from error
    return ClusterWorkers(workspace, address, jobs, warm=warm, loud=loud)
