"""The font of the charts: the copy that comes with matplotlib, and no other."""

from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager

FONT = "DejaVu Sans"
"""It comes with matplotlib: what is installed must not decide the bytes."""

_FILES = "DejaVuSans*.ttf"


def use_no_other_copy() -> None:
    """Forget every font of the same name that is listed, and list matplotlib's own.

    Of two copies matplotlib takes the one that it lists first, and in what order it
    lists them depends on the user's cache, which may lack its own altogether: it is
    shared by all environments of a user. Another version of the font numbers its
    letters otherwise.
    """
    manager = font_manager.fontManager
    manager.ttflist = [entry for entry in manager.ttflist if entry.name != FONT]
    for own in sorted((Path(mpl.get_data_path()) / "fonts" / "ttf").glob(_FILES)):
        manager.addfont(own)
