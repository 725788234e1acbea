"""Several problems in one plan file: none is lost, and none is invented from a wrong value."""

from __future__ import annotations

import pytest

from lorplan.planfile.reader import loads
from planfile.refusals import EXPECTED_MAPPING, HERE, LETTER, ROW, at_marks, find_problems, in_chen, places, problems

SOON = '"soon" is not a date: write YYYY-MM-DD, such as 2027-01-29'


def places_of(text: str) -> list[tuple[int | None, int | None]]:
    """Find the places of the problems of a file without its marks."""
    return [(problem.line, problem.column) for problem in find_problems(lambda: loads(text.replace(HERE, "")))]


class TestSeveralProblems:
    def test_all_problems_of_a_file_are_reported_in_the_order_of_the_text(self) -> None:
        """One run reports everything that is wrong, sorted by position."""
        text = """\
applicant:
  «nam: Amina
  season: «1990
  targets: [im, «{in_specialty: «11}, «&x fm]
policy:
  want: «none
  spare: 1
  «spare: 2
rotations:
  - «attending: {name: Wei Chen, role: «nurse}
    start: «05/11/2026
    end: 2027-01-29
    days: [mon, «tues]
    letter:
      asked: 2027-01-27
      agreed: «2027-01-26
      «upload: 2027-02-01
  - «Ann Lee
  - attending: Bo Ng
    specialty: «*im
    start: 2027-02-01
    end: «2027-01-29
    id: «b o
"""
        assert problems(text) == at_marks(
            text,
            'unknown key "nam", did you mean "name"?',
            "season: 1990 is too small; it must be at least 1991",
            'needs "specialty"',
            "in_specialty: 11 is too large; it must be at most 10",
            "YAML anchors are not supported; remove &x",
            'want: "none" is not a whole number',
            'duplicate key "spare"',
            in_chen('needs "specialty"'),
            in_chen('role: "nurse" is not one of attending, chair, program director, fellow, resident, other'),
            in_chen('start: "05/11/2026" is not a date: write YYYY-MM-DD, such as 2026-11-05 or 2026-05-11'),
            in_chen('days: "tues" is not one of mon, tue, wed, thu, fri, sat, sun, did you mean "tue"?'),
            in_chen("agreed 2027-01-26 is before asked 2027-01-27"),
            in_chen('unknown key "upload", did you mean "uploaded"?'),
            f"rotation 2 of the list: {EXPECTED_MAPPING}",
            'rotation "b o": YAML aliases are not supported; repeat the value',
            'rotation "b o": end 2027-01-29 is before start 2027-02-01',
            'rotation "b o": id: "b o" is not an id: use letters, digits, - and _ only',
        )

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(
                ROW.replace("2027-01-04", "«soon").replace("weeks: 4", "end: 2026-01-01"), id="start_then_end"
            ),
            pytest.param(ROW.replace("2027-01-04", "«soon") + "  last_day: 2020-01-01\n", id="start_then_last_day"),
            pytest.param(ROW.replace("weeks: 4", "end: «soon") + "  last_day: 2028-01-01\n", id="end_then_last_day"),
            pytest.param(
                ROW.replace("weeks: 4", "weeks: «many") + "  last_day: 2028-01-01\n", id="weeks_then_last_day"
            ),
            pytest.param(ROW.replace("weeks: 4", "weeks: «many") + "  end: 2027-01-29\n", id="weeks_then_end"),
            pytest.param(ROW + "  last_day: 2027-01-30\n  days: [«sabbath]\n", id="days_then_last_day"),
            pytest.param(ROW + "  last_day: «soon\n  days: [mon]\n", id="last_day_then_days"),
            pytest.param(
                ROW.replace("start: 2027-01-04\n  weeks: 4", "start: 2027-01-18\n  end: 2027-01-18\n  worked: [«x]"),
                id="worked_then_no_day",
            ),
            pytest.param(
                ROW.replace("start: 2027-01-04\n  weeks: 4", "start: 2027-01-18\n  end: 2027-01-18\n  us: «x"),
                id="us_then_no_day",
            ),
            pytest.param(LETTER + "    asked: «soon\n    packet: 2027-01-05\n", id="asked_then_packet"),
            pytest.param(
                LETTER + "    asked: «soon\n    agreed: 2027-01-05\n    reminded: [2027-01-01]\n",
                id="asked_then_reminded",
            ),
            pytest.param(LETTER + "    asked: «*x\n    packet: 2027-01-05\n", id="alias_at_asked_then_packet"),
            pytest.param(ROW.replace("weeks: 4", "end: «*x"), id="alias_at_the_end"),
            pytest.param(ROW.replace("weeks: 4", "weeks: «*x"), id="alias_at_the_weeks"),
            pytest.param(ROW + "  last_day: 2027-01-30\n  days: «*x\n", id="alias_at_the_days_then_last_day"),
            pytest.param(
                ROW.replace("2027-01-04", "«*x") + "  last_day: 2020-01-01\n",
                id="alias_at_the_start_then_last_day",
            ),
        ],
    )
    def test_check_that_reads_a_wrong_value_reports_nothing(self, text: str) -> None:
        """Only the wrong value is a problem: a check runs once all the values that it reads are valid."""
        assert places_of(text) == places(text)

    @pytest.mark.parametrize(
        ("text", "messages"),
        [
            pytest.param(
                ROW.replace("weeks: 4", "end: 2027-01-29\n  weeks: «4") + f"{ROW}  id: x\n{ROW}  id: «x\n",
                (
                    'rotation "chen": has both "end" and "weeks": keep one',
                    'rotation "x": duplicate id "x"',
                ),
                id="contradiction_and_duplicate_id",
            ),
            pytest.param(
                ROW.replace("Wei Chen", "{role: «boss, name: Wei Chen}") + "  last_day: «2028-01-01\n",
                (
                    in_chen('role: "boss" is not one of attending, chair, program director, fellow, resident, other'),
                    in_chen("last_day 2028-01-01 is outside the rotation, 2027-01-04 to 2027-01-29"),
                ),
                id="wrong_word_and_contradiction",
            ),
            pytest.param(
                "applicant: {season: «x, targets: [im, «im]}\nrotations:\n" + ROW + "  days: «[]\n",
                (
                    'season: "x" is not a whole number',
                    'duplicate target "im"',
                    in_chen("no on-site day between 2027-01-04 and 2027-01-31: every day is a day off"),
                ),
                id="three_levels",
            ),
            pytest.param(
                LETTER
                + "    asked: 2027-01-09\n    agreed: «2027-01-08\n    requested: «2027-01-07\n"
                + "    declined: «2027-01-01\n    uploaded: 2027-01-10\n",
                (
                    in_chen("agreed 2027-01-08 is before asked 2027-01-09"),
                    in_chen("requested 2027-01-07 is before agreed 2027-01-08"),
                    in_chen("a declined letter cannot also be uploaded or assigned"),
                ),
                id="three_in_a_letter",
            ),
            pytest.param(
                "applicant: {targets: [im, {specialty: fm, in_specialty: «11}, «IM]}",
                (
                    "in_specialty: 11 is too large; it must be at most 10",
                    'duplicate target "IM" (first as "im")',
                ),
                id="two_targets",
            ),
            pytest.param(
                LETTER + "    asked: 2027-01-09\n    reminded: [«x, «2027-01-08]\n",
                (
                    in_chen('reminded: "x" is not a date: write YYYY-MM-DD, such as 2027-01-29'),
                    in_chen("reminded 2027-01-08 is before asked 2027-01-09"),
                ),
                id="two_reminders",
            ),
            pytest.param(
                ROW + "  «weeks: 5\n  «weeks: 6\n",
                (in_chen('duplicate key "weeks"'),) * 2,
                id="one_key_three_times",
            ),
        ],
    )
    def test_problems_in_different_places_do_not_hide_each_other(self, text: str, messages: tuple[str, ...]) -> None:
        """A wrong value does not stop the checks that do not read it."""
        assert problems(text) == at_marks(text, *messages)

    @pytest.mark.parametrize(
        ("text", "messages"),
        [
            pytest.param(
                ROW.replace("2027-01-04", "«soon").replace("weeks: 4", "weeks: «4")
                + "  end: 2020-01-01\n  last_day: 2030-01-01\n  days: []\n",
                (in_chen(f"start: {SOON}"), in_chen('has both "end" and "weeks": keep one')),
                id="start",
            ),
            pytest.param(
                LETTER
                + "    asked: «soon\n    agreed: 2027-01-05\n    requested: «2027-01-04\n    packet: 2027-01-01\n"
                + "    declined: «2027-01-08\n    uploaded: 2027-01-09\n",
                (
                    in_chen(f"asked: {SOON}"),
                    in_chen("requested 2027-01-04 is before agreed 2027-01-05"),
                    in_chen("a declined letter cannot also be uploaded or assigned"),
                ),
                id="asked",
            ),
            pytest.param(
                LETTER
                + "    asked: 2027-01-05\n    packet: 2027-01-04\n    requested: «2027-01-03\n"
                + "    declined: 2027-01-08\n    uploaded: «soon\n",
                (in_chen("requested 2027-01-03 is before asked 2027-01-05"), in_chen(f"uploaded: {SOON}")),
                id="uploaded",
            ),
            pytest.param(
                "applicant: {holidays: [«soon], targets: [im, «IM]}\nrotations:\n" + ROW + "  days: «[]\n",
                (
                    f"holidays: {SOON}",
                    'duplicate target "IM" (first as "im")',
                    in_chen("no on-site day between 2027-01-04 and 2027-01-31: every day is a day off"),
                ),
                id="holidays",
            ),
            pytest.param(
                f"{ROW}  id: «a.b\n  days: «[]\n{ROW}  id: x\n{ROW}  id: «x\n",
                (
                    'rotation "a.b": id: "a.b" is not an id: use letters, digits, - and _ only',
                    'rotation "a.b": no on-site day between 2027-01-04 and 2027-01-31: every day is a day off',
                    'rotation "x": duplicate id "x"',
                ),
                id="id",
            ),
        ],
    )
    def test_wrong_value_silences_the_checks_that_read_it_and_no_others(
        self, text: str, messages: tuple[str, ...]
    ) -> None:
        """The wrong value and the contradictions between valid values are reported at once."""
        assert problems(text) == at_marks(text, *messages)

    def test_rotation_with_two_contradictions_in_its_dates_hides_no_problem_of_another(self) -> None:
        """Problems of all rotations are reported, that of a duplicate id as well."""
        text = (
            "- {attending: A, specialty: im, start: 2027-01-04, end: «2027-01-01, weeks: «4}\n"
            "- {attending: B, specialty: im, start: «2027-01-09, end: 2027-01-10}\n"
            "- {attending: C, id: b, specialty: im, start: 2027-01-11, weeks: 2}\n"
            "- {attending: D, id: «b, specialty: im, start: 2027-01-11, weeks: 2}\n"
        )
        assert places_of(text) == places(text)
