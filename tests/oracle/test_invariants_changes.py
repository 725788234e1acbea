"""What a change of the plan file does, and does not do: one more rotation, an event, another order of the file."""

from __future__ import annotations

import sys
from collections import Counter
from copy import deepcopy
from datetime import date, timedelta
from math import prod
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import plan as make
from builders import rotation
from lorplan.edit.record_event import EMAIL, NAMES, RECORDABLE, WORDS, RecordedEvent
from lorplan.errors import PlanFileError, UsageError
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import parse
from oracle.days import days_in, onsite_days, present
from oracle.strategies import EVERY_PLAN_WITH_IDS, FACES, Dice, quick_rotation, to_yaml
from samples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.plan.model import Letter, Plan
    from lorplan.planfile.reader import LocatedPlanFile
    from runner import Json

Drawn = Any
"""A strategy for a plan as plain data and an as-of day."""


def plan_of(plan: Json, as_of: date) -> Plan:
    """Make the plan of a plan file from its values."""
    return make_plan(PlanFile.model_validate(plan), as_of)


def by_id(found: Plan) -> dict[str, Letter]:
    """Give the letters of a plan by their ids."""
    return {letter.id: letter for letter in found.letters}


# --- one more rotation --------------------------------------------------------------------------------------

NEWCOMER: Final = {"name": "Dr. Newcomer", "email": "newcomer@example.org", "role": "attending"}
BEST: Final = {
    "performance": "excellent",
    "contact": "daily",
    "residency_affiliated": True,
    "img_friendly": True,
    "letterhead": True,
}


def copy_better(row: Json, later: int) -> Json:
    """Copy a rotation to another attending, as good as can be, and some days later."""
    shift = timedelta(later)
    moved = {key: day + shift for key in ("start", "end", "last_day") if (day := row.get(key))}
    role = present(row["attending"]).get("role", "attending") if isinstance(row["attending"], dict) else "attending"
    return {**deepcopy(row), **moved, **BEST, "id": "newcomer", "attending": {**NEWCOMER, "role": role}}


def write_newcomers(plan: Json, pick: str, faces: bytes) -> Iterator[Json]:
    """Write rotations with another attending: better ones than a pick, the same days or later, and any other."""
    row = next(row for row in plan["rotations"] if row["id"] == pick)
    yield copy_better(row, 0)
    yield {**copy_better(row, 28), "away": [], "letter": None, "offered": None, "meeting": None}
    other, _ = quick_rotation(faces, 0, row["start"].replace(month=1, day=1))
    yield {**other, "id": "newcomer", "attending": {**other["attending"], **NEWCOMER}}


def plan_with(plan: Json, row: Json, position: int, as_of: date) -> Plan | None:
    """Make the plan with one more rotation; None if the applicant's holidays leave it no day."""
    rows = [*plan["rotations"][:position], row, *plan["rotations"][position:]]
    off = days_in(present(plan["applicant"]).get("holidays"))
    return plan_of({**plan, "rotations": rows}, as_of) if onsite_days(present(row), off) else None


def assert_nobody_is_excluded(before: Plan, after: Plan, *, season_moved: bool) -> None:
    """Check that each letter in the running is still in it, and that a letter that was kept is kept.

    In another season other events count, so that nothing can be said of it.
    """
    for letter in () if season_moved else before.letters:
        now = after.letter(letter.id)
        assert now.status == letter.status
        assert (now.verdict == "keep") == (letter.verdict == "keep")
        assert letter.verdict == "skip" or now.verdict != "skip"


