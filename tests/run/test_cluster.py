"""Packs made by the workers of a cluster: a real scheduler, real workers, on loopback."""

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest

from scrutiny_pack.inputs.receipt import DatasetCheck, Receipt
from scrutiny_pack.periods import Period
from scrutiny_pack.run.cluster.parcels import notebook_parcel, open_notebook_parcel
from scrutiny_pack.run.cluster.worker import how_it_differs
from scrutiny_pack.run.environment import kernel_environment
from scrutiny_pack.run.tasks import NotebookTask
from scrutiny_pack.run.warm import can_fork
from tests.run.small_cluster import (
    certificates,
    is_running,
    processes_below,
    small_cluster,
    wait_until,
)
from tests.run.small_project import CLONE, OPTIONS, SmallProject, notebook_text

LOOKS_AROUND = """import os
print(sorted(name for name in os.environ if name == 'OF_MINE'))
"""


@pytest.fixture
def start():
    """Returns a function that starts a scheduler with some workers."""
    with ExitStack() as stack:
        yield lambda workers=2, **settings: stack.enter_context(
            small_cluster(workers, **settings)
        )


def in_workspace(folder, *words):
    """Begin the making of two councils' packs, with their real data."""
    for council in ("darlington", "leeds"):
        if not (folder / "data" / council).exists():
            shutil.copytree(CLONE / "data" / council, folder / "data" / council)
    shutil.copytree(CLONE / "params", folder / "params", dirs_exist_ok=True)
    kept = {n: v for n, v in os.environ.items() if n not in OPTIONS}
    return subprocess.Popen(
        [sys.executable, "-m", "scrutiny_pack", "packs", f"WORKSPACE={folder}", *words],
        env=kept | {"PYTHONPATH": str(CLONE / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def packs_in(folder):
    """Every file of the packs; how long they took, is beside them."""
    output = folder / "output"
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.name.endswith((".run.json", ".lock"))
        if not {".checks", ".cache"} & set(path.parts)
    }


@pytest.fixture(scope="module")
def made_here(tmp_path_factory):
    folder = tmp_path_factory.mktemp("here")
    process = in_workspace(folder)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    return packs_in(folder)


needs_zygotes = pytest.mark.skipif(not can_fork(), reason="there is no safe fork here")


@pytest.mark.slow
@needs_zygotes
def test_two_workers_make_the_same_packs_as_this_machine(start, made_here, tmp_path):
    cluster = start()
    process = in_workspace(tmp_path, f"ENGINE={cluster.address}")
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    assert "2 packs built, 0 failed" in out
    assert packs_in(tmp_path) == made_here
    # The command has gone: so do the zygotes and all files on the workers.
    wait_until(lambda: not cluster.left())
    for worker in cluster.workers:
        wait_until(lambda pid=worker.pid: not processes_below(pid))
        assert worker.poll() is None


@pytest.mark.slow
@needs_zygotes
def test_when_a_worker_is_killed_half_way_nothing_is_lost(start, made_here, tmp_path):
    cluster = start()
    process = in_workspace(tmp_path, f"ENGINE={cluster.address}")
    victim = cluster.workers[0]
    done = tmp_path / "output" / ".cache" / "notebooks"
    wait_until(lambda: len(list(done.glob("*/*/*/about.json"))) >= 4, 300)
    # A kernel of its runs: it is in the midst of a notebook.
    wait_until(lambda: len(processes_below(victim.pid)) > 1, 300)
    below = processes_below(victim.pid)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    for pid in below:  # its zygote, and the kernels of that
        wait_until(lambda pid=pid: not is_running(pid))
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    assert "2 packs built, 0 failed" in out
    assert packs_in(tmp_path) == made_here
    wait_until(lambda: not cluster.left())


WAITS = """
import os, time
from pathlib import Path
begun = Path(os.environ["BEGUN"])
(begun / "{name}").touch()
for _ in range(600):
    if len(list(begun.iterdir())) >= {number}:
        break
    time.sleep(0.1)
else:
    raise RuntimeError("it waited in vain")
"""
"""What a notebook does until so many files are in a folder, one of them its own.

A path in the notebook would be one of this machine in the pack, which is refused.
"""


@pytest.fixture
def begun(tmp_path):
    """The folder in which notebooks that wait say that they have begun."""
    folder = tmp_path / "begun"
    folder.mkdir()
    return folder


def add_waiting(project, number):
    """Two notebooks that wait until there are so many files."""
    for order, name in enumerate(("first", "second"), 1):
        cell = WAITS.format(name=name, number=number)
        project.add_notebook(f"0{order}-{name}", cell, order=order)


def assert_made_as_here(project, **variables):
    """Make the pack once more, here, where nothing waits any longer; it is the same."""
    copy = project.folder.with_name("here")
    here = SmallProject(shutil.copytree(project.folder, copy))
    shutil.rmtree(here.folder / "output")
    done = here.run("pack", "COUNCIL=darlington", **variables)
    assert done.returncode == 0, done.stderr
    assert packs_in(project.folder) == packs_in(here.folder)


@pytest.mark.slow
def test_a_worker_with_two_threads_runs_two_notebooks(start, project, begun):
    cluster = start(workers=0, BEGUN=str(begun))
    cluster.add_worker(threads=2)
    add_waiting(project, 2)  # each for the other
    done = project.run("pack", "COUNCIL=darlington", ENGINE=cluster.address)
    assert done.returncode == 0, done.stderr
    assert_made_as_here(project, BEGUN=str(begun))


@pytest.mark.slow
def test_a_worker_that_joins_is_used(start, project, begun):
    cluster = start(workers=1, BEGUN=str(begun))
    add_waiting(project, 2)  # each for the other
    process = project.command("pack", "COUNCIL=darlington", ENGINE=cluster.address)
    wait_until(lambda: list(begun.iterdir()))
    cluster.add_worker()
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert_made_as_here(project, BEGUN=str(begun))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "nanny"), [(signal.SIGKILL, False), (signal.SIGTERM, True)]
)
def test_the_last_worker_may_go_and_another_come(start, project, begun, how, nanny):
    cluster = start(workers=0, BEGUN=str(begun))
    cluster.add_worker(nanny=nanny)
    add_waiting(project, 3)
    process = project.command("pack", "COUNCIL=darlington", ENGINE=cluster.address)
    wait_until(lambda: list(begun.iterdir()))
    cluster.workers[0].send_signal(how)
    cluster.workers[0].wait(60)
    for path in begun.iterdir():
        path.unlink()
    cluster.add_worker()
    wait_until(lambda: list(begun.iterdir()) or process.poll() is not None)
    for name in ("first", "second", "third"):
        (begun / name).touch()
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert_made_as_here(project, BEGUN=str(begun))


