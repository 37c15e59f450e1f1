"""What the packs say of the evidence, of leaving, experience, referrals and commitments."""

from functools import cache

import pandas as pd
import pytest

from scrutiny_pack.evidence import rules
from scrutiny_pack.evidence.headlines import commitments as commitments_said
from scrutiny_pack.evidence.headlines import evidence_taken as evidence_said
from scrutiny_pack.evidence.headlines import experience as experience_said
from scrutiny_pack.evidence.headlines import newly_qualified as cohort_said
from scrutiny_pack.evidence.headlines import referrals as referrals_said
from scrutiny_pack.evidence.headlines import turnover as turnover_said
from scrutiny_pack.inputs.datasets import load_dataset
from scrutiny_pack.inputs.receipt import DatasetCheck, Receipt
from scrutiny_pack.inputs.supplied import supplied_datasets
from scrutiny_pack.measures import (
    commitments,
    evidence_taken,
    experience,
    inputs_used,
    leavers,
    newly_qualified,
    pay,
    qualifications,
    recruitment,
    referrals,
    service,
    turnover,
)
from scrutiny_pack.periods import Period
from tests.published import DATA, PERIODS, published
from tests.spec.tables import table


@cache
def datasets(council):
    folder = DATA / council / PERIODS[council]
    return {
        name: load_dataset(folder, name, DATA.parent)
        for name in supplied_datasets(folder)
    }


def receipt(council):
    checks = [
        DatasetCheck(d.name, d.file, d.sha256, len(d.frame), 1, ("A note.",), ())
        for d in datasets(council).values()
    ]
    return Receipt(council, PERIODS[council], tuple(checks))


def stages(council):
    rows = published(council, "newly-qualified")
    return newly_qualified.stages(rows, Period.parse(PERIODS[council]))


def all_left(council):
    return leavers.all_leavers(published(council, "leavers"))


@cache
def told(council):
    rows = published(council, "commitments")
    frames = {name: dataset.frame for name, dataset in datasets(council).items()}
    return commitments_said.with_now(rows, commitments.shown_now(rows, frames))


def counted(council):
    rows = published(council, "commitments")
    frames = {name: dataset.frame for name, dataset in datasets(council).items()}
    return commitments.counted_by_kind(rows, commitments.shown_now(rows, frames))


def evidence_titles(council):
    as_at = PERIODS[council]
    supplied = datasets(council)
    taken = published(council, "evidence-taken")
    checks = receipt(council)
    found = inputs_used.found_by_checks(supplied, checks, as_at)
    return [
        evidence_said.documents_title(evidence_taken.taken(taken, "document", as_at)),
        evidence_said.witnesses_title(evidence_taken.taken(taken, "witness", as_at)),
        evidence_said.sessions_title(evidence_taken.taken(taken, "session", as_at)),
        evidence_said.files_title(inputs_used.files(supplied, checks, as_at)),
        evidence_said.sources_title(inputs_used.documents(supplied, as_at)),
        evidence_said.found_title(found),
        evidence_said.missing_title(inputs_used.missing(supplied, as_at)),
        evidence_said.basis_title(inputs_used.basis_not_stated(supplied, as_at)),
        evidence_said.status_title(inputs_used.figures_by_status(supplied, as_at)),
        evidence_said.caveats_title(inputs_used.caveats(supplied, as_at)),
        evidence_said.quoted_title(published(council, "quoted-figures")),
        evidence_said.pay_title(pay.beside_others(published(council, "pay"))),
    ]


