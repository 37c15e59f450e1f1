"""Charts are drawn with matplotlib's own copy of their font, whatever is installed."""

import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl

FINDS = """
import sys
from matplotlib import font_manager
manager = font_manager.fontManager
manager.addfont(sys.argv[1])
manager.ttflist.insert(0, manager.ttflist.pop())
if sys.argv[3] == "lacking":
    manager.ttflist = manager.ttflist[:1]
if sys.argv[2] == "with":
    from scrutiny_pack.evidence.sheet import FONT
print(font_manager.findfont("DejaVu Sans"))
"""


def test_another_copy_of_the_font_is_not_taken(tmp_path):
    own = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    other = Path(shutil.copy(own, tmp_path))

    def found(how, cache="whole"):
        command = [sys.executable, "-c", FINDS, str(other), how, cache]
        env = {"PYTHONPATH": "src", "MPLCONFIGDIR": str(tmp_path), "PATH": ""}
        done = subprocess.run(command, env=env, capture_output=True, check=True)
        return Path(done.stdout.decode().strip())

    assert found("without") == other
    assert found("with") == own
    assert found("with", "lacking") == own
