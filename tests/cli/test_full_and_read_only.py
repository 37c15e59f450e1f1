"""An output folder that is full, or may not be written, for real."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.run.small_project import SmallProject

POSIX = pytest.mark.skipif(
    os.name != "posix", reason="mounts and users of POSIX systems"
)
MAKES_A_PACK = "print('the previous pack')"


def make_previous(project):
    project.add_notebook("01-first", MAKES_A_PACK)
    assert project.run("pack", "COUNCIL=darlington").returncode == 0
    return project.everything()


def assert_cannot_write(done, message):
    assert done.returncode == 19, done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("cannot write ")
    assert message in last
    assert "Traceback" not in done.stderr


@pytest.fixture
def small_disk(project):
    """A project whose output/ is a real disk of 300 kB."""
    output = project.folder / "output"
    output.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(output)]
    try:
        mounted = (
            subprocess.run(mount, capture_output=True, check=False).returncode == 0
        )
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("this user may not mount a small disk")
    yield project
    subprocess.run(["umount", str(output)], check=True)


@POSIX
@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("print('x' * 1_000_000)", id="the executed notebook"),
        pytest.param(
            "import os, pathlib\n"
            "run = pathlib.Path(os.environ['SCRUTINY_PACK_RUN'])\n"
            "(run / 'records' / 'table.csv').write_text('x' * 1_000_000)",
            id="what a notebook records",
        ),
    ],
)
def test_a_full_disk_is_one_line_and_leaves_the_previous_pack(small_disk, cell):
    before = make_previous(small_disk)
    small_disk.add_notebook("01-first", cell)
    done = small_disk.run("pack", "COUNCIL=darlington")
    assert_cannot_write(done, "the disk is full: free some space")
    assert small_disk.everything() == before


@POSIX
def test_a_file_that_the_system_finds_too_large_is_one_line(project):
    before = make_previous(project)
    project.add_notebook("01-first", "print('x' * 1_000_000)")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000,) * 2)"
    done = project.run("pack", "COUNCIL=darlington", before=limit)
    assert_cannot_write(done, "does not allow a file of that size")
    assert project.everything() == before


@POSIX
def test_a_read_only_disk_is_one_line_and_leaves_the_previous_pack(small_disk):
    before = make_previous(small_disk)
    output = str(small_disk.folder / "output")
    subprocess.run(["mount", "-o", "remount,ro", output], check=True)
    done = small_disk.run("pack", "COUNCIL=darlington", "FORCE=1")
    assert_cannot_write(done, "the disk is read-only")
    assert small_disk.everything() == before


@pytest.fixture
def open_to_all():
    """A project in a folder that other users can read, as pytest's own is not."""
    folder = Path(tempfile.mkdtemp(prefix="scrutiny-pack-test-"))
    folder.chmod(0o755)
    yield SmallProject(folder / "project")
    shutil.rmtree(folder)


@POSIX
def test_no_permission_is_one_line_and_leaves_the_previous_pack(open_to_all):
    project = open_to_all
    before = make_previous(project)
    if os.geteuid() == 0:  # root may write anywhere, so the run becomes somebody else
        become = (
            "import importlib, os, pkgutil\n"
            "for name in 'run', 'commands':\n"  # nobody else may read where Python is
            "    package = importlib.import_module(f'scrutiny_pack.{name}')\n"
            "    for one in pkgutil.iter_modules(package.__path__):\n"
            "        importlib.import_module(f'scrutiny_pack.{name}.{one.name}')\n"
            "import scrutiny_pack.cli, scrutiny_pack.formats.choose\n"
            "os.setgroups([]); os.setgid(65534); os.setuid(65534)"
        )
    else:
        become = ""
        for folder in (project.pack.parent, project.pack):
            folder.chmod(0o555)
    try:
        done = project.run("pack", "COUNCIL=darlington", "FORCE=1", before=become)
    finally:
        for folder in (project.pack.parent, project.pack):
            folder.chmod(0o755)
    assert_cannot_write(done, "there is no permission to write there")
    assert project.everything() == before