def turnover_titles(council):
    rates = published(council, "turnover")
    ends, part = turnover.year_ends(rates), turnover.part_years(rates)
    left = all_left(council)
    recruited = published(council, "recruitment")
    groups = leavers.leavers_by_group(published(council, "leavers"))
    shares = service.shares_with_service(published(council, "length-of-service"))
    beside = recruitment.recruited_and_left(recruited, left)
    return [
        turnover_said.year_end_title(turnover_said.latest_year_end(ends)),
        turnover_said.year_ends_title(ends),
        turnover_said.part_year_title(part),
        turnover_said.pattern_title(turnover.longest_pattern(part)),
        turnover_said.leavers_title(groups),
        turnover_said.reasons_title(leavers.reasons(published(council, "leavers"))),
        turnover_said.service_title(shares),
        turnover_said.implied_title(turnover.staff_implied(rates, left)),
        turnover_said.recruited_title(beside),
        turnover_said.returned_title(recruitment.without_stretch(recruited)),
        turnover_said.times_title(recruitment.times_and_targets(recruited)),
        cohort_said.stages_title(stages(council)),
        cohort_said.stayed_title(cohort_said.stayed(stages(council))),
    ]


def other_titles(council):
    years, studied = (
        published(council, "experience"),
        published(council, "qualifications"),
    )
    workers = experience.workers_by_band(years)
    shares = experience.shares_by_band(years)
    funnel = referrals.funnel(published(council, "referrals"))
    beside = referrals.beside_the_funnel(published(council, "referrals"))
    cases = referrals.children_and_cases(published(council, "cases"))
    held = qualifications.qualifications_held(studied)
    study = qualifications.study_and_training(studied)
    return [
        experience_said.by_service_title(workers),
        experience_said.bands_title(experience_said.bands_to_draw(workers)),
        experience_said.fewest_years_title(experience_said.fewest_years(shares)),
        experience_said.shares_title(shares),
        experience_said.qualifications_title(held),
        experience_said.study_title(study),
        referrals_said.last_stage_title(referrals_said.last_stage(funnel)),
        referrals_said.funnel_title(funnel),
        referrals_said.stages_title(funnel),
        referrals_said.beside_title(beside),
        referrals_said.cases_title(cases),
        *(
            commitments_said.title(name, rows)
            for name, rows in commitments_said.by_kind(told(council)).items()
        ),
        commitments_said.counts_title(counted(council)),
        commitments_said.figures_title(commitments_said.with_figures(told(council))),
    ]


@cache
def titles_of(council):
    return [
        *evidence_titles(council),
        *turnover_titles(council),
        *other_titles(council),
    ]


def turnover_questions(council):
    rates, recruited = published(council, "turnover"), published(council, "recruitment")
    left = all_left(council)
    return [
        *turnover_said.questions(
            rates,
            turnover.staff_implied(rates, left),
            recruitment.recruited_and_left(recruited, left),
            recruitment.times_and_targets(recruited),
        ),
        *cohort_said.questions(stages(council)),
    ]


@pytest.mark.parametrize("council", PERIODS)
def test_every_title_is_within_the_rules(council):
    for title in titles_of(council):
        rules.check_words("an-item", title)
        assert title[0].isupper() or title[0].isdigit()


@pytest.mark.parametrize(
    ("council", "title"),
    [
        ("darlington", "8 documents named as evidence"),
        ("buckinghamshire", "4 witnesses named, by role"),
        ("herefordshire", "4 sessions named, 2 of them without a date"),
        ("darlington", "15 input files with 547 rows, each with its source"),
        ("darlington", "109 of 251 figures about staff do not say what they count"),
        ("darlington", "Of 260 figures, 11 not available and 3 estimated"),
        (
            "darlington",
            "Turnover of children's social workers fell from 29.51% to 18.44% by 31 March 2016",
        ),
        (
            "darlington",
            "Part-year turnover rose from 2.74% to 10.67% between 2015 and 2016",
        ),
        ("darlington", "6 left, 1 April to 31 July 2016"),
        ("darlington", "2 reasons for leaving stated, none with a number"),
        (
            "darlington",
            "83.78% had 1 year or more of service, 32.43% had 5 years or more",
        ),
        (
            "darlington",
            "13 of 19 newly qualified workers completed, June 2014 to June 2016",
        ),
        ("darlington", "6 left; how many were recruited is not stated"),
        ("dorset", "26 recruited; how many left is not stated"),
        ("dorset", "60 days aimed at, the time reached is not stated"),
        ("leeds", "At least 3 workers had left and come back"),
        ("leeds", "Pay compared: higher in 10, the same in 1 and lower in 2"),
        (
            "darlington",
            "Average from 6.35 years (Front line / field work) to 11.62 (IRO service)",
        ),
        (
            "darlington",
            "7.4% of workers have less than 2 years since qualifying: 5 of 68",
        ),
        (
            "leeds",
            "Of 11,223 referrals, 47.4% reached initial assessment, 3.6% care plan",
        ),
        ("leeds", "5,770 of 11,223 referrals are shown neither going on nor ending"),
        ("darlington", "Of 21 commitments, 5 name an owner and 9 a date"),
        ("leeds", "3 recommendations: 3 with an owner, 0 with a date"),
        ("dorset", "Targets and where they stand: 2 of 3 shown"),
    ],
)
def test_titles_state_the_figures(council, title):
    assert title in titles_of(council)


