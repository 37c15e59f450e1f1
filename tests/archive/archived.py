"""A project with one real notebook and its council's data, and its archive."""

import shutil
from pathlib import Path

from tests.run.small_project import CLONE, SmallProject

COUNCIL, PERIOD = "dorset", "2019-01"
NOTEBOOK = "03-caseloads"
KEPT = ("caseloads", "caseload-bands", "cases")
PROJECT_FILES = (
    *("Makefile", "bootstrap.py", "pyproject.toml", "requirements.lock", "LICENSE"),
    *("README.md", "GLOSSARY.md", "CITATION.cff", "environment.yml"),
)


def small_archived_project(folder: Path) -> SmallProject:
    """A project of which an archive can be made in a few seconds."""
    project = SmallProject(folder)
    for name in PROJECT_FILES:
        shutil.copy(CLONE / name, folder / name)
    shutil.copy(CLONE / "params" / "defaults.yaml", folder / "params")
    for suffix in (".ipynb", ".yaml"):
        shutil.copy(CLONE / "notebooks" / f"{NOTEBOOK}{suffix}", folder / "notebooks")
    data = folder / "data" / COUNCIL / PERIOD
    data.mkdir(parents=True)
    for file in (CLONE / "data" / COUNCIL / PERIOD).iterdir():
        if file.name.split(".")[0] in KEPT:
            shutil.copy(file, data)
    return project


def archives_of(project: SmallProject) -> list[Path]:
    """Every file that could be taken for an archive."""
    return sorted((project.folder / "output" / "archive").glob("*.zip"))


def made(project: SmallProject, *words: str, **variables: str) -> Path:
    """The archive that a command makes."""
    before = set(archives_of(project))
    given = (f"COUNCIL={COUNCIL}", f"PERIOD={PERIOD}", *words)
    done = project.run("archive", *given, **variables)
    assert done.returncode == 0, done.stderr
    after = set(archives_of(project))
    return next(iter(after - before or after))
