"""Many applicants as values: who is shown, how programs are counted, and what the order of files does not change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from builders import plan, rotation
from lorplan.plan.applicant_plan import ApplicantPlan, UnusableFile, tell_apart
from lorplan.plan.cohort import (
    PROGRAM_STATES,
    Cohort,
    assess,
    assess_unusable,
    count_secured_by,
    count_states,
    worst_first,
)
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from oracle.strategies import plans_and_days

if TYPE_CHECKING:
    import random

DAY = date(2027, 3, 1)


class Program(NamedTuple):
    """As much of a program as is counted."""

    state: str


def test_programs_are_counted_by_state_but_for_those_skipped() -> None:
    """Every state is there, also one that no program is in."""
    states = ("ready", "short", "on course", "short", "skip")
    counts = count_states(map(Program, states))
    assert counts == {"short": 2, "ready": 1, "on course": 1, "complete": 0, "closed": 0}
    assert count_states(()) == dict.fromkeys(PROGRAM_STATES, 0)


def test_cohort_shows_all_or_those_at_risk() -> None:
    """At risk is who has something wrong."""
    bad = assess_unusable(UnusableFile("bad.yaml", 1, is_read=True))
    good = assess(ApplicantPlan(plan(rotation(), policy={"want": 1}), "a.yaml"))
    everybody = Cohort(DAY, None, [bad, good])
    assert everybody.shown == [bad, good]
    assert everybody._replace(at_risk_only=True).shown == [bad]


def test_cohort_counts_who_will_be_behind_on_the_day_of_the_office() -> None:
    """A file without a plan is not counted, nor is anybody without such a day."""
    found = ApplicantPlan(plan(rotation(), policy={"want": 1}), "a.yaml")
    bad = assess_unusable(UnusableFile("bad.yaml", 1, is_read=True))
    early, late = (assess(found, by=date(2027, month, 1)) for month in (4, 12))
    assert [Cohort(DAY, None, [one]).behind for one in (bad, assess(found), early, late)] == [0, 0, 1, 0]


def test_applicants_are_told_apart_by_their_files_only_where_need_be() -> None:
    """By name, by the file if there is none, by both if another has the name, in whatever case."""
    applicants = [("Amina Rahman", "a.yaml"), ("amina  rahman", "b.yaml"), (None, "c.yaml"), ("Li Wu", "d.yaml")]
    assert tell_apart(applicants) == ["Amina Rahman (a.yaml)", "amina  rahman (b.yaml)", "c.yaml", "Li Wu"]
    assert tell_apart([(None, "-")]) == ["standard input"]


@given(st.lists(plans_and_days(), max_size=5), st.randoms(use_true_random=False))
def test_order_of_the_files_changes_nothing(drawn: list[tuple[object, date]], dice: random.Random) -> None:
    """Every file is there exactly once, at the same place, in whatever order the files are given."""
    day = drawn[0][1] if drawn else DAY
    plans = [make_plan(PlanFile.model_validate(content), day) for content, _ in drawn]
    found = [assess(ApplicantPlan(one, f"{number}.yaml"), by=day) for number, one in enumerate(plans)]
    found += [assess_unusable(UnusableFile(f"bad{n}.yaml", 1, is_read=True)) for n in range(2)]
    shuffled = dice.sample(found, len(found))
    assert [one.file for one in worst_first(shuffled)] == [one.file for one in worst_first(found)]
    assert sorted(one.file for one in worst_first(found)) == sorted(one.file for one in found)


@given(plans_and_days())
def test_letters_by_a_later_day_are_not_fewer(drawn: tuple[object, date]) -> None:
    """The office that can wait finds at least as many letters, and never more than are counted on."""
    content, day = drawn
    found = make_plan(PlanFile.model_validate(content), day)
    counts = [count_secured_by(found, date.fromordinal(day.toordinal() + days)) for days in (0, 30, 90, 400)]
    assert counts == sorted(counts)
    assert counts[-1] <= sum(letter.counts for letter in found.letters)
