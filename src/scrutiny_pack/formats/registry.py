"""Which formats there are, and what writes each of them."""

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from pathlib import Path

from scrutiny_pack.formats.content import Content, read_content

WRITERS: Mapping[str, tuple[str, str]] = {
    "xlsx": ("scrutiny_pack.formats.spreadsheet", "write_spreadsheet"),
}
"""For each format, the module that writes it and its function.

The function takes a [`Content`][scrutiny_pack.formats.content.Content] and the pack's
folder, to which it adds its files. A module is imported when its format is wanted.
"""

Writer = Callable[[Content, Path], None]


def write_formats(pack: Path, formats: Collection[str]) -> None:
    """Add the files of some formats to a pack.

    Args:
        pack: a pack's folder with evidence.json and all that it names.
        formats: names out of [`WRITERS`][]; they are written in that mapping's order.
    """
    wanted = [name for name in WRITERS if name in formats]
    if not wanted:
        return
    content = read_content(pack)
    for name in wanted:
        module, function = WRITERS[name]
        write: Writer = getattr(import_module(module), function)
        write(content, pack)
