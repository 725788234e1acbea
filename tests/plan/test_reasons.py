"""The verdict on each letter, and the reason that decided it, for each way in which it can come about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from builders import letter, plan, rotation, verdicts
from lorplan.plan.model import Decision
from lorplan.rules.order import ORDER, first_lead
from rules.comparing import case, write_rotations

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Json

ASKED: Final[Json] = {"letter": {"asked": "2027-03-01"}}
OFFERED: Final[Json] = {"offered": "2027-03-01"}
LATE: Final[Json] = {"start": "2027-08-30", "end": "2027-09-24"}


def two(better: Json, worse: Json, **more: Any) -> Plan:  # noqa: ANN401 - passed on
    """Make the plan of two rotations, with one letter wanted."""
    rows = rotation("Dr. Luis Rossi", **better), rotation("Dr. Ann Ames", **worse)
    return plan(*rows, policy={"want": 1}, **more)


# --- skip and keep ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attending", "more", "rule", "text"),
    [
        case("Dr. Wei Chen", {"choice": "skip"}, "WHO-12", "you chose to skip it", why="choice"),
        case("Dr. Wei Chen", {"letter": {"declined": "2027-03-01"}}, "WHO-8", "the attending declined", why="refusal"),
        case({"name": "Dr. Wei Chen", "role": "fellow"}, {}, "WHO-1", "the writer is a fellow", why="fellow"),
        case({"name": "Dr. Wei Chen", "role": "resident"}, {}, "WHO-1", "the writer is a resident", why="resident"),
        case("Dr. Wei Chen", {"performance": "poor"}, "WHO-2", "performance: poor", why="performance"),
    ],
)
def test_skipped_letter_has_one_reason_against_it(attending: object, more: Json, rule: str, text: str) -> None:
    """It is neither ranked nor compared."""
    one = letter(plan(rotation(attending, **more)))
    assert one.reasons == ((rule, text, "against"),)
    assert (one.verdict, one.rank, one.pick, one.decided_by) == ("skip", None, False, None)


@pytest.mark.parametrize(
    ("events", "rule", "text"),
    [
        case({"asked": "2027-03-24"}, "WHEN-11", "asked on 2027-03-24, no answer yet", why="asked"),
        case({"agreed": "2027-03-24"}, "WHEN-8", "agreed on 2027-03-24, not requested in the portal yet", why="agreed"),
        case({"requested": "2027-07-01"}, "WHEN-10", "requested on 2027-07-01, not uploaded yet", why="requested"),
        case(
            {"requested": "2027-07-01", "sent": "2027-07-15"},
            "WHEN-9",
            "the writer says that it was sent on 2027-07-15, the portal does not show it yet",
            why="sent",
        ),
        case(
            {"uploaded": "2026-08-02"},
            "WHEN-19",
            "uploaded on 2026-08-02 for an earlier season, to be imported",
            why="carried",
        ),
        case({"uploaded": "2027-07-15"}, "WHEN-14", "uploaded on 2027-07-15, to be assigned", why="uploaded"),
        case(
            {"uploaded": "2026-08-02", "imported": "2027-06-24"},
            "WHEN-14",
            "uploaded on 2027-06-24, to be assigned",
            why="imported",
        ),
        case({"assigned": "2027-07-15"}, "WHEN-14", "assigned on 2027-07-15", why="assigned"),
    ],
)
def test_letter_that_was_asked_for_is_kept_with_how_far_it_is(events: Json, rule: str, text: str) -> None:
    """The rule is that of the next stage."""
    one = letter(plan(rotation(letter=events), as_of=max(*events.values(), "2027-03-24")))
    assert (one.verdict, one.reason) == ("keep", (rule, text, "for"))


def test_silent_letter_is_kept_with_a_reason_against_it() -> None:
    """The reason says since when, and a second remark what to do."""
    one = letter(plan(rotation(**ASKED), as_of="2027-03-15"))
    assert one.reason == ("WHEN-11", "asked on 2027-03-01, no answer since 2027-03-01", "against")


# --- ask ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("needed", "text"),
    [
        case(1, "the neurology letter that is needed", why="one"),
        case(2, "1 of the 2 neurology letters needed", why="several"),
    ],
)
def test_pick_that_a_target_needs_says_so(needed: int, text: str) -> None:
    """Whatever the other letters are."""
    targets = [{"specialty": "neurology", "in_specialty": needed}]
    assert letter(plan(rotation(), targets=targets)).reason == ("MIX-2", text, "for")


@pytest.mark.parametrize(
    ("want", "text"), [case(3, "one of the best 3", why="several"), case(1, "the best", why="one")]
)
def test_pick_without_a_rival_is_one_of_the_best(want: int, text: str) -> None:
    """Nobody is left out, so there is nothing to compare with."""
    assert letter(plan(rotation(), policy={"want": want})).reason == ("MIX-1", text, "for")


def test_pick_is_compared_with_the_best_letter_left_out() -> None:
    """Every pick, not only the last."""
    found = plan(*write_rotations(3, letterhead=True), rotation("Dr. Ann Ames"), rotation("Dr. Bo Boyd"))
    text = "one of the best 3, ranks above Dr. Ann Ames, as the letter would carry a letterhead or an academic title"
    assert [one.reason for one in found.letters if one.pick] == [("WHO-6", text, "for")] * 3


def test_pick_is_not_compared_with_a_letter_that_was_asked_for() -> None:
    """It is kept in any case."""
    asked = rotation("Ann Ames", performance="fair", **ASKED)
    found = plan(*write_rotations(3, letterhead=True), asked, rotation("Bo Boyd", performance="fair"))
    assert "Bo Boyd" in letter(found, "a3").reason.text


def test_pick_for_the_sake_of_a_recent_letter_says_so() -> None:
    """The letters in hand are of a time too long ago."""
    days = {"start": "2026-08-24", "end": "2026-09-21", "letter": {"asked": "2026-09-21", "agreed": "2026-09-21"}}
    rows = [rotation(f"Dr. A{n}", img_friendly=True, **days) for n in range(3)]
    reason = letter(plan(*rows, rotation())).reason
    assert reason == ("WHO-9", "the best letter about a recent time, as no other pick is fresh", "for")


def test_pick_that_ranks_below_the_rival_is_one_of_the_best() -> None:
    """Of two late picks and a weak letter on time, which ranks first, neither pick has an advantage."""
    found = plan(rotation("Dr. Weak", performance="fair"), rotation(**LATE))
    assert [one.id for one in found.letters] == ["weak", "chen"]
    assert letter(found).reason == ("MIX-1", "one of the best 3", "for")


@pytest.mark.parametrize(
    ("more", "rule", "text"),
    [
        case({"choice": "ask"}, "WHO-12", "you chose to ask", why="chosen"),
        case({"choice": "ask", "performance": "poor"}, "WHO-12", "you chose to ask", why="chosen_in_spite_of_all"),
        case(OFFERED, "WHO-7", "offered to write on 2027-03-01", why="offered"),
        case({"choice": "ask", **OFFERED}, "WHO-12", "you chose to ask", why="the_choice_before_the_offer"),
    ],
)
def test_letter_beyond_the_picks_is_asked_for_if_chosen_or_offered(more: Json, rule: str, text: str) -> None:
    """One letter is wanted, and a better one is picked."""
    one = letter(two({"performance": "excellent"}, more), "ames")
    assert (one.verdict, one.pick, one.reason) == ("ask", False, (rule, text, "for"))


# --- reserve and hold: the comparison that was lost ---------------------------------------------------------

COMPARISONS: Final = (
    case(1, {}, LATE, "late, expected by 2027-10-18, so it ranks below Dr. Luis Rossi", why="late"),
    case(
        2,
        {},
        {"performance": "fair"},
        "weak (performance: fair), so it ranks below Dr. Luis Rossi",
        why="weak_by_performance",
    ),
    case(
        2, {}, {"contact": "rarely"}, "weak (contact: rarely), so it ranks below Dr. Luis Rossi", why="weak_by_contact"
    ),
    case(
        3,
        {},
        {"experience": "observership"},
        "ranks below Dr. Luis Rossi, whose rotation is hands-on in the US",
        why="hands_on",
    ),
    case(
        3,
        {"experience": "observership"},
        {"experience": "research"},
        "ranks below Dr. Luis Rossi, whose rotation is observership in the US",
        why="observership",
    ),
    case(
        3,
        {"experience": "telehealth"},
        {"us": False},
        "ranks below Dr. Luis Rossi, whose rotation is telehealth in the US",
        why="telehealth",
    ),
    case(
        4,
        {"performance": "excellent"},
        {},
        "ranks below Dr. Luis Rossi, whose rotation is rated excellent",
        why="performance",
    ),
    case(
        4,
        {"performance": None, **ASKED},
        {"performance": None},
        "ranks below Dr. Luis Rossi, whose letter was asked for already",
        why="asked_for_without_a_rating",
    ),
    case(
        5,
        {"img_friendly": True},
        {},
        "ranks below Dr. Luis Rossi, whose hospital is IMG-friendly",
        why="one_affiliation",
    ),
    case(
        5,
        {"img_friendly": True, "residency_affiliated": True},
        {"img_friendly": True},
        "ranks below Dr. Luis Rossi, whose hospital is residency-affiliated and IMG-friendly",
        why="two_affiliations",
    ),
    case(
        6,
        {},
        {"specialty": "psychiatry"},
        "ranks below Dr. Luis Rossi, whose letter counts for one of your targets",
        why="target",
    ),
    case(
        7,
        {"contact": "daily"},
        {"contact": "weekly"},
        "ranks below Dr. Luis Rossi, whose contact with you is daily",
        why="contact",
    ),
    case(
        7,
        {"performance": "fair", **ASKED},
        {"performance": "fair", "contact": "rarely"},
        "ranks below Dr. Luis Rossi, whose contact with you is not recorded as rare",
        why="contact_not_recorded",
    ),
    case(
        8,
        {"letterhead": True},
        {},
        "ranks below Dr. Luis Rossi, whose letter would carry a letterhead or an academic title",
        why="letterhead",
    ),
    case(
        9,
        {"start": "2026-08-31", "end": "2026-09-22"},
        {"start": "2026-08-30", "end": "2026-09-21"},
        "ranks below Dr. Luis Rossi, whose letter would be about a more recent time",
        why="age",
    ),
    case(
        10,
        {"start": "2027-02-05"},
        {},
        "ranks below Dr. Luis Rossi, whose acquaintance with you is longer (36 days together)",
        why="days",
    ),
    case(11, ASKED, {}, "otherwise equal to Dr. Luis Rossi, whose letter was asked for already", why="asked_for"),
    case(
        13,
        {},
        {"start": "2027-03-02", "end": "2027-03-29"},
        "otherwise equal to Dr. Luis Rossi, whose rotation ends earlier (2027-03-26)",
        why="last_day",
    ),
    case(
        12,
        {"start": "2027-03-01", "end": "2027-03-26"},
        {"start": "2027-02-01", "end": "2027-02-26"},
        "otherwise equal to Dr. Luis Rossi, whose rotation is not over yet",
        why="still_there",
    ),
    case(14, {}, {}, "otherwise equal to Dr. Luis Rossi, whose rotation comes first in the file", why="file_order"),
)
"""The place of a comparison in the order, two rotations that differ in it first, and why the second loses."""

NEUROLOGY_NEEDS_NONE: Final = [{"specialty": "neurology", "in_specialty": 0}]
"""A target for which a letter can count without being picked for it."""


@pytest.mark.parametrize(("place", "better", "worse", "text"), COMPARISONS)
def test_lost_comparison_is_the_reason_and_names_the_better_letter(
    place: int, better: Json, worse: Json, text: str
) -> None:
    """Each comparison of the order, wherever its text differs."""
    found = two(better, worse, targets=NEUROLOGY_NEEDS_NONE)
    winner, loser = letter(found, "rossi"), letter(found, "ames")
    preference = ORDER[place - 1]
    assert first_lead(winner.candidate, loser.candidate) is preference
    rule = preference.rule_against(loser.candidate).id
    assert loser.reason == (rule, text, "against")
    assert loser.decided_by == Decision(rule, "rossi")


def test_every_comparison_of_the_order_has_a_case_of_its_own() -> None:
    """So each text that says why a letter ranks below another is tested in a plan."""
    assert {comparison.values[0] for comparison in COMPARISONS} == set(range(1, len(ORDER) + 1))


@pytest.mark.parametrize(
    ("place", "better", "worse", "text"),
    [
        case(1, {}, LATE, "ranks above Dr. Ann Ames, as the letter can arrive on time", why="on_time"),
        case(2, {}, {"performance": "fair"}, "ranks above Dr. Ann Ames, as the letter would be strong", why="strong"),
        case(3, {}, {"us": False}, "ranks above Dr. Ann Ames, as the rotation is hands-on in the US", why="experience"),
        case(
            4, {}, {"performance": None}, "ranks above Dr. Ann Ames, as the rotation is rated good", why="performance"
        ),
        case(
            4,
            {"performance": None},
            {"performance": "fair", **OFFERED},
            "ranks above Dr. Ann Ames, as the rotation is not rated yet",
            why="not_rated_yet",
        ),
        case(
            4,
            {"performance": "fair", "choice": "ask"},
            {"performance": "poor", "choice": "ask"},
            "ranks above Dr. Ann Ames, as the rotation is rated fair",
            why="fair",
        ),
        case(
            5,
            {"residency_affiliated": True},
            {},
            "ranks above Dr. Ann Ames, as the hospital is residency-affiliated",
            why="hospital",
        ),
        case(
            6,
            {},
            {"specialty": "psychiatry"},
            "ranks above Dr. Ann Ames, as the letter counts for one of your targets",
            why="target",
        ),
        case(7, {"contact": "daily"}, {}, "ranks above Dr. Ann Ames, as the contact with you is daily", why="contact"),
        case(
            7,
            {},
            {"contact": "rarely", **OFFERED},
            "ranks above Dr. Ann Ames, as the contact with you is not recorded as rare",
            why="contact_not_recorded",
        ),
        case(
            8,
            {"letterhead": True},
            {},
            "ranks above Dr. Ann Ames, as the letter would carry a letterhead or an academic title",
            why="letterhead",
        ),
        case(
            9,
            {"start": "2026-08-31", "end": "2026-09-22"},
            {"start": "2026-08-30", "end": "2026-09-21"},
            "ranks above Dr. Ann Ames, as the letter would be about a more recent time",
            why="age",
        ),
        case(
            10,
            {},
            {"start": "2027-03-08"},
            "ranks above Dr. Ann Ames, as the acquaintance with you is longer (20 days together)",
            why="length",
        ),
        case(
            13,
            {},
            {"start": "2027-03-02", "end": "2027-03-29"},
            "otherwise equal to Dr. Ann Ames, as the rotation ends earlier (2027-03-26)",
            why="last_day",
        ),
        case(
            12,
            {"start": "2027-03-01", "end": "2027-03-26"},
            {"start": "2027-02-01", "end": "2027-02-26"},
            "otherwise equal to Dr. Ann Ames, as the rotation is not over yet",
            why="still_there",
        ),
        case(14, {}, {}, "otherwise equal to Dr. Ann Ames, as the rotation comes first in the file", why="file_order"),
    ],
)
def test_won_comparison_is_the_reason_and_names_the_letter_left_out(
    place: int, better: Json, worse: Json, text: str
) -> None:
    """Each comparison of the order but the one on having been asked, as a letter asked for is kept."""
    found = two(better, worse, targets=NEUROLOGY_NEEDS_NONE)
    winner, loser = letter(found, "rossi"), letter(found, "ames")
    preference = ORDER[place - 1]
    assert first_lead(winner.candidate, loser.candidate) is preference
    assert winner.reason == (preference.rule_against(loser.candidate).id, f"the best, {text}", "for")


def test_lost_comparison_is_with_the_lowest_ranked_pick() -> None:
    """It is the one that a letter would have to replace."""
    found = plan(*write_rotations(3, performance="excellent"), rotation(performance="excellent", contact="weekly"))
    assert letter(found).decided_by == Decision("MIX-1", "a3")


def test_strong_letter_above_the_picks_waits_for_the_places_of_the_targets() -> None:
    """The only place is for a letter from neurology, so nothing was lost."""
    found = two({}, {"performance": "excellent", "specialty": "psychiatry"}, targets=["neurology"])
    one = letter(found, "ames")
    assert (one.verdict, one.rank, one.decided_by) == ("reserve", 1, None)
    assert one.reason == ("MIX-2", "the places left are for letters that your targets need", "against")


@pytest.mark.parametrize(
    ("weak", "rule", "text"),
    [
        case({"performance": "fair"}, "WHO-2", "weak (performance: fair)", why="by_performance"),
        case({"contact": "rarely"}, "WHO-3", "weak (contact: rarely)", why="by_contact"),
        case(
            {"performance": "fair", "contact": "rarely"},
            "WHO-2",
            "weak (performance: fair)",
            why="by_both_so_performance_is_named",
        ),
    ],
)
def test_weak_letter_above_a_late_pick_is_not_picked_as_it_is_weak(weak: Json, rule: str, text: str) -> None:
    """It ranks first, so nothing was lost; only a weak letter that was asked for can be a pick."""
    one = letter(two(LATE, weak), "ames")
    assert (one.verdict, one.rank, one.decided_by) == ("reserve", 1, None)
    assert one.reason == (rule, f"{text}, so it is picked only if asked for already", "against")


def test_weak_letter_without_any_pick_is_not_picked_as_it_is_weak() -> None:
    """There is nothing to compare it with."""
    found = plan(rotation(performance="fair"))
    assert verdicts(found) == {"chen": "reserve"}
    assert letter(found).decided_by is None
    assert letter(found).reason.text == "weak (performance: fair), so it is picked only if asked for already"


def test_letter_that_is_not_in_reserve_is_on_hold_for_the_same_reason() -> None:
    """The reserve is the next in the order."""
    found = plan(*write_rotations(5))
    reserve, hold = found.letters[3:]
    assert (reserve.verdict, hold.verdict) == ("reserve", "hold")
    assert reserve.reason == hold.reason
    assert reserve.decided_by == hold.decided_by == Decision("MIX-1", "a3")
