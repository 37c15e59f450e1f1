"""Commands about the DfE's statistics."""

from scrutiny_pack.errors import ReleaseError
from scrutiny_pack.options import Options
from scrutiny_pack.workspace import Workspace

UNEXPLAINED = 3
"""The exit code of a reconciliation with rates that nothing explains."""


def dfe(options: Options) -> int:
    """Obtain a release and pin it."""
    from scrutiny_pack.dfe.commands import obtain_release

    workspace = Workspace.find(options.text("workspace"))
    print(
        obtain_release(
            options.text("release") or "",
            reference=workspace.reference,
            folder=workspace.releases,
            file=options.text("file") or "",
        )
    )
    return 0


def reconcile(options: Options) -> int:
    """Work every rate of a release out again."""
    from scrutiny_pack.dfe.commands import reconcile_release

    workspace = Workspace.find(options.text("workspace"))
    report, unexplained = reconcile_release(
        options.text("release") or "",
        reference=workspace.reference,
        folder=workspace.releases,
    )
    print(report)
    return UNEXPLAINED if unexplained else 0


def revisions(options: Options) -> int:
    """Say which figures differ between two releases."""
    from scrutiny_pack.dfe.commands import compare_releases

    older = options.text("from")
    if not older:
        msg = "say which release to start from, such as FROM=2024 TO=2025"
        raise ReleaseError(msg)
    workspace = Workspace.find(options.text("workspace"))
    print(
        compare_releases(
            older,
            options.text("to") or "",
            reference=workspace.reference,
            folder=workspace.releases,
        )
    )
    return 0
