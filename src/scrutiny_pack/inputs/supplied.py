"""Which datasets a council supplied for a period."""

from pathlib import Path

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.inputs.schemas import dataset_names
from scrutiny_pack.inputs.wording import did_you_mean


def supplied_datasets(folder: Path) -> list[str]:
    """The names of the datasets for which a folder has a CSV file, sorted.

    Raises:
        InputFileError: if a CSV file is named after no dataset, or there is no such
            folder.
    """
    if not folder.is_dir():
        msg = f"there is no folder {folder.as_posix()}: make it, or check its name"
        raise InputFileError(msg)
    names = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() != ".csv" or path.name.startswith("."):
            continue
        if path.suffix != ".csv" or path.stem not in dataset_names():
            msg = (
                f"{path.name} in {folder.name} is no dataset that this project knows."
                f"{did_you_mean(path.stem, dataset_names())} "
                f"The datasets are: {', '.join(dataset_names())}"
            )
            raise InputFileError(msg)
        names.append(path.stem)
    return names
