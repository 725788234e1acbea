"""Checks between keys of a plan file: each contradiction is one problem, at the value to change."""

from __future__ import annotations

from itertools import combinations

import pytest

from lorplan.planfile.models import STAGES
from lorplan.planfile.reader import loads
from planfile.refusals import LETTER, ROW, at_marks, in_chen, problems


class TestChecks:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param(
                ROW.replace("weeks: 4", "end: «2027-01-03"),
                "end 2027-01-03 is before start 2027-01-04",
                id="end_before_start",
            ),
            pytest.param(
                ROW.replace("weeks: 4", "end: 2027-01-29\n  weeks: «4"),
                'has both "end" and "weeks": keep one',
                id="end_and_weeks",
            ),
            pytest.param(
                ROW.replace("weeks: 4", "weeks: «4\n  end: 2027-01-29"),
                'has both "end" and "weeks": keep one',
                id="weeks_and_end",
            ),
            pytest.param(
                ROW + "  last_day: «2027-01-03\n",
                "last_day 2027-01-03 is outside the rotation, 2027-01-04 to 2027-01-29",
                id="last_day_before",
            ),
            pytest.param(
                ROW + "  last_day: «2027-01-30\n",
                "last_day 2027-01-30 is outside the rotation, 2027-01-04 to 2027-01-29",
                id="last_day_after",
            ),
            pytest.param(
                ROW + "  days: «[]\n",
                "no on-site day between 2027-01-04 and 2027-01-31: every day is a day off",
                id="no_weekday",
            ),
            pytest.param(
                ROW + "  last_day: 2027-01-05\n  days: «[wed]\n",
                "no on-site day between 2027-01-04 and 2027-01-05: every day is a day off",
                id="not_its_weekday",
            ),
            pytest.param(
                ROW + "  away: «[{from: 2027-01-01, to: 2027-02-01}]\n",
                "no on-site day between 2027-01-04 and 2027-01-29: every day is a day off",
                id="always_away",
            ),
            pytest.param(
                ROW.replace("start: 2027-01-04\n  weeks: 4", "start: «2027-05-31\n  end: 2027-05-31"),
                "no on-site day between 2027-05-31 and 2027-05-31: every day is a day off",
                id="on_a_hospital_holiday",
            ),
            pytest.param(
                ROW + "  away: [{from: 2027-01-08, to: «2027-01-06}]\n",
                "the range ends on 2027-01-06, before it begins on 2027-01-08",
                id="range_backwards",
            ),
            pytest.param(
                LETTER + "    asked: 2027-01-04\n    declined: «2027-01-05\n    uploaded: 2027-01-06\n",
                "a declined letter cannot also be uploaded or assigned",
                id="declined_and_uploaded",
            ),
            pytest.param(
                LETTER + "    declined: «2027-01-05\n    assigned: 2027-01-06\n",
                "a declined letter cannot also be uploaded or assigned",
                id="declined_and_assigned",
            ),
            pytest.param(
                LETTER + "    packet: «2027-01-05\n",
                "packet is recorded but asked is not",
                id="packet_without_asking",
            ),
            pytest.param(
                LETTER + "    sent: «2027-01-05\n",
                "sent is recorded but asked is not",
                id="sent_without_asking",
            ),
            pytest.param(
                LETTER + "    asked: 2027-01-06\n    sent: «2027-01-05\n",
                "sent 2027-01-05 is before asked 2027-01-06",
                id="sent_before_asking",
            ),
            pytest.param(
                LETTER + "    asked: 2027-01-06\n    imported: «2027-06-25\n",
                "imported is recorded but uploaded is not",
                id="imported_without_upload",
            ),
            pytest.param(
                LETTER + "    uploaded: 2027-06-26\n    imported: «2027-06-25\n",
                "imported 2027-06-25 is before uploaded 2027-06-26",
                id="imported_before_upload",
            ),
            pytest.param(
                ROW + "  for: «neurology\n",
                '"neurology" is not one of your targets: list it under `targets`, or leave `for` out',
                id="written_for_no_target",
            ),
            pytest.param(
                LETTER + "    thanked: «2027-01-05\n",
                "thanked is recorded but asked is not",
                id="thanks_without_asking",
            ),
            pytest.param(
                LETTER + "    reminded: [«2027-01-05]\n",
                "reminded is recorded but asked is not",
                id="reminder_without_asking",
            ),
            pytest.param(
                LETTER + "    declined: 2027-01-04\n    thanked: «2027-01-05\n",
                "thanked is recorded but asked is not",
                id="a_decline_is_not_an_asking",
            ),
            pytest.param(
                LETTER + "    asked: 2027-01-06\n    packet: «2027-01-05\n",
                "packet 2027-01-05 is before asked 2027-01-06",
                id="packet_before_asking",
            ),
            pytest.param(
                LETTER + "    asked: 2027-01-06\n    thanked: «2027-01-05\n",
                "thanked 2027-01-05 is before asked 2027-01-06",
                id="thanks_before_asking",
            ),
            pytest.param(
                LETTER + "    asked: 2027-01-06\n    reminded: [2027-01-07, «2027-01-05]\n",
                "reminded 2027-01-05 is before asked 2027-01-06",
                id="reminder_before_asking",
            ),
        ],
    )
    def test_contradiction_in_a_rotation_is_reported_at_the_value_to_change(self, text: str, message: str) -> None:
        """Values that contradict each other are one problem, at one of them."""
        assert problems(text) == at_marks(text, in_chen(message))

    @pytest.mark.parametrize(("earlier", "later"), list(combinations(STAGES, 2)))
    def test_stages_of_a_letter_out_of_order_are_reported_at_the_later_one(self, earlier: str, later: str) -> None:
        """Asked, agreed, requested, uploaded, assigned: the order of the dates counts, not that of the lines."""
        text = f"{LETTER}    {later}: «2027-01-05\n    {earlier}: 2027-01-06\n"
        message = in_chen(f"{later} 2027-01-05 is before {earlier} 2027-01-06")
        assert problems(text) == at_marks(text, message)

    def test_letter_for_a_misspelled_target_is_refused_with_a_suggestion(self) -> None:
        """The targets are few, and the nearest is probably meant; a target in another spelling is no problem."""
        rows = "".join(f"  {line}\n" for line in f"{ROW}  for: [IM, «neurolgy]".splitlines())
        text = f"applicant: {{targets: [internal medicine, neurology]}}\nrotations:\n{rows}"
        message = in_chen('"neurolgy" is not one of your targets, did you mean "neurology"?')
        assert problems(text) == at_marks(text, message)

    def test_targets_of_a_letter_are_not_compared_with_wrong_targets(self) -> None:
        """While the targets are wrong nobody can say what is not among them."""
        rows = "".join(f"  {line}\n" for line in f"{ROW}  for: neurology".splitlines())
        text = f"applicant: {{targets: «neurology}}\nrotations:\n{rows}"
        assert [line.partition(":")[0] for line in problems(text)] == ["1"]

    def test_duplicate_id_is_reported_at_each_repetition(self) -> None:
        """Every further rotation with the same id is a problem; case makes another id."""
        rows = [f"{ROW}  id: {written}\n" for written in ("chen", "Chen", "«chen", "lee", "«chen")]
        message = 'rotation "chen": duplicate id "chen"'
        assert problems("".join(rows)) == at_marks("".join(rows), message, message)

    @pytest.mark.parametrize(
        ("targets", "message"),
        [
            pytest.param("[im, «im]", 'duplicate target "im"', id="same_word"),
            pytest.param(
                "[internal medicine, «IM]",
                'duplicate target "IM" (first as "internal medicine")',
                id="alias",
            ),
            pytest.param(
                "[im, «{specialty: Internal  Medicine}]",
                'duplicate target "Internal  Medicine" (first as "im")',
                id="with_its_number",
            ),
            pytest.param(
                "[Dreaming, im, «dreaming]",
                'duplicate target "dreaming" (first as "Dreaming")',
                id="unknown_specialty",
            ),
        ],
    )
    def test_duplicate_target_is_reported_at_the_second(self, targets: str, message: str) -> None:
        """A specialty can be a target once, in whatever spelling."""
        text = f"applicant:\n  targets: {targets}\n"
        assert problems(text) == at_marks(text, message)

    def test_rotation_without_a_day_because_of_the_holidays_is_reported_at_its_start(self) -> None:
        """The rotation's own keys are not the reason if the applicant is always off."""
        text = "applicant: {holidays: [{from: 2027-01-01, to: 2027-02-28}]}\nrotations:\n" + ROW.replace(
            "2027-01-04", "«2027-01-04"
        )
        message = in_chen("no on-site day between 2027-01-04 and 2027-01-29: every day is a day off")
        assert problems(text) == at_marks(text, message)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(ROW.replace("weeks: 4", "end: 2027-01-04"), id="one_day"),
            pytest.param(ROW + "  last_day: 2027-01-04\n", id="last_day_on_the_first"),
            pytest.param(ROW + "  last_day: 2027-01-29\n", id="last_day_on_the_end"),
            pytest.param(
                ROW.replace(
                    "start: 2027-01-04\n  weeks: 4", "start: 2027-05-31\n  end: 2027-05-31\n  worked: [2027-05-31]"
                ),
                id="worked_on_a_holiday",
            ),
            pytest.param(
                ROW.replace("start: 2027-01-04\n  weeks: 4", "start: 2027-05-31\n  end: 2027-05-31\n  us: no"),
                id="no_holiday_abroad",
            ),
            pytest.param(ROW + "  away: [{from: 2027-01-06, to: 2027-01-06}]\n", id="range_of_one_day"),
            pytest.param(LETTER + "".join(f"    {step}: 2027-01-06\n" for step in STAGES), id="all_on_one_day"),
            pytest.param(
                LETTER + "    uploaded: 2027-01-06\n    packet: 2027-01-06\n", id="a_later_step_implies_the_asking"
            ),
            pytest.param(
                ROW.replace("start: 2027-01-04\n  weeks: 4", "start: 2027-01-18\n  end: 2027-01-18"),
                id="federal_holiday_that_hospitals_do_not_keep",
            ),
            pytest.param(LETTER + "    uploaded: 2027-01-06\n    imported: 2027-01-06\n", id="imported_at_once"),
            pytest.param(
                LETTER + "    assigned: 2026-09-06\n    imported: 2026-06-25\n", id="assigned_again_after_the_import"
            ),
            pytest.param(LETTER + "    requested: 2027-01-06\n    declined: 2027-01-01\n", id="declined_on_any_day"),
        ],
    )
    def test_values_that_are_just_possible_are_read(self, text: str) -> None:
        """Every check allows the boundary case."""
        assert len(loads(text).rotations) == 1
