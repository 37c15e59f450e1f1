"""The councils' own data, as far as it is there, can be read and breaks no rule."""

from pathlib import Path

import pytest

from scrutiny_pack.inputs.commentary import read_commentary
from scrutiny_pack.inputs.councils import find_council, read_councils
from scrutiny_pack.inputs.receipt import raise_if_critical
from scrutiny_pack.inputs.supplied import supplied_datasets
from scrutiny_pack.inputs.validation import check_inputs
from scrutiny_pack.periods import Period

from .small_tables import SUITES

DATA = Path(__file__).parents[2] / "data"
REGISTER = DATA / "reference" / "councils.csv"
FOLDERS = sorted(
    folder
    for folder in DATA.glob("*/*")
    if folder.is_dir() and folder.parent.name != "reference"
)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: "/".join(path.parts[-2:]))
def test_what_a_council_supplied(folder):
    datasets, receipt = check_inputs(folder, supplied_datasets(folder), SUITES)
    assert datasets
    raise_if_critical(receipt)
    for check in receipt.datasets:
        assert not [note for note in check.notes if "report's own date" not in note]
    read_commentary(folder / "commentary.yaml", "commentary.yaml")


@pytest.mark.skipif(not REGISTER.exists(), reason="the register is not there")
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: "/".join(path.parts[-2:]))
def test_the_register_has_every_council_that_supplied_data(folder):
    register = read_councils(REGISTER, "data/reference/councils.csv")
    period = Period.parse(folder.name)
    assert find_council(register, folder.parent.name, period).slug == folder.parent.name
