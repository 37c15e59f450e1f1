"""What the doctor finds."""

import shutil
from types import SimpleNamespace

import pytest

from scrutiny_pack.machine import doctor
from scrutiny_pack.machine.doctor import Finding, examine, read_pip_settings


@pytest.fixture
def pip_settings(monkeypatch):
    settings = {}
    monkeypatch.setattr(doctor, "_pip_settings", lambda: settings)
    return settings


def problems(folder, **variables):
    return [str(f) for f in examine(folder, folder, variables) if f.advice]


def test_a_machine_before_the_set_up_lacks_only_the_environment(tmp_path, pip_settings):
    [line] = problems(tmp_path)
    assert line.startswith("problem: there is no .venv yet: run 'python bootstrap.py'")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("HTTPS_PROXY", "http://", "HTTPS_PROXY is not the address of a proxy"),
        ("http_proxy", "http://proxy:port", "http_proxy is not the address of a proxy"),
        ("PIP_CERT", "/nowhere.pem", "PIP_CERT names a file that is not there"),
        (
            "SSL_CERT_FILE",
            "/nowhere.pem",
            "SSL_CERT_FILE names a file that is not there",
        ),
    ],
)
def test_network_settings_that_cannot_be_right_are_named(
    tmp_path, pip_settings, name, value, message
):
    assert any(message in line for line in problems(tmp_path, **{name: value}))


@pytest.mark.parametrize("proxy", ["http://proxy:8080", "proxy:8080", "http://a:b@c:1"])
def test_addresses_of_proxies_are_known(tmp_path, pip_settings, proxy):
    assert len(problems(tmp_path, HTTPS_PROXY=proxy)) == 1  # the environment only


def test_pip_s_own_settings_are_looked_at(tmp_path, pip_settings):
    pip_settings["cert"] = "/nowhere.pem"
    assert any("pip's cert names a file" in line for line in problems(tmp_path))


def test_pip_s_settings_are_read():
    listed = (
        ":env:.cert='/a.pem'\nglobal.extra-index-url='one\\ntwo'\n"
        "global.proxy='http://p:1'\nnot a setting\n"
    )
    assert read_pip_settings(listed) == {
        "cert": "/a.pem",
        "extra-index-url": "one\ntwo",
        "proxy": "http://p:1",
    }


def test_a_disk_with_too_little_room_is_a_problem(tmp_path, pip_settings, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1e9))
    assert "problem: 1.0 GB of disk are free: free some: 3 GB are needed" in problems(
        tmp_path
    )


def test_an_output_folder_that_cannot_be_written_is_a_problem(tmp_path, pip_settings):
    (tmp_path / "output").touch()  # a file: also root cannot make a folder in it
    assert any("output/ cannot be written" in line for line in problems(tmp_path))


def test_a_path_that_is_too_long_for_windows_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "_long_paths_allowed", lambda: False)
    assert not doctor._path_length(tmp_path.parents[1]).advice
    assert "move the clone" in doctor._path_length(tmp_path / ("x" * 150)).advice


def test_the_exit_code_says_whether_there_is_a_problem(tmp_path, monkeypatch, capsys):
    for findings, code in (
        ([Finding("a")], 0),
        ([Finding("a"), Finding("b", "do c")], 20),
    ):
        monkeypatch.setattr(doctor, "examine", lambda *_, found=findings: iter(found))
        assert doctor.main(tmp_path) == code
    shown = capsys.readouterr().out
    assert "problem: b: do c\n1 problem found." in shown
    assert "ok:      a" in shown
