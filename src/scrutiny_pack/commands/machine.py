"""Commands about the machine, and for those who work on the project."""

from collections.abc import Callable

from scrutiny_pack.options import Options
from scrutiny_pack.workspace import Workspace


def doctor(options: Options) -> int:
    """Say what is wrong with this machine."""
    from scrutiny_pack.machine.doctor import main

    workspace = Workspace.find(options.text("workspace"))
    return main(workspace.project, workspace.home)


def for_developers(name: str) -> Callable[[Options], int]:
    """The command of that name for those who work on the project."""

    def run(options: Options) -> int:
        from scrutiny_pack.machine import development

        return development.run(name, Workspace.find(options.text("workspace")))

    return run
