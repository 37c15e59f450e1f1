"""``audit``: a report held against its evidence, without a pack."""

import shutil

import pytest

from scrutiny_pack.errors import ClaimsError, InputFileError
from tests.claims.reports import table
from tests.run.small_project import CLONE, COUNCIL, PERIOD

UNITS = [("Team A", "All"), ("Team B", "All"), ("All", "")]
COLUMNS = {"establishment": ["12", "14", "26"], "vacancies": ["3", "4", "7"]}
SOURCES = CLONE / "data" / "herefordshire" / "2013-03"


@pytest.fixture
def report(project):
    """A project with one table; call it with the figure that the report prints."""
    folder = project.folder / "data" / COUNCIL / PERIOD
    posts = table("Teams", COLUMNS, UNITS, as_at="2013-03", unit_kind="team")
    posts.to_csv(folder / "posts.csv", index=False)
    for name in ("posts", "claims"):
        shutil.copy(SOURCES / f"{name}.source.yaml", folder)

    def prints(figure):
        (folder / "claims.csv").write_text(
            "id,paragraph,claim,kind,printed,cell,rests_on,as_at,note\n"
            f"c001,9,Vacant posts,count,{figure},,sum(posts[part_of=All; "
            "measure=vacancies]),2013-03,\n",
            encoding="utf-8",
        )
        return project

    return prints


@pytest.mark.parametrize(
    ("strict", "figure", "code"),
    [("0", "9", 0), ("1", "9", ClaimsError.exit_code), ("1", "7", 0)],
)
def test_the_exit_code_says_whether_anything_disagrees_if_asked(
    report, strict, figure, code
):
    done = report(figure).run("audit", f"COUNCIL={COUNCIL}", f"STRICT={strict}")
    assert done.returncode == code, done.stderr
    assert ("What does not agree" in done.stdout) is (figure == "9")
    assert "Of 1 figure, 1 " in done.stdout.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_no_pack_is_made(report):
    project = report("7")
    project.run("audit", f"COUNCIL={COUNCIL}")
    assert not project.pack.exists()


def test_a_council_without_claims_is_told_what_to_write(project):
    done = project.run("audit", f"COUNCIL={COUNCIL}")
    assert done.returncode == InputFileError.exit_code
    assert f"data/{COUNCIL}/{PERIOD}/claims.csv" in done.stderr
    assert "docs/claims.md" in done.stderr