def test_darlington_says_what_changed_over_whole_years_and_since():
    rates = published("darlington", "turnover")
    ends, part = turnover.year_ends(rates), turnover.part_years(rates)
    assert turnover_said.changes(ends, part) == (
        "Turnover of children's social workers in a whole year fell by 11.07 percentage "
        "points, from 29.51% at 31 March 2014 to 18.44% at 31 March 2016. "
        "Turnover of children's social workers from 1 April to 31 July, part of a year, "
        "rose by 7.93 percentage points, from 2.74% at 31 July 2015 to 10.67% at "
        "31 July 2016."
    )
    assert not turnover_said.changes(ends.head(0), part.head(0))


def test_darlington_asks_whether_rates_and_leavers_count_the_same_people():
    asked = turnover_questions("darlington")
    assert any("make 70.5 staff" in question for question in asked)
    assert asked[-1] == (
        "When did each of the 19 newly qualified workers register, and from when is "
        "staying counted?"
    )


def test_dorset_asks_how_many_left_and_how_long_recruiting_takes():
    assert turnover_questions("dorset") == [
        (
            "How many left in the time in which 26 were recruited (January 2018 to "
            "21 January 2019)?"
        ),
        (
            "Time from interview to start of work: how long does it take now, against the "
            "60 days aimed at?"
        ),
    ]


def test_rates_that_fit_their_leavers_raise_no_question():
    implied = table(
        """
        | stretch | measure       | value |
        | a       | staff_implied | 70    |
        | b       | staff_implied | 75    |
        """
    )
    nothing = pd.DataFrame(columns=["stretch", "subject", "figure", "measure"])
    rows = nothing.assign(value=[], low=[], high=[])
    assert turnover_said.questions(rows.iloc[:0], implied, rows, rows) == []


def test_what_can_be_known_of_a_cohort():
    known = cohort_said.what_can_be_known(
        published("darlington", "newly-qualified"),
        stages("darlington"),
        Period.parse("2016-07-31"),
    )
    assert "19 workers registered (June 2014 to June 2016)" in known
    assert (
        "only those who had registered by 31 July 2015 can have got there: at least 13 "
        "and at most 18 of them" in known
    )


def test_a_share_that_was_cut_off_is_told_beside_the_one_worked_out():
    assert cohort_said.stayed_notes(stages("darlington")) == (
        "Stayed for over 2 years: printed as 53%: cut off, not rounded; 7 of 13 is 53.8%.",
    )


def test_what_a_stability_index_may_be():
    shares = service.shares_with_service(published("darlington", "length-of-service"))
    reading = turnover_said.service_reading(shares)
    assert "calls this *stability index (retention rate)*" in reading
    assert turnover_said.TEXTBOOK in reading
    assert "they were 37 or 74" in reading
    assert "37 or 74" not in turnover_said.service_reading(shares.head(1))
    assert not turnover_said.service_reading(shares.head(0))


