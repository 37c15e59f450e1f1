"""Commands about packs that are made: compare two, begin a correction, list them all."""

from collections.abc import Sequence
from pathlib import Path

from scrutiny_pack.errors import DifferentError, InputFileError
from scrutiny_pack.options import Options
from scrutiny_pack.workspace import Workspace, with_workspace


def diff(options: Options) -> int:
    """Say, value by value, what differs between two packs."""
    from scrutiny_pack.inputs.wording import counted
    from scrutiny_pack.shelf.difference_words import in_lines
    from scrutiny_pack.shelf.differences import differences

    workspace = Workspace.find(options.text("workspace"))
    a, b = (_given(workspace, options, name) for name in ("a", "b"))
    made = differences(_files(a), _files(b), (a.name, b.name))
    print("\n".join(in_lines(made)), flush=True)
    values = sum(difference.of_value for difference in made)
    if values:
        msg = f"{counted(values, 'value')} of the two packs differ: they are above"
        if values == 1:
            msg = "1 value of the two packs differs: it is above"
        raise DifferentError(msg)
    return 0


def correct(options: Options) -> int:
    """Begin the correction of a final pack: keep its evidence, and ask for the reason."""
    from scrutiny_pack.run.choose import choose_council, choose_period
    from scrutiny_pack.shelf.correcting import begin_correction

    workspace = Workspace.find(options.text("workspace"))
    council = choose_council(workspace, options.text("council"))
    period = choose_period(workspace, council, options.text("period"))
    file = begin_correction(workspace, council, period)
    place = with_workspace(options.text("workspace"))
    print(workspace.to_open(file))
    print(
        "Say there when the pack is corrected, by whom (a role) and why; then correct the "
        f"data, and 'make pack COUNCIL={council} PERIOD={period}{place}' replaces the "
        "pack."
    )
    return 0


def shelf(options: Options) -> int:
    """Write the page that lists all packs and archives, and the status of each pack."""
    from scrutiny_pack.run.upkeep import keep_shelf

    workspace = Workspace.find(options.text("workspace"))
    index = keep_shelf(workspace, force=True)
    print(workspace.to_open(index) if index else "There are no packs yet: 'make pack'")
    return 0


def _given(workspace: Workspace, options: Options, name: str) -> Path:
    """The pack or archive that was given: a path, or a pack's place in ``output/``.

    The workspace comes before the folder that the command runs in, for the commands
    show places as they are in the workspace.
    """
    given = options.text(name)
    if not given:
        msg = (
            "two packs are compared: write A= and B=, each the folder of a pack or an "
            "archive, such as A=output/darlington/2016-07-31"
        )
        raise InputFileError(msg)
    places: Sequence[Path] = (
        workspace.home / Path(given).expanduser(),
        workspace.output / given,
        Path(given),
    )
    found = next((place for place in places if place.exists()), None)
    if found is None:
        msg = f"{name.upper()}={given} is neither a folder nor a file: correct the path"
        raise InputFileError(msg)
    return found.resolve()


def _files(place: Path) -> dict[str, bytes]:
    from scrutiny_pack.shelf.pack_reading import read_folder
    from scrutiny_pack.shelf.zipped_packs import read_archive

    return read_folder(place) if place.is_dir() else read_archive(place)
