from pathlib import Path

import pytest

from scrutiny_pack.workspace import Workspace

REGISTER = """\
slug,name,from,to,ons_code,dfe_code,region,note
exampleshire,Exampleshire Council (made up),,,,999,,
dorset,Dorset Council,,,E06000059,838,South West,
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A project with a register, and a council's own folder beside it."""
    reference = tmp_path / "project" / "data" / "reference"
    reference.mkdir(parents=True)
    (reference / "councils.csv").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "council").mkdir()
    return Workspace((tmp_path / "project").resolve(), (tmp_path / "council").resolve())
