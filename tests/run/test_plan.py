"""The plan: what runs, and why the rest does not."""

from scrutiny_pack.run.plan import part_of_pack
from scrutiny_pack.sidecars import Sidecar
from tests.run.small_project import SIDECAR


def sidecar(name, **datasets):
    named = {key.replace("_", "-"): use for key, use in datasets.items()}
    return Sidecar.model_validate(SIDECAR | {"name": name, "datasets": named})


def test_a_notebook_that_needs_nothing_always_runs():
    chosen, others = part_of_pack([sidecar("01"), sidecar("02", posts="optional")], [])
    assert [due.name for due in chosen] == ["01", "02"]
    assert others == ()


def test_a_notebook_runs_when_all_it_requires_is_there():
    both = sidecar("02", posts="required", turnover="required")
    chosen, _ = part_of_pack([both], ["turnover", "posts", "pay"])
    assert chosen == (both,)


def test_what_is_missing_is_said_in_words():
    both = sidecar("02", posts="required", turnover="required", pay="required")
    chosen, others = part_of_pack([both], ["pay"])
    assert chosen == ()
    [(name, reason)] = others
    assert name == "02"
    assert reason.startswith(
        "Not supplied: posts, people in post, vacancies and agency"
    )
    assert reason.endswith(".")
    assert " and turnover" in reason.lower()


def test_one_of_several_is_enough():
    either = sidecar("04", turnover="any", leavers="any")
    assert part_of_pack([either], ["leavers"])[0] == (either,)
    [(_, reason)] = part_of_pack([either], ["posts"])[1]
    assert reason.startswith("None of these was supplied: ")
    assert " or " in reason


def test_without_reference_data_a_notebook_of_them_is_not_run():
    ours, theirs = (
        sidecar("01"),
        sidecar("02").model_copy(update={"scope": "reference data"}),
    )
    chosen, others = part_of_pack([ours, theirs], [], "The release is not there.")
    assert chosen == (ours,)
    assert others == (("02", "The release is not there."),)
    assert part_of_pack([ours, theirs], [])[0] == (ours, theirs)
