"""Length of service: which shares the source states, and of how many they can be."""

import pandas as pd

from scrutiny_pack.observations import long_form


def shares_with_service(length_of_service: pd.DataFrame) -> pd.DataFrame:
    """The shares of staff with at least so many years of service, as published.

    Args:
        length_of_service: the rows of the dataset ``length-of-service``.

    Returns:
        The long form with ``scope``, ``service`` ("1 year or more") and ``called``
        (what the source calls the figure), from the fewest years for each scope.
    """
    frame = long_form(length_of_service)
    order = frame.groupby(["scope", "as_at"], sort=False).ngroup()
    frame = frame.assign(order=order).sort_values(
        ["order", "at_least_years"], kind="stable"
    )
    service = [_years(years) for years in frame["at_least_years"]]
    made = frame.assign(service=service).drop(columns=["order", "at_least_years"])
    first = ["scope", "service", "called"]
    return long_form(made[[*first, *made.columns.drop(first)]])


def _years(years: float) -> str:
    return f"{years:g} {'year' if years == 1 else 'years'} or more"
