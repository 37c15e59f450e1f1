"""What the commands print, and the reference data that they rest on."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from scrutiny_pack.dfe.columns import HEADLINE, INDICATORS, column_of
from scrutiny_pack.dfe.commands import (
    NEWEST,
    compare_releases,
    obtain_release,
    reconcile_release,
)
from scrutiny_pack.dfe.comparators import HEADLINE_FIGURES
from scrutiny_pack.dfe.register import Register
from scrutiny_pack.dfe.releases import Release, read_releases
from scrutiny_pack.errors import ReferenceDataError, ReleaseError
from scrutiny_pack.measures.definitions import measures


def test_make_dfe_reconcile_and_revisions(
    reference: Path,
    releases: dict[str, Release],
    real_file: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    for name in ("2024", "2025"):
        file = str(real_file(releases[name].file))
        said = obtain_release(name, reference=reference, folder=tmp_path, file=file)
        assert f"Pinned in data/dfe/{name}/, SHA-256 {releases[name].sha256}." in said
        assert "from your file" in said
        assert file not in said
    assert "32,186 figures for 2017 to 2025" in said
    assert "c 8, low 12, u 51, x 98, z 81" in said

    said, unexplained = reconcile_release("", reference=reference, folder=tmp_path)
    assert unexplained == 0
    assert "12,990 published rates" in said
    assert "12,953 agree" in said
    assert "12,019 of 12,019 agree" in said
    assert "37 rates do not agree:" in said
    assert said.count("without the councils named it agrees") == 37

    said = compare_releases("2024", "", reference=reference, folder=tmp_path)
    assert "28,600 figures are in both; 19 have changed." in said
    assert (
        "England, 30 September 2024, Turnover rate, DfE definition (FTE): "
        "13.8 before, now 13.9."
    ) in said
    assert "Only in the release 2025: 163 areas and dates" in said


def test_what_is_not_there_says_how_to_get_it(reference: Path, tmp_path: Path) -> None:
    with pytest.raises(
        ReleaseError, match=r"'2031' is not a release.*2015, 2016, 2022"
    ):
        obtain_release("2031", reference=reference, folder=tmp_path)
    with pytest.raises(ReleaseError, match="make dfe RELEASE=2025"):
        reconcile_release("2025", reference=reference, folder=tmp_path)


def test_the_list_of_releases(releases: dict[str, Release]) -> None:
    assert max(releases) == NEWEST
    for release in releases.values():
        assert release.page.startswith("https://")
        assert all(url.startswith("https://") for url in release.urls)
        assert len(release.sha256) in (0, 64)
        assert release.dataset == f"dfe-{release.name}"


@pytest.mark.parametrize(
    "text", ["2025: {title: a}\n", '"2025": {title: a}\n', "- a\n", "a: [\n"]
)
def test_a_wrong_list_of_releases_is_an_error(text: str, tmp_path: Path) -> None:
    (tmp_path / "dfe-releases.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"dfe-releases\.yaml"):
        read_releases(tmp_path)


def test_every_figure_is_a_defined_measure_and_has_a_heading() -> None:
    for figure in (*INDICATORS.values(), *HEADLINE.values(), *HEADLINE_FIGURES):
        assert figure.measure in measures()
    for heading, figure in INDICATORS.items():
        assert column_of("2025", figure.measure, figure.basis) == heading
    assert column_of("2022", "turnover_rate_dfe", "fte") == "turnover_rate_fte_%"
    assert column_of("2015", "turnover_rate_dfe", "fte") == "B3_FTE_TurnoverRate_2015"
    assert column_of("2016", "average_caseload_dfe_2016", "not stated") == (
        "Average_caseload"
    )
    assert column_of("2022", "starters_dfe", "fte") == ""


def test_breaks_notes_and_groups_are_about_areas_and_measures_that_are_there(
    register: Register, reference: Path
) -> None:
    for found in register.breaks:
        assert found.area == "" or found.area in register.areas
        assert found.measure == "" or found.measure in measures()
        assert found.kind in {"boundary", "collection", "definition", "rule"}
        assert found.reason.endswith(".")
    for note in register.notes:
        assert note.area in register.areas
        assert note.measure == "" or note.measure in measures()
    groups = yaml.safe_load((reference / "groups.yaml").read_text(encoding="utf-8"))
    for group in groups.values():
        assert group["source"]
        for slug in group["members"]:
            register.area(slug)


def test_reference_data_has_unix_line_ends(reference: Path) -> None:
    for path in sorted(reference.iterdir()):
        assert b"\r" not in path.read_bytes(), path.name