WHEN_IT_WAITS = """
from distributed import Client
wait = Client.wait_for_workers
def first(self, number, seconds):
    {then}
    return wait(self, number, seconds)
Client.wait_for_workers = first
"""


@pytest.mark.slow
def test_the_first_worker_may_come_late(start, project, tmp_path):
    cluster = start(workers=0)
    project.add_notebook("01-first", "print(1)")
    waits = tmp_path / "waits"
    process = project.command(
        "pack",
        "COUNCIL=darlington",
        before=WHEN_IT_WAITS.format(then=f"open({str(waits)!r}, 'w').close()"),
        ENGINE=cluster.address,
    )
    wait_until(waits.exists)
    time.sleep(1)
    assert process.poll() is None
    cluster.add_worker()
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert project.pack.exists()


@pytest.mark.slow
def test_a_scheduler_without_a_worker_is_one_line(start, with_previous):
    project, before = with_previous
    cluster = start(workers=0)
    project.add_notebook("01-first", "print(1)")
    done = project.run(
        "pack",
        "COUNCIL=darlington",
        before=WHEN_IT_WAITS.format(then="seconds = 1"),
        ENGINE=cluster.address,
    )
    assert done.returncode == 28
    assert done.stderr.splitlines() == [
        f"the scheduler at {cluster.address} has no worker: start one, and run again; "
        "docs/cluster.md says how"
    ]
    assert project.everything() == before


