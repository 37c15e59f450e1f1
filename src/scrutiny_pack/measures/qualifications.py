"""Qualifications held, and the study, training and satisfaction that the source counts."""

import pandas as pd

from scrutiny_pack.measures.definitions import measures
from scrutiny_pack.measures.rates import exact_sum, share
from scrutiny_pack.observations import long_form


def qualifications_held(qualifications: pd.DataFrame) -> pd.DataFrame:
    """The qualifications, and each class as a share of the qualifications it is of.

    Args:
        qualifications: the rows of the dataset ``qualifications``.

    Returns:
        The long form with ``breakdown``, ``unit`` and ``level``; measures
        ``qualifications`` and, for a row that lies within another,
        ``share_of_qualifications``. No share is made on a base under 10.
    """
    frame = long_form(qualifications)
    held = frame[frame["measure"] == "qualifications"].drop(columns="span_from")
    inner = held[held["within"] != ""]
    wholes = held[held["unit"].isin(inner["within"])].assign(
        within=lambda rows: rows["unit"]
    )
    shares = share(inner, wholes, "share_of_qualifications", by=["breakdown", "within"])
    made = pd.concat([held, shares], ignore_index=True)
    return long_form(made.drop(columns=["part_of", "within"]))


def without_class(qualifications: pd.DataFrame) -> list[tuple[str, float, float]]:
    """Where classes of a qualification do not make up all of it.

    Args:
        qualifications: the rows of the dataset ``qualifications``.

    Returns:
        For each such qualification its name, how many the classes add up to, and how
        many there are.
    """
    frame = long_form(qualifications)
    held = frame[(frame["measure"] == "qualifications") & frame["value"].notna()]
    short = []
    for (breakdown, whole), group in held.groupby(["breakdown", "within"], sort=False):
        of = held[(held["breakdown"] == breakdown) & (held["unit"] == whole)]
        added = exact_sum(group["value"].tolist())
        if len(of) == 1 and added < of["value"].iloc[0]:
            short.append((str(whole), added, float(of["value"].iloc[0])))
    return short


def study_and_training(qualifications: pd.DataFrame) -> pd.DataFrame:
    """All that the dataset counts besides qualifications: one row for each figure.

    Args:
        qualifications: the rows of the dataset ``qualifications``.

    Returns:
        The long form with ``breakdown``, ``unit``, ``counted_in`` (workers, per cent,
        placements) and ``when``.
    """
    frame = long_form(qualifications)
    other = frame[frame["measure"] != "qualifications"]
    units = [measures()[name].unit for name in other["measure"]]
    made = other.assign(counted_in=units)
    return long_form(made.drop(columns=["part_of", "within"]))
