"""The same pack, whoever makes it, wherever and with whatever set around it."""

import os
import shutil
import socket
import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from tests.cli.traces import today, traces_in
from tests.run.small_project import CLONE, OPTIONS, PERIOD, SmallProject

CELLS = (
    "import os, time, locale",
    "print(time.strftime('%Z'), locale.getpreferredencoding(), hash('council'))",
    "{'b', 'a', 'c'}",
    "import pandas as pd\npd.DataFrame({'a': [1.5, None], 'b': ['x', 'y']})",
    "import matplotlib\nmatplotlib.rcParams['font.size']",
)


def made_in(folder, **variables):
    project = SmallProject(folder)
    project.add_notebook("01-first", *CELLS)
    done = project.run("pack", "COUNCIL=darlington", **variables)
    assert done.returncode == 0, done.stderr
    record = f"darlington/{PERIOD}.run.json"
    return {name: b for name, b in project.everything().items() if name != record}


@pytest.mark.slow
def test_a_pack_is_the_same_bytes_on_a_machine_set_up_otherwise(tmp_path):
    home = tmp_path / "home"
    startup = home / ".ipython" / "profile_default" / "startup" / "00.py"
    startup.parent.mkdir(parents=True)
    startup.write_text("import pandas; pandas.options.display.precision = 1", "utf-8")
    config = home / ".config" / "matplotlib" / "matplotlibrc"
    config.parent.mkdir(parents=True)
    config.write_text("font.size: 33\n", "utf-8")
    (home / "startup.py").write_text("print('hello')", "utf-8")
    kernels = home / ".local" / "share" / "jupyter" / "kernels" / "python3"
    kernels.mkdir(parents=True)
    (kernels / "kernel.json").write_text(
        '{"argv": ["false"], "language": "r"}', "utf-8"
    )

    usual = made_in(tmp_path / "usual")
    old_mask = os.umask(0o077)
    try:
        other = made_in(
            tmp_path / "a longer name, with spaces {and} more",
            HOME=str(home),
            IPYTHONDIR=str(home / ".ipython"),
            JUPYTER_PATH=str(home / ".local" / "share" / "jupyter"),
            LC_ALL="C",
            MPLBACKEND="svg",
            PYTHONHASHSEED="77",
            PYTHONSTARTUP=str(home / "startup.py"),
            TZ="Asia/Tokyo",
        )
    finally:
        os.umask(old_mask)
    assert usual.keys() == other.keys()
    assert [name for name in usual if usual[name] != other[name]] == []


@pytest.mark.slow
def test_a_pack_is_the_same_bytes_with_warm_kernels_and_without(tmp_path):
    made = {}
    for warm in ("0", "1"):
        home = tmp_path / warm
        shutil.copytree(CLONE / "data" / "dorset", home / "data" / "dorset")
        project = SmallProject(CLONE)
        done = project.run(
            "pack", "COUNCIL=dorset", f"WORKSPACE={home}", f"WARM={warm}"
        )
        assert done.returncode == 0, done.stderr
        pack = home / "output" / "dorset" / "2019-01"
        files = [path for path in sorted(pack.rglob("*")) if path.is_file()]
        made[warm] = {p.relative_to(pack).as_posix(): p.read_bytes() for p in files}
    assert made["0"].keys() == made["1"].keys()
    assert [name for name in made["0"] if made["0"][name] != made["1"][name]] == []


COUNCILS = ("buckinghamshire", "darlington", "dorset", "herefordshire", "leeds")
_PARTS = ("notebooks", "expectations", "params", "src", "data/reference")


def checkout(folder, council):
    """A clone of the project, with the data of one council, in another folder."""
    for part in (*_PARTS, f"data/{council}"):
        ignored = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(CLONE / part, folder / part, ignore=ignored)
    shutil.copy(CLONE / "requirements.lock", folder)
    return folder


