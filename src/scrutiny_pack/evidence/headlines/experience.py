"""What is said of experience, qualifications and training: titles and questions."""

from typing import Any

import pandas as pd

from scrutiny_pack.evidence.formatting import listed, number, plural
from scrutiny_pack.evidence.headlines.titles import first_that_fits
from scrutiny_pack.measures.bases import PrintedShare, bases_of_count
from scrutiny_pack.measures.experience import PUBLISHED, RECOMPUTED
from scrutiny_pack.measures.rates import percentage
from scrutiny_pack.observations import records

_MOST_BASES = 3


def fewest_years(shares: pd.DataFrame) -> pd.DataFrame:
    """The share of the whole workforce in the band of fewest years: one row, or none.

    Args:
        shares: what `scrutiny_pack.measures.experience.shares_by_band` returned.
    """
    made = shares[(shares["figures"] == RECOMPUTED) & (shares["level"] == "total")]
    return (
        made[made["value"].notna()]
        .head(1)
        .drop(columns=["level", "figures", "breakdown"])
    )


def fewest_years_title(row: pd.DataFrame) -> str:
    """What the key figure of the least experienced is."""
    band = row["column"].iloc[0] if len(row) else ""
    return first_that_fits(
        f"Workers with {band[:1].lower()}{band[1:]} since qualifying" if band else "",
        "Workers with the fewest years since qualifying",
    )


def by_service_title(workers: pd.DataFrame) -> str:
    """From what to what the average years go, and in which services."""
    plain = "Years since qualifying, by service"
    averages = workers[
        (workers["measure"] == "average_years") & workers["value"].notna()
    ]
    averages = averages[averages["level"] == "part"]
    if len(averages) < 2:
        return plain
    ordered = sorted(records(averages), key=lambda row: float(row["value"]))
    low, high = ordered[0], ordered[-1]
    return first_that_fits(
        f"Average from {number(low['value'])} years ({low['unit']}) to "
        f"{number(high['value'])} ({high['unit']})",
        f"Average years since qualifying from {number(low['value'])} to {number(high['value'])}",
    )


def shares_title(shares: pd.DataFrame) -> str:
    """The share in the band of fewest years, of the whole and as published."""
    row = fewest_years(shares)
    if row.empty:
        return "Shares by years since qualifying"
    first = row.iloc[0]
    band = f"{first['column'][:1].lower()}{first['column'][1:]}"
    return first_that_fits(
        f"{number(first['value'], 1)}% of workers have {band} since qualifying: "
        f"{number(first['numerator'])} of {number(first['denominator'])}",
        "Shares by years since qualifying",
    )


def decimals_beside(shares: pd.DataFrame) -> dict[str, int]:
    """As many decimals for the shares worked out as the published ones are printed with.

    Args:
        shares: what `scrutiny_pack.measures.experience.shares_by_band` returned.
    """
    published = shares[(shares["figures"] == PUBLISHED) & shares["value"].notna()]
    printed = [
        PrintedShare.read(row["value"], row["as_published"]).decimals
        for row in records(published)
    ]
    return dict.fromkeys(["share_of_workers", "share_published"], max([1, *printed]))


def bands_to_draw(workers: pd.DataFrame) -> pd.DataFrame:
    """The bands of each service, without totals, for a chart side by side.

    Args:
        workers: what `scrutiny_pack.measures.experience.workers_by_band` returned.
    """
    bands = workers[(workers["measure"] == "workers") & (workers["column"] != "All")]
    parts = bands[bands["level"] == "part"]
    return parts if len(parts) else bands


def bands_title(bands: pd.DataFrame) -> str:
    """What the chart of bands by service shows."""
    units = list(dict.fromkeys(bands["unit"]))
    return first_that_fits(
        f"Workers by years since qualifying: {listed(units)}",
        "Workers by years since qualifying, by service",
    )


def qualifications_title(held: pd.DataFrame) -> str:
    """The qualification that is held most often."""
    plain = "Qualifications held"
    counts = held[(held["measure"] == "qualifications") & held["value"].notna()]
    if counts.empty:
        return plain
    most = max(records(counts), key=lambda row: float(row["value"]))
    name = f"{most['unit'][:1].lower()}{most['unit'][1:]}"
    return first_that_fits(f"{plain}: {number(most['value'])} {name}", plain)


def classes_notes(short: list[tuple[str, float, float]]) -> tuple[str, ...]:
    """Which classes do not make up all of the qualifications that they are of.

    Args:
        short: what `scrutiny_pack.measures.qualifications.without_class` returned.
    """
    return tuple(
        f"{name}: the classes given add up to {number(added)} of {number(whole)}; the class of "
        f"the other {number(whole - added)} is not given."
        for name, added, whole in short
    )


def study_title(study: pd.DataFrame) -> str:
    """How many figures there are on study and training."""
    counted = plural(len(study), "figure", "figures")
    return f"Study, training and satisfaction: {counted}, as published"


def base_notes(study: pd.DataFrame) -> tuple[str, ...]:
    """Of how many a published share can be, where its number is given and its base is not.

    Args:
        study: what `scrutiny_pack.measures.qualifications.study_and_training` returned.
    """
    notes = []
    for unit, count, share in _counts_with_shares(study):
        printed = PrintedShare.read(share["value"], share["as_published"])
        fit = bases_of_count(int(count), printed)
        if not 0 < len(fit.bases) <= _MOST_BASES:
            continue
        bases = [
            f"{number(count)} of {base} is {number(percentage(count, base), 2)}%"
            for base in fit.bases
        ]
        how = (
            ", which gives the printed share if it is cut off, not rounded"
            if fit.cut_off
            else ""
        )
        notes.append(
            f"{unit}: {share['as_published']} of what is not stated. {' or '.join(bases)}{how}."
        )
    return tuple(notes)


def questions(study: pd.DataFrame) -> list[str]:
    """What to ask the witnesses about the shares whose base is not stated."""
    with_count = {unit for unit, _, _ in _counts_with_shares(study)}
    asked = []
    for unit, count, share in _counts_with_shares(study):
        asked.append(
            f"{unit}: {number(count)} are {share['as_published']} of how many, and of whom?"
        )
    shares = study[(study["measure"] == "share_published") & study["value"].notna()]
    alone = records(shares[~shares["unit"].isin(with_count)])
    asked += [f"{row['unit']}: {row['as_published']} of how many?" for row in alone]
    return asked


def _counts_with_shares(
    study: pd.DataFrame,
) -> list[tuple[str, float, dict[str, Any]]]:
    """Units that have both a number of workers and a published share."""
    known = study[study["value"].notna()]
    pairs = []
    for (_, unit, _), rows in known.groupby(["breakdown", "unit", "as_at"], sort=False):
        counts = rows[rows["measure"] == "workers"]
        shares = rows[rows["measure"] == "share_published"]
        if len(counts) == 1 and len(shares) == 1:
            count = float(counts["value"].iloc[0])
            pairs.append((str(unit), count, records(shares)[0]))
    return pairs