class TestNewcomer:
    """One more rotation, with another attending, never turns a pick into `skip`.

    A pick may become `reserve` or `hold`; an asked letter stays `keep`. No letter that is not picked is skipped
    for it either. This needs a `season` or a `deadline` in the file: if the season is guessed from the middle of
    the last days, one more rotation can move it, and with it which of one attending's own rotations is on time and
    counts (WHO-10).
    """

    @EVERY_PLAN_WITH_IDS
    @given(st.data())
    def test_newcomer_excludes_nobody(self, plans: Drawn, data: st.DataObject) -> None:
        """Better ones on the same days and later, and any other, wherever in the file."""
        plan, as_of = data.draw(plans)
        faces, place = data.draw(FACES), data.draw(st.integers(0, 20))
        before = plan_of(plan, as_of)
        picks = [letter.id for letter in before.letters if letter.pick]
        for row in write_newcomers(plan, picks[place % len(picks)], faces) if picks else ():
            after = plan_with(plan, row, place % (len(plan["rotations"]) + 1), as_of)
            if after:
                moved = (before.dates.season, before.dates.deadline) != (after.dates.season, after.dates.deadline)
                assert before.dates.guessed or not moved
                assert_nobody_is_excluded(before, after, season_moved=moved)

    @EVERY_PLAN_WITH_IDS
    @given(st.data())
    def test_better_twin_of_a_pick_ranks_above_it(self, plans: Drawn, data: st.DataObject) -> None:
        """A copy that is as good in everything, and better in something, comes first.

        But for an attending with several rotations, as the days of all of them count.
        """
        plan, as_of = data.draw(plans)
        rows = {row["id"]: row for row in plan["rotations"]}
        found = plan_of(plan, as_of)
        people = Counter(letter.candidate.person for letter in found.letters)
        for letter in (letter for letter in found.letters if letter.pick and people[letter.candidate.person] == 1):
            after = plan_with(plan, copy_better(rows[letter.id], 0), 0, as_of)
            assert after is not None
            twin, original = after.letter("newcomer").rank, after.letter(letter.id).rank
            assert twin is not None
            assert original is None or twin < original

    def test_newcomer_can_move_a_guessed_season(self) -> None:
        """The exception: in the next season, another rotation of the same attending is on time and counts."""
        early = rotation("Dr. Chen", id="early", start="2027-03-01", end="2027-03-26")
        late = rotation("Dr. Chen", id="late", start="2027-09-27", end="2027-10-22")
        newcomer = rotation("Dr. Newcomer", id="new", start="2027-11-01", end="2027-11-26")
        for season, verdict in ((None, "skip"), (2028, "ask")):
            assert make(early, late, season=season).letter("early").verdict == "ask"
            assert make(early, late, newcomer, season=season).letter("early").verdict == verdict


# --- an event of another letter -----------------------------------------------------------------------------

TYPED: Final = {**WORDS, EMAIL: ("ann@example.org",)}
CHOICES: Final = [(event, word) for event in RECORDABLE if event not in NAMES for word in TYPED.get(event, ("",))]
"""Everything that `mark` records but names of targets: an event on a day, a word, or an address."""

MID_SEASON: Final = (EXAMPLES / "mid-season.yaml").read_text(encoding="utf-8")
TWICE: Final = """\
- {attending: Dr. Chen, specialty: neurology, start: 2027-01-04, weeks: 4, performance: good}
- {attending: "CHEN, MD", specialty: neurology, start: 2027-02-01, weeks: 4, performance: good}
- {attending: Dr. Rossi, specialty: neurology, start: 2027-03-01, weeks: 4, letter: {asked: 2027-03-24}}
- {attending: Dr. Okafor, specialty: neurology, start: 2027-04-05, weeks: 4, letter: {requested: 2027-06-04}}
- {attending: Dr. Silva, specialty: neurology, start: 2027-05-03, weeks: 4, contact: rarely}
- {attending: Dr. Gill, specialty: neurology, start: 2026-05-04, weeks: 4, letter: {uploaded: 2026-08-03}}
"""
"""One attending twice, one who is silent, one who has promised, one in reserve, and one with a letter of last
season; nobody has declined."""

OWN_FIELDS: Final = (
    "strength",
    "fresh",
    "opens",
    "ask_on",
    "closes",
    "arrives_by",
    "on_time",
    "tentative",
    "tight",
    "silent",
)
"""What is said of a letter alone, none of which depends on other letters."""