def made_by(folder, council, *, jobs, umask=0o022, **variables):
    """The files of a council's pack and what stands beside it, made in a checkout."""
    kept = {name: value for name, value in os.environ.items() if name not in OPTIONS}
    done = subprocess.run(
        [sys.executable, "-m", "scrutiny_pack", "pack", f"COUNCIL={council}"],
        cwd=folder.parent,
        env=kept
        | {"PYTHONPATH": str(folder / "src"), "JOBS": str(jobs), "FORMATS": "all"}
        | variables,
        umask=umask,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    output = folder / "output"
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
        and path.suffix != ".lock"
        and not path.name.endswith(".run.json")  # how long it took, and nobody's name
        and not {".checks", ".cache"} & set(path.parts)
    }


def differ_nowhere_and_tell_of_no_machine(folder, council):
    home = folder / "home of somebody"
    (home / "tmp").mkdir(parents=True)
    usual = made_by(
        checkout(folder / "usual", council),
        council,
        jobs=2,
        USER="scrutinysomebody",
        LOGNAME="scrutinysomebody",
    )
    other = made_by(
        checkout(folder / "a longer name, with spaces {and} more", council),
        council,
        jobs=1,
        umask=0o077,
        HOME=str(home),
        LC_ALL="C",
        LOGNAME="scrutinyanother",
        PYTHONHASHSEED="77",
        TMPDIR=_short_of(home / "tmp"),
        TZ="Asia/Tokyo",
        USER="scrutinyanother",
    )
    assert any(name.startswith(f"{council}/") for name in usual)
    assert usual.keys() == other.keys()
    assert [name for name in usual if usual[name] != other[name]] == []
    host = socket.gethostname()
    needles = {
        "the folder": str(folder),
        "the clone": str(CLONE),
        "the home": str(Path.home()) + "/",
        "the interpreter": sys.prefix,
        "a user": "scrutinysomebody",
        "the host": host if len(host) > 5 and host != "localhost" else "",
    }
    assert traces_in(usual, needles | today()) == []


def _short_of(folder):
    """A path to a folder that is short enough for the sockets of kernels."""
    return str(folder) if len(str(folder)) < 60 else ""


@pytest.mark.timeout(1200)
def test_a_council_s_pack_is_the_same_bytes_and_tells_of_no_machine(tmp_path):
    differ_nowhere_and_tell_of_no_machine(tmp_path, "leeds")


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("council", [name for name in COUNCILS if name != "leeds"])
def test_every_council_s_pack_is_the_same_bytes(tmp_path, council):
    differ_nowhere_and_tell_of_no_machine(tmp_path, council)


def test_the_five_councils_are_all_there_are():
    folders = {path.name for path in (CLONE / "data").iterdir() if path.is_dir()}
    assert folders - {"reference", "dfe"} == set(COUNCILS)


def zipped(name, content):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name, (2016, 7, 31, 0, 0, 0))
        archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"made by scrutinysomebody",
        zipped("docProps/core.xml", b"<creator>scrutinysomebody</creator>" * 20),
        zipped("inner.zip", zipped("a.txt", b"scrutinysomebody" * 20)),
        b"%PDF-1.7\nstream\n" + zlib.compress(b"scrutinysomebody") + b"\nendstream",
        b"%PDF-1.7\n/Author " + "\ufeffscrutinysomebody".encode("utf-16-be"),
    ],
)
def test_a_trace_is_found_however_it_is_packed(content):
    assert traces_in({"file": content}, {"a user": "scrutinysomebody"})
    assert traces_in({"file": content}, {"a user": "somebody else"}) == []


def test_a_kernel_and_the_day_are_found():
    text = b"File /tmp/ipykernel_4711/1.py"
    assert traces_in({"page": text}, {}) == [("page", "a kernel: ipykernel_4711")]
    form = today()["today, as PDF has it"]
    assert traces_in({"pdf": f"D:{form}120000Z".encode()}, today())
