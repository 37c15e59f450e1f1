"""A printed figure, and the interval of true values that it may stand for."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.claims.numerals import ORDINALS, SCALES, TENS, UNITS

Unit = Literal["", "per cent", "points", "pounds"]
Reading = Literal["figure", "about", "at least", "at most", "range"]

ROUND_FROM = 1000
"""A whole number this large that ends in two noughts or more may be a round figure."""

FRACTION_SLACK = Fraction(1, 40)
"""How far from a fraction in words the true share may lie: 2.5 percentage points."""


@dataclass(frozen=True)
class Printed:
    """A figure as it was printed, and what it may stand for.

    Attributes:
        text: the figure exactly as printed.
        value: the number printed; None for a range.
        low: the least true value that prints so; None where there is no lower end.
        high: the greatest; None where there is no upper end.
        step: one unit of the last place printed.
        unit: per cent, points (percentage points), pounds or "".
        reading: a plain figure, or how its words qualify it.
    """

    text: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    step: Fraction
    unit: Unit = ""
    reading: Reading = "figure"

    @property
    def interval(self) -> Interval | None:
        """The true values that print so; None where an end is open."""
        if self.low is None or self.high is None:
            return None
        return Interval(self.low, self.high)

    @property
    def truncated(self) -> Interval | None:
        """The true values that would print so if digits were cut off, not rounded."""
        if self.value is None or self.reading != "figure":
            return None
        low = self.value - self.step if self.value <= 0 else self.value
        high = self.value + self.step if self.value >= 0 else self.value
        return Interval(low, high)

    @property
    def as_round_figure(self) -> list[tuple[Fraction, Interval]]:
        """For 5,000: what it may stand for as hundreds or thousands, with the step.

        Empty for a figure with decimals, under 1,000, qualified, or not ending in
        two noughts.
        """
        if self.value is None or self.reading != "figure" or self.step != 1:
            return []
        if self.unit not in {"", "pounds"} or abs(self.value) < ROUND_FROM:
            return []
        found = []
        step = 100
        while self.value % step == 0:
            half = Fraction(step, 2)
            found.append(
                (Fraction(step), Interval(self.value - half, self.value + half))
            )
            step *= 10
        return found


_SCALE_LETTERS = {"k": 1000, "m": 10**6, "bn": 10**9, **SCALES}
_NUMBER = re.compile(
    r"(?P<sign>[-+])?(?P<pound>£)?(?P<minus>-)?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"\s?(?P<scale>k|m|bn|million|thousand|billion|hundred)?(?![\w.])"
    r"\s?(?P<per_cent>%|per cent\b|percent\b)?",
)
_TAIL = re.compile(
    r"[\s-]?(?P<points>(?:percentage )?points?|pp)$"
    r"|[\s-]?(?:a further )?(?:fte|wte|posts?|days?|weeks?|months?|years?|hours?|cases?|children|staff"
    r"|workers?|social workers?|agency workers?|vacancies|leavers|people|teams?|authorities"
    r"|scale points|times|each|a week|a year)(?:\s(?:fte|posts?|workers?|cases?|staff|teams?|a year))?$"
)
_BEFORE: tuple[tuple[str, str], ...] = (
    (r"about|around|approximately|approx\.?|roughly|circa|c\.|some", "about"),
    (r"at least|no fewer than|no less than|not less than|a minimum of", "at least"),
    (r"just over|a little over|slightly over|slightly more than", "just over"),
    (r"more than|over|above|in excess of", "at least"),
    (r"up to|at most|no more than|not more than|a maximum of|as many as", "at most"),
    (r"just under|nearly|almost|close to|a little under|slightly under", "just under"),
    (r"less than|fewer than|under|below", "at most"),
)
_AFTER: tuple[tuple[str, str], ...] = (
    (r"or more|and over|or over|or above", "at least"),
    (r"or less|or fewer|or below|or under", "at most"),
)
_NEUTRAL = re.compile(
    r"^(?:an? (?:further|additional|extra|total of)|an?other|a) (?=\S)"
)
_FRACTIONS = {
    "half": Fraction(1, 2), "a half": Fraction(1, 2), "one half": Fraction(1, 2),
    "a third": Fraction(1, 3), "one third": Fraction(1, 3), "one-third": Fraction(1, 3),
    "two thirds": Fraction(2, 3), "two-thirds": Fraction(2, 3),
    "a quarter": Fraction(1, 4), "one quarter": Fraction(1, 4),
    "three quarters": Fraction(3, 4), "three-quarters": Fraction(3, 4),
    "a fifth": Fraction(1, 5), "one fifth": Fraction(1, 5), "two fifths": Fraction(2, 5),
    "three fifths": Fraction(3, 5), "four fifths": Fraction(4, 5),
    "a tenth": Fraction(1, 10), "one tenth": Fraction(1, 10),
}  # fmt: skip
_WRITTEN_FRACTION = re.compile(r"(\d+)/(\d+)(?:st|nd|rd|th|rds|ths|ds)?")
_RATIO = re.compile(r"(?:a ratio of )?1\s?(?::|to|in)\s?(?P<rest>\S.*)")


def read_printed(text: str, *, ratio: bool = False) -> Printed:
    """Read a figure as it was printed.

    A plain figure stands for the values within half a unit of its last place, both
    ends included, so that half-up and half-even rounding are both right. ``about N``
    stands for the values within half a unit of its last place that is not nought.
    ``just under N`` and ``just over N`` stand for half such a unit below or above it.
    A fraction in words stands for the shares within 2.5 percentage points of it.

    Args:
        text: ``26.73%``, ``(13.20)``, ``£24k``, ``about 6,000``, ``10 - 15%``,
            ``between £24k and £30k``, ``twenty-six``, ``a third``, ``2 fte``.
        ratio: whether ``1 to 16.7``, like ``1:16.7``, is so many to one.

    Raises:
        ClaimError: if it cannot be read.
    """
    plain = _plain(text)
    if match := _RATIO.fullmatch(plain):
        is_ratio = ratio or ":" in plain or re.match(r"1 in ", plain) is not None
        if is_ratio:
            rest = re.sub(r"\b1\s?(?::|to)\s?", "", match["rest"])
            return replace(_read(rest, text), text=text)
    return replace(_read(plain, text), text=text)


def _plain(text: str) -> str:
    plain = re.sub(r"\s+", " ", text).strip().lower()
    return re.sub("[\u2010-\u2015\u2212]", "-", plain)


def _read(plain: str, text: str) -> Printed:
    if (whole := _one(plain)) is not None:
        return whole
    if found := _range(plain):
        return found
    for patterns, form in (
        (_BEFORE, "^(?:{}) (?P<rest>.+)$"),
        (_AFTER, "^(?P<rest>.+?) (?:{})$"),
    ):
        for words, reading in patterns:
            if match := re.match(form.format(words), plain):
                return _qualified(_read(match["rest"], text), reading)
    stripped = _NEUTRAL.sub("", plain)
    if stripped != plain:
        return _read(stripped, text)
    msg = (
        f"'{text}' cannot be read as a figure: write it as it is printed, such as 26.73%, "
        "(13.20), £24k, about 6,000, 10 - 15% or twenty-six"
    )
    raise ClaimError(msg)


def _qualified(inner: Printed, reading: str) -> Printed:
    if inner.value is None:
        return inner
    if reading == "at least":
        return replace(inner, low=inner.value, high=None, reading="at least")
    if reading == "at most":
        return replace(inner, low=None, high=inner.value, reading="at most")
    step = max(inner.step, _last_place(inner.value)) if inner.step else inner.step
    half = step / 2
    low = inner.value if reading == "just over" else inner.value - half
    high = inner.value if reading == "just under" else inner.value + half
    if not inner.step:  # a fraction in words is about already
        low, high = inner.low or low, inner.high or high
    return replace(inner, low=low, high=high, step=step, reading="about")


def _last_place(value: Fraction) -> Fraction:
    place = Fraction(1)
    while value and value % (place * 10) == 0:
        place *= 10
    return place


def _range(plain: str) -> Printed | None:
    body = re.sub(r"^(?:between|from) ", "", plain)
    for separator in (r" ?- ?", " to ", " and "):
        for match in re.finditer(separator, body):
            first, last = _one(body[: match.start()]), _one(body[match.end() :])
            if (
                first is None
                or last is None
                or first.value is None
                or last.value is None
            ):
                continue
            if first.unit and last.unit and first.unit != last.unit:
                continue
            scale = _shared_scale(
                body[: match.start()], body[match.end() :], first, last
            )
            if first.value * scale > last.value:
                continue
            return Printed(
                text=plain,
                value=None,
                low=(first.value - first.step / 2) * scale,
                high=last.high,
                step=max(first.step * scale, last.step),
                unit=last.unit or first.unit,
                reading="range",
            )
    return None


def _shared_scale(left: str, right: str, first: Printed, last: Printed) -> int:
    """The scale of ``£24-30k``, where only the last number carries the letter."""
    match = _NUMBER.match(right)
    if (
        match
        and match["scale"]
        and first.step <= 1 < last.step
        and not left.endswith(match["scale"])
    ):
        return _SCALE_LETTERS[match["scale"]]
    return 1


def _one(plain: str) -> Printed | None:
    if (share := _fraction(plain)) is not None:
        low, high = share - FRACTION_SLACK, share + FRACTION_SLACK
        return Printed(plain, share, low, high, Fraction(0), "", "about")
    if match := re.fullmatch(r"\((.+)\)", plain):
        inner = _one(match[1])
        if (
            inner is None
            or inner.value is None
            or inner.low is None
            or inner.high is None
        ):
            return None
        return replace(inner, value=-inner.value, low=-inner.high, high=-inner.low)
    if match := _NUMBER.match(plain):
        unit = _unit_of(match, plain[match.end() :])
        return None if unit is None else _digits(match, plain, unit)
    return _words(plain)


def _fraction(plain: str) -> Fraction | None:
    if plain in _FRACTIONS:
        return _FRACTIONS[plain]
    match = _WRITTEN_FRACTION.fullmatch(plain)
    if match and 0 < int(match[1]) < int(match[2]) <= 12:
        return Fraction(int(match[1]), int(match[2]))
    return None


def _unit_of(match: re.Match[str], tail: str) -> Unit | None:
    found = _TAIL.fullmatch(tail) if tail else None
    if tail and not found:
        return None
    if found and found["points"]:
        return "points"
    if match["per_cent"]:
        return "per cent"
    return "pounds" if match["pound"] else ""


def _digits(match: re.Match[str], plain: str, unit: Unit) -> Printed:
    digits = match["digits"].replace(",", "")
    scale = _SCALE_LETTERS[match["scale"]] if match["scale"] else 1
    decimals = len(digits.partition(".")[2])
    step = Fraction(scale, 10**decimals)
    value = Fraction(digits) * scale
    if match["sign"] == "-" or match["minus"]:
        value = -value
    return Printed(plain, value, value - step / 2, value + step / 2, step, unit)


def _words(plain: str) -> Printed | None:
    for length in range(len(plain), 0, -1):
        head, tail = plain[:length], plain[length:]
        value = word_number(head)
        if value is not None and (not tail or _TAIL.fullmatch(tail)):
            half = Fraction(1, 2)
            return Printed(
                plain, Fraction(value), value - half, value + half, Fraction(1)
            )
    return None


def word_number(words: str) -> int | None:
    """A whole number in words: ``twenty-six``, ``two hundred and five``, ``a dozen``.

    Returns:
        None if the words are no whole number.
    """
    plain = words.strip().lower()
    if plain in {
        "a",
        "an",
        "none",
        "no",
        "nil",
        "a couple",
        "couple",
        "a dozen",
        "both",
    }:
        named = {"a": 1, "an": 1, "none": 0, "no": 0, "nil": 0, "a dozen": 12}
        return named.get(plain, 2)
    total, current, seen = 0, 0, False
    for word in re.split(r"[\s-]+", plain):
        if word == "and" and seen:
            continue
        if word in UNITS:
            current += UNITS.index(word)
        elif word in TENS and word:
            current += 10 * TENS.index(word)
        elif word == "hundred" and seen:
            current *= 100
        elif word in SCALES and seen:
            total, current = total + current * SCALES[word], 0
        else:
            return None
        seen = True
    return total + current if seen else None


def ordinal_number(word: str) -> int | None:
    """A place in an order: ``fourth`` or ``4th`` is 4; None if it is no place."""
    plain = word.strip().lower()
    if match := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", plain):
        return int(match[1])
    return ORDINALS.index(plain) if plain and plain in ORDINALS else None
