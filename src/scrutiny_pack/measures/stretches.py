"""Stretches of time in words: from one date to another, of whatever precision."""

import pandas as pd

from scrutiny_pack.periods import Period

NOT_STATED = "not stated"


def stretch_in_words(start: str, end: str) -> str:
    """A stretch of time: ``1 April to 31 July 2016``, ``June 2014 to June 2016``.

    Args:
        start: the period in which it begins; "" where that is not known.
        end: the period in which it ends.
    """
    last = Period.parse(end)
    if not start:
        return f"to {last.in_words}"
    first = Period.parse(start)
    words = first.in_words
    if first.start.year == last.end.year and len(start) > len("2016"):
        words = words.removesuffix(f" {first.start.year}")
    return words if start == end else f"{words} to {last.in_words}"


def stretches(frame: pd.DataFrame) -> "pd.Series[str]":
    """The stretch of time of each row, from ``span_from`` to ``as_at``, in words.

    "not stated" where the beginning is not known: the end alone says too little.
    """
    words = [
        stretch_in_words(start, end) if start else NOT_STATED
        for start, end in zip(frame["span_from"], frame["as_at"], strict=True)
    ]
    return pd.Series(words, frame.index, dtype="str")


def months_in_words(start: str, end: str) -> str:
    """A stretch of time without its years: ``1 April to 31 July``.

    Two stretches with the same words are the same part of different years.
    """
    last = _without_year(end)
    return f"{_without_year(start)} to {last}" if start else f"to {last}"


def _without_year(text: str) -> str:
    period = Period.parse(text)
    return period.in_words.removesuffix(f" {period.end.year}")
