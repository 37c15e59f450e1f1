"""Random reports whose figures are true, and figures with one digit changed."""

import random
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pandas as pd

from scrutiny_pack.claims.evidence import Evidence
from scrutiny_pack.claims.findings import Claim
from scrutiny_pack.claims.wording import amount

from .reports import claim, frame, table

HEADS = "a cell of a table, by headcount"
HOURS = "a cell of a table, by FTE"
TOTAL = "a total of a table"
SHARE = "a share of two counts"
RATE = "a rate of two FTE figures"
AVERAGE = "an average"
DIFFERENCE = "a sum or a difference of counts"
PER_CENT = "a change in per cent"
POINTS = "a change in percentage points"
AGAIN = "a figure stated again"
RANK = "a rank in words"
POSSIBLE = "possible at all: the base stated, the count not"
STATED = (
    HEADS,
    HOURS,
    TOTAL,
    SHARE,
    RATE,
    AVERAGE,
    DIFFERENCE,
    PER_CENT,
    POINTS,
    AGAIN,
    RANK,
)
"""The kinds of check for which a report states everything that is needed."""
IN_TABLES = frozenset({HEADS, HOURS, TOTAL})


@dataclass(frozen=True)
class RandomReport:
    """True figures at random precision.

    Attributes:
        frames: the datasets.
        claims: each claim with the kind of check it is made for.
    """

    frames: dict[str, pd.DataFrame]
    claims: tuple[tuple[str, Claim], ...]

    @property
    def evidence(self) -> Evidence:
        return Evidence.of(self.frames)


def rounded(value, places, rng):
    """A figure with so many decimals, half up or half to even."""
    way = rng.choice([ROUND_HALF_UP, ROUND_HALF_EVEN])
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.quantize(Decimal(1).scaleb(-places), rounding=way):,}"


def random_report(rng: random.Random) -> RandomReport:
    places = rng.choice([1, 2])
    units, columns = random_table(rng, places)
    posts = table("Teams", columns, [*((unit, "All") for unit in units), ("All", "")])
    counts = {
        name: [rng.randrange(20, 900) for _ in range(2)]
        for name in ("leavers", "agency_workers", "cases")
    }
    series = frame(
        [
            {
                "unit": "All",
                "measure": name,
                "as_at": f"{year}-03-31",
                "printed": f"{number:,}",
            }
            for name, pair in counts.items()
            for year, number in zip((2019, 2020), pair, strict=True)
        ]
    )
    rates = [Fraction(rng.randrange(10, 600), 10) for _ in range(2)]
    published = frame(
        [
            {"scope": "All", "as_at": f"{year}-03-31", "printed": f"{amount(rate, 1)}%"}
            for year, rate in zip((2019, 2020), rates, strict=True)
        ],
        measure="agency_rate_published",
        basis="not stated",
    )
    areas = frame(
        [{"area": f"Area {n}", "printed": amount(Fraction(value, 10), 1)}
         for n, value in enumerate(rng.sample(range(40, 400), rng.randrange(5, 10)))],
        measure="average_caseload", basis="fte",
    )  # fmt: skip
    frames = {
        "posts": posts,
        "counts": series,
        "published-rates": published,
        "areas": areas,
    }
    claims = [
        *table_claims(rng, posts),
        *share_claims(rng, posts),
        *count_claims(rng, counts, rates),
        rank_claim(rng, areas),
    ]
    numbered = (
        (kind, replace(each, id=f"c{at:03d}")) for at, (kind, each) in enumerate(claims)
    )
    return RandomReport(frames, tuple(numbered))


