"""What a published pack holds, and that it is the same bytes each time."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import nbformat
import pytest
from jsonschema import Draft202012Validator

from scrutiny_pack.errors import NotebookError
from scrutiny_pack.publish import publish_pack
from scrutiny_pack.publish.context import PackSummary
from tests.publish.awkward import NASTY
from tests.publish.small_run import SmallRun, evidence_of, figures

CLONE = Path(__file__).parents[2]
SCHEMA = json.loads((CLONE / "docs" / "evidence.schema.json").read_text("utf-8"))


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def published(run, tmp_path):
    target = tmp_path / "pack"
    target.mkdir()
    publish_pack(run.folder, target, run.context)
    return target


def test_a_pack_holds_its_items_pages_and_records(pack):
    assert list(files(pack)) == [
        "CITATION.cff",
        "charts/agency-by-team.csv",
        "charts/agency-by-team.csv-metadata.json",
        "charts/agency-by-team.svg",
        "charts/caseload-ranges.csv",
        "charts/caseload-ranges.csv-metadata.json",
        "charts/caseload-ranges.svg",
        "charts/turnover-lines.csv",
        "charts/turnover-lines.csv-metadata.json",
        "charts/turnover-lines.svg",
        "evidence.json",
        "index.html",
        "manifest-sha256.txt",
        "notebooks/02-posts.html",
        "notebooks/02-posts.ipynb",
        "notebooks/04-turnover.html",
        "notebooks/04-turnover.ipynb",
        "tables/every-status.csv",
        "tables/every-status.csv-metadata.json",
        "tables/posts-by-team.csv",
        "tables/posts-by-team.csv-metadata.json",
        "tables/promises.csv",
        "tables/promises.csv-metadata.json",
        "tables/turnover.csv",
        "tables/turnover.csv-metadata.json",
        "tables/vacancy-share.csv",
        "tables/vacancy-share.csv-metadata.json",
        "validation.json",
    ]


def test_the_summary_counts_what_the_pack_holds(run, tmp_path):
    target = tmp_path / "pack"
    target.mkdir()
    summary = publish_pack(run.folder, target, run.context)
    assert summary == PackSummary(tables=4, charts=3, key_figures=1, warnings=1)


def test_evidence_json_keeps_its_contract(pack):
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(evidence_of(pack))


def test_an_items_checksum_is_that_of_its_data_file(pack):
    for item in evidence_of(pack)["items"]:
        data = (pack / item["data"]).read_bytes()
        assert item["sha256"] == hashlib.sha256(data).hexdigest()
        assert item["sha256"][:12] in item["citation"]


def test_evidence_json_says_what_was_asked_and_what_could_not_be_answered(pack):
    asked = evidence_of(pack)["pack"]["questions"]
    assert [q["answered"] for q in asked] == [True, True, False]
    assert asked[0]["items"] == [
        "posts-by-team", "every-status", "vacancy-share", "agency-by-team",
    ]  # fmt: skip
    assert asked[2]["reason"] == "Not supplied: referrals."
    assert asked[2]["would_answer"] == "A list that answers 06-referrals."


def test_remarks_cite_items_by_number(pack):
    remarks = evidence_of(pack)["pack"]["remarks"]
    assert remarks["changes"] == [
        {
            "notebook": "02-posts",
            "text": "It rose by one person "
            "([Table 3](notebooks/04-turnover.html#turnover)).",
        }
    ]
    assert remarks["absences"][0]["text"] == "Nothing was supplied on pay."


def test_the_manifest_names_every_file_but_itself(pack):
    named = {}
    for line in (pack / "manifest-sha256.txt").read_text("utf-8").splitlines():
        sha256, path = line.split("  ")
        named[path] = sha256
    held = files(pack)
    del held["manifest-sha256.txt"]
    assert named == {p: hashlib.sha256(b).hexdigest() for p, b in held.items()}
    assert list(named) == sorted(named)


def test_the_receipt_is_published_as_it_is(pack, run):
    assert (pack / "validation.json").read_text("utf-8") == run.receipt.to_json()


def test_a_published_notebook_shows_the_numbers_and_can_be_read_by_jupyter(pack):
    text = (pack / "notebooks" / "02-posts.ipynb").read_text("utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    assert outputs[0].data["text/plain"].startswith("Table 1: ")
    assert ">Table 1: Sixty teams" in outputs[0].data["text/html"]
    assert "<style>" in outputs[0].data["text/html"]
    assert notebook.cells[0].source.endswith(
        "See [Table 3](04-turnover.html#turnover)."
    )


def test_a_picture_carries_its_title_and_its_words(pack):
    picture = pack / "charts" / "agency-by-team.svg"
    root = ET.parse(picture).getroot()  # noqa: S314 (we wrote it ourselves)
    space = "{http://www.w3.org/2000/svg}"
    item = next(i for i in evidence_of(pack)["items"] if i["slug"] == "agency-by-team")
    assert root.get("role") == "img"
    assert root.findtext(f"{space}title") == item["title"]
    assert root.findtext(f"{space}desc") == item["alt"]


def test_the_same_run_gives_the_same_bytes_in_another_process(pack, run, tmp_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from tests.publish.awkward import awkward_run\n"
        "from scrutiny_pack.publish import publish_pack\n"
        "folder = Path(sys.argv[1]); run = awkward_run(folder / 'run')\n"
        "(folder / 'pack').mkdir()\n"
        "publish_pack(folder / 'run', folder / 'pack', run.context)\n"
    )
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(CLONE / "src"), str(CLONE)]),
        "PYTHONHASHSEED": "1234",
        "TZ": "Asia/Tokyo",
    }
    subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", code, str(tmp_path)],
        check=True,
        env=environment,
        cwd=tmp_path,
    )
    assert files(tmp_path / "pack") == files(pack)


def test_a_pack_without_any_evidence_still_has_a_contents_page(tmp_path):
    run = SmallRun(tmp_path / "run")
    run.notebook_not_run("02-posts")
    pack = published(run, tmp_path)
    index = (pack / "index.html").read_text("utf-8")
    assert "What of 02-posts?" in index
    assert "Not supplied: referrals." in index
    Draft202012Validator(SCHEMA).validate(evidence_of(pack))


def count(pack):
    pack.key_figure(
        "vacancies",
        figures({"value": 26}),
        title=f"Vacancies of {NASTY}",
        about="Vacancies",
    )


def test_two_notebooks_cannot_make_the_same_item(tmp_path):
    run = SmallRun(tmp_path / "run")
    run.notebook("01-first", "# One", count, items=("vacancies",))
    run.notebook("02-second", "# Two", count, items=("vacancies",))
    with pytest.raises(
        NotebookError, match="01-first and 02-second both make the item"
    ):
        published(run, tmp_path)


def test_prose_cannot_cite_an_item_that_no_sidecar_lists(tmp_path):
    run = SmallRun(tmp_path / "run")
    run.notebook("01-first", "# One\n\nSee [vacancis](#vacancis).")
    with pytest.raises(NotebookError, match="01-first cites the item 'vacancis'"):
        published(run, tmp_path)


def test_a_page_that_is_not_fit_is_not_published(tmp_path):
    run = SmallRun(tmp_path / "run")
    run.notebook("01-first", "# One\n\n### Three\n\n[Nowhere](#nowhere-to-go)")
    with pytest.raises(NotebookError, match="not fit to be published") as error:
        published(run, tmp_path)
    assert "a heading of level 3 follows one of level 1" in str(error.value)
    assert "a link leads nowhere: #nowhere-to-go" in str(error.value)


def test_what_a_cell_prints_is_shown_as_it_is_and_no_frame_is(tmp_path):
    run = SmallRun(tmp_path / "run")
    run.notebook("01-first", "# One", lambda pack: None)
    path = run.folder / "notebooks" / "01-first.ipynb"
    notebook = nbformat.read(path, as_version=4)
    frame = {"text/html": "<table><th></th></table>", "text/plain": "a  b <c>"}
    notebook.cells[1].outputs = [
        nbformat.v4.new_output("stream", name="stdout", text="printed <here>"),
        nbformat.v4.new_output("execute_result", data=frame),
    ]
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    page = (published(run, tmp_path) / "notebooks" / "01-first.html").read_text("utf-8")
    assert "printed &lt;here&gt;" in page
    assert "a  b &lt;c&gt;" in page
    assert "<table" not in page


def record(pack):
    pack.record_file("record.json", '{"found": 1}')


RECORD = {"record.json": "what was found, for machines"}


def test_a_file_that_a_notebook_records_is_in_the_pack_and_on_its_lists(tmp_path):
    run = SmallRun(tmp_path / "run")
    run.notebook("01-first", "# One", record, files=RECORD)
    pack = published(run, tmp_path)
    assert (pack / "record.json").read_bytes() == b'{"found": 1}\n'
    assert "  record.json\n" in (pack / "manifest-sha256.txt").read_text("utf-8")
    page = (pack / "index.html").read_text("utf-8")
    assert '<a href="record.json">record.json</a>: what was found, for machines' in page


def test_a_file_that_was_not_recorded_is_not_listed(tmp_path):
    run = SmallRun(tmp_path / "run")
    run.notebook("01-first", "# One", files=RECORD)
    assert "record.json" not in (published(run, tmp_path) / "index.html").read_text(
        "utf-8"
    )


def test_a_file_that_the_sidecar_does_not_list_is_refused(tmp_path):
    run = SmallRun(tmp_path / "run")
    with pytest.raises(NotebookError, match=r"01-first makes the file 'record\.json'"):
        run.notebook("01-first", "# One", record)


def test_two_notebooks_cannot_record_the_same_file(tmp_path):
    run = SmallRun(tmp_path / "run")
    run.notebook("01-first", "# One", record, files=RECORD)
    run.notebook("02-second", "# Two", record, files=RECORD)
    with pytest.raises(NotebookError, match=r"02-second and another .* record\.json"):
        published(run, tmp_path)


@pytest.mark.parametrize(
    "name", ["evidence.json", "validation.json", "manifest-sha256.txt"]
)
def test_a_notebook_cannot_take_the_name_of_a_file_of_the_packs_own(tmp_path, name):
    run = SmallRun(tmp_path / "run")

    run.notebook("01-first", "# One", files={name: "mine"})
    folder = run.folder / "records" / "01-first" / "_files"
    folder.mkdir(parents=True)
    (folder / name).write_text("{}", encoding="utf-8")
    with pytest.raises(NotebookError, match="a name of the pack's own"):
        published(run, tmp_path)
