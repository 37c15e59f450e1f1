"""Obtaining a release: from a real server on this machine, and from files."""

import hashlib
import io
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
import yaml

from scrutiny_pack.dfe import obtain as obtaining
from scrutiny_pack.dfe.download import download
from scrutiny_pack.dfe.obtain import find_pinned, load, obtain
from scrutiny_pack.dfe.releases import Release
from scrutiny_pack.errors import ChangedError, DownloadError, ReleaseError
from tests.dfe.dfe_examples import DARLINGTON, ENGLAND, FIGURES, indicators

TABLE = indicators(ENGLAND, DARLINGTON | FIGURES)
OTHER = indicators(ENGLAND, DARLINGTON | FIGURES | {"cases": "1"})
NAME = "csww_indicators_2017_to_2025.csv"


def zipped(table: bytes, name: str = f"data/{NAME}") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/another.csv", "a,b\n1,2\n")
        archive.writestr(name, table)
    return out.getvalue()


@dataclass
class Server:
    """What a server of this test has seen, and where it is."""

    address: str
    asked: list[str]

    def url(self, path: str) -> str:
        return f"{self.address}/{path}"


class Handler(BaseHTTPRequestHandler):
    """Serves, breaks off, redirects, and is slow, each under its own path."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        path = self.path.strip("/")
        self.asked.append(path)
        bodies = {
            "table.csv": TABLE,
            "release.zip": zipped(TABLE),
            "other.csv": OTHER,
            "page.html": b"<html>Sorry</html>",
        }
        redirects = {
            "moved": "/release.zip",
            "round": "/round",
            "away": "http://example.invalid/release.zip",
            "file": "file:///etc/passwd",
        }
        if path in bodies:
            self.answer(bodies[path], len(bodies[path]))
        elif path in redirects:
            self.send_response(302)
            self.send_header("Location", redirects[path])
            self.end_headers()
        elif path == "half":
            self.answer(zipped(TABLE)[:200], len(zipped(TABLE)))
        elif path == "half-in-pieces":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"10\r\n0123456789abcdef\r\n40\r\nabc")
        elif path == "endless":
            self.send_response(200)
            self.end_headers()
            for _ in range(64):
                self.wfile.write(b"a" * 1024)
        elif path == "slow":
            time.sleep(1.5)
        else:
            self.send_error(404)

    def answer(self, body: bytes, length: int) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output free of the server's."""


@pytest.fixture
def server() -> Iterator[Server]:
    Handler.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        thread = threading.Thread(target=http.serve_forever, args=(0.02,))
        thread.start()
        yield Server(f"http://127.0.0.1:{http.server_address[1]}", Handler.asked)
        http.shutdown()
        thread.join()


def release(*urls: str, sha256: str = "") -> Release:
    return Release(
        name="2025",
        title="Children's social work workforce, reporting year 2025",
        published="not stated",
        file=NAME,
        page="https://example.org/2025",
        urls=urls,
        sha256=sha256,
    )


def everything_in(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    )


@pytest.mark.parametrize("path", ["table.csv", "release.zip", "moved"])
def test_a_download_is_checked_and_pinned(
    path: str, server: Server, tmp_path: Path
) -> None:
    which = release(server.url(path))
    pinned = obtain(which, tmp_path)
    assert pinned.path.read_bytes() == TABLE
    assert pinned.sha256 == hashlib.sha256(TABLE).hexdigest()
    assert everything_in(tmp_path) == [
        f"2025/{NAME}",
        "2025/csww_indicators_2017_to_2025.source.yaml",
    ]
    sidecar = yaml.safe_load(
        (tmp_path / "2025/csww_indicators_2017_to_2025.source.yaml").read_text("utf-8")
    )
    assert sidecar["document_sha256"] == pinned.sha256
    assert sidecar["how_read"] == f"Downloaded from {server.url(path)}"
    assert sidecar["licence"] == "Open Government Licence v3.0"
    assert sidecar["note"] == f"Release 2025, file {NAME}."
    assert load(which, tmp_path).years == (2025,)


def test_what_is_pinned_is_not_downloaded_again(server: Server, tmp_path: Path) -> None:
    which = release(server.url("table.csv"))
    first = obtain(which, tmp_path)
    assert obtain(which, tmp_path) == first
    assert server.asked == ["table.csv"]
    assert obtain(which, tmp_path, again=True) == first
    assert server.asked == ["table.csv", "table.csv"]


def test_other_bytes_than_were_pinned_are_refused(
    server: Server, tmp_path: Path
) -> None:
    first = obtain(release(server.url("table.csv")), tmp_path)
    changed = release(server.url("other.csv"))
    with pytest.raises(ChangedError) as error:
        obtain(changed, tmp_path, again=True)
    assert first.sha256 in str(error.value)
    assert hashlib.sha256(OTHER).hexdigest() in str(error.value)
    assert "delete data/dfe/2025/" in str(error.value)
    assert first.path.read_bytes() == TABLE
    first.path.unlink()  # the pin is kept although the file is lost
    with pytest.raises(ChangedError):
        obtain(changed, tmp_path)
    assert not first.path.exists()


def test_other_bytes_than_the_project_knows_are_refused(
    server: Server, tmp_path: Path
) -> None:
    known = hashlib.sha256(TABLE).hexdigest()
    with pytest.raises(ChangedError, match=r"this project knows .*dfe-releases.yaml"):
        obtain(release(server.url("other.csv"), sha256=known), tmp_path)
    assert everything_in(tmp_path) == []
    assert obtain(release(server.url("table.csv"), sha256=known), tmp_path)


