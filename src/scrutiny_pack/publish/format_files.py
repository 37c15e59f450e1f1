"""The files that formats beside the pages add, as a reader is told of them."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from scrutiny_pack.formats.registry import WRITERS, in_order


@dataclass(frozen=True)
class FormatFile:
    """A file to download, or several of a kind.

    Attributes:
        path: its path in the pack, with a ``*`` where there are several.
        title: what a reader calls it, such as ``PDF``.
        words: what it is for.
        size: its size in words; "" where there are several.
    """

    path: str
    title: str
    words: str
    size: str

    @property
    def is_one(self) -> bool:
        """Whether it is one file."""
        return bool(self.size)


def format_files(pack: Path, formats: Collection[str]) -> tuple[FormatFile, ...]:
    """The files of some formats, which have just been written, in that order.

    Args:
        pack: the pack's folder.
        formats: what it is made as beside its pages.
    """
    return tuple(
        FormatFile(
            path=own.file,
            title=own.title,
            words=own.words,
            size=""
            if "*" in own.file
            else size_words((pack / own.file).stat().st_size),
        )
        for own in (WRITERS[name] for name in in_order(formats))
    )


def size_words(size: int) -> str:
    """A number of bytes as a reader knows it: ``456 KB``, ``1.2 MB``."""
    if size < 999_500:
        return f"{max(1, (size + 500) // 1000)} KB"
    return f"{(size + 50_000) // 100_000 / 10:.1f} MB"
