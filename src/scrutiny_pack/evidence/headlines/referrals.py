"""What is said of referrals: titles and questions."""

import pandas as pd

from scrutiny_pack.evidence.formatting import figure_text, listed, number
from scrutiny_pack.evidence.headlines.titles import first_that_fits
from scrutiny_pack.measures.referrals import IN_NEITHER
from scrutiny_pack.measures.structure import latest
from scrutiny_pack.observations import records


def last_stage(funnel: pd.DataFrame) -> pd.DataFrame:
    """The last stage as a share of all referrals: one row, or none.

    Args:
        funnel: what `scrutiny_pack.measures.referrals.funnel` returned.
    """
    shares = latest(funnel[funnel["measure"] == "share_of_referrals"])
    return shares[shares["value"].notna()].tail(1)


def last_stage_title(row: pd.DataFrame) -> str:
    """What the key figure of the last stage is."""
    stage = row["stage"].iloc[0] if len(row) else ""
    return first_that_fits(
        f"Referrals that reached the stage '{stage}'" if stage else "",
        "Referrals that reached the last stage",
    )


def funnel_title(funnel: pd.DataFrame) -> str:
    """How many of all referrals got to the second stage, and to the last."""
    plain = "Referrals, by how far they went"
    shares = latest(funnel[funnel["measure"] == "share_of_referrals"])
    shares = shares[shares["value"].notna()]
    if shares.empty:
        return plain
    first, last = shares.iloc[0], shares.iloc[-1]
    of = f"Of {number(first['denominator'])} referrals, "
    one = f"{number(first['value'], 1)}% reached {_inside(first['stage'])}"
    if len(shares) == 1:
        return first_that_fits(of + one, plain)
    return first_that_fits(
        f"{of}{one}, {number(last['value'], 1)}% {_inside(last['stage'])}",
        of + one,
        plain,
    )


def stages_to_draw(funnel: pd.DataFrame) -> pd.DataFrame:
    """The latest numbers of referrals at each stage, for a chart."""
    return latest(funnel[funnel["measure"] == "referrals"])


def stages_title(funnel: pd.DataFrame) -> str:
    """From how many referrals to how many the stages go."""
    drawn = stages_to_draw(funnel)
    drawn = drawn[drawn["value"].notna()]
    if len(drawn) < 2:
        return "Referrals at each stage"
    first, last = drawn.iloc[0], drawn.iloc[-1]
    return first_that_fits(
        f"From {number(first['value'])} referrals to {number(last['value'])} at the last stage",
        "Referrals at each stage",
    )


def beside_title(beside: pd.DataFrame) -> str:
    """How many referrals appear neither at the second stage nor as an outcome."""
    rest = latest(
        beside[(beside["stage"] == IN_NEITHER) & (beside["measure"] == "referrals")]
    )
    if rest.empty:
        return "Outcomes beside the stages"
    shares = beside[(beside["stage"] == IN_NEITHER) & beside["denominator"].notna()]
    of = f" of {number(shares['denominator'].iloc[-1])}" if len(shares) else ""
    return f"{number(rest['value'].iloc[0])}{of} referrals are shown neither going on nor ending"


def beside_reading(funnel: pd.DataFrame, beside: pd.DataFrame) -> str:
    """How the referrals that appear nowhere are worked out, in prose.

    Args:
        funnel: what `scrutiny_pack.measures.referrals.funnel` returned.
        beside: what `scrutiny_pack.measures.referrals.beside_the_funnel` returned.
    """
    counted = latest(beside[beside["measure"] == "referrals"])
    rest = counted[counted["stage"] == IN_NEITHER]
    stages = stages_to_draw(funnel)
    if rest.empty or len(stages) < 2:
        return ""
    outcomes = counted[counted["stage"] != IN_NEITHER]
    taken = [number(value) for value in [stages["value"].iloc[1], *outcomes["value"]]]
    names = listed([_inside(stage) for stage in outcomes["stage"]])
    most = rest["value"].iloc[0] + outcomes["value"].sum()
    return (
        f"An outcome, such as {names}, is not a stage: it stands beside the stages, and the "
        f"source does not say after which stage it was decided. {number(stages['value'].iloc[0])} "
        f"less {' less '.join(taken)} leaves {number(rest['value'].iloc[0])} referrals that the "
        f"source shows neither at the second stage nor with an outcome; {number(most)} if the "
        "outcomes were decided later. Nothing here says that they were dropped: what became of "
        "them is not stated."
    )


def cases_title(cases: pd.DataFrame) -> str:
    """The first of the figures on children and cases."""
    plain = "Children and cases, as published"
    known = cases[cases["value"].notna()]
    if known.empty:
        return plain
    row = records(known)[0]
    about = "about " if "e" in row["status"].split() else ""
    amount = f"{about}{figure_text(row | {'status': ''})}"
    return first_that_fits(f"{row['unit']}: {amount}", plain)


def questions(beside: pd.DataFrame) -> list[str]:
    """What to ask the witnesses about referrals that appear nowhere."""
    counted = latest(beside[beside["measure"] == "referrals"])
    rest = counted[counted["stage"] == IN_NEITHER]
    asked = []
    if len(rest):
        asked.append(
            f"What became of the {number(rest['value'].iloc[0])} referrals that are shown neither "
            "at the second stage nor with an outcome?"
        )
    outcomes = counted[counted["stage"] != IN_NEITHER]
    asked += [
        f"After which stage was '{_inside(row['stage'])}' decided, for the "
        f"{number(row['value'])} referrals that ended so?"
        for row in records(outcomes[outcomes["value"].notna()])
    ]
    return asked


def _inside(name: str) -> str:
    return name[:1].lower() + name[1:]