def test_of_what_a_share_is_that_does_not_say():
    study = qualifications.study_and_training(published("darlington", "qualifications"))
    assert experience_said.base_notes(study) == (
        (
            "Employed social workers who have taken further modules: 52.5% of what is not "
            "stated. 41 of 78 is 52.56%, which gives the printed share if it is cut off, not "
            "rounded."
        ),
    )
    assert experience_said.questions(study) == [
        (
            "Employed social workers who have taken further modules: 41 are 52.5% of how "
            "many, and of whom?"
        ),
        "Respondents satisfied or very satisfied: 75% of how many?",
    ]


def test_shares_worked_out_are_shown_to_the_printed_decimals():
    shares = experience.shares_by_band(published("darlington", "experience"))
    assert experience_said.decimals_beside(shares)["share_of_workers"] == 2
    assert experience_said.decimals_beside(shares.head(4))["share_of_workers"] == 1


def test_leeds_says_how_the_referrals_that_appear_nowhere_are_counted():
    rows = published("leeds", "referrals")
    beside = referrals.beside_the_funnel(rows)
    reading = referrals_said.beside_reading(referrals.funnel(rows), beside)
    assert "11,223 less 5,317 less 136 leaves 5,770 referrals" in reading
    assert "5,906 if the outcomes were decided later" in reading
    assert referrals_said.questions(beside) == [
        (
            "What became of the 5,770 referrals that are shown neither at the second stage "
            "nor with an outcome?"
        ),
        (
            "After which stage was 'no further action' decided, for the 136 referrals that "
            "ended so?"
        ),
    ]


@pytest.mark.parametrize(
    ("council", "ref", "now"),
    [
        ("darlington", "C2", "41 of 54 workers (18 or Less), July 2016; nothing later"),
        (
            "darlington",
            "E3",
            "26 posts (headcount); 24.91 posts (FTE), 31 July 2016; nothing later",
        ),
        ("darlington", "R4", "10.67% (part of a year), 31 July 2016; nothing later"),
        ("darlington", "C1", "Nothing known"),
        ("dorset", "C1", "16.7 cases a worker, 21 January 2019"),
        ("dorset", "C2", "26 workers, 21 January 2019"),
    ],
)
def test_where_a_commitment_stands(council, ref, now):
    assert told(council).set_index("ref").loc[ref, "now"] == now


def test_commitments_are_asked_about_in_their_words_or_by_their_number():
    asked = commitments_said.questions(told("dorset"))
    assert asked[0] == (
        "Who is to see to 'Recruit an additional 20 social workers, with an extra £1m' "
        "(C2)? No owner is named."
    )
    assert asked[1].endswith("No date is given for 5 of the 7 commitments.")
    assert "any of the 9 commitments" in commitments_said.questions(told("leeds"))[-1]


def test_no_later_figure_is_explained_where_it_is_said():
    assert commitments_said.nothing_later(told("darlington"))
    assert not commitments_said.nothing_later(told("dorset"))


def test_what_was_not_supplied_and_what_the_source_does_not_name():
    rows = published("darlington", "evidence-taken")
    assert evidence_said.absent(rows, "witness") == "Witnesses: the source names none."
    assert evidence_said.absent(rows.head(0), "document").startswith("A list of")
    assert not evidence_said.absent(rows.head(0), "witness")


def test_what_the_source_says_was_none():
    rows = published("herefordshire", "evidence-taken")
    none = evidence_taken.taken(rows, "none", "2013-03")
    assert evidence_said.said_to_be_none(none) == (
        "The source says that there were none of these: appendices and background papers."
    )
    assert not evidence_said.said_to_be_none(none.head(0))


def test_how_many_checks_were_made():
    assert evidence_said.checks_sentence(receipt("leeds")).endswith(
        "All were met: the figures add up as far as they can be added up."
    )


def test_the_evidence_is_asked_about():
    not_stated = inputs_used.basis_not_stated(datasets("darlington"), "2016-07-31")
    sources = inputs_used.documents(datasets("darlington"), "2016-07-31")
    quoted = published("buckinghamshire", "quoted-figures")
    asked = evidence_said.questions(not_stated, sources, quoted)
    assert "109 of 251 do not say" in asked[0]
    assert asked[1].startswith("On what date was 'Sufficiency of social workers")
    assert "that name no source" in asked[2]
