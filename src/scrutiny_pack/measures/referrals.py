"""Referrals: how far they go, what became of them, and how many appear nowhere."""

import pandas as pd

from scrutiny_pack.measures.rates import exact_sum, share
from scrutiny_pack.measures.stretches import stretches
from scrutiny_pack.observations import joined, long_form, records

STAGE = "stage"
OUTCOME = "outcome"

IN_NEITHER = "Neither at the second stage nor with an outcome"


def funnel(referrals: pd.DataFrame) -> pd.DataFrame:
    """The stages that lead from one to the next, and the shares that go on.

    Args:
        referrals: the rows of the dataset ``referrals``.

    Returns:
        The long form with ``stage`` and ``stretch``, in the order of the stages.
        Measures ``referrals`` and ``share_of_referrals_published`` as published,
        ``share_of_referrals`` (of the first stage) and ``share_of_previous_stage``.
        An outcome, such as no further action, is no stage and is not among them.
    """
    stages = _stages(referrals)
    counted = stages[stages["measure"] == "referrals"]
    first = counted[counted["step"] == counted["step"].min()]
    later = counted[counted["step"] > counted["step"].min()]
    of_all = share(later, first, "share_of_referrals", by=["stretch"])
    before = counted.assign(step=_next_steps(counted))
    of_previous = share(
        later, before, "share_of_previous_stage", by=["stretch", "step"]
    )
    made = pd.concat([stages, of_all, of_previous], ignore_index=True)
    return _tidy(made.sort_values("step", kind="stable"))


def beside_the_funnel(referrals: pd.DataFrame) -> pd.DataFrame:
    """The outcomes, and the referrals that appear neither there nor at the second stage.

    Args:
        referrals: the rows of the dataset ``referrals``.

    Returns:
        The long form with ``stage`` and ``stretch``. Measures ``referrals`` and
        ``share_of_referrals_published`` of each outcome as published, and
        ``share_of_referrals``. A last row counts the referrals of the first stage
        less those of the second and less the outcomes; it is left out where one of
        them is not known, or where nothing is left.
    """
    frame = _in_stretches(referrals)
    outcomes = frame[frame["stage_kind"] == OUTCOME]
    counted = frame[frame["measure"] == "referrals"]
    stages = counted[counted["stage_kind"] == STAGE]
    first = stages[stages["step"] == stages["step"].min()]
    rest = _in_neither(stages, outcomes[outcomes["measure"] == "referrals"])
    beside = pd.concat([outcomes, rest], ignore_index=True)
    shares = share(
        beside[beside["measure"] == "referrals"],
        first,
        "share_of_referrals",
        by=["stretch"],
    )
    return _tidy(pd.concat([beside, shares], ignore_index=True))


def children_and_cases(cases: pd.DataFrame) -> pd.DataFrame:
    """Children and cases as published, one row for each figure.

    Args:
        cases: the rows of the dataset ``cases``.

    Returns:
        The long form with ``unit`` and ``among``: of what the row is a part, as far as
        the source says.
    """
    frame = long_form(cases)
    among = frame["part_of"].where(frame["part_of"] != "", frame["within"])
    among = among.where(among != "", "not stated")
    made = frame.assign(among=among)
    return long_form(made.drop(columns=["part_of", "within"]))


def _in_stretches(referrals: pd.DataFrame) -> pd.DataFrame:
    frame = long_form(referrals)
    return frame.assign(stretch=stretches(frame))


def _stages(referrals: pd.DataFrame) -> pd.DataFrame:
    frame = _in_stretches(referrals)
    return frame[frame["stage_kind"] == STAGE]


def _next_steps(counted: pd.DataFrame) -> "pd.Series[float]":
    """For each stage the step that follows it; nought after the last."""
    steps = sorted(counted["step"].unique())
    following = dict(zip(steps, [*steps[1:], 0], strict=False))
    return counted["step"].map(following)


def _in_neither(stages: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for stretch, group in stages.groupby("stretch", sort=False):
        ordered = group.sort_values("step")
        beside = outcomes[outcomes["stretch"] == stretch]
        used = pd.concat([ordered.head(2), beside])
        if len(ordered) < 2 or beside.empty or used["value"].isna().any():
            continue
        signs = [1, *[-1] * (len(used) - 1)]
        left = exact_sum(used["value"].tolist(), signs)
        if left > 0:
            row = records(ordered)[0]
            rows.append(row | {
                "stage": IN_NEITHER,
                "stage_kind": OUTCOME,
                "value": left,
                "as_published": "",
                "status": " ".join(dict.fromkeys(" ".join(used["status"]).split())),
                "paragraph": joined(used["paragraph"]),
                "note": "",
            })  # fmt: skip
    return pd.DataFrame(rows, columns=stages.columns)


def _tidy(made: pd.DataFrame) -> pd.DataFrame:
    made = made.drop(columns=["stage_kind", "step", "span_from"])
    first = ["stage", "stretch"]
    return long_form(made[[*first, *made.columns.drop(first)]])
