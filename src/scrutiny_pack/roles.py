"""Roles, not names: whether a text says in what role somebody did something.

A name cannot be told from a word with certainty. What is asked for is a word that roles
have and names have not; titles, initials and addresses are refused.
"""

import re

_ROLE_WORDS = re.compile(
    r"""(accountant|administrator|advisers?|advisors?|analysts?|assistant|auditor|board|chair
    |chairman|chairperson|chairwoman|chief|clerk|commissioner|committee|consultant
    |convener|convenor|coordinator|co-ordinator|councillors|deputy|director|governance
    |group|head|inspector|lawyer|lead|leader|managers?|members?|officers?|panel|partner
    |practitioner|principal|researcher|reviewer|secretary|section|services?|solicitor
    |specialist|statistician|supervisor|support|team|treasurer|unit|worker)""",
    re.VERBOSE,
)
_GOES_ON = frozenset(("of", "for", "to", "in", "and", "at", "on", "with", "the", "&"))
_TITLES = re.compile(
    "mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|rev|cllr|councillor"
)
_WORD = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W\d_]+)*|&")
_INITIAL = re.compile(r"\b[^\W\d_]\.")
_LONGEST = 100

AN_EXAMPLE = "such as 'Principal Scrutiny Officer'"


def why_not_a_role(text: str) -> str:
    """What speaks against a text as a role, as the end of a sentence; "" for nothing.

    Args:
        text: such as ``Principal Scrutiny Officer`` or ``Head of Democratic Services``.
    """
    words = _WORD.findall(text)
    lower = [word.lower() for word in words]
    if len(text) > _LONGEST or "\n" in text:
        return f"is too long for a role: write a few words, {AN_EXAMPLE}"
    if lower[:1] == ["the"]:
        return "begins with 'the', which the pack puts before it: leave it out"
    if "@" in text or _INITIAL.search(text) or any(map(_TITLES.fullmatch, lower)):
        return f"looks like a person's name: write a role, {AN_EXAMPLE}"
    first_part = _WORD.findall(re.split(r"[,(;]", text.lower())[0])
    if not any(map(_ROLE_WORDS.fullmatch, first_part)):
        return f"is not known to be a role: write one, {AN_EXAMPLE}, and no name"
    last = max(i for i, word in enumerate(lower) if _ROLE_WORDS.fullmatch(word))
    after = text[text.lower().rindex(lower[last]) + len(lower[last]) :].strip()
    if after[:1].isupper() and lower[last + 1] not in _GOES_ON:
        return f"looks like a role and a name: write the role alone, {AN_EXAMPLE}"
    return ""
