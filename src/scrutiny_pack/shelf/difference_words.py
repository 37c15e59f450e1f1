"""What differs between two packs, as lines for whoever compares them."""

from collections.abc import Iterator, Sequence

from scrutiny_pack.inputs.wording import counted, listed
from scrutiny_pack.shelf.difference import Difference

_NOTHING = "(nothing)"


def in_lines(differences: Sequence[Difference]) -> Iterator[str]:
    """The differences, line by line: values first, then files that say the same.

    Args:
        differences: in reading order.
    """
    values = [d for d in differences if d.of_value]
    others = [d for d in differences if not d.of_value]
    if not differences:
        yield "The two packs are the same, byte for byte."
        return
    if not values:
        yield "Every value is equal."
    for difference in values:
        yield f"{difference.file}: {difference.what}"
        yield f"  A: {difference.old or _NOTHING}"
        yield f"  B: {difference.new or _NOTHING}"
    for difference in others:
        if difference.what.startswith("the pack: "):
            about = difference.what.removeprefix("the pack: ")
            yield f"Not a value: {about}: {difference.old or _NOTHING}, {difference.new or _NOTHING}"
    files = list(dict.fromkeys(d.file for d in others))
    said = {d.file for d in values}
    alone = [file for file in files if file not in said]
    if alone:
        yield (
            f"{counted(len(alone), 'file')} {'differs' if len(alone) == 1 else 'differ'} in "
            f"bytes and in no value: {listed(alone)}"
        )
