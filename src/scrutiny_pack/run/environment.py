"""What a notebook's kernel finds around it: the same on every machine.

Nothing that a user has set up for other work reaches a notebook: no start-up file, no
matplotlib style, no time zone, no other package path.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path

from scrutiny_pack.periods import Period

RUN_FOLDER = "SCRUTINY_PACK_RUN"
"""The variable in which a run tells its notebooks where to record."""

_FIXED = {
    "MPLBACKEND": "agg",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "IPYKERNEL_CELL_NAME": "<cell>",  # else a warning shows a path and a process number
    "OPENBLAS_NUM_THREADS": "1",  # sums are added up in one order
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "GX_ANALYTICS_ENABLED": "false",
}

_USERS_OWN = ("PYTHONSTARTUP", "PYTHONHOME", "PYTHONWARNINGS")


def kernel_environment(
    run: Path, settings: Path, period: Period, surrounding: Mapping[str, str]
) -> dict[str, str]:
    """The environment variables of a run's kernels.

    Args:
        run: the run folder, which holds run.json and takes the records.
        settings: a folder in which the kernels find no user's settings.
        period: the period of the pack; its last day stands for the date of
            everything that is made, as SOURCE_DATE_EPOCH.
        surrounding: the variables of this process, from which the rest comes.
    """
    kept = {
        name: value for name, value in surrounding.items() if name not in _USERS_OWN
    }
    last_day = datetime.combine(period.end, time(), tzinfo=UTC)
    package = Path(__file__).resolve().parents[2]
    return (
        kept
        | _FIXED
        | {
            RUN_FOLDER: str(run),
            "SOURCE_DATE_EPOCH": str(max(0, int(last_day.timestamp()))),
            "PYTHONPATH": str(package),  # the package that runs the notebook, no other
            "IPYTHONDIR": str(settings),
            "MATPLOTLIBRC": str(settings),
        }
    )


def write_settings(settings: Path) -> None:
    """Make the folder of settings: matplotlib finds a file there that sets nothing."""
    settings.mkdir()
    (settings / "matplotlibrc").touch()
