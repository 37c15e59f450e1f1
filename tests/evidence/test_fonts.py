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
if sys.argv[2] == "with":
    from scrutiny_pack.evidence.sheet import FONT
print(font_manager.findfont("DejaVu Sans"))
"""


def test_another_copy_of_the_font_is_not_taken(tmp_path):
    own = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    other = Path(shutil.copy(own, tmp_path))

    def found(how):
        command = [sys.executable, "-c", FINDS, str(other), how]
        env = {"PYTHONPATH": "src", "MPLCONFIGDIR": str(tmp_path), "PATH": ""}
        done = subprocess.run(command, env=env, capture_output=True, check=True)
        return Path(done.stdout.decode().strip())

    assert found("without") == other
    assert found("with") == own


FINDS_OWN = """
from matplotlib import font_manager
manager = font_manager.fontManager
manager.ttflist = [e for e in manager.ttflist if e.name != "DejaVu Sans"]
from scrutiny_pack.evidence.sheet import FONT
print(font_manager.findfont(FONT))
print(font_manager.findfont(font_manager.FontProperties(family=FONT, weight="bold")))
"""


def test_the_own_copy_is_found_though_the_cache_does_not_list_it(tmp_path):
    env = {"PYTHONPATH": "src", "MPLCONFIGDIR": str(tmp_path), "PATH": ""}
    command = [sys.executable, "-c", FINDS_OWN]
    done = subprocess.run(command, env=env, capture_output=True, check=True)
    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    assert done.stdout.decode().splitlines() == [
        str(fonts / "DejaVuSans.ttf"),
        str(fonts / "DejaVuSans-Bold.ttf"),
    ]
