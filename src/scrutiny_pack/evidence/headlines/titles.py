"""What titles have in common."""

from scrutiny_pack.evidence.rules import TITLE_WORDS


def first_that_fits(*titles: str) -> str:
    """The first of the titles that is short enough, from the fullest to the plainest.

    Names of teams and groups come from the council's data and may be long; the last
    of the titles must fit whatever the data is, and so holds none of them.

    Raises:
        ValueError: if none of them is short enough.
    """
    for title in titles:
        if title and len(title.split()) <= TITLE_WORDS:
            return title
    msg = f"no title has {TITLE_WORDS} words or fewer: {titles[-1]}"
    raise ValueError(msg)
