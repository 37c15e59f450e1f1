"""What is up to date is left alone, and nothing stale is ever served."""

import io
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from scrutiny_pack.periods import Period
from scrutiny_pack.run import dependencies
from scrutiny_pack.run.engine import make_pack, pack_up_to_date
from scrutiny_pack.run.plan import plan_pack
from scrutiny_pack.run.plan_words import plan_in_words
from scrutiny_pack.run.progress import Progress
from scrutiny_pack.run.workers import Workers
from scrutiny_pack.workspace import Workspace
from tests.run.small_project import CLONE, COUNCIL, PERIOD, SmallProject

DATA = f"data/{COUNCIL}/{PERIOD}"
FIRST, SECOND = "01-first", "02-second"
PARAMETER = {"description": "a number", "type": ["number", "null"]}


@pytest.fixture(scope="session")
def _made(tmp_path_factory):
    """A project with a pack of two notebooks, one of which uses a dataset."""
    folder = tmp_path_factory.mktemp("made") / "project"
    made = SmallProject(folder)
    for name in (
        "posts.csv",
        "posts.source.yaml",
        "turnover.csv",
        "turnover.source.yaml",
    ):
        shutil.copyfile(CLONE / DATA / name, folder / DATA / name)
    (folder / DATA / "commentary.yaml").write_text("posts: Our words.\n", "utf-8")
    (folder / "params" / "defaults.yaml").write_text("most: 3\nleast: 1\n", "utf-8")
    (folder / "requirements.lock").write_text("pandas==3.0.0\n", "utf-8")
    made.add_notebook(
        FIRST,
        "print('first', most)",
        parameters_cell="council = ''\nperiod = ''\nmost = 0",
        datasets={"posts": "required"},
        parameters={"most": PARAMETER},
        items=["posts"],
    )
    made.add_notebook(SECOND, "print('second')", order=2, title="Second")
    done = made.run("pack", f"COUNCIL={COUNCIL}")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def project(_made, tmp_path, monkeypatch):
    """A copy of it, and a copy of the package to change."""
    shutil.copytree(_made.folder, tmp_path / "project")
    package = tmp_path / "src" / "scrutiny_pack"
    shutil.copytree(
        CLONE / "src" / "scrutiny_pack",
        package,
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    monkeypatch.setattr(dependencies, "_PACKAGE", package)
    return tmp_path / "project"


def look(project: Path, *formats: str) -> tuple[bool, list[str]]:
    """Whether the pack is up to date, and which notebooks a run would execute."""
    workspace = Workspace(project, project)
    period = Period.parse(PERIOD)
    plan = plan_pack(workspace, COUNCIL, period, formats)
    due = [own.name for own in plan.notebooks if own.finished is None]
    up_to_date = pack_up_to_date(workspace, COUNCIL, period, formats) is not None
    return up_to_date, due


def test_an_unchanged_pack_is_up_to_date(project):
    assert look(project) == (True, [])


@contextmanager
def changed(path: Path, before: str, after: str):
    text = path.read_text("utf-8") if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    assert before in (text or "")
    path.write_text((text or "").replace(before, after, 1) if text else after, "utf-8")
    yield
    if text is None:
        path.unlink()
    else:
        path.write_text(text, "utf-8")


BOTH = [FIRST, SECOND]
CHANGES = {
    "a notebook": (f"notebooks/{FIRST}.ipynb", "'first'", "'other'", [FIRST]),
    "a sidecar": (f"notebooks/{SECOND}.yaml", "Second", "Two", [SECOND]),
    "a dataset": (f"{DATA}/posts.csv", "", "", [FIRST]),
    "a dataset's source": (f"{DATA}/posts.source.yaml", "title:", "title: A", [FIRST]),
    "a dataset that no notebook uses": (f"{DATA}/turnover.csv", "", "", []),
    "a suite": ("expectations/posts.json", "{", "{ ", [FIRST]),
    "a suite for arithmetic": (
        "expectations/posts-identities.json",
        "{",
        "{ ",
        [FIRST],
    ),
    "commentary on an item": (f"{DATA}/commentary.yaml", "Our", "Other", [FIRST]),
    "commentary on another": (f"{DATA}/commentary.yaml", "posts", "others", [FIRST]),
    "a default": ("params/defaults.yaml", "most: 3", "most: 4", [FIRST]),
    "a default that nobody takes": ("params/defaults.yaml", "least: 1", "least: 2", []),
    "a council's parameter": (
        f"params/{COUNCIL}/{PERIOD}.yaml",
        "",
        "most: 9\n",
        [FIRST],
    ),
    "reference data": ("data/reference/councils.csv", "\n", "\n\n", BOTH),
    "the lock": ("requirements.lock", "3.0.0", "3.0.1", BOTH),
    "measures": ("../src/scrutiny_pack/measures/rates.py", '"""', '"""A', BOTH),
    "inputs' schemas": (
        "../src/scrutiny_pack/inputs/schemas/posts.yaml",
        ":",
        ": ",
        BOTH,
    ),
    "evidence's style": ("../src/scrutiny_pack/evidence/item.css", "{", "{ ", BOTH),
    "the package's root": ("../src/scrutiny_pack/rounding.py", '"""', '"""A', BOTH),
    "publishing code": ("../src/scrutiny_pack/publish/index.py", '"""', '"""A', []),
    "code of a format": ("../src/scrutiny_pack/formats/content.py", '"""', '"""A', []),
    "a new format": ("../src/scrutiny_pack/formats/new.py", "", "x = 1", []),
    "a module beside the notebooks": ("notebooks/own.py", "", "x = 1", BOTH),
    "another notebook's cells": (
        f"notebooks/{SECOND}.ipynb",
        "'second'",
        "2",
        [SECOND],
    ),
    "a release, where nothing is compared": ("data/dfe/2025.csv", "", "x", []),
    "new code": ("../src/scrutiny_pack/measures/new.py", "", "x = 1", BOTH),
    "new publishing code": ("../src/scrutiny_pack/publish/new.py", "", "x = 1", []),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_runs_what_rests_on_it_and_nothing_else(project, kind):
    name, before, after, due = CHANGES[kind]
    path = project / name
    if not after:
        after = path.read_text("utf-8") + path.read_text("utf-8").splitlines()[-1]
    with changed(path, before, after):
        assert look(project) == (False, due)
    assert look(project) == (True, [])


NOT_OF_A_PACK = {"shelf.html.j2", "check.html.j2"}
"""Templates of pages that stand beside packs."""


def test_a_template_of_the_pages_is_part_of_the_pack(project):
    templates = project.parent / "src" / "scrutiny_pack" / "publish" / "templates"
    for path in [path for path in sorted(templates.rglob("*")) if path.is_file()]:
        raw = path.read_bytes()
        path.write_bytes(raw + b" ")
        assert look(project) == (path.name in NOT_OF_A_PACK, [])
        path.write_bytes(raw)


def test_the_command_line_is_not_part_of_the_pack(project):
    cli = project.parent / "src" / "scrutiny_pack" / "cli.py"
    cli.write_text("# other\n", "utf-8")
    assert look(project) == (True, [])


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("platform.python_version_tuple", lambda: ("3", "99", "1")),
        ("platform.machine", lambda: "abacus"),
        ("platform.system", lambda: "Abacus"),
        ("_installed", lambda: {"pandas": "1.0"}),
    ],
)
def test_the_machine_is_what_all_rests_on(project, monkeypatch, what, value):
    monkeypatch.setattr(f"scrutiny_pack.run.dependencies.{what}", value)
    assert look(project) == (False, BOTH)


