"""Numbers and dates in the sentences of findings."""

from fractions import Fraction

from scrutiny_pack.claims.intervals import Interval
from scrutiny_pack.errors import PeriodError
from scrutiny_pack.periods import Period


def amount(value: Fraction, decimals: int) -> str:
    """A number rounded half away from nought, with thousands commas: ``-1,234.50``."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(decimals + 1, "0")
    text = f"{int(digits[: len(digits) - decimals] or 0):,}"
    if decimals:
        text += "." + digits[-decimals:]
    return f"-{text}" if value < 0 and whole else text


def places(step: Fraction) -> int:
    """How many decimals a step has: 1/100 has 2, 1 and 1,000 have none."""
    count = 0
    while step.denominator > 1 and count < 6:
        step, count = step * 10, count + 1
    return count


def exact(value: Fraction, most: int = 4) -> str:
    """A number with as many decimals as it has, but no more than ``most``."""
    count = places(value)
    return amount(value, min(count, most))


def rounded_chance(expected: Fraction) -> str:
    """How many are expected by chance: ``0.03``, ``5``, ``fewer than 0.01``."""
    if expected < Fraction(1, 100):
        return "fewer than 0.01"
    return amount(expected, 2 if expected < 1 else 0)


def when(as_at: str) -> str:
    """A date in words: ``31 July 2016``; a text that is no date as it is."""
    try:
        return Period.parse(as_at).in_words
    except PeriodError:
        return as_at


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


UNIT_MARKS = {
    "per cent": ("", "%"),
    "points": ("", " percentage points"),
    "pounds": ("£", ""),
}
"""What stands before and after a number, by unit."""


def marked(text: str, unit: str) -> str:
    """A number with its unit: ``18.4%``, ``£24,000``."""
    before, after = UNIT_MARKS.get(unit, ("", ""))
    sign = "-" if text.startswith("-") and before else ""
    return f"{sign}{before}{text.removeprefix('-') if sign else text}{after}"


def figure(interval: Interval, decimals: int, unit: str = "") -> str:
    """What an interval comes to: one figure, or two where its ends round differently."""
    low, high = amount(interval.low, decimals), amount(interval.high, decimals)
    if low == high:
        return marked(low, unit)
    unit_wide = Fraction(1) if decimals == 0 else Fraction(1, 10 ** (decimals - 1))
    if interval.high - interval.low <= unit_wide:
        return marked(amount(interval.middle, decimals), unit)
    return f"{marked(low, unit)} to {marked(high, unit)}"