@pytest.mark.slow
def test_with_certificates_all_is_sent_by_tls(start, project, tmp_path):
    told = certificates(tmp_path)
    cluster = start(workers=1, protocol="tls", **told)
    assert cluster.address.startswith("tls://")
    project.add_notebook("01-first", "print(1)")
    words = ("pack", "COUNCIL=darlington")
    done = project.run(*words, ENGINE=cluster.address, **told)
    assert done.returncode == 0, done.stderr
    assert_made_as_here(project)
    # One that another authority vouches for is turned away.
    project.add_notebook("01-first", "print(2)")
    other = tmp_path / "other"
    other.mkdir()
    done = project.run(*words, ENGINE=cluster.address, **certificates(other))
    assert done.returncode == 28
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"the scheduler at {cluster.address} cannot be reached (TLS")


@pytest.mark.slow
def test_only_the_pack_that_kills_its_worker_fails(start, project):
    cluster = start(workers=0)
    for _ in range(2):
        cluster.add_worker(nanny=True)
    project.add_period("leeds", "2005")
    kill = (
        "import os, signal\n"
        "zygote = os.getppid()\n"
        "worker = open(f'/proc/{zygote}/stat').read().rpartition(')')[2].split()[1]\n"
        "if council == 'leeds':\n    os.kill(int(worker), signal.SIGKILL)"
    )
    project.add_notebook("01-first", "import time\ntime.sleep(0.5)", kill)
    done = project.run("packs", ENGINE=cluster.address, JOBS="2", minutes=5)
    assert "1 pack built, 1 failed" in done.stdout
    assert done.returncode == 20
    (line,) = [x for x in done.stderr.splitlines() if x.startswith("notebooks/01")]
    assert "each worker of" in line
    assert "may be out of memory" in line
    assert project.pack.exists()


@pytest.mark.slow
def test_what_was_around_the_command_does_not_travel(start, project):
    cluster = start(workers=1)
    project.add_notebook("01-first", LOOKS_AROUND)
    done = project.run(
        "pack", "COUNCIL=darlington", ENGINE=cluster.address, OF_MINE="x"
    )
    assert done.returncode == 0, done.stderr
    executed = json.loads((project.pack / "notebooks" / "01-first.ipynb").read_text())
    assert executed["cells"][-1]["outputs"][0]["text"] == ["[]\n"]
    # What is up to date needs no cluster.
    done = project.run("pack", "COUNCIL=darlington", ENGINE="tcp://127.0.0.1:1")
    assert "up to date, nothing was run" in done.stdout


@pytest.mark.slow
def test_ctrl_c_ends_what_runs_on_the_workers(start, with_previous):
    project, before = with_previous
    cluster = start(workers=1)
    (worker,) = cluster.workers
    project.add_notebook("01-first", "import time\ntime.sleep(300)")
    process = project.command("pack", "COUNCIL=darlington", ENGINE=cluster.address)
    wait_until(lambda: len(processes_below(worker.pid)) > 1, 120)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert project.everything() == before
    wait_until(lambda: not processes_below(worker.pid))
    wait_until(lambda: not cluster.left())


@pytest.mark.slow
def test_a_command_that_is_killed_leaves_nothing_on_the_workers(start, project):
    cluster = start(workers=1)
    (worker,) = cluster.workers
    project.add_notebook("01-first", "import time\ntime.sleep(300)")
    # Killed while the zygote starts, while the notebook begins, and while it runs.
    for seconds in (0, 0.5, 1, 1.5, 2, 2.5, 3, 4):
        process = project.command("pack", "COUNCIL=darlington", ENGINE=cluster.address)
        wait_until(lambda: processes_below(worker.pid), 120)
        time.sleep(seconds)
        process.kill()
        process.communicate()
        wait_until(lambda: not processes_below(worker.pid))
        wait_until(lambda: not cluster.left())