def test_another_patch_release_of_python_changes_nothing(project, monkeypatch):
    major, minor, _ = dependencies.platform.python_version_tuple()
    monkeypatch.setattr(
        dependencies.platform, "python_version_tuple", lambda: (major, minor, "99")
    )
    assert look(project) == (True, [])


def test_another_format_publishes_anew_and_runs_no_notebook(project):
    assert look(project, "pdf") == (False, [])
    workspace, period = Workspace(project, project), Period.parse(PERIOD)
    lines = plan_in_words(workspace, COUNCIL, period, ("docx", "pdf"))
    assert list(lines) == [
        f"output/{COUNCIL}/{PERIOD}: to be built, because the format docx is new; "
        "the format pdf is new",
        f"  {FIRST}: up to date",
        f"  {SECOND}: up to date",
    ]


def edit(path):
    path.write_bytes(path.read_bytes() + b" ")


def put_beside(path):
    path.with_name("notes.txt").write_text("mine", "utf-8")


@pytest.mark.parametrize("what", [edit, Path.unlink, put_beside])
@pytest.mark.parametrize("name", ["index.html", "manifest-sha256.txt", "evidence.json"])
def test_a_pack_that_somebody_has_edited_is_made_anew(project, what, name):
    what(project / "output" / COUNCIL / PERIOD / name)
    assert look(project) == (False, [])


def test_a_pack_that_is_gone_is_made_anew(project):
    shutil.rmtree(project / "output" / COUNCIL / PERIOD)
    assert look(project) == (False, [])


@pytest.mark.parametrize("what", [edit, Path.unlink, put_beside])
def test_a_kept_run_that_somebody_has_edited_is_not_used(project, what):
    (kept,) = (project / "output" / ".cache").rglob(f"{FIRST}-*/notebook.ipynb")
    what(kept)
    assert look(project)[1] == [FIRST]


def test_the_plan_says_what_would_run_and_why(project):
    with changed(project / DATA / "posts.csv", "\n", "\n\n"):
        lines = list(
            plan_in_words(
                Workspace(project, project), COUNCIL, Period.parse(PERIOD), ()
            )
        )
    because = f"because {DATA}/posts.csv has changed"
    assert lines == [
        f"output/{COUNCIL}/{PERIOD}: to be built, {because}",
        f"  {FIRST}: to be run, {because}",
        f"  {SECOND}: up to date",
    ]


def test_nothing_is_kept_of_a_run_whose_code_was_edited_since_it_began(project):
    """The code that runs is what was imported before; it would be taken for the new."""
    workspace, period = Workspace(project, project), Period.parse(PERIOD)
    stream = io.StringIO()
    with Workers(workspace.notebooks, 1, warm=False) as workers:
        with changed(project.parent / "src/scrutiny_pack/rounding.py", '"""', '"""A'):
            progress = Progress("a pack", stream)
            make_pack(workspace, COUNCIL, period, (), workers, progress)
            assert look(project) == (False, BOTH)
        make_pack(workspace, COUNCIL, period, (), workers, Progress("it", stream))
    assert look(project) == (True, [])
