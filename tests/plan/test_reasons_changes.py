"""What would change a verdict: each text is said where it is true, and what it proposes does change something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from builders import letter, plan, rotation
from rules.comparing import case, write_rotations

if TYPE_CHECKING:
    from runner import Json

ASKED: Final[Json] = {"letter": {"asked": "2027-03-01"}}
OFFERED: Final[Json] = {"offered": "2027-03-01"}
LATE: Final[Json] = {"start": "2027-08-30", "end": "2027-09-24"}
FELLOW: Final[Json] = {"name": "Dr. Wei Chen", "role": "fellow"}

IF_CHOSEN: Final = "if you set `choice: ask`"
NEXT_IN_LINE: Final = "if Dr. Luis Rossi declined or went silent, the next in line would move up"


def changes(*rows: Json, letter_id: str = "chen", **more: Any) -> tuple[str, ...]:  # noqa: ANN401 - passed on
    """Give what would change the verdict on a letter."""
    return letter(plan(*rows, **more), letter_id).would_change


def changes_for_two(better: Json, worse: Json, letter_id: str, **more: Any) -> tuple[str, ...]:  # noqa: ANN401 - passed on
    """Give what would change the verdict on one of two letters, of which one is wanted."""
    rows = rotation("Dr. Luis Rossi", **better), rotation("Dr. Ann Ames", **worse)
    return changes(*rows, letter_id=letter_id, policy={"want": 1}, **more)


# --- skip and keep ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attending", "more", "text", "change"),
    [
        case("Dr. Wei Chen", {"choice": "skip"}, "if you removed `choice: skip`", {"choice": None}, why="choice"),
        case(
            "Dr. Wei Chen",
            {"letter": {"declined": "2027-03-01"}},
            "only if the attending has changed their mind: remove `declined`",
            {"letter": None},
            why="refusal",
        ),
        case(FELLOW, {}, "if you set `choice: ask`", {"choice": "ask"}, why="role"),
        case(
            "Dr. Wei Chen",
            {"performance": "poor"},
            "if `performance` were better, or you set `choice: ask`",
            {"performance": "good"},
            why="better_performance",
        ),
        case(
            "Dr. Wei Chen",
            {"performance": "poor"},
            "if `performance` were better, or you set `choice: ask`",
            {"choice": "ask"},
            why="performance_and_choice",
        ),
    ],
)
def test_way_back_of_a_skipped_letter_brings_it_back(attending: object, more: Json, text: str, change: Json) -> None:
    """With the change the same letter is asked for."""
    assert changes(rotation(attending, **more)) == (text,)
    assert letter(plan(rotation(attending, **{**more, **change}))).verdict == "ask"


def test_way_back_of_a_rotation_of_the_same_attending_is_to_skip_the_other() -> None:
    """The text names the other rotation."""
    rows = rotation(id="early"), rotation(id="late", start="2027-04-05", end="2027-04-30")
    assert changes(*rows, letter_id="late") == (
        "if you set `choice: skip` for early, or each were `for` other targets",
    )
    assert letter(plan({**rows[0], "choice": "skip"}, rows[1]), "late").verdict == "ask"


def test_letter_that_was_asked_for_is_kept_until_declined_or_skipped() -> None:
    """Both are true."""
    assert changes(rotation(**ASKED)) == ("if the writer declined, or you set `choice: skip`",)
    declined = {"letter": {"asked": "2027-03-01", "declined": "2027-03-01"}}
    assert letter(plan(rotation(**declined))).verdict == "skip"
    assert letter(plan(rotation(**ASKED, choice="skip"))).verdict == "skip"


# --- ask ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "text", "expected"),
    [
        case(
            {},
            "if `performance` turned out fair or poor, or you set `choice: skip`",
            {"fair", "poor"},
            why="fair_or_poor",
        ),
        case(
            OFFERED, "if `performance` turned out poor, or you set `choice: skip`", {"poor"}, why="an_offer_lifts_fair"
        ),
        case({"choice": "ask"}, "if you changed `choice: ask` to `choice: skip`", set(), why="the_choice_lifts_all"),
    ],
)
def test_pick_names_the_performance_that_would_end_its_verdict(more: Json, text: str, expected: set[str]) -> None:
    """A performance is named only if with it the letter would no longer be asked for."""
    assert changes(rotation(**more)) == (text,)
    ending = {how for how in ("fair", "poor") if letter(plan(rotation(**more, performance=how))).verdict != "ask"}
    assert ending == expected
    assert letter(plan(rotation(**{**more, "choice": "skip"}))).verdict == "skip"


@pytest.mark.parametrize(
    ("more", "text"),
    [
        case({"choice": "ask"}, "if you removed `choice: ask`", why="chosen"),
        case(OFFERED, "if you set `choice: skip`", why="offered"),
    ],
)
def test_letter_beyond_the_picks_names_the_choice(more: Json, text: str) -> None:
    """Nothing else would end its verdict for certain."""
    assert changes_for_two({"performance": "excellent"}, more, "ames") == (text,)


@pytest.mark.parametrize(
    ("better", "worse", "text"),
    [
        case(
            {},
            LATE,
            "it could arrive in time (a later deadline, or a writer who needs less than `lead_days`) (WHO-11)",
            why="late",
        ),
        case({}, {"performance": "fair"}, "the attending offered to write (WHO-2)", why="weak_by_performance"),
        case({}, {"contact": "rarely"}, "the attending offered to write (WHO-3)", why="weak_by_contact"),
        case({}, {"performance": None}, "`performance` turned out better (WHO-2)", why="performance"),
        case(
            {"img_friendly": True},
            {},
            "`residency_affiliated` or `img_friendly` turned out to be true (WHO-5)",
            why="hospital",
        ),
        case({}, {"specialty": "psychiatry"}, "its specialty were among your targets (MIX-2)", why="target"),
        case({"contact": "daily"}, {}, "`contact` turned out closer (WHO-3)", why="contact"),
        case({"letterhead": True}, {}, "`letterhead` turned out to be true (WHO-6)", why="letterhead"),
    ],
)
def test_improvement_of_the_letter_left_out_is_named_for_both_letters(better: Json, worse: Json, text: str) -> None:
    """For the pick as a danger, and for the other as a chance."""
    targets = [{"specialty": "neurology", "in_specialty": 0}]
    pick = changes_for_two(better, worse, "rossi", targets=targets)
    left_out = changes_for_two(better, worse, "ames", targets=targets)
    assert pick[1:] == (f"Dr. Ann Ames could rank higher if {text}",)
    assert left_out[0] == f"it would equal Dr. Luis Rossi here if {text}"


@pytest.mark.parametrize(
    ("better", "worse", "improvement", "more"),
    [
        case({}, {"performance": "fair"}, OFFERED, {}, why="an_offer_for_fair_performance"),
        case({}, {"contact": "rarely"}, OFFERED, {}, why="an_offer_for_rare_contact"),
        case({}, {"performance": None}, {"performance": "good"}, {}, why="performance"),
        case({"img_friendly": True}, {}, {"residency_affiliated": True}, {}, why="hospital"),
        case({}, {"specialty": "psychiatry"}, {}, {"targets": ["psychiatry", "neurology"]}, why="target"),
        case({"contact": "daily"}, {}, {"contact": "daily"}, {}, why="contact"),
        case({"letterhead": True}, {}, {"letterhead": True}, {}, why="letterhead"),
        case({}, LATE, {}, {"deadline": "2027-10-30"}, why="a_later_deadline"),
        case({}, LATE, {}, {"policy": {"lead_days": 0, "want": 1}}, why="a_faster_writer"),
    ],
)
def test_improvement_ends_the_loss_of_that_comparison(better: Json, worse: Json, improvement: Json, more: Json) -> None:
    """With it the letter no longer loses by the rule that was named, if it loses at all."""
    usual: Json = {"policy": {"want": 1}, "targets": [{"specialty": "neurology", "in_specialty": 0}]}
    rows = rotation("Dr. Luis Rossi", **better), rotation("Dr. Ann Ames", **worse)
    before = letter(plan(*rows, **usual), "ames")
    after = letter(plan(rows[0], {**rows[1], **improvement}, **{**usual, **more}), "ames")
    assert before.decided_by is not None
    assert after.decided_by is None or after.decided_by.rule != before.decided_by.rule


# --- reserve and hold ---------------------------------------------------------------------------------------


def test_reserve_moves_up_if_a_pick_fails_or_by_choice() -> None:
    """A comparison that nothing can change has no improvement."""
    assert changes_for_two({}, {"experience": "observership"}, "ames") == (NEXT_IN_LINE, IF_CHOSEN)
    declined = {"letter": {"declined": "2027-03-01"}}
    rows = rotation("Dr. Luis Rossi", **declined), rotation("Dr. Ann Ames", experience="observership")
    assert letter(plan(*rows, policy={"want": 1}), "ames").verdict == "ask"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        case({"start": "2026-08-31", "end": "2026-09-22"}, {"start": "2026-08-30", "end": "2026-09-21"}, why="age"),
        case({"start": "2027-02-05"}, {}, why="length"),
        case(ASKED, {}, why="asked_for"),
        case({}, {"start": "2027-03-02", "end": "2027-03-27"}, why="last_day"),
        case({}, {}, why="file_order"),
    ],
)
def test_comparison_that_nothing_can_change_has_no_improvement(better: Json, worse: Json) -> None:
    """No entry in the file makes a rotation longer or a letter younger."""
    assert changes_for_two(better, worse, "ames") == (NEXT_IN_LINE, IF_CHOSEN)


def test_weak_letter_does_not_move_up_if_a_pick_fails() -> None:
    """A weak letter can only be offered or chosen."""
    found = changes_for_two({}, {"performance": "fair"}, "ames")
    assert found == ("it would equal Dr. Luis Rossi here if the attending offered to write (WHO-2)", IF_CHOSEN)


def test_weak_letter_that_lost_nothing_needs_an_offer_or_the_choice() -> None:
    """Without any pick there is no comparison."""
    assert changes(rotation(performance="fair")) == ("if the attending offered to write", IF_CHOSEN)
    assert letter(plan(rotation(performance="fair", **OFFERED))).verdict == "ask"


def test_strong_letter_above_the_picks_moves_up_if_a_pick_fails() -> None:
    """The letter that the target needs comes first, until its writer declines."""
    worse = {"performance": "excellent", "specialty": "psychiatry"}
    assert changes_for_two({}, worse, "ames", targets=["neurology"]) == (NEXT_IN_LINE, IF_CHOSEN)


def test_choice_to_ask_asks_for_a_letter_on_hold() -> None:
    """It is named for every letter that is left out."""
    rows = write_rotations(5)
    assert changes(*rows, letter_id="a5")[-1] == IF_CHOSEN
    assert letter(plan(*rows[:4], {**rows[4], "choice": "ask"}), "a5").verdict == "ask"
