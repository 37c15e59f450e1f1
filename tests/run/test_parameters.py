"""Parameters: defaults, what differs, and what is refused."""

import pytest
import yaml

from scrutiny_pack.errors import ParameterError
from scrutiny_pack.pack_parameters import (
    Check,
    check_of,
    pack_schemas,
    validate_check_of_sources,
)
from scrutiny_pack.parameters import read_parameters
from scrutiny_pack.periods import Period
from scrutiny_pack.sidecars import read_sidecars
from scrutiny_pack.workspace import Workspace
from tests.run.small_project import CLONE

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


CHECKED = f"{DEFAULTS}checked_by: null\nchecked_on: null\nchecked_evidence: null\n"
WHOLE = "checked_by: Scrutiny Officer\nchecked_on: 2016-10-01\n"


@pytest.mark.parametrize("evidence", ["", "checked_evidence: 3f2a9c01\n"])
def test_a_check_of_the_pack_is_a_role_and_a_date(set_parameters, evidence):
    parameters = set_parameters(WHOLE + evidence, CHECKED)
    assert parameters["checked_by"] == "Scrutiny Officer"
    assert parameters["checked_on"] == "2016-10-01"


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("checked_by: Scrutiny Officer", "checked_on is missing: a pack is final when"),
        ("checked_on: 2016-10-01", "checked_by is missing"),
        ("checked_evidence: 3f2a9c01", "checked_by is missing"),
        ("checked_by: Jane Smith\nchecked_on: 2016-10-01", "'Jane Smith' is not known"),
        (
            WHOLE.replace("10-01", "07-30"),
            "2016-07-30 is before the evidence, which is",
        ),
        (WHOLE.replace("10-01", "02-30"), "holds a date that does not exist"),
        (WHOLE.replace("2016-10-01", "'2016-02-30'"), "'2016-02-30' is not a date"),
        (WHOLE.replace("2016-10-01", "'1.10.2016'"), r"does not fit.*as 2016-10-01"),
        (WHOLE.replace("2016-10-01", "2016-10"), "does not fit"),
        (f"{WHOLE}checked_evidence: 3f2a", "does not fit.*at least"),
        (f"{WHOLE}checked_evidence: 12345678", "between quotation marks"),
    ],
)
def test_a_check_that_makes_no_sense_is_refused(set_parameters, own, message):
    with pytest.raises(ParameterError, match=message) as caught:
        set_parameters(own, CHECKED)
    assert str(caught.value).startswith("params/darlington/2016-07-31.yaml")


def test_a_check_on_the_last_day_of_the_evidence_is_taken(set_parameters):
    own = WHOLE.replace("2016-10-01", "2016-07-31")
    assert set_parameters(own, CHECKED)["checked_on"] == "2016-07-31"


def test_a_check_is_not_older_than_the_documents():
    check = Check("Scrutiny Officer", "2016-10-01")
    documents = {"Report": Period.parse("2016-10"), "Undated": None}
    validate_check_of_sources(check, documents, "params/x.yaml")
    documents["Statistics"] = Period.parse("2016-10-02")
    with pytest.raises(ParameterError, match=r"'Statistics', 2 October 2016: correct"):
        validate_check_of_sources(check, documents, "params/x.yaml")
    validate_check_of_sources(Check(), documents, "params/x.yaml")


def test_the_project_s_own_defaults_have_every_parameter_of_a_pack():
    defaults = yaml.safe_load((CLONE / "params" / "defaults.yaml").read_text("utf-8"))
    assert set(pack_schemas()) <= set(defaults)
    assert check_of(defaults) == Check()
