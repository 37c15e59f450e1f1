"""What stands under an item in every format: its notes, symbols and base, in words."""

import re

from scrutiny_pack.evidence.items import Item

_SYMBOL = re.compile(r"\[[a-z]\] ")


def notes_of(item: Item) -> list[str]:
    """What a reader must know to use an item, without its symbols."""
    return [note for note in item.notes if not _SYMBOL.match(note)]


def symbols_of(item: Item) -> list[str]:
    """The status symbols that an item uses, each with what it says."""
    return [note for note in item.notes if _SYMBOL.match(note)]


def base_of(item: Item) -> str:
    """What an item's rates are counted against, as a sentence; "" if it has none."""
    bases = [base for base in item.denominator.split("; ") if base]
    known = [base for base in bases if base != "not stated"]
    if not bases:
        return ""
    if not known:
        return "The source does not state what its rates are counted against."
    rest = "; for the others, the source does not say" if known != bases else ""
    return f"Rates are counted against: {'; '.join(known)}{rest}."


def unit_and_basis(item: Item) -> str:
    """What each figure is one of, and its basis, such as ``Unit: posts. Basis: FTE.``."""
    basis = item.basis.replace("basis not stated", "not stated")
    parts = (
        f"Unit: {item.unit}." if item.unit else "",
        f"Basis: {basis}." if basis else "",
    )
    return " ".join(part for part in parts if part)