def random_table(rng, places):
    """Posts, staff and vacancies by headcount and by FTE; the FTE exact to 4 decimals."""
    units = [f"Team {letter}" for letter in "ABCDEFGH"[: rng.randrange(4, 9)]]
    heads = {"establishment": [], "in_post": [], "vacancies": []}
    hours = {"establishment": [], "in_post": [], "vacancies": []}
    for _ in units:
        posts = rng.randrange(4, 30)
        vacant = rng.randrange(0, posts // 2 + 1)
        part = Fraction(rng.randrange(8000, 10001), 10000)
        for name, number in (("in_post", posts - vacant), ("vacancies", vacant)):
            heads[name].append(number)
            hours[name].append(round(number * part, 4))
        heads["establishment"].append(posts)
        hours["establishment"].append(hours["in_post"][-1] + hours["vacancies"][-1])
    columns = {}
    for name, numbers in heads.items():
        columns[name] = [f"{n}" for n in (*numbers, sum(numbers))]
        fte = (*hours[name], sum(hours[name], Fraction(0)))
        columns[f"{name} fte"] = [rounded(number, places, rng) for number in fte]
    return units, columns


def table_claims(rng, posts):
    """Some cells of the table and some of its totals."""
    for kind, rows in (
        (HEADS, posts[(posts.basis == "headcount") & (posts.unit != "All")]),
        (HOURS, posts[(posts.basis == "fte") & (posts.unit != "All")]),
        (TOTAL, posts[posts.unit == "All"]),
    ):
        for row in rng.sample(rows.to_dict("records"), 2):
            names = ("unit", "measure", "basis")
            where = "; ".join(f"{name}={row[name]}" for name in names)
            yield kind, claim(row["as_published"], cell=f"posts[{where}]")


def share_claims(rng, posts):
    def reference(measure, basis, unit="All"):
        return f"posts[unit={unit}; measure={measure}; basis={basis}]"

    whole = posts[posts.unit == "All"].set_index(["measure", "basis"])["value"]
    for _ in range(2):
        vacant, posts_all = (
            whole["vacancies", "headcount"],
            whole["establishment", "headcount"],
        )
        exact = Fraction(100 * int(vacant), int(posts_all))
        rests_on = f"{reference('vacancies', 'headcount')} / {reference('establishment', 'headcount')}"
        printed = f"{rounded(exact, rng.randrange(3), rng)}%"
        yield SHARE, claim(printed, "share", rests_on=rests_on)
    vacant, staff = (
        Fraction(str(whole[name, "fte"])) for name in ("vacancies", "in_post")
    )
    below = f"({reference('vacancies', 'fte')} + {reference('in_post', 'fte')})"
    printed = f"{rounded(100 * vacant / (vacant + staff), rng.randrange(2), rng)}%"
    yield (
        RATE,
        claim(printed, "rate", rests_on=f"{reference('vacancies', 'fte')} / {below}"),
    )
    base = int(posts_all)
    exact = Fraction(100 * rng.randrange(base + 1), base)
    printed = f"{rounded(exact, 2, rng)}%"
    yield (
        POSSIBLE,
        claim(
            printed, "share", rests_on=f"? / {reference('establishment', 'headcount')}"
        ),
    )
    yield AGAIN, claim(f"{base}", rests_on=reference("establishment", "headcount"))


def count_claims(rng, counts, rates):
    def reference(name, year):
        return f"counts[measure={name}; as_at={year}-03-31]"

    before, after = counts["leavers"]
    change = Fraction(100 * abs(after - before), before)
    both = f"change({reference('leavers', 2019)}, {reference('leavers', 2020)})"
    printed = f"{rounded(change, rng.randrange(2), rng)}%"
    yield PER_CENT, claim(printed, "change in per cent", rests_on=both)
    points = abs(rates[1] - rates[0])
    both = (
        "change(published-rates[as_at=2019-03-31], published-rates[as_at=2020-03-31])"
    )
    yield (
        POINTS,
        claim(
            f"{amount(points, 1)} percentage points", "change in points", rests_on=both
        ),
    )
    cases, workers = counts["cases"][0], counts["agency_workers"][0]
    printed = rounded(Fraction(cases, workers), rng.randrange(1, 3), rng)
    rests_on = f"{reference('cases', 2019)} / {reference('agency_workers', 2019)}"
    yield AVERAGE, claim(printed, "average", rests_on=rests_on)
    first, second = counts["cases"]
    total = f"{reference('cases', 2019)} + {reference('cases', 2020)}"
    yield DIFFERENCE, claim(f"{first + second:,}", "count", rests_on=total)
    larger, smaller = (2019, 2020) if first >= second else (2020, 2019)
    gap = f"{reference('cases', larger)} - {reference('cases', smaller)}"
    yield DIFFERENCE, claim(f"{abs(first - second)}", "difference", rests_on=gap)


PLACES = ("", "lowest", "second lowest", "third lowest", "fourth lowest", "fifth lowest",
          "sixth lowest", "seventh lowest", "eighth lowest", "ninth lowest")  # fmt: skip


def rank_claim(rng, areas):
    area = rng.choice(list(areas.area))
    own = areas[areas.area == area].value.iloc[0]
    place = int((areas.value < own).sum()) + 1
    rests_on = f"place(areas[basis=fte], area={area}, of={len(areas)})"
    return RANK, claim(PLACES[place], "ranking", rests_on=rests_on)


def one_digit_changed(text, rng):
    """The figure with one of its digits changed, the first not to nought."""
    if text in PLACES:
        return rng.choice([place for place in PLACES[1:6] if place != text])
    digits = [at for at, letter in enumerate(text) if letter.isdigit()]
    at = rng.choice(digits)
    leads = at == digits[0] and len(digits) > 1 and text[at + 1 : at + 2] != "."
    new = [
        digit
        for digit in "0123456789"
        if digit != text[at] and not (leads and digit == "0")
    ]
    return text[:at] + rng.choice(new) + text[at + 1 :]


def changed(report, kind, true, rng):
    """The report and the claim with one digit changed, in its table too if it is a cell."""
    printed = one_digit_changed(true.printed, rng)
    wrong = replace(true, printed=printed)
    if kind not in IN_TABLES:
        return report.evidence, wrong
    posts = report.frames["posts"].copy()
    parts = dict(pair.split("=") for pair in true.cell[len("posts[") : -1].split("; "))
    chosen = (posts.unit == parts["unit"]) & (posts.measure == parts["measure"])
    chosen &= posts.basis == parts["basis"]
    posts.loc[chosen, "as_published"] = printed
    posts.loc[chosen, "value"] = float(printed.replace(",", ""))
    return Evidence.of({**report.frames, "posts": posts}), wrong
