"""A thousand true sentences give no false alarm; of those with a digit changed, few pass."""

import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from scrutiny_pack.check.checking import check_report
from scrutiny_pack.check.matching import HOLDING, Verdict

from .random_drafts import BARE, NAMED, random_pack

PAGE = Path(__file__).parents[2] / "docs" / "check.md"


def no_other(_):
    return None


def drafts(count, seed):
    rng = random.Random(seed)  # noqa: S311 - the same each time
    return [random_pack(rng) for _ in range(count)]


@pytest.mark.parametrize(
    ("packs", "seed"),
    [(8, 20260101), pytest.param(100, 20260404, marks=pytest.mark.slow)],
)
def test_a_thousand_true_sentences_give_no_false_alarm(packs, seed):
    checked = 0
    for pack, statements in drafts(packs, seed):
        for statement in statements:
            found = check_report(statement.report, pack, no_other)
            wrong = [f for f in found.findings if f.verdict not in HOLDING]
            assert not wrong, (statement, wrong)
            assert found.findings
            checked += 1
    assert checked == 10 * packs


@cache
def rates():
    """Of the figures with a digit changed: how many, how many told, and as what."""
    rng = random.Random(20260505)  # noqa: S311 - the same each time
    made, told, differs = Counter(), Counter(), Counter()
    for pack, statements in drafts(120, seed=20260606):
        for statement in statements:
            found = check_report(statement.changed(rng).report, pack, no_other).findings
            verdicts = {finding.verdict for finding in found}
            made[statement.kind] += 1
            told[statement.kind] += bool(verdicts - set(HOLDING))
            differs[statement.kind] += Verdict.DIFFERS in verdicts
    return made, told, differs


@pytest.mark.slow
def test_of_a_thousand_changed_figures_95_in_100_are_told():
    made, told, _ = rates()
    stated = sum(made[kind] for kind in NAMED)
    assert stated >= 1000
    assert sum(told[kind] for kind in NAMED) / stated >= 0.95


@pytest.mark.slow
def test_the_page_gives_the_rates_that_were_measured():
    made, told, differs = rates()
    rows = re.findall(
        r"^\| (.+?) \| (\d+) of (\d+) \| .+? \| (\d+) \|$",
        PAGE.read_text("utf-8"),
        re.MULTILINE,
    )
    written = {kind: tuple(int(n) for n in numbers) for kind, *numbers in rows}
    for kind in (*NAMED, BARE):
        assert written[kind] == (told[kind], made[kind], differs[kind])
    together = tuple(
        sum(counts[kind] for kind in NAMED) for counts in (told, made, differs)
    )
    assert written["all of these together"] == together
