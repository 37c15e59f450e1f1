"""What differs between two packs, as one line each."""

import re
from dataclasses import dataclass

_CHECKSUM = re.compile(r"\b[0-9a-f]{64}\b|(?<=sha256 )[0-9a-f]{12}\b")


@dataclass(frozen=True)
class Difference:
    """One thing that differs between two packs.

    Attributes:
        file: the file in which it stands, as a path in the pack.
        what: what it is, such as ``Table 1 (posts): Team A, vacancies; value``.
        old: what the old pack has there; "" if it has nothing.
        new: what the new pack has there; "" if it has nothing.
        of_value: whether the packs say something different. It is False where only
            bytes, checksums or the software's version differ.
        item: the slug of the item that it is about; "" for what is of no item.
        field: for what evidence.json says of an item, which field of it differs.
    """

    file: str
    what: str
    old: str
    new: str
    of_value: bool = True
    item: str = ""
    field: str = ""


def apart_from_checksums(text: str) -> str:
    """A text without the checksums in it, which say nothing of their own."""
    return _CHECKSUM.sub("", text)
