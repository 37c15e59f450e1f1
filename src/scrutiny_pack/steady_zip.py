"""Zip files that are the same bytes on every machine."""

import io
import zipfile
from collections.abc import Mapping

_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the first that a zip file can hold."""


def steady(written: bytes, changed: Mapping[str, bytes] | None = None) -> bytes:
    """The same zip file without what depends on the machine or the moment.

    Nothing is deflated, since how that is done is the machine's affair; a member has
    neither a time of its own nor the system that made it.

    Args:
        written: a zip file, such as a spreadsheet or a Word document.
        changed: other bytes for members, by name.
    """
    changed = changed or {}
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target,
    ):
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _DATE)
            member.create_system = 3  # otherwise the machine's own
            member.external_attr = 0o644 << 16
            target.writestr(member, changed.get(name) or source.read(name))
    return made.getvalue()
