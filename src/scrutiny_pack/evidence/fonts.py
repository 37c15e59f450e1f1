"""The font of the charts: the copy that comes with matplotlib, and no other."""

from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager

FONT = "DejaVu Sans"
"""It comes with matplotlib: what is installed must not decide the bytes."""


def use_no_other_copy() -> None:
    """Forget every font of the same name that the system has.

    Of two copies matplotlib takes the one that it lists first, and in what order it
    lists them depends on the user's cache. Another version of the font numbers its
    letters otherwise.
    """
    own = Path(mpl.get_data_path())
    manager = font_manager.fontManager
    others = [entry for entry in manager.ttflist if entry.name != FONT]
    ours = [
        entry
        for entry in manager.ttflist
        if entry.name == FONT and Path(entry.fname).is_relative_to(own)
    ]
    manager.ttflist = [*others, *ours]
    if not ours:  # the cache was written by a matplotlib that is installed elsewhere
        for path in sorted((own / "fonts" / "ttf").glob("DejaVuSans*.ttf")):
            manager.addfont(path)
