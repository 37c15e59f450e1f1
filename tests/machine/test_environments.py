"""When an environment is made, added to, made anew, or left alone."""

import subprocess
from pathlib import Path

import pytest

from scrutiny_pack.errors import MachineError
from scrutiny_pack.machine import environments
from scrutiny_pack.machine.environments import pack_environment, set_up

LOCKS = (
    *("requirements.lock", "requirements-dev.lock", "requirements-lab.lock"),
    "requirements-cluster.lock",
)


class Installer:
    """Stands in for venv and pip: notes what it is asked for, and can fail."""

    def __init__(self):
        self.asked = []
        self.fails_at = None
        self.says = ""

    def __call__(self, command, _folder):
        words = [word for word in command[1:] if word not in {"-m", "--quiet"}]
        self.asked.append(words[0] if words[0] != "pip" else words[-1])
        if words[0] == "venv":
            for python in ("bin/python", "Scripts/python.exe"):
                path = Path(words[1]) / python
                path.parent.mkdir(parents=True)
                path.touch()
        code = 1 if self.fails_at in {words[0], words[-1]} else 0
        return subprocess.CompletedProcess(command, code, self.says)

    def asked_since(self):
        asked, self.asked = self.asked, []
        return asked


@pytest.fixture
def installer(monkeypatch):
    installer = Installer()
    monkeypatch.setattr(environments, "run_installer", installer)
    return installer


@pytest.fixture
def clone(tmp_path):
    for lock in LOCKS:
        (tmp_path / lock).write_text(f"# {lock}\n", "utf-8")
    return tmp_path


ALL = ["venv", "requirements.lock", ".", "compileall"]


def test_it_is_made_once(clone, installer):
    set_up(clone)
    assert installer.asked_since() == ALL
    assert pack_environment(clone).is_in_step
    set_up(clone)
    assert installer.asked_since() == []


def test_it_is_made_anew_when_the_lock_changes(clone, installer):
    set_up(clone)
    installer.asked_since()
    (clone / ".venv" / "of-the-old-lock").touch()
    (clone / "requirements.lock").write_text("# another\n", "utf-8")
    assert not pack_environment(clone).is_in_step
    set_up(clone)
    assert installer.asked_since() == ALL
    assert not (clone / ".venv" / "of-the-old-lock").exists()


def test_line_ends_of_the_lock_do_not_matter(clone, installer):
    set_up(clone)
    (clone / "requirements.lock").write_bytes(b"# requirements.lock\r\n")
    assert pack_environment(clone).is_in_step


def test_what_the_tests_need_is_added_and_stays(clone, installer):
    set_up(clone)
    installer.asked_since()
    set_up(clone, with_tests=True)
    assert installer.asked_since() == ["requirements-dev.lock", "compileall"]
    for with_tests in (True, False):
        set_up(clone, with_tests=with_tests)
        assert installer.asked_since() == []


def test_what_a_cluster_needs_is_added_to_whatever_there_is(clone, installer):
    set_up(clone, with_tests=True)
    installer.asked_since()
    set_up(clone, with_cluster=True)
    assert installer.asked_since() == ["requirements-cluster.lock", "compileall"]
    for with_tests, with_cluster in ((True, True), (True, False), (False, True)):
        set_up(clone, with_tests=with_tests, with_cluster=with_cluster)
        assert installer.asked_since() == []


def test_nothing_is_added_to_what_was_made_from_another_lock(clone, installer):
    set_up(clone, with_tests=True)
    (clone / "requirements-dev.lock").write_text("# another\n", "utf-8")
    installer.asked_since()
    set_up(clone)
    assert installer.asked_since() == []
    set_up(clone, with_cluster=True)
    more = ["requirements-cluster.lock"]
    assert installer.asked_since() == [*ALL[:2], *more, *ALL[2:]]


@pytest.mark.parametrize("step", ALL[:3])
def test_a_set_up_that_fails_is_made_anew(clone, installer, step):
    installer.fails_at = step
    with pytest.raises(MachineError):
        set_up(clone)
    installer.fails_at = None
    installer.asked_since()
    set_up(clone)
    assert installer.asked_since() == ALL


def test_an_addition_that_fails_leaves_nothing_half_done(clone, installer):
    set_up(clone)
    installer.fails_at = "requirements-dev.lock"
    with pytest.raises(MachineError):
        set_up(clone, with_tests=True)
    assert not pack_environment(clone).is_in_step
    installer.fails_at = None
    installer.asked_since()
    set_up(clone)
    assert installer.asked_since() == ALL


def test_a_clone_that_was_moved_is_set_up_anew(clone, installer, tmp_path_factory):
    set_up(clone)
    moved = tmp_path_factory.mktemp("elsewhere") / "clone"
    clone.rename(moved)
    assert not pack_environment(moved).is_in_step


@pytest.mark.parametrize("stamp", ["", "{", "[]", '{"locks": {}}'])
def test_a_stamp_that_cannot_be_read_is_none(clone, installer, stamp):
    set_up(clone)
    (clone / ".venv" / "made-from.json").write_text(stamp, "utf-8")
    assert not pack_environment(clone).is_in_step


def test_jupyterlab_has_the_python_of_the_packs_as_its_kernel(clone, installer):
    set_up(clone, with_lab=True)
    kernel = clone / ".venv-lab/share/jupyter/kernels/python3/kernel.json"
    assert str(pack_environment(clone).python).replace(
        "\\", "\\\\"
    ) in kernel.read_text("utf-8")
    installer.asked_since()
    set_up(clone, with_lab=True)
    assert installer.asked_since() == []


def test_without_ensurepip_it_says_what_to_install(clone, installer):
    installer.fails_at = "venv"
    installer.says = "The virtual environment was not created ... ensurepip is not"
    with pytest.raises(MachineError, match="sudo apt install python3-venv"):
        set_up(clone)


def test_clean_removes_what_was_made_and_not_the_packs(clone, installer):
    set_up(clone, with_lab=True)
    kept = clone / "output" / "leeds" / "2005" / "index.html"
    kept.parent.mkdir(parents=True)
    kept.touch()
    (clone / "src" / "__pycache__").mkdir(parents=True)
    environments.clean(clone)
    left = {path.name for path in clone.iterdir()}
    assert left == {*LOCKS, "output", "src"}
    assert kept.exists()
    assert list((clone / "src").iterdir()) == []