def test_bytes_that_change_on_the_disk_are_refused(
    server: Server, tmp_path: Path
) -> None:
    which = release(server.url("table.csv"))
    pinned = obtain(which, tmp_path)
    pinned.path.write_bytes(OTHER)
    for act in (lambda: obtain(which, tmp_path), lambda: load(which, tmp_path)):
        with pytest.raises(ChangedError) as error:
            act()
        assert pinned.sha256 in str(error.value)
        assert "changed since it was pinned" in str(error.value)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("half", "broke off after 200 of"),
        ("half-in-pieces", "broke off"),
        ("missing", "the server answered 404"),
        ("away", "is not an https address"),
        ("file", "is not allowed"),
        ("round", "302"),
    ],
)
def test_a_download_that_fails_leaves_nothing_and_says_what_to_do(
    path: str, words: str, server: Server, tmp_path: Path
) -> None:
    with pytest.raises(DownloadError) as error:
        obtain(release(server.url(path)), tmp_path)
    assert words in str(error.value)
    assert "by hand from https://example.org/2025" in str(error.value)
    assert "FILE=" in str(error.value)
    assert everything_in(tmp_path) == []


def test_the_next_address_is_tried(server: Server, tmp_path: Path) -> None:
    which = release(server.url("missing"), server.url("half"), server.url("moved"))
    assert obtain(which, tmp_path).how.endswith("/moved")


def test_a_server_that_is_not_there(server: Server, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="cannot be reached"):
        obtain(release("http://127.0.0.1:9/release.zip"), tmp_path)


def test_a_page_in_the_files_place_is_refused(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="none of the columns inpost_fte"):
        obtain(release(server.url("page.html")), tmp_path)
    assert everything_in(tmp_path) == []


def test_size_and_time_are_bounded(server: Server) -> None:
    with pytest.raises(DownloadError, match="larger than 100 bytes"):
        download(server.url("table.csv"), largest=100)
    with pytest.raises(DownloadError, match="larger than 5,000 bytes"):
        download(server.url("endless"), largest=5000)
    with pytest.raises(DownloadError, match="took too long"):
        download(server.url("endless"), in_all=0)
    with pytest.raises(DownloadError, match="said nothing"):
        download(server.url("slow"), silence=0.2)


@pytest.mark.parametrize(
    "url", ["http://example.org/a.zip", "ftp://example.org/a.zip", "file:///a.zip", "a"]
)
def test_only_https_is_asked(url: str) -> None:
    with pytest.raises(DownloadError, match="is not an https address"):
        download(url)


@pytest.mark.parametrize("form", ["csv", "zip"])
def test_an_analysts_own_file(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"my download.{form}"
    file.write_bytes(TABLE if form == "csv" else zipped(TABLE))
    folder = tmp_path / "dfe"
    pinned = obtain(release(), folder, file)
    assert pinned.path.read_bytes() == TABLE
    sidecar = next(folder.rglob("*.source.yaml")).read_text("utf-8")
    assert "Taken from the analyst's own file" in sidecar
    assert str(tmp_path) not in sidecar
    assert obtain(release(), folder, file) == pinned


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (zipped(TABLE, "data/csww_indicators_2017_to_2023.csv"), "is a zip without"),
        (zipped(TABLE)[:-40], "is a zip that is cut short"),
        (indicators(ENGLAND, year="2024"), "ends in 2024"),
        (TABLE[:-20], "cells under"),
        (TABLE[: len(TABLE) // 3], "lacks the columns|none of the columns"),
        (b"", "is empty"),
    ],
)
def test_a_file_that_is_not_the_release(raw: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "mine"
    file.write_bytes(raw)
    with pytest.raises(ReleaseError, match=words):
        obtain(release(), tmp_path / "dfe", file)
    assert everything_in(tmp_path) == ["mine"]


def test_a_damaged_zip(tmp_path: Path) -> None:
    raw = bytearray(zipped(TABLE))
    place = raw.index(b"csww_indicators") + 60
    raw[place : place + 20] = b"\x00" * 20
    file = tmp_path / "mine.zip"
    file.write_bytes(raw)
    with pytest.raises(ReleaseError, match="is a zip that cannot be read"):
        obtain(release(), tmp_path / "dfe", file)


def test_a_zip_that_unpacks_to_far_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(obtaining, "LARGEST_TABLE", 1000)
    file = tmp_path / "mine.zip"
    file.write_bytes(zipped(b"a" * 5000))
    with pytest.raises(ReleaseError, match="larger than 1,000 bytes"):
        obtain(release(), tmp_path / "dfe", file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="cannot be opened"):
        obtain(release(), tmp_path, tmp_path / "missing.zip")


def test_a_release_without_an_address_says_where_to_go(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"no lasting address.*example.org.*FILE="):
        obtain(release(), tmp_path)


def test_a_release_that_was_not_obtained(tmp_path: Path) -> None:
    assert find_pinned(release(), tmp_path) is None
    with pytest.raises(ReleaseError, match="make dfe RELEASE=2025"):
        load(release(), tmp_path)


def test_a_write_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    file = tmp_path / "mine.csv"
    file.write_bytes(TABLE)
    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OSError, match="No space left"):
        obtain(release(), tmp_path / "dfe", file)
    assert everything_in(tmp_path / "dfe") == []


def test_a_release_obtained_under_two_names_keeps_both_apart(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes(TABLE)
    obtain(release(), tmp_path / "dfe", file)
    older = replace(release(), name="2024")
    with pytest.raises(ReleaseError, match="another release's file"):
        obtain(older, tmp_path / "dfe", file)
