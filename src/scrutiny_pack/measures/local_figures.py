"""A council's own rates and averages, to be set beside those that others publish of it."""

import pandas as pd

from scrutiny_pack.measures import posts as of_posts
from scrutiny_pack.measures import turnover as of_turnover
from scrutiny_pack.measures.structure import latest
from scrutiny_pack.observations import long_form

_RATES_OF_POSTS = ("vacancy-rate-posts", "vacancy-rate-dfe")


def local_figures(
    turnover: pd.DataFrame,
    published_rates: pd.DataFrame,
    posts: pd.DataFrame,
    caseloads: pd.DataFrame,
) -> pd.DataFrame:
    """What a council's evidence says of its whole workforce: the latest of each kind.

    Args:
        turnover: the dataset of that name; the latest whole-year rate is taken.
        published_rates: the dataset of that name; the first scope's latest rate of
            each measure is taken.
        posts: the dataset of that name; the rates that are worked out of it for the
            whole workforce are taken.
        caseloads: the dataset of that name; the council's averages that are one number
            are taken.

    Returns:
        The long form with ``scope``: of whom the figure is.
    """
    year_ends = of_turnover.year_ends(turnover)
    year_ends = year_ends[year_ends["value"].notna()]
    first = year_ends[year_ends["scope"].isin(year_ends["scope"].iloc[:1])]
    rates = published_rates[published_rates["value"].notna()]
    latest_rates = [
        latest(of_one[of_one["scope"].isin(of_one["scope"].iloc[:1])])
        for _, of_one in rates.groupby("measure", sort=False)
    ]
    worked_out = of_posts.key_figures(posts, published_rates)
    own = caseloads[(caseloads["area"] == "the council") & caseloads["value"].notna()]
    averages = own[own["measure"] == "average_caseload"]
    parts = [
        first.iloc[-1:],
        *latest_rates,
        *(
            worked_out[slug].rename(columns={"unit": "scope"})
            for slug in _RATES_OF_POSTS
        ),
        averages.rename(columns={"unit": "scope"}),
    ]
    kept = [long_form(part) for part in parts if len(part)]
    if not kept:
        return long_form(pd.DataFrame(columns=["scope", "measure"], dtype=str))
    rows = pd.concat(kept, ignore_index=True)
    columns = ["scope", *(c for c in long_form(rows).columns if c in kept[0].columns)]
    rows = rows[list(dict.fromkeys(columns))]
    text = rows.select_dtypes(exclude="number").columns
    rows[text] = rows[text].fillna("")
    return long_form(rows)
