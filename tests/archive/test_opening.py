"""Zips that are not safe to open, each refused before anything of it is read."""

import stat
import struct
import zipfile

import pytest

from scrutiny_pack.archive import opening
from scrutiny_pack.archive.opening import opened
from scrutiny_pack.errors import ArchiveError
from tests.archive.tampering import failed


def zipped(path, *members, compression=zipfile.ZIP_STORED):
    """A zip of names, or of ZipInfos, each with its bytes."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, raw in members:
            archive.writestr(name, raw)
    return path


def info_of(name, kind):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (kind | 0o644) << 16
    return info


def why_not(path):
    """What is wrong with a zip, which verifying says too, and no more."""
    with pytest.raises(ArchiveError) as caught, opened(path, path.name):
        pass
    assert failed(path) == {22: [str(caught.value)]}
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../outside.txt", "is a path that leads elsewhere"),
        ("bag/../../outside.txt", "is a path that leads elsewhere"),
        ("bag/./a.txt", "is a path that leads elsewhere"),
        ("bag//a.txt", "is a path that leads elsewhere"),
        ("/etc/passwd", "is not a path inside the archive"),
        ("bag\\a.txt", "is not a path inside the archive"),
        ("C:/a.txt", "is not a path inside the archive"),
        ("bag/a\nb.txt", "has a character in its name that cannot be printed"),
        ("bag/a.txt.", "has a name that ends with a dot or a space"),
        ("bag /a.txt", "has a name that ends with a dot or a space"),
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(tmp_path, name, reason):
    path = zipped(tmp_path / "a.zip", ("bag/first.txt", b""), (name, b""))
    assert why_not(path) == f"{name!r} {reason}"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (stat.S_IFLNK, "is a link"),
        (stat.S_IFIFO, "is not an ordinary file"),
        (stat.S_IFCHR, "is not an ordinary file"),
        (stat.S_IFDIR, "is not an ordinary file"),
    ],
)
def test_a_link_or_a_device_is_refused(tmp_path, kind, reason):
    path = zipped(tmp_path / "a.zip", (info_of("bag/a", kind), b"/etc/passwd"))
    assert why_not(path) == f"'bag/a' {reason}"


@pytest.mark.parametrize("again", ["bag/a.txt", "bag/A.TXT", "BAG/a.txt"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused(tmp_path, again):
    path = zipped(tmp_path / "a.zip", ("bag/a.txt", b"1"), (again, b"2"))
    assert why_not(path) == f"{again!r} is there twice, once as 'bag/a.txt'"


def test_an_accent_written_in_two_ways_is_a_name_twice(tmp_path):
    composed, apart = "bag/\N{LATIN SMALL LETTER E WITH ACUTE}", "bag/e\u0301"
    path = zipped(tmp_path / "a.zip", (composed, b""), (apart, b""))
    assert "is there twice" in why_not(path)


def test_a_file_that_is_a_folder_too_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", ("bag/a", b""), ("bag/a/b", b""))
    assert why_not(path) == "'bag/a' is a file, and the folder of 'bag/a/b'"


def test_a_bomb_is_refused_by_its_ratio(tmp_path):
    path = zipped(
        tmp_path / "a.zip",
        ("bag/a.txt", bytes(10_000_000)),
        compression=zipfile.ZIP_DEFLATED,
    )
    assert "'bag/a.txt' would unpack to 10,000,000 bytes, from " in why_not(path)


def test_a_zip_that_would_be_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 1000)
    path = zipped(tmp_path / "a.zip", ("bag/a", bytes(600)), ("bag/b", bytes(600)))
    assert why_not(path) == (
        "unpacked it would have 1,200 bytes; no more than 1,000 are read"
    )


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MOST_FILES", 2)
    path = zipped(tmp_path / "a.zip", *((f"bag/{n}", b"") for n in range(3)))
    assert why_not(path) == "it lists 3 files; no more than 2 are opened"


def test_files_that_overlap_are_refused(tmp_path):
    """The bomb that has one large file, and a thousand names for it."""
    path = zipped(tmp_path / "a.zip", ("bag/a", bytes(5000)), ("bag/b", b""))
    raw = bytearray(path.read_bytes())
    second = raw.rindex(b"PK\x01\x02")
    raw[second + 20 : second + 28] = struct.pack("<II", 5000, 5000)
    path.write_bytes(raw)
    assert why_not(path) == ("its files overlap: together they are larger than the zip")


def test_an_encrypted_file_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", ("bag/a", b"secret"))
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert why_not(path) == "'bag/a' is encrypted"


def test_an_unusual_way_of_packing_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", ("bag/a", b"text"), compression=zipfile.ZIP_BZIP2)
    assert why_not(path) == "'bag/a' is packed by a method (12) that is not read"


@pytest.mark.parametrize("names", [("a.txt",), ("a/b", "c/d"), ("a/b", "c"), ()])
def test_anything_but_one_folder_is_refused(tmp_path, names):
    path = zipped(tmp_path / "a.zip", *((name, b"") for name in names))
    assert why_not(path) == "it does not hold one folder, as an archive does"


def test_a_zip_that_is_cut_short_is_said_to_be(archive, tmp_path):
    whole = archive.read_bytes()
    for part in (0, 10, len(whole) // 2, len(whole) - 30):
        path = tmp_path / "cut.zip"
        path.write_bytes(whole[:part])
        assert why_not(path).startswith("cut.zip is no zip, or is cut short (")


def test_a_file_that_is_not_there_is_said_not_to_be(tmp_path):
    assert why_not(tmp_path / "none.zip") == (
        "there is no file none.zip: give the path of an archive as ARCHIVE="
    )


def test_a_file_that_says_less_than_it_unpacks_to_is_read_no_further(tmp_path):
    path = zipped(
        tmp_path / "a.zip",
        ("bag/a", bytes(10_000)),
        compression=zipfile.ZIP_DEFLATED,
    )
    raw = bytearray(path.read_bytes())
    central = raw.index(b"PK\x01\x02")
    raw[central + 24 : central + 28] = struct.pack("<I", 100)
    path.write_bytes(raw)
    with opened(path, "a.zip") as archive, pytest.raises(ArchiveError) as caught:
        archive.read("bag/a".removeprefix("bag/"))
    assert "cannot be read from the zip (Bad CRC-32" in str(caught.value)


def test_a_file_too_large_for_a_text_is_not_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "LARGEST_TEXT", 10)
    path = zipped(tmp_path / "a.zip", ("bag/a", bytes(11)))
    with (
        opened(path, "a.zip") as archive,
        pytest.raises(ArchiveError, match="too large"),
    ):
        archive.read("a")
