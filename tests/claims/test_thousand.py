"""A thousand true figures give no false alarm; of those with a digit changed, few pass."""

import random
import re
from collections import Counter
from functools import cache

import pytest

from scrutiny_pack.claims.audit import audit
from scrutiny_pack.claims.findings import Verdict

from .random_reports import POSSIBLE, STATED, changed, random_report
from .reports import PROJECT

PAGE = PROJECT / "docs" / "claims.md"
ALARMS = {Verdict.DISAGREES, Verdict.IMPOSSIBLE, Verdict.TRUNCATED, Verdict.ROUND}


SLIPS = {Verdict.TRUNCATED, Verdict.ROUND}


def reports(count, seed):
    rng = random.Random(seed)  # noqa: S311 - the same each time
    return [random_report(rng) for _ in range(count)]


def alarms(found):
    """The claims and tables of an audit that do not stand as they are printed."""
    claims = [each.claim for each in found.findings if each.verdict in ALARMS]
    tables = [each.sentence for each in found.tables if each.verdict in ALARMS]
    return claims, tables


def test_a_thousand_true_figures_give_no_false_alarm():
    checked = 0
    for report in reports(70, seed=20260101):
        found = audit([claim for _, claim in report.claims], report.evidence)
        assert alarms(found) == ([], [])
        checked += len(found.findings)
        assert Verdict.UNCHECKED not in {each.verdict for each in found.findings}
    assert checked >= 1000


@cache
def rates():
    """Of the figures with a digit changed: how many, how many caught, and as a slip."""
    rng = random.Random(20260202)  # noqa: S311 - the same each time
    made, caught, slips = Counter(), Counter(), Counter()
    for report in reports(70, seed=20260303):
        for kind, true in report.claims:
            evidence, wrong = changed(report, kind, true, rng)
            found = audit([wrong], evidence)
            made[kind] += 1
            caught[kind] += alarms(found) != ([], [])
            slips[kind] += found.findings[0].verdict in SLIPS
    return made, caught, slips


@pytest.mark.slow
def test_of_a_thousand_changed_figures_95_in_100_are_caught():
    made, caught, _ = rates()
    stated = sum(made[kind] for kind in STATED)
    assert stated >= 1000
    assert sum(caught[kind] for kind in STATED) / stated >= 0.95


@pytest.mark.slow
def test_the_page_gives_the_rates_that_were_measured():
    made, caught, slips = rates()
    rows = re.findall(
        r"^\| (.+?) \| (\d+) of (\d+) \| .+? \| (\d+) \|$", text(), re.MULTILINE
    )
    written = {
        kind: tuple(int(number) for number in numbers) for kind, *numbers in rows
    }
    for kind in (*STATED, POSSIBLE):
        assert written[kind] == (caught[kind], made[kind], slips[kind])
    together = tuple(
        sum(counts[kind] for kind in STATED) for counts in (caught, made, slips)
    )
    assert written["all of these together"] == together


def text():
    return PAGE.read_text(encoding="utf-8")


def test_a_figure_is_only_changed_in_one_digit():
    rng = random.Random(3)  # noqa: S311 - the same each time
    for report in reports(5, seed=4):
        for kind, true in report.claims:
            _, wrong = changed(report, kind, true, rng)
            assert wrong.printed != true.printed
            if true.kind != "ranking":
                differ = sum(
                    a != b for a, b in zip(true.printed, wrong.printed, strict=True)
                )
                assert differ == 1