@pytest.mark.slow
def test_a_scheduler_that_goes_is_one_line(start, with_previous):
    project, before = with_previous
    cluster = start(workers=1)
    project.add_notebook("01-first", "import time\ntime.sleep(300)")
    process = project.command("pack", "COUNCIL=darlington", ENGINE=cluster.address)
    wait_until(lambda: len(processes_below(cluster.workers[0].pid)) > 1, 120)
    cluster.scheduler.kill()
    _, err = process.communicate(timeout=120)
    assert process.returncode == 28
    last = err.splitlines()[-1]
    assert last.startswith(f"the scheduler at {cluster.address} is no longer there")
    assert "Traceback" not in err
    assert project.everything() == before


@pytest.mark.slow
def test_a_notebook_that_fails_is_told_as_it_is_here(start, project):
    cluster = start(workers=1)
    project.add_notebook("01-first", "raise ValueError('no such thing')")
    here = project.run("pack", "COUNCIL=darlington")
    there = project.run("pack", "COUNCIL=darlington", ENGINE=cluster.address)
    assert there.returncode == here.returncode == 16
    assert there.stderr.splitlines()[-1] == here.stderr.splitlines()[-1]


@pytest.mark.slow
def test_a_worker_with_another_program_is_not_used(start, project, tmp_path):
    """One that differs is named and left alone; where all do, nothing is made."""
    cluster = start(workers=0)
    other = tmp_path / "other"
    for name in ("src", "requirements.lock"):
        own = CLONE / name
        copy = shutil.copytree if own.is_dir() else shutil.copyfile
        other.mkdir(exist_ok=True)
        copy(own, other / name)
    changed = other / "src" / "scrutiny_pack" / "rounding.py"
    changed.write_text(f"{changed.read_text('utf-8')}\n# changed\n", "utf-8")
    cluster.add_worker(PYTHONPATH=str(other / "src"))
    project.add_notebook("01-first", "print(1)")

    done = project.run("pack", "COUNCIL=darlington", ENGINE=cluster.address)
    assert done.returncode == 28
    first, last = done.stderr.splitlines()
    assert first.startswith("Not used: the worker at tcp://127.0.0.1:")
    assert first.endswith("differs from this machine in src/scrutiny_pack/rounding.py.")
    assert last.startswith(f"no worker of {cluster.address} can be used")

    good = cluster.add_worker()
    wait_until(lambda: worker_count(cluster) == 2)
    done = project.run("pack", "COUNCIL=darlington", ENGINE=cluster.address)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Not used:") == 1
    assert good.poll() is None


def worker_count(cluster):
    code = (
        "import sys; from distributed import Client\n"
        "with Client(sys.argv[1], timeout=20) as client: print(len(client.nthreads()))"
    )
    command = [sys.executable, "-c", code, cluster.address]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.parametrize(
    ("engine", "says"),
    [
        ("scheduler:8786", "is not the address of a scheduler"),
        ("processes", "is not the address of a scheduler"),
        ("tcp://127.0.0.1:1", "cannot be reached"),
    ],
)
def test_a_scheduler_that_is_not_there_is_one_line(project, engine, says):
    project.add_notebook("01-first", "print(1)")
    done = project.run("packs", ENGINE=engine)
    assert done.returncode == 28
    (line,) = done.stderr.splitlines()
    assert says in line
    assert not project.pack.exists()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ([], "needs a certificate, its key and its authority: tell dask"),
        (
            ["CA_FILE", "CLIENT__CERT", "CLIENT__KEY"],
            "dask cannot use the certificates for ENGINE=tls:",
        ),
    ],
)
def test_without_certificates_tls_is_one_line(project, told, says):
    project.add_notebook("01-first", "print(1)")
    variables = {f"DASK_DISTRIBUTED__COMM__TLS__{n}": "/none.pem" for n in told}
    done = project.run("packs", ENGINE="tls://127.0.0.1:1", **variables)
    assert done.returncode == 28
    (line,) = done.stderr.splitlines()
    assert says in line
    assert line.endswith("docs/cluster.md says how")
    assert not project.pack.exists()


