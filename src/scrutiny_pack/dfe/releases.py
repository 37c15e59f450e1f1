"""The releases that this project reads: data/reference/dfe-releases.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scrutiny_pack.errors import ReferenceDataError, ReleaseError
from scrutiny_pack.yaml_text import load_yaml

_SHOWN = "data/reference/dfe-releases.yaml"
_NAMES = {"title", "published", "file", "page", "urls", "sha256"}


@dataclass(frozen=True)
class Release:
    """One year's publication of "Children's social work workforce".

    Attributes:
        name: the reporting year, such as ``2025``; its latest figures are of 30
            September of that year.
        title: as it is cited.
        published: its date, as precisely as it is known, or "not stated".
        file: the CSV file's name, in the release's zip or by itself.
        page: where a person finds it.
        urls: where the zip or the file can be downloaded, tried in this order.
        sha256: of the CSV file; "" where the project has not seen it.
    """

    name: str
    title: str
    published: str
    file: str
    page: str
    urls: tuple[str, ...]
    sha256: str

    @property
    def dataset(self) -> str:
        """How evidence calls the release's figures, in the column ``dataset``."""
        return f"dfe-{self.name}"


def evidence_source(release: Release, sha256: str = "") -> dict[str, str]:
    """What evidence says of a release as its source, wherever its figures were read.

    The same for the release's own file and for the embedded extract of it, so that
    both give the same bytes.

    Args:
        release: the release.
        sha256: of its file, where the list of releases does not have it.
    """
    return {
        "title": release.title,
        "body": "Department for Education",
        "kind": "official statistics",
        "date": release.published,
        "how_read": f"Read by the names of its columns from {release.file}.",
        "document_sha256": release.sha256 or sha256,
        "held": release.page,
        "licence": "Open Government Licence v3.0",
    }


def read_releases(reference: Path) -> dict[str, Release]:
    """All releases by name, in the order of the file.

    Raises:
        ReferenceDataError: if the file is missing or wrong in itself.
    """
    try:
        text = (reference / "dfe-releases.yaml").read_text(encoding="utf-8")
        content = load_yaml(text)
        return {name: _release(name, raw) for name, raw in content.items()}
    except (OSError, yaml.YAMLError, AttributeError, TypeError) as error:
        msg = f"{_SHOWN} cannot be read ({error})"
        raise ReferenceDataError(msg) from None


def _release(name: object, raw: Mapping[str, Any]) -> Release:
    if not isinstance(name, str) or set(raw) != _NAMES:
        names = ", ".join(sorted(_NAMES))
        msg = f"{_SHOWN}, {name}: write a year in quotation marks, with {names}"
        raise ReferenceDataError(msg)
    sha256 = str(raw["sha256"])
    return Release(
        name=name,
        title=str(raw["title"]),
        published=str(raw["published"]),
        file=str(raw["file"]),
        page=str(raw["page"]),
        urls=tuple(map(str, raw["urls"])),
        sha256="" if sha256 == "not known" else sha256,
    )


def find_release(releases: Mapping[str, Release], name: str) -> Release:
    """The release of that name.

    Raises:
        ReleaseError: if there is none; it lists those there are.
    """
    if name not in releases:
        msg = (
            f"'{name}' is not a release that this project knows; it knows "
            f"{', '.join(sorted(releases))}. Give one of them as RELEASE=, or add a "
            f"new one to {_SHOWN}"
        )
        raise ReleaseError(msg)
    return releases[name]
