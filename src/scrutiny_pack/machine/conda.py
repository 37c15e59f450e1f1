"""environment.yml for conda users: Python from conda, all else from the same locks."""

import tomllib
from pathlib import Path

_TEXT = """\
# For conda users: Python from conda, the rest from the same locks as everybody else's.
# Written by 'make environment' from pyproject.toml; do not edit it.
#
#     conda env create -f environment.yml
#     conda activate {name}
#     pip install --no-deps --no-build-isolation -e .
#     python -m scrutiny_pack pack COUNCIL=darlington
name: {name}
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python {python}
  - pip
  - pip:
      - -r requirements.lock
      - -r requirements-lab.lock
"""


def environment_text(project: Path) -> str:
    """The text of environment.yml, from pyproject.toml."""
    described = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]
    return _TEXT.format(name=described["name"], python=described["requires-python"])


def write_environment(project: Path) -> None:
    """Write environment.yml."""
    path = project / "environment.yml"
    path.write_text(environment_text(project), encoding="utf-8", newline="\n")
