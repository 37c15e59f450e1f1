"""Parameters: defaults, what differs, and what is refused."""

import pytest

from scrutiny_pack.errors import ParameterError
from scrutiny_pack.parameters import read_parameters
from scrutiny_pack.sidecars import read_sidecars
from scrutiny_pack.workspace import Workspace

AMOUNT = {"type": "number", "minimum": 0, "description": "pounds a year"}
DEFAULTS = "amount: null\nrelease: '2025'\nsince: 2016-07-31\n"


@pytest.fixture
def set_parameters(project):
    """Write the defaults and what a council sets; returns a function that reads."""
    project.add_notebook("01-first", parameters={"amount": AMOUNT})

    def read(own=None, defaults=DEFAULTS):
        params = project.folder / "params"
        (params / "defaults.yaml").write_text(defaults, "utf-8")
        if own is not None:
            (params / "darlington").mkdir()
            (params / "darlington" / "2016-07-31.yaml").write_text(own, "utf-8")
        workspace = Workspace(project.folder, project.folder)
        sidecars = read_sidecars(workspace.notebooks)
        return read_parameters(workspace, "darlington", "2016-07-31", sidecars)

    return read


def test_without_a_file_of_its_own_a_council_has_the_defaults(set_parameters):
    expected = {"amount": None, "release": "2025", "since": "2016-07-31"}
    assert set_parameters() == expected


def test_a_council_sets_only_what_differs(set_parameters):
    assert set_parameters("amount: 12.5")["amount"] == 12.5
    assert set_parameters(None)["release"] == "2025"


@pytest.mark.parametrize("own", ["", "# nothing differs\n", "amount: null"])
def test_a_file_may_set_nothing(set_parameters, own):
    assert set_parameters(own)["amount"] is None


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("amuont: 3", "'amuont' is not a parameter .* Did you mean amount?"),
        ("amount: much", "'amount' does not fit: 'much' is not of type 'number'"),
        ("amount: -1", r"-1 is less than the minimum of 0 \(pounds a year\)"),
        ("- amount", "must hold names and values"),
        ("1: 2", "must hold names and values"),
        ("amount: [", "cannot be read as YAML"),
    ],
)
def test_what_is_wrong_is_said_with_the_file(set_parameters, own, message):
    with pytest.raises(ParameterError, match=message) as caught:
        set_parameters(own)
    assert str(caught.value).startswith("params/darlington/2016-07-31.yaml")


def test_a_declared_parameter_needs_a_default(set_parameters):
    with pytest.raises(ParameterError, match="declares the parameter 'amount', which"):
        set_parameters(defaults="release: '2025'")


def test_a_default_must_fit_too(set_parameters):
    with pytest.raises(ParameterError, match=r"params/defaults\.yaml: .*'amount'"):
        set_parameters(defaults="amount: none")


def test_the_defaults_must_be_there(project):
    (project.folder / "params" / "defaults.yaml").unlink()
    workspace = Workspace(project.folder, project.folder)
    with pytest.raises(ParameterError, match=r"params/defaults\.yaml is missing"):
        read_parameters(workspace, "darlington", "2016-07-31", [])
