"""The plan: what runs, and why the rest does not."""

from scrutiny_pack.run.plan import plan_run
from scrutiny_pack.sidecars import Sidecar
from tests.run.small_project import SIDECAR


def sidecar(name, **datasets):
    named = {key.replace("_", "-"): use for key, use in datasets.items()}
    return Sidecar.model_validate(SIDECAR | {"name": name, "datasets": named})


def test_a_notebook_that_needs_nothing_always_runs():
    plan = plan_run([sidecar("01"), sidecar("02", posts="optional")], [])
    assert [due.name for due in plan.due] == ["01", "02"]
    assert plan.not_run == ()


def test_a_notebook_runs_when_all_it_requires_is_there():
    both = sidecar("02", posts="required", turnover="required")
    assert plan_run([both], ["turnover", "posts", "pay"]).due == (both,)


def test_what_is_missing_is_said_in_words():
    both = sidecar("02", posts="required", turnover="required", pay="required")
    plan = plan_run([both], ["pay"])
    assert plan.due == ()
    [(name, reason)] = plan.not_run
    assert name == "02"
    assert reason.startswith(
        "Not supplied: posts, people in post, vacancies and agency"
    )
    assert reason.endswith(".")
    assert " and turnover" in reason.lower()


def test_one_of_several_is_enough():
    either = sidecar("04", turnover="any", leavers="any")
    assert plan_run([either], ["leavers"]).due == (either,)
    [(_, reason)] = plan_run([either], ["posts"]).not_run
    assert reason.startswith("None of these was supplied: ")
    assert " or " in reason


def test_without_reference_data_a_notebook_of_them_is_not_run():
    ours, theirs = (
        sidecar("01"),
        sidecar("02").model_copy(update={"scope": "reference data"}),
    )
    plan = plan_run([ours, theirs], [], "The release is not there.")
    assert plan.due == (ours,)
    assert plan.not_run == (("02", "The release is not there."),)
    assert plan_run([ours, theirs], []).due == (ours, theirs)
