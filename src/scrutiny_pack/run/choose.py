"""Which council and period a command is about."""

from scrutiny_pack.errors import CouncilError, PeriodError
from scrutiny_pack.inputs.wording import did_you_mean, joined
from scrutiny_pack.periods import Period
from scrutiny_pack.workspace import Workspace


def choose_council(workspace: Workspace, given: str | None) -> str:
    """The council that was given, if there are data for it.

    Raises:
        CouncilError: if none was given, or there are no data for it.
    """
    known = workspace.councils_with_data()
    there_are = f"There are data for {joined(known)}" if known else "There are no data"
    if not given:
        example = known[0] if known else "leeds"
        msg = f"no council was given: say which, such as COUNCIL={example}. {there_are}"
        raise CouncilError(msg)
    if given not in known:
        question = did_you_mean(given, known)
        msg = f"there are no data for a council '{given}'.{question} {there_are}"
        raise CouncilError(msg)
    return given


def choose_period(workspace: Workspace, council: str, given: str | None) -> Period:
    """The period that was given, or the council's latest.

    Raises:
        PeriodError: if what was given is not a period, or the council has no data
            for it, or none at all.
    """
    known = workspace.periods_of(council)
    if not known:
        msg = f"data/{council} holds no period: put the datasets in data/{council}/<period>/"
        raise PeriodError(msg)
    if not given:
        return known[-1]
    period = Period.parse(given)
    if period not in known:
        there_are = joined([str(other) for other in known])
        msg = f"there are no data for {council} in {given}; there are data for {there_are}"
        raise PeriodError(msg)
    return period
