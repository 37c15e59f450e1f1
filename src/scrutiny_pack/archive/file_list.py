"""files.csv: every file of an archive, for whoever has no tools but a spreadsheet."""

import csv
import io
from collections.abc import Sequence

from scrutiny_pack.archive.entries import Entry

COLUMNS = ("path", "title", "format", "pronom_id", "size", "sha256")


def file_list(entries: Sequence[Entry]) -> str:
    """The list of files, as CSV; it omits itself.

    Args:
        entries: the other files of the payload.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        own = entry.format
        writer.writerow(
            (entry.path, entry.title, own.name, own.pronom, entry.size, entry.sha256)
        )
    return out.getvalue()
