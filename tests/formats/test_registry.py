"""The formats there are: their files, on the contents page and in the manifest."""

import subprocess
import sys
from dataclasses import replace

import pytest

from scrutiny_pack.formats import registry
from scrutiny_pack.publish import publish_pack
from scrutiny_pack.publish.format_files import size_words
from tests.publish.small_run import SmallRun


def write_leaflet(content, pack):
    words = [content.pack["title"], *(piece.item.title for piece in content.pieces)]
    (pack / "leaflet.txt").write_text("\n".join(words) * 100, encoding="utf-8")


def write_labels(content, pack):
    (pack / "tables").mkdir(exist_ok=True)
    (pack / "tables" / "one.label").write_text("one", encoding="utf-8")


@pytest.fixture
def two_formats(monkeypatch):
    here = "tests.formats.test_registry"
    leaflet = registry.Format(
        f"{here}:write_leaflet", "leaflet.txt", "leaflet", "to be handed out"
    )
    labels = registry.Format(
        f"{here}:write_labels", "tables/*.label", "labels", "beside each table"
    )
    monkeypatch.setitem(registry.WRITERS, "leaflet", leaflet)
    monkeypatch.setitem(registry.WRITERS, "labels", labels)


def published(folder, formats):
    run = SmallRun(folder / "run")
    run.notebook("01-words", "# What of it?")
    target = folder / "pack"
    target.mkdir()
    publish_pack(run.folder, target, replace(run.context, formats=formats))
    return target


def test_the_contents_page_and_the_manifest_name_the_files(two_formats, tmp_path):
    pack = published(tmp_path, ("leaflet", "labels"))
    page = (pack / "index.html").read_text("utf-8")
    size = size_words((pack / "leaflet.txt").stat().st_size)
    assert f'<a href="leaflet.txt" download>leaflet ({size})</a>' in page
    assert f"leaflet.txt</a> (leaflet, {size}): to be handed out" in page
    assert '<span class="path">tables/*.label</span> (labels): beside each' in page
    manifest = (pack / "manifest-sha256.txt").read_text("utf-8")
    assert "  leaflet.txt\n" in manifest
    assert "  tables/one.label\n" in manifest


def test_the_command_on_the_contents_page_makes_the_same_files(two_formats, tmp_path):
    pack = published(tmp_path, ("leaflet",))
    page = (pack / "index.html").read_text("utf-8")
    assert "PERIOD=2016-07-31 FORMATS=leaflet</code>" in page


def test_without_formats_nothing_is_offered(two_formats, tmp_path):
    pack = published(tmp_path, ())
    page = (pack / "index.html").read_text("utf-8")
    assert "leaflet" not in page
    assert "download>" not in page
    assert "PERIOD=2016-07-31 FORMATS=none</code>" in page


def test_only_the_contents_page_and_the_manifest_depend_on_formats(
    two_formats, tmp_path
):
    def others(name, formats):
        (tmp_path / name).mkdir()
        pack = published(tmp_path / name, formats)
        kept = {"index.html", "manifest-sha256.txt", "leaflet.txt", "one.label"}
        return {
            path.relative_to(pack).as_posix(): path.read_bytes()
            for path in pack.rglob("*")
            if path.is_file() and path.name not in kept
        }

    assert others("with", ("leaflet", "labels")) == others("without", ())


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "1 KB"),
        (1, "1 KB"),
        (1_499, "1 KB"),
        (1_500, "2 KB"),
        (456_270, "456 KB"),
        (999_499, "999 KB"),
        (999_500, "1.0 MB"),
        (1_249_999, "1.2 MB"),
        (1_250_000, "1.3 MB"),
    ],
)
def test_a_size_is_said_in_words(size, words):
    assert size_words(size) == words


def test_the_names_of_the_formats_cost_no_library():
    program = (
        "import sys; from scrutiny_pack.formats.choose import choose_formats;"
        "choose_formats('all');"
        "sys.exit(bool({'pandas', 'pydantic', 'jinja2', 'typst'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
