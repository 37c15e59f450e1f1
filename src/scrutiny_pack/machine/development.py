"""Commands for those who work on the project: tests, checks, locks, JupyterLab."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from scrutiny_pack.errors import MachineError
from scrutiny_pack.machine.conda import write_environment
from scrutiny_pack.machine.doctor import read_pip_settings
from scrutiny_pack.machine.environments import hand_over, lab_environment
from scrutiny_pack.workspace import Workspace

_PYTHON = sys.executable
_LINT = (
    (_PYTHON, "-m", "ruff", "check"),
    (_PYTHON, "-m", "ruff", "format", "--check"),
    (_PYTHON, "-m", "mypy"),
)
_PYTEST = (_PYTHON, "-m", "pytest", "-n", "2")
_COMPILE = (
    *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"),
)
_LOCKS = (
    ("pyproject.toml", "-o", "requirements.lock"),
    (
        *("pyproject.toml", "--group", "cluster", "-c", "requirements.lock"),
        *("-o", "requirements-cluster.lock"),
    ),
    (
        *("pyproject.toml", "--group", "dev", "-c", "requirements-cluster.lock"),
        *("-o", "requirements-dev.lock"),
    ),
    (
        *("pyproject.toml", "--group", "lab", "-c", "requirements.lock"),
        *("-o", "requirements-lab.lock"),
    ),
)


def run(name: str, workspace: Workspace) -> int:
    """Run one of the commands by its name; returns the exit code.

    Raises:
        MachineError: if the environment lacks what the command needs.
    """
    project = workspace.project
    commands = {
        "test": ((*_PYTEST, "-m", "not slow"), *_LINT),
        "test-full": (_PYTEST, *_LINT),
        "lint": _LINT,
        "bench": ((_PYTHON, str(project / "tools" / "bench.py")),),
        "docs": tuple((_PYTHON, str(tool)) for tool in _doc_tools(project)),
    }
    if name == "test-full" and os.environ.get("ONLY") == "slow":
        commands[name] = ((*_PYTEST, "-m", "slow"),)  # the others have just been run
    if name in {"test", "test-full", "lint", "lock"} and not find_spec("pytest"):
        msg = "the tools are not here yet: run 'python bootstrap.py --dev' first"
        raise MachineError(msg)
    if name in commands:
        return _run_all(project, commands[name])
    if name == "lock":
        return _lock(project)
    if name == "environment":
        write_environment(project)
        return 0
    return _lab(workspace)


def _doc_tools(project: Path) -> list[Path]:
    """The scripts that write the pages of docs/ that come from code."""
    return sorted((project / "tools").glob("*_doc.py"))


def _run_all(project: Path, commands: Sequence[Sequence[str]]) -> int:
    """Run every command, whatever comes of the others; say at the end which failed."""
    failed = []
    for command in commands:
        words = " ".join(command[1:]).removeprefix("-m ")
        print(f"==> {words}", flush=True)
        if subprocess.run(command, cwd=project, check=False).returncode != 0:  # noqa: S603
            failed.append(words)
    for words in failed:
        print(f"failed: {words}", flush=True)
    return 1 if failed else 0


def _lock(project: Path) -> int:
    """Pin the versions anew, from the package index that pip uses."""
    uv = (_PYTHON, "-m", *_COMPILE)
    listed = subprocess.run(  # noqa: S603
        (_PYTHON, "-m", "pip", "config", "list"),
        capture_output=True,
        text=True,
        check=False,
    )
    environment = dict(os.environ) | uv_settings(
        read_pip_settings(listed.stdout), os.environ
    )
    for arguments in _LOCKS:
        print(f"==> {arguments[-1]}", flush=True)
        result = subprocess.run(  # noqa: S603
            (*uv, *arguments), cwd=project, env=environment, check=False
        )
        if result.returncode != 0:
            msg = f"{arguments[-1]} could not be made; uv says why above"
            raise MachineError(msg)
    write_environment(project)
    return 0


def uv_settings(
    pip_settings: Mapping[str, str], variables: Mapping[str, str]
) -> dict[str, str]:
    """The environment variables with which uv uses the package index that pip uses.

    Nothing is set if uv has been told of an index itself.
    """
    if any(
        name in variables for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL")
    ):
        return {}
    settings = {}
    if "index-url" in pip_settings:
        settings["UV_DEFAULT_INDEX"] = pip_settings["index-url"]
    if "extra-index-url" in pip_settings:
        settings["UV_INDEX"] = " ".join(pip_settings["extra-index-url"].split())
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # as pip does
    if "find-links" in pip_settings:
        settings["UV_FIND_LINKS"] = ",".join(pip_settings["find-links"].split())
    if "cert" in pip_settings and "SSL_CERT_FILE" not in variables:
        settings["SSL_CERT_FILE"] = pip_settings["cert"]
    return settings


def _lab(workspace: Workspace) -> int:
    python = lab_environment(workspace.project).python
    if not python.exists():
        msg = "there is no .venv-lab: run 'python bootstrap.py --lab' first"
        raise MachineError(msg)
    if workspace.home != workspace.project:
        os.environ["WORKSPACE"] = str(workspace.home)
    options = (
        f"--ServerApp.root_dir={workspace.project}",
        "--LabApp.news_url=None",  # nothing is asked of the network
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    )
    return hand_over(python, ["-m", "jupyterlab", *options])