def record(located: LocatedPlanFile, index: int, event: str, value: str) -> PlanFile | None:
    """Record an event as `mark --force` does; None if the plan file would become invalid."""
    try:
        return RecordedEvent(located, index, event).record(value, replace=True).after.plan_file
    except (UsageError, PlanFileError):
        return None


def assert_others_are_unchanged(before: PlanFile, after: PlanFile, index: int, as_of: date) -> None:
    """Compare the letters of the other rotations, and those of other attendings more closely."""
    was, now = make_plan(before, as_of), make_plan(after, as_of)
    documents = [{letter["id"]: letter for letter in one.to_dict()["letters"]} for one in (was, now)]
    person = was.letter(before.ids[index]).candidate.person
    for rotation_id in (one for one in before.ids if one != before.ids[index]):
        old, new = was.letter(rotation_id), now.letter(rotation_id)
        assert (old.status, old.history) == (new.status, new.history)
        if old.candidate.person != person:
            assert old.is_skipped == new.is_skipped
            own, own_now = ({name: one[rotation_id][name] for name in OWN_FIELDS} for one in documents)
            assert own == own_now


class TestEvents:
    """What is recorded of one letter never changes the `status` of another.

    Its verdict can change: a refusal brings in a reserve and excludes the attending's other rotations. For a letter
    of another attending the event also changes nothing of what is said of it alone, and the letter is neither
    skipped for it nor brought back.
    """

    @EVERY_PLAN_WITH_IDS
    @given(st.data())
    def test_event_of_one_letter_leaves_the_others_unchanged(self, plans: Drawn, data: st.DataObject) -> None:
        """Anything that `mark` records today, if the file accepts it."""
        plan, as_of = data.draw(plans)
        located, index = parse(to_yaml(plan)), data.draw(st.integers(0, len(plan["rotations"]) - 1))
        event, word = data.draw(st.sampled_from(CHOICES))
        after = record(located, index, event, word or as_of.isoformat())
        if after:
            assert_others_are_unchanged(located.plan_file, after, index, as_of)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(TWICE, id="one_attending_twice"),
            pytest.param(MID_SEASON, id="every_status", marks=pytest.mark.thorough),
        ],
    )
    def test_each_event_of_each_letter_leaves_the_others_unchanged(self, text: str) -> None:
        """The file accepts each event for some letter."""
        as_of, located = date(2027, 8, 20), parse(text)
        for event, word in CHOICES:
            indices = range(len(located.plan_file.rotations))
            edited = {index: record(located, index, event, word or as_of.isoformat()) for index in indices}
            accepted = {index: after for index, after in edited.items() if after}
            assert accepted, event
            for index, after in accepted.items():
                assert_others_are_unchanged(located.plan_file, after, index, as_of)


# --- the order of the file ----------------------------------------------------------------------------------

LEVELS: Final[tuple[tuple[Json, ...], ...]] = (
    ({"performance": "good"}, {"performance": "excellent"}, {"performance": "fair"}),
    ({}, {"experience": "observership"}, {"experience": "research"}, {"us": False}),
    ({"contact": "daily"}, {"contact": "weekly"}, {"contact": "rarely"}),
    ({"letterhead": True}, {"letterhead": False}),
    ({"img_friendly": True}, {"img_friendly": False}),
)
"""What letters are compared on, each written in every way that makes a difference."""


def decode_contemporaries(numbers: list[int], faces: bytes) -> tuple[Json, date]:
    """Decode a plan of rotations on the same days, one for each number, no two of them otherwise equal."""
    dice = Dice(faces)
    begin = date(2027, dice.one_of(1, 3, 5, 7, 8), 4)
    same = {"start": begin, "end": begin + timedelta(25), "days": ["mon", "wed", "fri"]}
    rows = [decode_contemporary(number, position, dice) | same for position, number in enumerate(numbers)]
    applicant = {"season": 2028, "targets": dice.one_of([], ["IM"], ["IM", "fm"])}
    return {"applicant": applicant, "rotations": rows}, begin + dice.days(-9, 200)


