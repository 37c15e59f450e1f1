"""The five councils' own figures, as the notebooks read them."""

from functools import cache
from pathlib import Path

import pandas as pd

from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.schemas import dataset_schema
from scrutiny_pack.observations import NUMBER_COLUMNS

DATA = Path(__file__).parent.parent / "data"

PERIODS = {
    "buckinghamshire": "2021-10",
    "darlington": "2016-07-31",
    "dorset": "2019-01",
    "herefordshire": "2013-03",
    "leeds": "2005",
}


@cache
def published(council: str, dataset: str) -> pd.DataFrame:
    """A council's dataset; without rows where it has none. Not to be changed."""
    folder = DATA / council / PERIODS[council]
    if (folder / f"{dataset}.csv").is_file():
        return load_dataset(folder, dataset, DATA.parent).frame
    schema = dataset_schema(dataset)
    empty = pd.DataFrame(columns=[*schema.column_names, "dataset"], dtype=str)
    numbers = {c.name for c in schema.columns if c.type in {"number", "whole"}}
    kept = {c: "float64" for c in empty if c in {*NUMBER_COLUMNS, *numbers}}
    return empty.astype(kept)
