"""Pay beside other authorities, as the source compares it."""

import pandas as pd

from scrutiny_pack.observations import records


def beside_others(pay: pd.DataFrame) -> pd.DataFrame:
    """Each comparison of pay that the source states, in the order of the source.

    Args:
        pay: the rows of the dataset ``pay``.

    Returns:
        A list: ``authority``, ``group``, ``aspect`` (what is compared), ``council_is``
        (higher, the same or lower), ``by`` (how much, as printed, or "not stated"; "" for
        the same) and ``note``.
    """
    columns = ["authority", "group", "aspect", "council_is", "by", "note"]
    made = pay.assign(
        by=pd.Series([_by(row) for row in records(pay)], pay.index, dtype="str")
    )
    return made[[*columns, "as_at", "dataset", "paragraph"]].reset_index(drop=True)


def _by(row: dict[str, object]) -> str:
    if row["council_is"] == "the same":
        return ""
    return str(row["as_published"]) or "not stated"
