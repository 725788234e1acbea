"""COHORT-1: the order of badness of many applicants, on both sides of each boundary."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from builders import plan, program, rotation
from lorplan.plan.applicant_plan import ApplicantPlan, UnusableFile
from lorplan.plan.cohort import assess, assess_unusable, worst_first
from lorplan.rules.cohort import TROUBLES

if TYPE_CHECKING:
    from lorplan.plan.cohort import CohortLine
    from lorplan.plan.model import Plan

SECURED: Final = {"asked": "2027-03-01", "agreed": "2027-03-02", "packet": "2027-03-03", "thanked": "2027-06-20"}
THREE: Final = tuple(
    rotation(name, letter={**SECURED, "requested": "2027-06-04", "uploaded": "2027-06-17"})
    for name in ("Dr. Ann Ames", "Dr. Bo Berg", "Dr. Cy Cruz")
)
"""Three letters that are in the portal since June."""


def stand(found: Plan, file: str = "a.yaml", by: str = "") -> CohortLine:
    """Find where the applicant of a plan stands."""
    return assess(ApplicantPlan(found, file), by=date.fromisoformat(by) if by else None)


def two_of_three(as_of: str) -> Plan:
    """Make the plan of an applicant who wants three letters and can have two."""
    return plan(*THREE[:2], as_of=as_of)


class TestCOHORT1:
    """Of many applicants, look first at those for whom the least time is left to mend the most."""

    def test_troubles_are_in_the_order_of_the_rule(self) -> None:
        """A file that cannot be read, too late, an ask, a gap, anything overdue."""
        assert TROUBLES == ("unreadable", "too late", "ask overdue", "gap", "overdue")

    @pytest.mark.parametrize(
        ("problems", "is_read", "wrong"),
        [
            pytest.param(1, True, "file has 1 problem", id="one_problem"),
            pytest.param(3, True, "file has 3 problems", id="several_problems"),
            pytest.param(1, False, "file cannot be read", id="no_file"),
        ],
    )
    def test_file_that_cannot_be_used_is_unreadable(self, problems: int, is_read: bool, wrong: str) -> None:  # noqa: FBT001 - a parameter
        """Nothing but the problems is known of it."""
        found = assess_unusable(UnusableFile("a.yaml", problems, is_read))
        assert (found.trouble, found.wrong, found.problems) == ("unreadable", wrong, problems)
        assert (found.wanted, found.forecast, found.next, found.gaps) == (None, None, None, ())

    @pytest.mark.parametrize(
        ("as_of", "trouble", "wrong"),
        [
            pytest.param("2027-08-11", "gap", "1 missing, 7 days to ask", id="a_week_before_the_last_day_to_ask"),
            pytest.param("2027-08-17", "gap", "1 missing, 1 day to ask", id="the_day_before"),
            pytest.param("2027-08-18", "gap", "1 missing, last day to ask", id="the_last_day"),
            pytest.param("2027-08-19", "too late", "1 missing, late to ask", id="the_day_after"),
            pytest.param("2028-03-01", "too late", "1 missing, late to ask", id="the_day_of_the_rank_list"),
            pytest.param("2028-03-02", None, None, id="after_it_nothing_can_be_mended"),
        ],
    )
    def test_missing_letters_are_too_late_after_the_last_day_to_ask(
        self, as_of: str, trouble: str | None, wrong: str | None
    ) -> None:
        """Until it they are a gap."""
        letters = [{**row, "letter": {**row["letter"], "assigned": "2027-06-18"}} for row in THREE[:2]]
        found = stand(plan(*letters, as_of=as_of))
        assert (found.trouble, found.wrong) == (trouble, wrong)

    def test_missing_letters_are_too_late_once_asking_is_closed(self) -> None:
        """Though there would be time."""
        found = stand(two_of_three("2027-06-17")._replace(asking_closed=True))
        assert (found.trouble, found.wrong) == ("too late", "1 missing, asking closed")

    @pytest.mark.parametrize(
        ("targets", "wrong"),
        [
            pytest.param(["Cardiology"], "Cardiology lacks 1", id="one_target_as_typed"),
            pytest.param(["medicine-pediatrics"], "medicine-pediatrics lacks 2", id="two_parts_of_one"),
            pytest.param(["cardiology", "pediatrics"], "2 targets lack 2", id="two_targets"),
            pytest.param(["neurology"], None, id="none"),
        ],
    )
    def test_target_that_lacks_letters_is_a_gap(self, targets: list[str], wrong: str | None) -> None:
        """Though all letters that are wanted can be had."""
        found = stand(plan(*THREE, as_of="2027-06-17", policy={"want": 1}, targets=targets))
        assert (found.trouble, found.wrong) == ("gap" if wrong else None, wrong)
        assert {gap.target for gap in found.gaps} == (set(targets) if wrong else set())

    @pytest.mark.parametrize(
        ("as_of", "trouble"),
        [
            pytest.param("2027-03-26", None, id="the_last_day_of_the_window"),
            pytest.param("2027-03-27", "ask overdue", id="the_day_after"),
        ],
    )
    def test_ask_is_overdue_after_its_window(self, as_of: str, trouble: str | None) -> None:
        """With the day since which it is."""
        found = stand(plan(rotation(feedback="2027-03-12"), as_of=as_of, policy={"want": 1, "spare": 0}))
        assert found.trouble == trouble
        assert found.wrong == ("1 ask overdue since Mar 27" if trouble else None)

    def test_several_overdue_asks_are_counted_since_the_oldest(self) -> None:
        """They are one phrase."""
        rows = [rotation(), rotation("Dr. Ann Ames", start="2027-02-01", end="2027-02-26")]
        found = stand(plan(*rows, as_of="2027-03-27", policy={"want": 2, "spare": 0}))
        assert found.wrong == "2 asks overdue since Feb 27"

    @pytest.mark.parametrize(
        ("as_of", "trouble"),
        [pytest.param("2027-03-04", None, id="its_last_day"), pytest.param("2027-03-05", "overdue", id="after")],
    )
    def test_another_overdue_action_is_the_least_trouble(self, as_of: str, trouble: str | None) -> None:
        """With its number and the day since which the oldest is overdue."""
        letter = {"asked": "2027-03-01", "agreed": "2027-03-01"}
        found = stand(plan(rotation(letter=letter), as_of=as_of, policy={"want": 1, "spare": 0}))
        assert found.trouble == trouble
        assert found.wrong == ("1 overdue since Mar 5" if trouble else None)

    @pytest.mark.parametrize(
        ("by", "trouble", "secured"),
        [
            pytest.param("", None, None, id="no_day_of_an_office"),
            pytest.param("2027-06-16", "gap", 0, id="the_day_before_the_letters_came"),
            pytest.param("2027-06-17", None, 3, id="the_day_they_came"),
        ],
    )
    def test_fewer_letters_than_wanted_by_the_day_of_the_office_are_a_gap(
        self, by: str, trouble: str | None, secured: int | None
    ) -> None:
        """Letters in the portal on the day count."""
        found = stand(plan(*THREE, as_of="2027-06-17"), by=by)
        assert (found.trouble, found.secured_by) == (trouble, secured)
        assert found.wrong == ("0 of 3 in by Jun 16" if trouble else None)

    @pytest.mark.parametrize(
        ("required", "wrong"),
        [
            pytest.param([3, 3], None, id="none_is_short"),
            pytest.param([3, 4], "1 program short", id="one"),
            pytest.param([4, 4], "2 programs short", id="two"),
        ],
    )
    def test_program_that_is_short_is_a_gap(self, required: list[int], wrong: str | None) -> None:
        """Though the target has what it needs."""
        programs = [program(f"Program {n}", requires={"us": us}) for n, us in enumerate(required)]
        made = plan(*THREE, as_of="2027-06-17", targets=["neurology"], programs=programs)
        found = stand(made)
        assert found.programs["short"] == required.count(4)
        assert (found.trouble, found.wrong, found.amount) == ("gap" if wrong else None, wrong, required.count(4))

    def test_letter_of_which_the_plan_is_sure_by_the_day_of_the_office_counts(self) -> None:
        """Once it can be relied on: asked for, written and processed."""
        found = plan(rotation(), policy={"want": 1, "spare": 0})
        arrives_by = found.letters[0].candidate.arrives_by
        assert stand(found, by=arrives_by.isoformat()).secured_by == 1
        assert stand(found, by=f"{date.fromordinal(arrives_by.toordinal() - 1)}").secured_by == 0

    def test_letter_of_a_silent_writer_does_not_count_by_the_day_of_the_office(self) -> None:
        """Nor does one that is not asked for."""
        silent = rotation(letter={"asked": "2027-03-01"})
        assert stand(plan(silent, as_of="2027-06-17"), by="2028-01-01").secured_by == 0
        assert stand(plan(rotation(choice="skip")), by="2028-01-01").secured_by == 0

    def test_worse_troubles_come_first(self) -> None:
        """One applicant of each kind, in whatever order they are given."""
        late = stand(two_of_three("2027-08-19"), "late")
        ask = stand(plan(rotation(), as_of="2027-03-27", policy={"want": 1}), "ask")
        gap = stand(two_of_three("2027-06-17"), "gap")
        letter = {"asked": "2027-03-01", "agreed": "2027-03-01"}
        overdue = stand(plan(rotation(letter=letter), as_of="2027-03-05", policy={"want": 1}), "overdue")
        good = stand(plan(rotation(), policy={"want": 1}), "good")
        bad = assess_unusable(UnusableFile("bad", 1, is_read=True))
        found = worst_first([good, overdue, gap, ask, late, bad])
        assert [one.file for one in found] == ["bad", "late", "ask", "gap", "overdue", "good"]

    def test_of_equal_troubles_the_larger_comes_first(self) -> None:
        """More problems, more letters missing, more days overdue."""
        few, many = (assess_unusable(UnusableFile(f"{n}", n, is_read=True)) for n in (2, 10))
        assert worst_first([few, many]) == [many, few]
        two, one = (stand(plan(*THREE[:n], as_of="2027-06-17")) for n in (1, 2))
        assert worst_first([one, two]) == [two, one]
        longer, shorter = (
            stand(plan(rotation(), as_of=day, policy={"want": 1})) for day in ("2027-03-30", "2027-03-27")
        )
        assert worst_first([shorter, longer]) == [longer, shorter]

    def test_of_those_with_nothing_wrong_the_next_action_decides_then_the_name_then_the_file(self) -> None:
        """Who has nothing to do comes last."""
        soon, later = (
            stand(plan(rotation(start=start, end=None, weeks=4), policy={"want": 1}))
            for start in ("2027-03-01", "2027-04-05")
        )
        nothing = stand(plan(*THREE, as_of="2028-04-03"))
        assert worst_first([nothing, later, soon]) == [soon, later, nothing]
        named = [
            stand(plan(rotation(), policy={"want": 1}, name=name), file)
            for name, file in (("b", "1"), ("A", "3"), ("a", "2"))
        ]
        assert [(one.applicant, one.file) for one in worst_first(named)] == [("a", "2"), ("A", "3"), ("b", "1")]
