"""Locks: where uv looks, and what the files hold."""

from pathlib import Path

import pytest

from scrutiny_pack.machine.development import uv_settings

CLONE = Path(__file__).parents[2]
LOCKS = (
    *("requirements.lock", "requirements-dev.lock", "requirements-lab.lock"),
    "requirements-cluster.lock",
)


def test_uv_uses_the_package_index_that_pip_uses():
    settings = uv_settings(
        {
            "index-url": "i",
            "extra-index-url": "\na\nb",
            "find-links": "/w",
            "cert": "c",
        },
        {},
    )
    assert settings == {
        "UV_DEFAULT_INDEX": "i",
        "UV_INDEX": "a b",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": "/w",
        "SSL_CERT_FILE": "c",
    }


def test_uv_s_own_setting_comes_first():
    assert uv_settings({"index-url": "i"}, {"UV_DEFAULT_INDEX": "own"}) == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_and_has_a_hash_for_every_package(lock):
    lines = (CLONE / lock).read_text("utf-8").splitlines()
    assert all(line.startswith(" ") or "==" in line for line in lines)
    for line in lines:
        assert "//" not in line
        assert not line.startswith("-")
    packages = [line for line in lines if "==" in line and not line.startswith(" ")]
    assert packages
    assert all(line.endswith("\\") for line in packages)


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_the_locks_agree_on_every_version(lock):
    def versions(name):
        lines = (CLONE / name).read_text("utf-8").splitlines()
        pinned = (line.split(" ")[0] for line in lines if not line.startswith(" "))
        return {name: set() for name in ()} | dict(pin.split("==") for pin in pinned)

    one, other = versions(LOCKS[0]), versions(lock)
    shared = one.keys() & other.keys()
    assert len(shared) > 50
    assert {name: one[name] for name in shared} == {
        name: other[name] for name in shared
    }