def test_without_dask_it_says_what_to_run(project):
    project.add_notebook("01-first", "print(1)")
    lacks = "import sys; sys.modules['distributed'] = sys.modules['dask'] = None"
    done = project.run(
        "pack", "COUNCIL=darlington", before=lacks, ENGINE="tcp://127.0.0.1:1"
    )
    assert done.returncode == 28
    assert done.stderr == (
        "ENGINE= needs the package distributed, which is not installed: run "
        "'python bootstrap.py --cluster'\n"
    )


def test_without_an_engine_dask_is_not_imported(project):
    project.add_notebook("01-first", "print(1)")
    see = (
        "import atexit, sys\n"
        "atexit.register(lambda: print('dask' in sys.modules, 'distributed' in sys.modules))"
    )
    done = project.run("pack", "COUNCIL=darlington", before=see)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "False False"


def test_how_a_worker_differs_is_told_in_a_few_words():
    ours = {"a.py": "1", "b.py": "2", "c.py": "3"}
    assert how_it_differs(ours, dict(ours)) == ""
    assert how_it_differs(ours, ours | {"b.py": "x"}).endswith("in b.py")
    assert how_it_differs(ours, {}).endswith("in a.py and 2 more")
    assert how_it_differs(ours, ours | {"d.py": "4"}).endswith("in d.py")


@pytest.fixture
def task(project):
    """A notebook's task, in the folder of a run with one dataset checked."""
    source = project.folder / "notebooks" / "01-first.ipynb"
    source.write_text(notebook_text("print(1)"), "utf-8")
    data = project.folder / "data" / "darlington" / "2016-07-31"
    for name in ("posts.csv", "posts.source.yaml", "commentary.yaml", "people.xlsx"):
        (data / name).write_text(f"of {name}", "utf-8")
    (data / "caseloads.csv").write_text("not checked", "utf-8")
    run = project.folder / "run"
    run.mkdir()
    facts = {"council": "darlington", "period": "2016-07-31", "parameters": {"a": 1}}
    places = {"home": str(project.folder), "project": str(project.folder)}
    (run / "run.json").write_text(json.dumps(facts | places), "utf-8")
    check = DatasetCheck("posts", "posts.csv", "", 1, 0, (), ())
    receipt = Receipt("darlington", "2016-07-31", (check,))
    (run / "receipt.json").write_text(receipt.to_json(), "utf-8")
    return NotebookTask(
        source=source,
        target=run / "notebooks" / source.name,
        parameters={"council": "darlington", "period": "2016-07-31"},
        environment=kernel_environment(
            run, run / "settings", Period.parse("2016-07-31"), {"SECRET": "of mine"}
        ),
        timeout=60,
    )


def test_only_what_was_checked_travels_and_no_path_and_no_variable(task, project):
    parcel = notebook_parcel(task, {})
    names = {name for name in parcel.files if name.startswith("data/darlington/")}
    place = "data/darlington/2016-07-31"
    files = ("posts.csv", "posts.source.yaml", "commentary.yaml")
    assert names == {f"{place}/{name}" for name in files}
    sent = pickle.dumps(parcel)
    assert str(project.folder).encode() not in sent
    assert b"SECRET" not in sent
    assert b"not checked" not in sent


def test_a_file_that_the_workers_have_is_not_sent_again(task, project, tmp_path):
    whole = notebook_parcel(task, {})
    shared = tmp_path / "shared"
    for name in ("data/reference/councils.csv", "notebooks/01-first.ipynb"):
        (shared / name).parent.mkdir(parents=True)
        shutil.copyfile(project.folder / name, shared / name)
    has = {
        "data/reference/councils.csv": whole.files["data/reference/councils.csv"],
        "notebooks/01-first.ipynb": "of an older one",
    }
    parcel = notebook_parcel(task, has)
    assert set(whole.own) - set(parcel.own) == {"data/reference/councils.csv"}

    there = tmp_path / "there"
    run = open_notebook_parcel(parcel, shared, there)
    for name in whole.files:
        assert (there / name).read_bytes() == (project.folder / name).read_bytes()
    facts = json.loads((run / "run.json").read_text("utf-8"))
    assert facts["home"] == facts["project"] == str(there)
    assert facts["parameters"] == {"a": 1}
    assert (run / "receipt.json").exists()
