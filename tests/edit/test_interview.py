"""The questions of `init --ask`: which are asked, which answers are refused and why, and what the data is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from edit.interviews import EMPTY, FIRST, FULL, TODAY, answers, hold_interview, put, replies
from lorplan.edit.interview import interview
from lorplan.errors import PlanFileError
from lorplan.planfile.reader import loads

if TYPE_CHECKING:
    from edit.interviews import Path
    from lorplan.edit.interview import Question
    from runner import Json


class TestAnswers:
    """The answers are the data of the file."""

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(FULL, id="everything"),
            pytest.param(EMPTY, id="nothing"),
            pytest.param({"applicant": {"name": "Amina"}, "rotations": []}, id="only_a_name"),
            pytest.param({"applicant": {"targets": ["a", "b", "c", "d"]}, "rotations": []}, id="only_targets"),
            pytest.param({"rotations": FULL["rotations"][1:] * 5}, id="only_required_answers"),
        ],
    )
    def test_answers_become_the_data_of_the_file_word_for_word(self, data: Json) -> None:
        """What is answered is in the data as it was typed; what is left out is not, and no question is repeated."""
        found, asked = hold_interview(answers(data))
        assert found == data
        assert {question.refused for question in asked} == {None}

    def test_questions_come_in_the_order_of_the_file_and_are_numbered(self) -> None:
        """The applicant comes first, then each rotation; targets and rotations are counted."""
        _, asked = hold_interview(answers(FULL))
        first_words = [" ".join(question.text.split()[:2]) for question in asked]
        about_rotation = [
            *("Attending of", "The attending's", "The writer's", "Specialty", "First day,", "Last day,"),
            *("Hospital or", "What kind?", "In the", "Weekdays on", "Does the"),
            *("Do residents", "Do they", "How did", "How often"),
        ]
        assert first_words == [
            *("Your name", "Your e-mail", "The year"),
            *("Specialty 1", "Specialty 2", "Specialty 3"),
            *about_rotation,
            *about_rotation,
            "Attending of",
            "Your rotations:",
        ]
        numbers = [re.findall(r"\d+", question.text) for question in asked if question.text.startswith("Attending")]
        assert numbers == [["1"], ["2"], ["3"]]

    def test_only_specialty_start_and_length_of_a_rotation_are_required(self) -> None:
        """Every other question can be answered with Enter."""
        _, asked = hold_interview(answers(FULL))
        required = {re.split(",| \\(", question.text)[0] for question in asked if question.required}
        assert required == {"Specialty", "First day", "Last day"}

    def test_spaces_around_an_answer_are_ignored(self) -> None:
        """Spaces and tabs around an answer are not part of it."""
        assert hold_interview(f"  {answer}\t" for answer in answers(FULL))[0] == FULL

    @pytest.mark.parametrize(("letter", "word"), [("y", "yes"), ("Y", "yes"), ("n", "no"), ("N", "no")])
    def test_yes_or_no_can_be_answered_by_a_letter(self, letter: str, word: str) -> None:
        """The first letter is enough; the file has the word."""
        flags = ("us", "letterhead", "residency_affiliated", "img_friendly")
        one = {"rotations": FULL["rotations"][:1]}
        found, asked = hold_interview(letter if path[-1] in flags else answer for path, answer in replies(one))
        assert [found["rotations"][0][flag] for flag in flags] == [word] * len(flags)
        assert {question.refused for question in asked} == {None}

    def test_name_of_one_letter_is_not_taken_for_yes_or_no(self) -> None:
        """Only questions for yes or no expand a letter."""
        data = put(put(FULL, (*FIRST, "hospital"), "n"), ("applicant", "name"), "Y")
        assert hold_interview(answers(data))[0] == data

    @pytest.mark.parametrize("error", [KeyboardInterrupt, EOFError, ZeroDivisionError])
    @pytest.mark.parametrize("number", [0, 4, 9, 26])
    def test_error_while_asking_ends_the_interview(self, number: int, error: type[BaseException]) -> None:
        """Whatever `ask` raises, at any question, ends the interview without data."""
        left = answers(FULL)[:number]

        def ask(_: Question) -> str:
            if not left:
                raise error
            return left.pop(0)

        with pytest.raises(error):
            interview(ask, TODAY)


def report_of_check(data: Json) -> list[str]:
    """Say what `check` reports about data, without the key."""
    with pytest.raises(PlanFileError) as refused:
        loads(json.dumps(data))  # which is YAML, with an escape for every unusual character
    return [re.sub(r"^[a-z_]+: ", "", problem.message) for problem in refused.value.problems]


def starting(day: str) -> Json:
    """Give the full data with another first day of the first rotation."""
    return put(FULL, (*FIRST, "start"), day)


UNSAFE = "is not allowed (a control or text direction character)"
NOT_A_DATE = "is not a date: write YYYY-MM-DD, such as"
NOT_A_FLAG = "(yes/no and on/off also work)"
WRONG = [
    pytest.param(FULL, ("applicant", "name"), "\u200b", "is empty", id="invisible_name"),
    pytest.param(FULL, ("applicant", "name"), "A\x1b[31mB", f"the character U+001B {UNSAFE}", id="escape"),
    pytest.param(FULL, ("applicant", "name"), "A\u202eB", f"the character U+202E {UNSAFE}", id="text_direction"),
    pytest.param(FULL, ("applicant", "name"), "A\tB", f"the character U+0009 {UNSAFE}", id="tab"),
    pytest.param(FULL, ("applicant", "name"), "A\x00B", f"the character U+0000 {UNSAFE}", id="nul"),
    pytest.param(FULL, ("applicant", "name"), "A\x85B", f"the character U+0085 {UNSAFE}", id="next_line"),
    pytest.param(FULL, ("applicant", "name"), "A\u2028B", f"the character U+2028 {UNSAFE}", id="line_separator"),
    pytest.param(FULL, ("applicant", "email"), "me", '"me" is not an e-mail address', id="address_without_at"),
    pytest.param(FULL, ("applicant", "email"), "me@", '"me@" is not an e-mail address', id="address_without_domain"),
    pytest.param(
        FULL, ("applicant", "email"), "a b@x.org", '"a b@x.org" is not an e-mail address', id="address_with_a_space"
    ),
    pytest.param(FULL, ("applicant", "season"), "next", '"next" is not a whole number', id="season_in_words"),
    pytest.param(FULL, ("applicant", "season"), "2027/28", '"2027/28" is not a whole number', id="two_years"),
    pytest.param(
        FULL, ("applicant", "season"), "1990", "1990 is too small; it must be at least 1991", id="season_too_early"
    ),
    pytest.param(
        FULL, ("applicant", "season"), "2101", "2101 is too large; it must be at most 2100", id="season_too_late"
    ),
    pytest.param(
        FULL,
        ("applicant", "targets", 1),
        "IM",
        'duplicate target "IM" (first as "internal medicine")',
        id="duplicate_target_in_another_spelling",
    ),
    pytest.param(
        FULL,
        ("applicant", "targets", 1),
        "internal medicine",
        'duplicate target "internal medicine"',
        id="duplicate_target",
    ),
    pytest.param(FULL, ("applicant", "targets", 1), "\ufeff", "is empty", id="invisible_target"),
    pytest.param(FULL, (*FIRST, "attending", "name"), "\u200b\u200d", "is empty", id="invisible_attending"),
    pytest.param(
        FULL, (*FIRST, "attending", "email"), "chen", '"chen" is not an e-mail address', id="address_of_attending"
    ),
    pytest.param(FULL, (*FIRST, "specialty"), "", "is empty", id="no_specialty"),
    pytest.param(FULL, (*FIRST, "specialty"), "a\x07b", f"the character U+0007 {UNSAFE}", id="bell"),
    pytest.param(FULL, (*FIRST, "start"), "", f'"" {NOT_A_DATE} 2027-01-29', id="no_start"),
    pytest.param(
        FULL,
        (*FIRST, "start"),
        "01/04/2027",
        f'"01/04/2027" {NOT_A_DATE} 2027-04-01 or 2027-01-04',
        id="ambiguous_start",
    ),
    pytest.param(FULL, (*FIRST, "start"), "Jan 4", f'"Jan 4" {NOT_A_DATE} 2027-01-29', id="start_in_words"),
    pytest.param(
        FULL,
        (*FIRST, "start"),
        "2027-02-29",
        "2027-02-29 does not exist: February 2027 has 28 days",
        id="start_that_does_not_exist",
    ),
    pytest.param(
        FULL,
        (*FIRST, "start"),
        "1989-12-31",
        "1989-12-31 is out of range: dates go from 1990-01-01 to 2100-12-31",
        id="start_out_of_range",
    ),
    pytest.param(FULL, (*FIRST, "end"), "", f'"" {NOT_A_DATE} 2027-01-29', id="no_end"),
    pytest.param(
        FULL, (*FIRST, "end"), "29.01.2027", f'"29.01.2027" {NOT_A_DATE} 2027-01-29', id="end_in_another_form"
    ),
    pytest.param(FULL, (*FIRST, "end"), "4 months", f'"4 months" {NOT_A_DATE} 2027-01-29', id="months"),
    pytest.param(
        FULL, (*FIRST, "end"), "2027-01-03", "end 2027-01-03 is before start 2027-01-04", id="end_before_start"
    ),
    pytest.param(
        starting("2027-01-16"),
        (*FIRST, "end"),
        "2027-01-17",
        "no on-site day between 2027-01-16 and 2027-01-17: every day is a day off",
        id="weekend",
    ),
    pytest.param(
        starting("2027-01-01"),
        (*FIRST, "end"),
        "2027-01-01",
        "no on-site day between 2027-01-01 and 2027-01-01: every day is a day off",
        id="hospital_holiday",
    ),
    pytest.param(FULL, (*FIRST, "weeks"), "0", "0 is too small; it must be at least 1", id="no_weeks"),
    pytest.param(FULL, (*FIRST, "weeks"), "105", "105 is too large; it must be at most 104", id="too_many_weeks"),
    pytest.param(FULL, (*FIRST, "end"), "٤", f'"٤" {NOT_A_DATE} 2027-01-29', id="digit_of_another_script"),
    pytest.param(
        FULL, (*FIRST, "hospital"), "Mercy\tGeneral", f"the character U+0009 {UNSAFE}", id="hospital_with_a_tab"
    ),
    pytest.param(
        FULL,
        (*FIRST, "residency_affiliated"),
        "ye",
        f'expected true or false, got "ye" {NOT_A_FLAG}',
        id="half_a_yes",
    ),
    pytest.param(
        FULL,
        (*FIRST, "img_friendly"),
        "maybe",
        f'expected true or false, got "maybe" {NOT_A_FLAG}',
        id="neither_yes_nor_no",
    ),
    pytest.param(
        FULL,
        (*FIRST, "performance"),
        "Good",
        '"Good" is not one of excellent, good, fair, poor, did you mean "good"?',
        id="word_with_a_capital",
    ),
    pytest.param(FULL, (*FIRST, "contact"), "never", '"never" is not one of daily, weekly, rarely', id="unknown_word"),
]


def question_number(data: Json, path: Path) -> int:
    """Find which question is about a path; weeks answer the question for the end."""
    last = {"weeks": "end"}
    paths = [(*at[:-1], last.get(str(at[-1]), at[-1])) for at, _ in replies(data)]
    return paths.index((*path[:-1], last.get(str(path[-1]), path[-1])))


class TestWrongAnswers:
    """A wrong answer is refused, and the question is repeated."""

    @pytest.mark.parametrize(("data", "path", "wrong", "message"), WRONG)
    def test_wrong_answer_is_refused_in_the_words_of_check(
        self, data: Json, path: Path, wrong: str, message: str
    ) -> None:
        """The message is that of `check`, the question is repeated, and nothing of the answer is kept."""
        number = question_number(data, path)
        right = answers(data)
        found, asked = hold_interview([*right[:number], wrong, *right[number:]])
        assert found == data
        assert {place: question.refused for place, question in enumerate(asked) if question.refused} == {
            number + 1: message
        }
        assert asked[number][:2] == asked[number + 1][:2]
        assert report_of_check(put(data, path, wrong)) == [message]

    def test_several_wrong_answers_are_refused_one_by_one(self) -> None:
        """Each wrong answer to a question has its own message, and the next question has none."""
        wrong = ["", "soon", "0", "2027-01-01", "999"]
        right = answers(FULL)
        number = question_number(FULL, (*FIRST, "end"))
        found, asked = hold_interview([*right[:number], *wrong, *right[number:]])
        assert found == FULL
        messages = [(question.refused or "").partition(" is ")[0] for question in asked[number : number + 7]]
        assert messages == ["", '""', '"soon"', "0", "end 2027-01-01", "999", ""]

    @pytest.mark.parametrize("blank", ["", "   ", "\t"], ids=["enter", "spaces", "tab"])
    @pytest.mark.parametrize("key", ["specialty", "start", "end"])
    def test_required_question_without_an_answer_is_repeated(self, key: str, blank: str) -> None:
        """However often Enter is pressed, a required answer is asked for again."""
        number = question_number(FULL, (*FIRST, key))
        right = answers(FULL)
        found, asked = hold_interview([*right[:number], blank, blank, blank, *right[number:]])
        assert found == FULL
        refused = [bool(question.refused) for question in asked[number : number + 5]]
        assert refused == [False, True, True, True, False]

    def test_wrong_answer_of_each_rotation_is_refused_on_its_own(self) -> None:
        """A rotation is validated by its own answers."""
        data = {"rotations": FULL["rotations"] * 3}
        given = answers(data)
        for number in reversed([number for number, answer in enumerate(given) if answer == "2027-01-29"]):
            given.insert(number, "2027-01-03")
        found, asked = hold_interview(given)
        assert found == data
        messages = [question.refused for question in asked if question.refused]
        assert messages == ["end 2027-01-03 is before start 2027-01-04"] * 3


class TestWhatIsAsked:
    """Nobody is asked what cannot be known, and a specialty that is misspelled is noticed."""

    def test_how_it_went_is_not_asked_of_a_rotation_that_has_not_begun(self) -> None:
        """Neither is how often one works together."""
        row = {"attending": {"name": "Lee"}, "specialty": "neurology", "start": "2027-03-02", "weeks": "4"}
        given = [answer for path, answer in replies({"rotations": [row]}) if path[-1] not in {"performance", "contact"}]
        found, asked = hold_interview(given)
        assert found["rotations"] == [row]
        assert not any(question.text.startswith(("How did", "How often")) for question in asked)

    @pytest.mark.parametrize(
        ("answer", "specialty"),
        [
            ("", "internal medicine"),
            ("yes", "internal medicine"),
            ("n", "internal medicin"),
            ("NO", "internal medicin"),
        ],
    )
    def test_misspelled_specialty_is_offered_as_the_known_one(self, answer: str, specialty: str) -> None:
        """Enter takes it, and a no keeps what was typed."""
        data = put(FULL, (*FIRST, "specialty"), "internal medicin")
        given = answers(data)
        number = question_number(data, (*FIRST, "specialty"))
        found, asked = hold_interview([*given[: number + 1], answer, *given[number + 1 :]])
        assert found["rotations"][0]["specialty"] == specialty
        assert asked[number + 1].text.startswith('"internal medicin" is not known: did you mean internal medicine?')

    def test_specialty_that_nothing_is_close_to_is_accepted(self) -> None:
        """It may be one that we do not know."""
        data = put(FULL, (*FIRST, "specialty"), "space medicine and tourism")
        assert hold_interview(answers(data))[0] == data

    def test_days_are_read_in_words(self) -> None:
        """As one would type them."""
        given = answers(FULL)
        given[question_number(FULL, (*FIRST, "start"))] = "Jan 4 2027"
        given[question_number(FULL, (*FIRST, "end"))] = "January 29, 2027"
        assert hold_interview(given)[0] == FULL


class TestGoingBack:
    """An answer can be given anew."""

    @pytest.mark.parametrize("number", [1, 4, 9, 20])
    def test_answer_is_replaced_after_going_back(self, number: int) -> None:
        """The question before is asked again; everything before that stays."""
        right = answers(FULL)
        found, asked = hold_interview([*right[:number], " < ", *right[number - 1 :]])
        assert found == FULL
        assert asked[number + 1].text == asked[number - 1].text

    def test_going_back_at_the_first_question_asks_it_again(self) -> None:
        """There is nothing before it."""
        assert hold_interview(["<", "<", *answers(FULL)])[0] == FULL

    def test_going_back_several_times_asks_each_question_again(self) -> None:
        """One at a time."""
        right = answers(FULL)
        assert hold_interview([*right[:6], "<", "<", "<", *right[3:]])[0] == FULL

    def test_going_back_after_a_refused_answer_asks_the_question_before(self) -> None:
        """What was refused is not an answer."""
        right = answers(FULL)
        assert hold_interview([right[0], "me", "<", *right])[0] == FULL

    def test_going_back_from_the_summary_asks_for_one_more_rotation_again(self) -> None:
        """One may have been forgotten."""
        assert hold_interview([*answers(FULL)[:-1], "<", "", ""])[0] == FULL


class TestSummary:
    """What will be written is shown at the end."""

    def test_summary_has_a_line_for_each_rotation(self) -> None:
        """With its days or weeks."""
        _, asked = hold_interview(answers(FULL))
        assert asked[-1].text.splitlines() == [
            "Your rotations:",
            "  Dr. Wei Chen, internal medicine, 2027-01-04 to 2027-01-29",
            "  Lee, neurology, 2027-02-01 for 4 weeks",
            "Write the file? (Enter for yes, < to go back, n to quit)",
        ]

    @pytest.mark.parametrize("no", ["n", "NO"])
    def test_answer_no_writes_nothing(self, no: str) -> None:
        """There is no data."""
        left = [*answers(FULL)[:-1], no]
        assert interview(lambda _: left.pop(0), TODAY) is None


class TestLength:
    """The length of a rotation is its last day or a number of weeks."""

    @pytest.mark.parametrize(
        ("answer", "key"),
        [("1", "weeks"), ("4", "weeks"), ("104", "weeks"), ("004", "weeks"), ("2027-01-04", "end")],
    )
    def test_number_is_taken_for_weeks_and_date_for_the_end(self, answer: str, key: str) -> None:
        """Each answer is written under its own key."""
        data = put(FULL, (*FIRST, key), answer)
        assert hold_interview(answers(data))[0] == data

    def test_second_try_can_give_the_length_in_the_other_form(self) -> None:
        """After a wrong end weeks are accepted, and after wrong weeks an end; nothing of the first try is kept."""
        right = answers(FULL)
        number = question_number(FULL, (*FIRST, "end"))
        weeks, _ = hold_interview([*right[:number], "2026-01-01", "4", *right[number + 1 :]])
        end, _ = hold_interview([*right[:number], "0", *right[number:]])
        assert weeks == put(FULL, (*FIRST, "weeks"), "4")
        assert end == FULL
