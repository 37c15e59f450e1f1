"""The same pack, whoever makes it, wherever and with whatever set around it."""

import os

import pytest

from tests.run.small_project import PERIOD, SmallProject

CELLS = (
    "import os, time, locale",
    "print(time.strftime('%Z'), locale.getpreferredencoding(), hash('council'))",
    "{'b', 'a', 'c'}",
    "import pandas as pd\npd.DataFrame({'a': [1.5, None], 'b': ['x', 'y']})",
    "import matplotlib\nmatplotlib.rcParams['font.size']",
)


def made_in(folder, **variables):
    project = SmallProject(folder)
    project.add_notebook("01-first", *CELLS)
    done = project.run("pack", "COUNCIL=darlington", **variables)
    assert done.returncode == 0, done.stderr
    record = f"darlington/{PERIOD}.run.json"
    return {name: b for name, b in project.everything().items() if name != record}


@pytest.mark.slow
def test_a_pack_is_the_same_bytes_on_a_machine_set_up_otherwise(tmp_path):
    home = tmp_path / "home"
    startup = home / ".ipython" / "profile_default" / "startup" / "00.py"
    startup.parent.mkdir(parents=True)
    startup.write_text("import pandas; pandas.options.display.precision = 1", "utf-8")
    config = home / ".config" / "matplotlib" / "matplotlibrc"
    config.parent.mkdir(parents=True)
    config.write_text("font.size: 33\n", "utf-8")
    (home / "startup.py").write_text("print('hello')", "utf-8")
    kernels = home / ".local" / "share" / "jupyter" / "kernels" / "python3"
    kernels.mkdir(parents=True)
    (kernels / "kernel.json").write_text(
        '{"argv": ["false"], "language": "r"}', "utf-8"
    )

    usual = made_in(tmp_path / "usual")
    old_mask = os.umask(0o077)
    try:
        other = made_in(
            tmp_path / "a longer name, with spaces {and} more",
            HOME=str(home),
            IPYTHONDIR=str(home / ".ipython"),
            JUPYTER_PATH=str(home / ".local" / "share" / "jupyter"),
            LC_ALL="C",
            MPLBACKEND="svg",
            PYTHONHASHSEED="77",
            PYTHONSTARTUP=str(home / "startup.py"),
            TZ="Asia/Tokyo",
        )
    finally:
        os.umask(old_mask)
    assert usual.keys() == other.keys()
    assert [name for name in usual if usual[name] != other[name]] == []
