"""Whether a new pack may take the place of the one that is there."""

from pathlib import Path

from scrutiny_pack.errors import CorrectionError
from scrutiny_pack.shelf.changes import changed_values
from scrutiny_pack.shelf.corrections import Correction
from scrutiny_pack.shelf.identity import identity
from scrutiny_pack.shelf.pack_reading import read_folder


def allow_replacing(
    old: Path, new: Path, correction: Correction | None, shown: str, command: str
) -> str:
    """See that a final pack is not replaced by other values without a reason.

    A draft is simply replaced. A final pack is replaced by the same values, or where a
    correction names it; else nothing is changed, because somebody may have cited it.

    Args:
        old: the folder of the pack that is there; there need be none.
        new: the folder of the one that would take its place.
        correction: the last correction of this council and period, if there is one.
        shown: the pack's path, as messages show it.
        command: the command that begins a correction.

    Returns:
        What becomes of the old pack, as a sentence for the analyst; "" where nothing
        need be said.

    Raises:
        CorrectionError: if values of a final pack would change undeclared.
    """
    was, now = identity(old), identity(new)
    if was is None or now is None or not was.is_final or was.evidence == now.evidence:
        return ""
    kept = f"The final pack {was.short} that was there is kept on the shelf."
    if correction and correction.replaces == was.evidence:
        return kept
    values = changed_values(read_folder(old), read_folder(new))
    if not values:
        return f"No value has changed, though the inputs have. {kept}"
    first = next((v for v in values if v.file.endswith(".csv")), values[0])
    number = "a value" if len(values) == 1 else f"{len(values):,} values"
    msg = (
        f"{shown} is final, and {number} of it would change without a stated reason, "
        f"such as {first.what}: '{first.old}' to '{first.new}'. It is as it was. To "
        f"correct it, run '{command}' and say why"
    )
    raise CorrectionError(msg)
