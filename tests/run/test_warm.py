"""Warm kernels: as good as ordinary ones, apart from one another, and gone at the end."""

import gc
import json
import os
import signal
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from scrutiny_pack.errors import NotebookError
from scrutiny_pack.periods import Period
from scrutiny_pack.run import warm as warm_module
from scrutiny_pack.run.environment import kernel_environment, write_settings
from scrutiny_pack.run.execute import NotebookTask, execute
from scrutiny_pack.run.kernels import stop_kernel
from scrutiny_pack.run.warm import WarmKernels, can_fork, imports_of
from tests.run.small_project import notebook_text

pytestmark = pytest.mark.skipif(not can_fork(), reason="there is no safe fork here")

IMPORTS = "import os, random, sys\nimport matplotlib as mpl\nimport pandas as pd"
LOOKS = (
    IMPORTS,
    "pd.options.display.precision, pd.options.display.max_columns",
    "mpl.rcParams['font.size'], mpl.get_backend()",
    # An ordinary kernel watches its parent, and has a debugger.
    "ordinary = {'JPY_PARENT_PID', 'PYDEVD_USE_FRAME_EVAL'}\nsorted({*os.environ} - ordinary)",
    "os.environ['SOURCE_DATE_EPOCH'], os.environ.get('SPOILT')",
    "sys.path, sys.flags.hash_randomization, hash('council'), sys.stdin.closed",
    "sorted(name for name in globals() if not name.startswith('_'))",
    "pd.DataFrame({'a': [1.23456789, None], 'b': ['x', 'y']})",
    "import logging, signal, gc, warnings",
    "logging.getLogger().handlers, signal.getsignal(signal.SIGTERM), gc.isenabled()",
    "os.getcwd(), __name__, sys.modules['__main__'].__name__, os.getsid(0) == os.getpid()",
    "import matplotlib.pyplot as plt\nfigure = plt.figure()\nfigure",
    "def f():\n    warnings.warn('careful')\nf()",
)
SPOILS = (
    IMPORTS,
    "pd.options.display.precision = 1\npd.options.display.max_columns = 1",
    "mpl.rcParams['font.size'] = 33\nos.environ['SPOILT'] = 'yes'",
    "import scrutiny_pack.rounding\nscrutiny_pack.rounding.__dict__.clear()",
    "pd.DataFrame = None\nsys.path.clear()\nos.chdir('/')",
)


@pytest.fixture
def place(tmp_path):
    """A folder for temporary files: nothing may be left in it."""
    # Not tmp_path: the names of sockets must be short.
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        old, tempfile.tempdir = tempfile.tempdir, folder
        yield Path(folder)
        tempfile.tempdir = old


@pytest.fixture
def project(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "00-imports.ipynb").write_text(
        notebook_text(
            IMPORTS, "import matplotlib.pyplot", "from great_expectations import x"
        ),
        "utf-8",
    )
    write_settings(tmp_path / "settings")
    return tmp_path


@pytest.fixture
def task(project):
    """Returns a function that makes a task of the cells it is given."""

    def task(*cells, name="01-first", timeout=60):
        source = project / "notebooks" / f"{name}.ipynb"
        source.write_text(notebook_text(*cells), "utf-8")
        environment = kernel_environment(
            project, project / "settings", Period.parse("2016-07-31"), os.environ
        )
        return NotebookTask(
            source=source,
            target=project / f"{name}.out.ipynb",
            parameters={"council": "darlington", "period": "2016-07-31"},
            environment=environment,
            timeout=timeout,
        )

    return task


@pytest.fixture
def warm(place, project):
    with WarmKernels(project / "notebooks") as warm:
        yield warm
    assert list(place.iterdir()) == []
    assert processes_below(os.getpid()) == []


def executed(task, warm=None):
    """The lines of the executed notebook, and of what went to standard error."""
    messages = execute(task, warm).messages
    return tuple(task.target.read_text("utf-8").splitlines()) + messages


