"""Numerals: every number that a text writes, in digits or in words, in order."""

import re
from dataclasses import dataclass

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen",
)  # fmt: skip
"""The words for 0 to 19, each at its own number."""

TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
"""The words for 20, 30 and so on, each at its number of tens."""

SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
"""The words that multiply what stands before them."""

ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip
"""The words for a place in an order, each at its own number."""

OTHERS = (
    "dozen", "couple", "half", "halves", "thirds", "quarter", "quarters", "once",
    "twice", "double", "doubled", "treble", "trebled", "triple", "tripled", "halved",
    "firstly", "secondly", "thirdly",
)  # fmt: skip
"""Other words that write a number. "Both", "several" and "single" are not among them."""

_SMALL = "|".join(UNITS[1:10])
_TENS = "|".join(word for word in TENS if word)
_ALL = sorted(
    [*UNITS, *(t for t in TENS if t), *SCALES, *(o for o in ORDINALS if o), *OTHERS],
    key=len,
    reverse=True,
)
_NUMERAL = re.compile(
    rf"\d+(?:[.,/]\d+)*|\b(?:(?:{_TENS})-(?:{_SMALL})|{'|'.join(_ALL)})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Numeral:
    """One number as it is written.

    Attributes:
        text: the digits or the word, without sign, currency or per cent sign.
        start: where it begins in the text.
        end: where it ends.
    """

    text: str
    start: int
    end: int


def numerals(text: str) -> tuple[Numeral, ...]:
    """Every numeral of a text, in order.

    A run of digits is one numeral with the points, commas and strokes inside it:
    ``11,223``, ``26.73``, ``2016/17`` and ``1/3`` are one each, ``14-16`` is two.
    Words are those of [`UNITS`][], [`TENS`][] (``twenty-six`` is one), [`SCALES`][],
    [`ORDINALS`][] and [`OTHERS`][]. Roman numerals are not found.
    """
    return tuple(
        Numeral(match[0], match.start(), match.end())
        for match in _NUMERAL.finditer(text)
    )
