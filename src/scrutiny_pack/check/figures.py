"""The figures of a sentence, and what of its numerals is none: a date, a list number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scrutiny_pack.claims.errors import ClaimError
from scrutiny_pack.claims.numerals import ORDINALS, OTHERS, TENS, UNITS, numerals
from scrutiny_pack.claims.printed import Printed, read_printed, word_number

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d\d"
_OF_A_REPORT = (
    "paragraph|para|section|recommendation|appendix|annex|page|chapter|figure|fig|part|item"
    "|minute|question|step|level|grade|band|tier|stage|phase|quarter|week|wave|version|number"
    "|act|article|schedule|regulation|rule|clause|form|room|ward|option|objective|priority|theme"
    "|standard|group|footnote|endnote|note|row|column|table|chart|box|volume|issue|reference|year"
)
_OF_REPORTS = f"(?:{_OF_A_REPORT.replace('priority', 'prioritie').replace('box', 'boxe')})s|annexes|appendices|pp\\.|ss\\."
_REFERRED = r"\d+(?:\.\d+)*[a-z]?\b"
_NONE = re.compile(
    rf"""
    https?://\S+ | www\.\S+ | \S+@\S+\.\S+
  | \b\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:-|\u2013|to|and|or|/)\s*\d{{1,2}}(?:st|nd|rd|th)?)?
      \s+(?:of\s+)?{_MONTH}\b\.?(?:,?\s+(?:{_YEAR}|['\u2019]\d\d))?
  | \b{_MONTH}\.?\s+\d{{1,2}}(?:(?:st|nd|rd|th)\b(?:,?\s+{_YEAR})?|,?\s+{_YEAR})
  | \b{_MONTH}\.?\s*(?:{_YEAR}|['\u2019]\d\d)
  | \b{_YEAR}-(?:\d\d-\d\d|\d\d(?!\d)|W\d\d)
  | \b\d{{1,2}}[/.]\d{{1,2}}[/.](?:{_YEAR}|\d\d)\b
  | \b{_YEAR}\s*(?:[/\u2013-]|to)\s*(?:{_YEAR}|\d\d)\b
  | \b\d{{1,2}}(?:[.:]\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.|noon|o'clock)\b | \b\d{{1,2}}:\d\d\b
  | \b(?:{_OF_REPORTS})\s+{_REFERRED}(?:\s*,\s*{_REFERRED})*
      (?:\s*(?:and|&|to|or|-|\u2013)\s*{_REFERRED})?(?!\s*(?:%|per\ cent)|[.,]\d)
  | \b(?:{_OF_A_REPORT}|(?:fig|sect|para|vol|no|nos|ref|v|s|p)\.)\s*\(?{_REFERRED}
      (?:\s*(?:to|or|-|\u2013)\s*{_REFERRED})?(?!\s*(?:%|per\ cent)|[.,]\d)
  | \u00a7+\s*{_REFERRED}
  | \b(?:aged?|ages|under|over)[\s-]+\d{{1,2}}(?:\s*(?:to|-|\u2013|and|or)\s*\d{{1,2}})?s?\s*
      (?:years?\s+olds?|year[\s-]olds?|years?\s+of\s+age)
  | \bage[sd]?\s+(?:of\s+)?\d{{1,2}}(?:\s*(?:to|-|\u2013|and|or)\s*\d{{1,2}})?\b
  | \b(?:under|over)[\s-]\d{{1,2}}s\b | \b\d{{1,2}}[\s-]year[\s-]olds?\b
  | \b0\d{{2,4}}[\s-]\d{{3,}}(?:[\s-]\d{{3,}})?
  | \bper\s+(?:100|1,000|10,000|1000|head)\b | \b24/7\b | \b[A-Za-z]+-\d+(?:\.\d+)*\b | \b\d+/\d+\b
    """,
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_LIST_NUMBER = re.compile(
    r"\s*\(?\d{1,3}(?:(?:\.\d{1,3})+[.)]?\s+(?=\S)|[.)](?:\s+|(?=[A-Z(]))|\t|\s+(?=(?:The|This|These|In"
    r"|At|A|An|It|Its|Members|We|There|That|As|For|Of|On|Over|When|While|Since|By|During"
    r"|Officers|However|Between|From|To|Both|All|Some|Our|Their|They|Summary|Introduction"
    r"|Background|Findings|Conclusions?|Recommendations?)\b))"
)
_BEFORE = re.compile(
    r"(?:about|around|approximately|approx\.?|roughly|circa|c\.|some|at least|no fewer than"
    r"|no less than|not less than|a minimum of|just over|a little over|slightly over"
    r"|slightly more than|more than|over|above|in excess of|up to|at most|no more than"
    r"|not more than|a maximum of|as many as|just under|nearly|almost|close to|a little under"
    r"|slightly under|less than|fewer than|under|below)\s+$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:or more|or over|or above|or less|or fewer|or below|or under)\b",
    re.IGNORECASE,
)
_SCALE = re.compile(
    r"\s?(?:million|thousand|billion|hundred)\b|(?:k|m|bn)\b", re.IGNORECASE
)
_UNIT = re.compile(
    r"\s?%(?:\s?(?:percentage\s)?points?\b)?|[\s-]?per\s?cent\b|[\s-]?percentage[\s-]points?\b"
    r"|\s?pp\b|\s(?:percentage\s)?points?\b(?!\s+(?:of|in|out))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:to|and|or|,|-|\u2013|against|compared with|from)\s*(?:\u00a3)?\s*",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?:of\s+(?:the\s+|its\s+|our\s+)?)?(?:[\w'\u2019-]+\s+){0,3}?"
    r"(?:posts?|vacanc(?:y|ies)|workers?|staff|people|employees|leavers?|joiners?|starters?"
    r"|cases|children|teams?|managers?|practitioners?|fte|wte|councils|authorities|neighbours"
    r"|referrals|assessments|applicants|graduates|students|recruits|per cent|percentage points?)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:(?:a|one|two|three|four)[\s-](?:thirds?|quarters?|fifths?|tenths?)|half)(?=\s+of\b)",
    re.IGNORECASE,
)
_WORDS = frozenset({*UNITS[2:], *(word for word in TENS if word)})
_NUMBER_WORDS = re.compile(
    r"(?:[\s-]+(?:and[\s-]+)?(?:hundred|thousand|million"
    rf"|{'|'.join([*UNITS[1:], *(word for word in TENS if word)])})\b)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figure:
    """A figure as a sentence states it.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        printed: what it may stand for.
        in_words: whether it is written in words.
    """

    start: int
    end: int
    printed: Printed
    in_words: bool = False


def figures(
    text: str,
    citations: Iterable[tuple[int, int]] = (),
    *,
    begins: bool = False,
) -> tuple[Figure, ...]:
    """The figures of a sentence, in order.

    None are: dates, years and financial years, times, ages, numbers of paragraphs,
    lists and the like, ordinals, numbers within a word (``COVID-19``, ``s47``), and
    numbers in words unless they count posts, people or the like. Each end of a range
    is a figure; an end without a unit has that of the other.

    Args:
        text: the sentence, as `citations.plain` gives it.
        citations: where its citations stand.
        begins: whether a list number may stand at its beginning.
    """
    taken = [False] * (len(text) + 1)
    for start, end in citations:
        taken[start:end] = [True] * (end - start)
    for match in _NONE.finditer(text):
        taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    if begins and (number := _LIST_NUMBER.match(text)):
        taken[: number.end()] = [True] * number.end()
    found: list[Figure] = []
    for match in _SHARE.finditer(text):
        if not any(taken[match.start() : match.end()]):
            found += _read(text, match.start(), match.end(), in_words=True)
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    for numeral in numerals(text):
        if any(taken[numeral.start : numeral.end]):
            continue
        if numeral.text[0].isdigit():
            made = _in_digits(text, numeral.start, numeral.end, numeral.text)
        else:
            made = _in_words(text, numeral.start, numeral.end, numeral.text)
        for figure in made:
            taken[figure.start : figure.end] = [True] * (figure.end - figure.start)
            found.append(figure)
    return tuple(_with_shared_units(sorted(found, key=lambda f: f.start), text))


def _in_digits(text: str, start: int, end: int, digits: str) -> Iterator[Figure]:
    before, after = text[:start], text[end:]
    if "/" in digits or before[-1:].isalpha() or before[-1:] == "_":
        return
    scale = _SCALE.match(after)
    stop = end + (scale.end() if scale else 0)
    unit = _UNIT.match(text, stop)
    if (
        not scale
        and not unit
        and (text[stop : stop + 1].isalpha() or text[stop : stop + 1] == "_")
    ):
        return  # 1st, 2b, 10am
    stop = unit.end() if unit else stop
    pound = re.search(r"[-]?\u00a3\s?$", before)
    begin = start - (len(pound[0]) if pound else 0)
    if begin and text[begin - 1] == "-" and text[: begin - 1][-1:] in {"", " ", "("}:
        begin -= 1
    is_year = re.fullmatch(_YEAR, digits) and not (scale or unit or pound)
    if is_year and not _COUNTED.match(text[: stop + 20], stop):
        return
    yield from _read(text, begin, stop)


def _in_words(text: str, start: int, end: int, word: str) -> Iterator[Figure]:
    plain = word.lower()
    if (
        plain in ORDINALS
        or plain in OTHERS
        or (plain not in _WORDS and "-" not in plain)
    ):
        return
    if text[start - 1 : start] == "-" or (
        text[end : end + 1] == "-" and not _NUMBER_WORDS.match(text, end)
    ):
        return
    more = _NUMBER_WORDS.match(text, end)
    stop = (
        more.end()
        if more and word_number(text[start : more.end()]) is not None
        else end
    )
    counted = _COUNTED.match(text, stop)
    if not counted:
        return
    unit = _UNIT.match(text, stop)
    yield from _read(text, start, unit.end() if unit else stop, in_words=True)


def _read(
    text: str, start: int, end: int, *, in_words: bool = False
) -> Iterator[Figure]:
    if match := _BEFORE.search(text[:start]):
        start = match.start()
    elif match := _AFTER.match(text, end):
        end = match.end()
    words = re.sub(r"^(-?\u00a3)\s", r"\1", text[start:end])
    words = re.sub(r"%\s?(?=(?:percentage\s)?point)", " ", words)
    try:
        printed = read_printed(words)
    except ClaimError:
        return
    yield Figure(start, end, replace(printed, text=text[start:end]), in_words)


def _with_shared_units(found: list[Figure], text: str) -> Iterator[Figure]:
    """The figures, each end of a range with the unit that stands at the other."""
    for at, figure in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        if (
            following
            and not figure.printed.unit
            and not figure.in_words
            and following.printed.unit in {"per cent", "points"}
            and _BETWEEN.fullmatch(text[figure.end : following.start])
        ):
            shared = replace(figure.printed, unit=following.printed.unit)
            yield replace(figure, printed=shared)
        else:
            yield figure