def processes_below(process):
    """The processes that a process has started and that are there, zombies too."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process:
            found.append(int(path.parent.name))
    return found


def test_a_warm_kernel_gives_the_same_bytes_as_an_ordinary_one(task, warm):
    looks = task(*LOOKS)
    first = executed(looks, warm)
    assert warm.begin() is not None
    assert first == executed(looks)


def test_nothing_that_one_notebook_does_reaches_the_next(task, warm):
    looks = task(*LOOKS)
    before = executed(looks, warm)
    executed(task(*SPOILS, name="02-spoils"), warm)
    assert executed(looks, warm) == before


def test_each_kernel_has_random_numbers_of_its_own(task, warm):
    draw = task(IMPORTS, "import numpy\nprint(random.random(), numpy.random.rand())")
    numbers = []
    for _ in range(2):
        cells = json.loads("\n".join(executed(draw, warm)))["cells"]
        numbers += cells[-1]["outputs"][0]["text"][0].split()
    assert len(set(numbers)) == 4


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "Python ended"),
        ("import os\nos._exit(0)", "Python ended"),
        ("while True:\n    pass", "took longer than 1 seconds"),
        ("import time\ntime.sleep(60)", "took longer than 1 seconds"),
        ("import sys\nsys.exit(0)", "did not run to its end"),
    ],
)
def test_a_notebook_that_ends_badly_harms_no_other(task, warm, cell, message):
    good = task("print('good')", name="02-good")
    before = executed(good, warm)
    with pytest.raises(NotebookError, match=message):
        execute(task(cell, timeout=1), warm)
    assert executed(good, warm) == before


def test_what_a_notebook_started_goes_with_it(task, warm, tmp_path):
    note = tmp_path / "child"
    cell = (
        "import subprocess\nchild = subprocess.Popen(['sleep', '120'])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))"
    )
    execute(task(cell), warm)
    wait_until_gone(int(note.read_text("utf-8")))


def wait_until_gone(process):
    for _ in range(100):
        if not is_running(process):
            return
        time.sleep(0.05)
    os.kill(process, signal.SIGKILL)
    pytest.fail("a process was left behind")


def is_running(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8")
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def test_kernels_side_by_side(task, warm):
    tasks = [task(f"print({n})", name=f"0{n}-one") for n in range(1, 7)]
    outcomes = {}

    def work(own):
        outcomes[own.name] = executed(own, warm)

    threads = [threading.Thread(target=work, args=(own,)) for own in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == {own.name: executed(own, warm) for own in tasks}


def test_without_a_zygote_there_are_ordinary_kernels(task, place, project, monkeypatch):
    good = task(*LOOKS)
    with monkeypatch.context() as patch:
        patch.setattr(warm_module, "_PROGRAM", ("-c", "import sys; sys.exit(3)"))
        with WarmKernels(project / "notebooks") as warm:
            outcome = executed(good, warm)
    with WarmKernels(project / "notebooks", wanted=False) as none:
        assert none.begin() is None
    assert outcome == executed(good)
    assert list(place.iterdir()) == []


def test_when_the_zygote_is_killed_its_kernel_dies_and_the_next_is_ordinary(task, warm):
    good = task("print('good')", name="02-good")
    before = executed(good, warm)
    cell = (
        "import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(60)"
    )
    with pytest.raises(NotebookError, match="Python ended"):
        execute(task(cell), warm)
    assert executed(good, warm) == before


@pytest.mark.slow
def test_a_kernel_that_another_thread_stops_is_told_to_its_own(task, warm):
    """Whenever that is: while it is asked for, while it starts, and while it runs."""
    own = task("import time\ntime.sleep(300)")
    executed(task("1", name="02-good"), warm)
    for after in range(0, 150, 10):  # milliseconds
        told, started = [], []

        def work(told=told, started=started):
            try:
                execute(own, warm, started=started)
            except NotebookError as error:
                told.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        time.sleep(after / 1000)
        until = time.monotonic() + 30
        while thread.is_alive() and time.monotonic() < until:  # as Workers does
            for manager in started:
                stop_kernel(manager)
            thread.join(0.05)
        assert not thread.is_alive()
        assert told


def test_the_imports_of_notebooks_are_found(tmp_path):
    cells = (
        "import pandas as pd, os.path\nfrom a.b import c",
        "%matplotlib inline\nimport never",
        "def f():\n    import inside\n    from . import here",
        "import great_expectations.core",
    )
    (tmp_path / "one.ipynb").write_text(notebook_text(*cells), "utf-8")
    (tmp_path / "two.ipynb").write_text("not a notebook", "utf-8")
    assert imports_of(tmp_path) == ["pandas", "os.path", "a.b", "a.b.c", "inside"]


def open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_thousand_kernels_leave_nothing_behind(task, warm, place):
    tiny = task("print(1)")
    execute(tiny, warm)
    gc.collect()
    before = open_files(), sorted(place.rglob("*"))
    outcomes = []

    def work(target):
        own = [executed(replace(tiny, target=target), warm) for _ in range(500)]
        outcomes.extend(own)

    targets = [tiny.target.with_name(f"{name}.ipynb") for name in ("one", "two")]
    threads = [threading.Thread(target=work, args=[target]) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 1000
    assert len(set(outcomes)) == 1
    gc.collect()
    assert (open_files(), sorted(place.rglob("*"))) == before
    (zygote,) = processes_below(os.getpid())
    assert processes_below(zygote) == []
