"""The pack inside an archive: read safely, whatever the zip is."""

import stat
import zipfile

import pytest

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.shelf import zipped_packs
from scrutiny_pack.shelf.zipped_packs import read_archive
from tests.shelf.small_packs import final

INSIDE = "darlington-2016-07-31/data/pack/"


def zipped(path, files, root=INSIDE, more=()):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{root}{name}", content)
        for entry, content in more:
            archive.writestr(entry, content)
    return path


@pytest.mark.parametrize("root", [INSIDE, ""])
def test_the_pack_is_found_wherever_it_lies(tmp_path, root):
    files = final()
    kept = "bag/data/data/darlington/2016-07-31/corrections/3f2a9c01/evidence.json"
    more = [("bag/manifest-sha256.txt", b"x"), (kept, files["evidence.json"])]
    if not root:
        more = more[1:]
    read = read_archive(zipped(tmp_path / "a.zip", files, root, more))
    assert {name: read[name] for name in files} == files
    assert set(read) - set(files) <= {kept, "bag/manifest-sha256.txt"}


def test_only_what_is_wanted_is_read(tmp_path):
    path = zipped(tmp_path / "a.zip", final())
    assert set(read_archive(path, ["evidence.json"])) == {"evidence.json"}


def link(name):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ([(f"{INSIDE}../../out.txt", b"x")], "has a path out of the archive"),
        ([(f"{INSIDE}a\\b.txt", b"x")], "has a path out of the archive"),
        ([(link(f"{INSIDE}link"), b"/etc/passwd")], "is a link"),
        ([(f"{INSIDE}bomb.txt", b"0" * 5_000_000)], "grows more than a thousandfold"),
        ([(f"other/{name}", c) for name, c in final().items()], "more than one pack"),
    ],
)
def test_a_zip_that_is_not_safe_is_refused(tmp_path, more, message):
    with pytest.raises(InputFileError, match=message):
        read_archive(zipped(tmp_path / "a.zip", final(), more=more))


def test_a_zip_is_bounded(tmp_path, monkeypatch):
    path = zipped(tmp_path / "a.zip", final())
    with monkeypatch.context() as patch:
        patch.setattr(zipped_packs, "MOST_ENTRIES", 3)
        with pytest.raises(InputFileError, match="more than 3 files"):
            read_archive(path)
    for bound in ("LARGEST_FILE", "LARGEST_PACK"):
        with monkeypatch.context() as patch:
            patch.setattr(zipped_packs, bound, 100)
            with pytest.raises(InputFileError, match="larger than any pack"):
                read_archive(path)


def test_two_files_of_one_name_are_refused(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = zipped(tmp_path / "a.zip", final(), more=[(f"{INSIDE}index.html", b"")])
    with pytest.raises(InputFileError, match="two files of one name"):
        read_archive(path)


def test_no_pack_and_no_zip_are_said_plainly(tmp_path):
    with pytest.raises(InputFileError, match=r"a.zip holds no pack"):
        read_archive(zipped(tmp_path / "a.zip", {"evidence.json": b"{}"}))
    (tmp_path / "b.zip").write_bytes(b"PK no zip")
    with pytest.raises(InputFileError, match=r"b.zip cannot be read as an archive"):
        read_archive(tmp_path / "b.zip")
    with pytest.raises(InputFileError, match="cannot be read"):
        read_archive(tmp_path / "nowhere.zip")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_zip_is_refused(tmp_path, share):
    path = zipped(tmp_path / "a.zip", final())
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * share)])
    with pytest.raises(InputFileError, match="cannot be read as an archive"):
        read_archive(path)


def test_a_changed_byte_is_found_by_the_zip_s_own_checksums(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, content in final().items():
            archive.writestr(name, content)
    raw = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(raw.replace(b"8.00", b"9.00", 1))
    with pytest.raises(InputFileError, match="Bad CRC-32"):
        read_archive(tmp_path / "a.zip")
