"""Pages that are written from code are up to date."""

import runpy
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


@pytest.mark.parametrize("tool", ["datasets_doc", "measures_doc"])
def test_a_generated_page_is_up_to_date(tool):
    module = runpy.run_path(str(PROJECT / "tools" / f"{tool}.py"))
    written = module["PAGE"].read_text(encoding="utf-8")
    assert written == module["page"](), "run `make docs`"
