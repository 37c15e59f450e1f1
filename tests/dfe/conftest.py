"""Where the project's reference data and the Department's real files are."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scrutiny_pack.dfe.reading import ReleaseData, read_release
from scrutiny_pack.dfe.register import Register, read_register
from scrutiny_pack.dfe.releases import Release, read_releases
from tests.dfe.dfe_examples import PROJECT


@pytest.fixture(scope="session")
def reference() -> Path:
    return PROJECT / "data" / "reference"


@pytest.fixture(scope="session")
def register(reference: Path) -> Register:
    return read_register(reference)


@pytest.fixture(scope="session")
def releases(reference: Path) -> dict[str, Release]:
    return read_releases(reference)


@pytest.fixture(scope="session")
def real_file() -> Callable[[str], Path]:
    """The path of one of the Department's files; the test is skipped without it."""
    shared = Path(os.environ.get("SHARED", PROJECT.parent / "shared"))

    def find(name: str) -> Path:
        path = shared / "dfe" / name
        if not path.is_file():
            pytest.skip(f"needs the DfE's file {name} in ../shared/dfe (or SHARED=)")
        return path

    return find


@pytest.fixture(scope="session")
def real_release(
    real_file: Callable[[str], Path], releases: dict[str, Release]
) -> Callable[[str], ReleaseData]:
    """One of the Department's releases, read; the test is skipped without its file."""
    read: dict[str, ReleaseData] = {}

    def find(name: str) -> ReleaseData:
        if name not in read:
            path = real_file(releases[name].file)
            read[name] = read_release(path.read_bytes(), name, path.name)
        return read[name]

    return find
