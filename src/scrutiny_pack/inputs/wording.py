"""How inputs are spoken of in messages: values, lines, lists, near names."""

import difflib
from collections.abc import Iterable, Sequence

LONGEST_SHOWN = 60
"""How many characters of a value a message shows."""

_MOST_LISTED = 10


def shown(value: str) -> str:
    """A value in quotation marks, shortened, with what cannot be seen spelt out.

    A character that is not printable, such as a zero-width space, stands as its
    code: two values that look alike must not look alike in a message.
    """
    visible = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in value)
    if len(visible) > LONGEST_SHOWN:
        visible = visible[: LONGEST_SHOWN - 1] + "…"
    return f"'{visible}'"


def joined(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in prose: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number and its noun: ``1 row``, ``1,250 rows``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Words as a list in prose, the first ten of them."""
    more = len(words) - _MOST_LISTED
    if more <= 0:
        return joined(words)
    return f"{', '.join(words[:_MOST_LISTED])} and {more:,} more"


def lines_in_words(lines: Sequence[int]) -> str:
    """Line numbers in prose: ``line 7``, ``lines 7, 9 and 12``."""
    noun = "line" if len(lines) == 1 else "lines"
    return f"{noun} {listed([str(line) for line in lines])}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question that names the words nearest to a misspelt one, or nothing.

    Returns:
        `` Did you mean darlington?`` with a space before it, or an empty text.
    """
    near = nearest(word, known)
    return f" Did you mean {joined(near, 'or')}?" if near else ""


def nearest(word: str, known: Iterable[str], at_most: int = 3) -> list[str]:
    """The known words that are most like this one, the most alike first.

    Capitals do not count. A word that is much less alike than the first is left out.
    """

    def likeness(name: str) -> float:
        return difflib.SequenceMatcher(None, name.lower(), word.lower()).ratio()

    ranked = sorted(((likeness(name), name) for name in set(known)), reverse=True)
    least = max(0.6, ranked[0][0] - 0.1) if ranked else 1
    return [name for like, name in ranked if like >= least][:at_most]


def measure_in_words(measure: str) -> str:
    """A measure's name as a reader would write it: ``in_post`` is ``in post``."""
    words = measure.removesuffix("_published").replace("_", " ")
    return words.replace("over under", "over or under")


def basis_in_words(basis: str) -> str:
    """A basis for a reader; nothing where it is not stated or not applicable."""
    return {"headcount": "headcount", "fte": "FTE", "posts": "posts"}.get(basis, "")