def decode_contemporary(number: int, position: int, dice: Dice) -> Json:
    """Decode a rotation whose place in the order comes from a number, digit by digit."""
    row: Json = {"id": f"no-{position}", "attending": f"Dr. No{position}"}
    for options in LEVELS:
        number, digit = divmod(number, len(options))
        row |= options[digit]
    row["specialty"] = dice.one_of("IM", "fm", "cardiology", "no")
    row["choice"] = dice.one_of(*[None] * 9, "ask", "skip")
    return row


CONTEMPORARIES: Final = st.builds(
    decode_contemporaries,
    st.lists(st.integers(0, prod(map(len, LEVELS)) - 1), min_size=2, max_size=7, unique=True),
    FACES,
)
"""Plans of rotations on the same days, no two of them equal in all comparisons but the last."""


def sort_skipped(found: Plan) -> Json:
    """Give a plan whose skipped letters, which come in the order of the file, are sorted by id."""
    document = found.to_dict()
    letters = sorted(document["letters"], key=lambda letter: (letter["rank"] or sys.maxsize, letter["id"]))
    return {**document, "letters": letters}


def assert_same_in_another_order(plan: Json, as_of: date, order: bytes) -> None:
    """Make the plan with the rotations sorted by some bytes, reversed if the bytes are all the same."""
    pairs = sorted(zip(order, plan["rotations"][::-1], strict=False), key=lambda pair: pair[0])
    shuffled = {**plan, "rotations": [row for _, row in pairs]}
    assert sort_skipped(plan_of(shuffled, as_of)) == sort_skipped(plan_of(plan, as_of))


class TestFileOrder:
    """The order of the rotations is the last tiebreak, between letters that are equal in everything else.

    It also decides which of one attending's rotations counts if they end on the same day, and how derived ids are
    numbered; and skipped letters are listed in that order.
    """

    @given(CONTEMPORARIES, FACES)
    def test_file_order_does_not_matter_if_no_two_letters_are_equal(
        self, drawn: tuple[Json, date], order: bytes
    ) -> None:
        """Even if all rotations are on the same days."""
        assert_same_in_another_order(*drawn, order)

    @EVERY_PLAN_WITH_IDS
    @given(st.data())
    def test_file_order_does_not_matter_if_no_two_last_days_are_equal(self, plans: Drawn, data: st.DataObject) -> None:
        """Also if some of them have the same attending."""
        plan, as_of = data.draw(plans)
        last_days = zip(plan["rotations"], PlanFile.model_validate(plan).rotations, strict=True)
        rows = {rotation.final_day: row for row, rotation in last_days}
        assert_same_in_another_order({**plan, "rotations": list(rows.values())}, as_of, data.draw(FACES))

    @EVERY_PLAN_WITH_IDS
    @given(st.data())
    def test_of_two_equal_letters_the_first_in_the_file_ranks_first(self, plans: Drawn, data: st.DataObject) -> None:
        """Neither name nor id matters: exchanging them exchanges the verdicts, ranks and picks."""
        plan, as_of = data.draw(plans)
        *rows, row = plan["rotations"]
        twins = [{**row, "id": name, "attending": f"Dr. {name}"} for name in ("twina", "twinb")]
        one, other = (plan_of({**plan, "rotations": [*rows, *pair]}, as_of) for pair in (twins, twins[::-1]))
        (first, second), exchanged = decided(one, "twina", "twinb"), decided(other, "twinb", "twina")
        assert [first, second] == exchanged
        assert first[1] is None or second[1] is None or first[1] + 1 == second[1]


def decided(found: Plan, *ids: str) -> list[tuple[str, int | None, bool]]:
    """Give what is decided about some letters: verdict, rank and pick."""
    letters = map(found.letter, ids)
    return [(letter.verdict, letter.rank, letter.pick) for letter in letters]
