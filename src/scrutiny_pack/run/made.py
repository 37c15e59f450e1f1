"""What a pack was made from, so that one that is up to date is not made again.

``output/.cache/packs/<council>/<period>.json`` says what the pack rested on and what
its manifest was. A pack is up to date when nothing of the one has changed and every
file is what the other says: one that somebody has edited is made anew.

Nothing here needs more than the standard library: an unchanged pack answers at once.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from scrutiny_pack.periods import Period
from scrutiny_pack.run.dependencies import Dependencies, sha256, what_changed
from scrutiny_pack.run.folders import staging_of
from scrutiny_pack.workspace import Workspace

_MANIFEST = "manifest-sha256.txt"


class PackRecord:
    """What is remembered of the pack of one council and period."""

    def __init__(self, workspace: Workspace, council: str, period: Period) -> None:
        """Look where it is remembered; nothing need be."""
        cache = workspace.output / ".cache"
        self.finished = cache / "notebooks" / council / str(period)
        self._staging = staging_of(workspace, council, period)
        self._file = cache / "packs" / council / f"{period}.json"

    def write(self, dependencies: Dependencies, summary: Mapping[str, int]) -> None:
        """Remember what a pack that was just made rests on, if the disk lets us."""
        made = {
            "dependencies": dict(dependencies),
            "manifest": _sha256_of(self._staging.pack / _MANIFEST),
            "summary": dict(summary),
        }
        part = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(made, indent=1, ensure_ascii=False)
            part.write_text(f"{text}\n", encoding="utf-8", newline="\n")
            part.replace(self._file)
        except OSError:
            self._file.unlink(missing_ok=True)

    def summary(self) -> dict[str, int]:
        """How many items of each kind the pack holds, as when it was made."""
        return dict(self._read()["summary"])

    def why_not_up_to_date(self, dependencies: Dependencies) -> list[str]:
        """What speaks against leaving the pack as it is; nothing if it is up to date.

        Args:
            dependencies: what the pack would rest on if it were made now.
        """
        made = self._read()
        if not made or not self._staging.pack.is_dir():
            return ["there is no pack yet"]
        changed = what_changed(made["dependencies"], dependencies)
        if changed:
            return changed
        if self._staging.building.exists() or self._staging.replaced.exists():
            return ["a run was interrupted"]
        shown = self._staging.shown
        return [f"{shown}/{name}" for name in self._edited(made["manifest"])]

    def _read(self) -> dict:  # type: ignore[type-arg]
        try:
            made = json.loads(self._file.read_text(encoding="utf-8"))
            if set(made) == {"dependencies", "manifest", "summary"}:
                return dict(made)
        except (OSError, ValueError, TypeError):
            pass
        return {}

    def _edited(self, manifest_sha256: str) -> list[str]:
        """The files that are not as the manifest says, each with what has happened."""
        pack = self._staging.pack
        if not manifest_sha256 or _sha256_of(pack / _MANIFEST) != manifest_sha256:
            return [f"{_MANIFEST} has been edited"]
        text = (pack / _MANIFEST).read_text(encoding="utf-8")
        expected = {
            name: sha
            for sha, name in (line.split("  ", 1) for line in text.splitlines())
        }
        found = {
            path.relative_to(pack).as_posix(): _sha256_of(path)
            for path in pack.rglob("*")
            if path.is_file() and path != pack / _MANIFEST
        }
        return [
            f"{name} {'has been edited' if name in found else 'is gone'}"
            if name in expected
            else f"{name} is not of the pack's making"
            for name in sorted({*expected, *found})
            if expected.get(name) != found.get(name)
        ]


def _sha256_of(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""
