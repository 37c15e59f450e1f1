"""Which formats a command was told to make a pack as."""

import re

from scrutiny_pack.errors import ParameterError
from scrutiny_pack.formats.registry import (
    ALWAYS_MADE,
    WRITERS,
    in_order,
    usual_formats,
)
from scrutiny_pack.inputs.wording import did_you_mean, joined

_ALONE = ("all", "none")


def choose_formats(given: str | None, *, in_a_set: bool = False) -> tuple[str, ...]:
    """The formats that were asked for, in the order in which they are written.

    Args:
        given: what ``FORMATS=`` says, such as ``pdf,docx``, ``all`` or ``none``; None
            for what a pack is usually made as.
        in_a_set: whether the packs are those of a set.

    Raises:
        ParameterError: if there is no such format.
    """
    names = [name for name in re.split(r"[,\s]+", (given or "").lower()) if name]
    if not names:
        return usual_formats(in_a_set=in_a_set)
    if len(names) > 1 and (alone := [name for name in _ALONE if name in names]):
        msg = (
            f"FORMATS={given}: '{alone[0]}' says it all; write it alone, or without it"
        )
        raise ParameterError(msg)
    if names == ["all"]:
        return in_order(WRITERS)
    known = [*WRITERS, *ALWAYS_MADE, *_ALONE]
    for name in names:
        if name not in known:
            there_are = joined([*WRITERS, *_ALONE])
            msg = (
                f"FORMATS={given}: there is no format '{name}'."
                f"{did_you_mean(name, known)} There are {there_are}"
            )
            raise ParameterError(msg)
    return in_order(names)
