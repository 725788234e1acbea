"""The rule book, rule by rule: each fires where it should, holds still where it should, and turns on its day.

A class is named by its rule and says the claim; `builders` tells the calendar that the dates are counted on.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from builders import action, codes, letter, plan, rotation, span, verdicts, window
from lorplan.planfile.models import Policy
from lorplan.reference import policy_numbers
from lorplan.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from lorplan.plan.model import Plan

Plain = dict[str, Any]


def case(*values: object, why: str) -> Any:  # noqa: ANN401 - pytest names no type for it
    """Make a parameter set whose id is the reason why it is there."""
    return pytest.param(*values, id=why)


def verdict(found: Plan, letter_id: str = "chen") -> tuple[str, str]:
    """Say what is decided about a letter, and by which rule."""
    one = letter(found, letter_id)
    return one.verdict, one.reason.rule


def strength(found: Plan, letter_id: str = "chen") -> str | None:
    """Say how strong a letter is; None where it is skipped."""
    ranking = letter(found, letter_id).ranking
    return ranking.strength if ranking else None


def better_of(one: Plain, other: Plain, **more: Any) -> str:  # noqa: ANN401 - passed on
    """Name the better of two rotations' attendings, of whom the first is `One` and the second `Other`."""
    attending_one = one.pop("attending", "One")
    attending_other = other.pop("attending", "Other")
    found = plan(rotation(attending_one, **one), rotation(attending_other, **other), **more)
    return found.letters[0].attending


def level(one: Plain, other: Plain, **more: Any) -> bool:  # noqa: ANN401 - passed on
    """Say whether two rotations are level, so that only their order in the file decides."""
    first = better_of(dict(one), dict(other), **more)
    second = better_of(dict(other), dict(one), **more)
    return first == second == "One"


def lost_by(one: Plain, other: Plain, **more: Any) -> str | None:  # noqa: ANN401 - passed on
    """Name the rule by which the second of two rotations loses against the first, where one is wanted."""
    rows = rotation("One", **one), rotation("Other", **other)
    decision = letter(plan(*rows, policy={"want": 1}, **more), "other").decided_by
    return decision.rule if decision else None


def prefers(rule: str, better: Plain, worse: Plain, **more: Any) -> bool:  # noqa: ANN401 - passed on
    """Say whether one rotation is preferred wherever it stands in the file, and by that rule."""
    ahead = better_of(dict(better), dict(worse), **more) == "One"
    behind = better_of(dict(worse), dict(better), **more) == "Other"
    return ahead and behind and lost_by(better, worse, **more) == rule


# --- whom to ask --------------------------------------------------------------------------------------------


class TestWHO1:
    """A letter comes from an attending; what a resident or a fellow writes is not asked for."""

    @pytest.mark.parametrize(
        ("role", "more", "expected"),
        [
            case("attending", {}, ("ask", "MIX-1"), why="an attending can be asked"),
            case("fellow", {}, ("skip", "WHO-1"), why="a fellow is no attending"),
            case("resident", {}, ("skip", "WHO-1"), why="nor is a resident"),
            case("fellow", {"offered": "2027-03-01"}, ("skip", "WHO-1"), why="an offer does not lift it"),
            case("fellow", {"choice": "ask"}, ("ask", "MIX-1"), why="the user's own choice does"),
            case("fellow", {"letter": {"asked": "2027-03-01"}}, ("keep", "WHEN-11"), why="asked is asked"),
        ],
    )
    def test_verdict(self, role: str, more: Plain, expected: tuple[str, str]) -> None:
        """The role decides, until the user has asked or chosen to."""
        assert verdict(plan(rotation({"name": "Wei Chen", "role": role}, **more))) == expected

    def test_a_letter_asked_of_a_fellow_is_weak(self) -> None:
        """It is kept, and ranks below every strong one."""
        assert (
            strength(plan(rotation({"name": "Chen", "role": "fellow"}, letter={"asked": "2027-03-01"}))) == "weak"
        )


class TestWHO2:
    """Letters are asked for where it went well; poor is out, fair is for a reserve, and known comes first."""

    @pytest.mark.parametrize(
        ("performance", "more", "expected"),
        [
            case("excellent", {}, ("ask", "MIX-1"), why="excellent"),
            case("good", {}, ("ask", "MIX-1"), why="good"),
            case(None, {}, ("ask", "MIX-1"), why="not known yet is no reason against it"),
            case("fair", {}, ("reserve", "WHO-2"), why="fair can only be a reserve"),
            case("poor", {}, ("skip", "WHO-2"), why="poor is out"),
            case("poor", {"offered": "2027-03-01"}, ("skip", "WHO-2"), why="an offer does not lift poor"),
            case("poor", {"choice": "ask"}, ("ask", "MIX-1"), why="the user's own choice does"),
            case("poor", {"letter": {"asked": "2027-03-01"}}, ("keep", "WHEN-11"), why="asked is asked"),
        ],
    )
    def test_verdict(self, performance: str | None, more: Plain, expected: tuple[str, str]) -> None:
        """How it went decides who can be asked."""
        assert verdict(plan(rotation(performance=performance, **more))) == expected

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            case({"performance": "excellent"}, {"performance": "good"}, why="excellent before good"),
            case({"performance": "good"}, {"performance": None}, why="known good before not known"),
            case({"performance": None}, {"performance": "fair"}, why="not known before fair"),
            case(
                {"performance": "fair", "choice": "ask"},
                {"performance": "poor", "choice": "ask"},
                why="fair before poor, both lifted",
            ),
        ],
    )
    def test_order(self, better: Plain, worse: Plain) -> None:
        """The better it went, the better the letter, whichever is first in the file."""
        assert better_of(dict(better), dict(worse)) == "One"
        assert better_of(dict(worse), dict(better)) == "Other"

    def test_the_comparison_is_named(self) -> None:
        """The user is told that it was the performance."""
        assert lost_by({"performance": "excellent"}, {"performance": "good"}) == "WHO-2"

    def test_asked_for_without_a_note_is_level_with_good(self) -> None:
        """Nobody asks after a bad month: of two letters asked for, one good and one not noted are level."""
        asked = {"letter": {"asked": "2027-03-01"}}
        assert level({"performance": "good", **asked}, {"performance": None, **asked})


class TestWHO3:
    """The writer has seen enough of the applicant: rare contact makes a reserve, and longer is better."""

    @pytest.mark.parametrize(
        ("contact", "more", "expected"),
        [
            case("daily", {}, ("ask", "MIX-1"), why="daily"),
            case("weekly", {}, ("ask", "MIX-1"), why="weekly"),
            case(None, {}, ("ask", "MIX-1"), why="not noted"),
            case("rarely", {}, ("reserve", "WHO-3"), why="rarely can only be a reserve"),
            case("rarely", {"offered": "2027-03-01"}, ("ask", "MIX-1"), why="an offer lifts it"),
            case("rarely", {"choice": "ask"}, ("ask", "MIX-1"), why="the user's own choice lifts it"),
        ],
    )
    def test_verdict(self, contact: str | None, more: Plain, expected: tuple[str, str]) -> None:
        """Contact decides how strong a letter can be."""
        assert verdict(plan(rotation(contact=contact, **more))) == expected

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            case({"contact": "daily"}, {"contact": "weekly"}, why="daily before weekly"),
            case({"contact": "daily"}, {}, why="daily before not noted"),
            case({"contact": "weekly"}, {"contact": "rarely"}, why="weekly before rarely"),
            case(
                {"start": "2027-03-05"}, {"start": "2027-03-06"}, why="22 days are four weeks begun, 21 are three"
            ),
            case(
                {"start": "2027-02-05"}, {"start": "2027-02-06"}, why="50 days are eight weeks begun, 49 are seven"
            ),
        ],
    )
    def test_order(self, better: Plain, worse: Plain) -> None:
        """More contact comes first, and then the longer rotation."""
        assert prefers("WHO-3", better, worse)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            case({"contact": "weekly"}, {}, why="weekly is level with not noted"),
            case({"start": "2027-02-06"}, {"start": "2027-03-05"}, why="seven weeks are level with four"),
            case({"start": "2027-01-01"}, {"start": "2027-02-05"}, why="thirteen weeks are level with eight"),
            case({"start": "2027-03-06"}, {"start": "2027-03-22"}, why="three weeks are level with one"),
        ],
    )
    def test_level(self, one: Plain, other: Plain) -> None:
        """Within a step the exact length says little."""
        assert level(one, other)


class TestWHO4:
    """Working in a US hospital outranks watching there, and both outrank what was done elsewhere."""

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            case({}, {"experience": "observership"}, why="hands-on is the default and comes first"),
            case({"experience": "observership"}, {"experience": "telehealth"}, why="being there before video"),
            case({"experience": "research"}, {"us": False}, why="US research before hands-on elsewhere"),
        ],
    )
    def test_order(self, better: Plain, worse: Plain) -> None:
        """The kind of experience decides before performance does."""
        assert prefers("WHO-4", better, {**worse, "performance": "excellent"})

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            case({"experience": "telehealth"}, {"experience": "research"}, why="telehealth and research"),
            case({"us": False}, {"us": False, "experience": "observership"}, why="anything elsewhere"),
        ],
    )
    def test_level(self, one: Plain, other: Plain) -> None:
        """Some kinds are level."""
        assert level(one, other)


class TestWHO5:
    """Places with a residency and places that take IMGs come first."""

    BOTH: ClassVar[Plain] = {"residency_affiliated": True, "img_friendly": True}

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            case(BOTH, {"residency_affiliated": True}, why="both before one"),
            case({"img_friendly": True}, {}, why="one before none"),
            case({"residency_affiliated": True}, {"residency_affiliated": False}, why="yes before no"),
        ],
    )
    def test_order(self, better: Plain, worse: Plain) -> None:
        """The more of the two is true, the better."""
        assert prefers("WHO-5", better, worse)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            case(
                {"img_friendly": True}, {"residency_affiliated": True}, why="one of them is as good as the other"
            ),
            case({"img_friendly": False}, {}, why="no is level with not known"),
        ],
    )
    def test_level(self, one: Plain, other: Plain) -> None:
        """Only their number counts."""
        assert level(one, other)


class TestWHO6:
    """A letter on hospital letterhead, or from an academic, is better."""

    @pytest.mark.parametrize("worse", [case({}, why="not known"), case({"letterhead": False}, why="no")])
    def test_order(self, worse: Plain) -> None:
        """Known letterhead comes before any other."""
        assert prefers("WHO-6", {"letterhead": True}, worse)

    def test_level(self) -> None:
        """No letterhead is level with none known."""
        assert level({"letterhead": False}, {})


class TestWHO7:
    """An offer is taken up, and lifts what was fair or rare, but not what was poor."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"performance": "fair"}, "strong", why="lifts fair"),
            case({"contact": "rarely"}, "strong", why="lifts rarely"),
            case({"performance": "fair", "contact": "rarely"}, "strong", why="lifts both"),
            case({"performance": "poor"}, None, why="not poor"),
        ],
    )
    def test_lifts(self, more: Plain, expected: str | None) -> None:
        """Whoever offers has judged already."""
        assert strength(plan(rotation(offered="2027-03-01", **more))) == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            case("2027-03-09", "reserve", why="the day before it is not known"),
            case("2027-03-10", "ask", why="on its day it is"),
        ],
    )
    def test_counts_from_its_day(self, as_of: str, expected: str) -> None:
        """An offer after the day of the plan has not been made yet."""
        found = plan(rotation(performance="fair", offered="2027-03-10"), as_of=as_of)
        assert letter(found).verdict == expected

    def test_is_asked_beyond_the_picks(self) -> None:
        """With one letter wanted and a better one there, an offer is taken up all the same."""
        best = rotation("Ann Ames", performance="excellent")
        assert verdict(plan(best, rotation(offered="2027-03-01"), policy={"want": 1})) == ("ask", "WHO-7")


class TestWHO8:
    """Whoever said no is not asked again."""

    DECLINED: ClassVar[Plain] = {"letter": {"asked": "2027-03-24", "declined": "2027-03-25"}}

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            case("2027-03-24", ("keep", "WHEN-11"), why="the day before there is no answer"),
            case("2027-03-25", ("skip", "WHO-8"), why="from its day the writer is out"),
        ],
    )
    def test_counts_from_its_day(self, as_of: str, expected: tuple[str, str]) -> None:
        """The decline ends the letter on its day."""
        assert verdict(plan(rotation(**self.DECLINED), as_of=as_of)) == expected

    @pytest.mark.parametrize(
        ("attending", "expected"),
        [
            case("Wei Chen, MD", ("skip", "WHO-8"), why="the same attending"),
            case("Wen Chen", ("ask", "MIX-1"), why="another attending"),
        ],
    )
    def test_counts_for_all_rotations_of_the_attending(self, attending: str, expected: tuple[str, str]) -> None:
        """A no holds for the person, not for the month; each rotation keeps its own status."""
        other = rotation(attending, id="other", start="2027-04-05", end="2027-04-30")
        found = plan(rotation(**self.DECLINED), other, as_of="2027-05-03")
        assert verdict(found, "other") == expected
        assert letter(found, "other").status == "planned"


class TestWHO9:
    """On the deadline a letter of more than a year ranks below a newer one."""

    # 365 days before Wednesday 22 September 2027 is Tuesday 22 September 2026
    FRESH: ClassVar[Plain] = {"start": "2026-08-31", "end": "2026-09-22"}
    STALE: ClassVar[Plain] = {"start": "2026-08-30", "end": "2026-09-21"}

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case(FRESH, True, why="365 days before the deadline"),
            case(STALE, False, why="366 days"),
            case({**STALE, "letter": {"uploaded": "2026-09-22"}}, True, why="the upload counts, not the last day"),
            case({**FRESH, "letter": {"uploaded": "2026-09-21"}}, False, why="an upload before the last day too"),
        ],
    )
    def test_boundary(self, more: Plain, *, expected: bool) -> None:
        """A letter is fresh up to the last of the 365 days, and a stale one is warned of."""
        found = plan(rotation(**more))
        ranking = letter(found).ranking
        assert ranking is not None
        assert ranking.fresh is expected
        assert ("stale" in codes(found)) is not expected

    def test_order(self) -> None:
        """The fresh one comes first, though the other was earlier in hand and is first in the file."""
        assert prefers("WHO-9", self.FRESH, self.STALE)


class TestWHO10:
    """One attending writes one letter."""

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            case("Dr. Wei Chen", "wei chen, MD", 1, why="title, case and degree are not the name"),
            case("Prof Wei  Chen", "Chen, Wei", 2, why="the order of the names is"),
            case({"name": "Wei Chen", "email": "a@example.org"}, "Dr Wei Chen", 1, why="one without an address"),
            case(
                {"name": "Wei Chen", "email": "a@example.org"},
                {"name": "Wei Chen", "email": "b@example.org"},
                2,
                why="two addresses are two people",
            ),
            case(
                {"name": "Wei Chen", "email": "a@example.org"},
                {"name": "W. Chen", "email": "A@example.org"},
                1,
                why="one address is one person",
            ),
        ],
    )
    def test_who_is_the_same(self, one: object, other: object, expected: int) -> None:
        """The same person is known by name, or by address."""
        found = plan(rotation(one, id="a"), rotation(other, id="b"))
        assert list(verdicts(found).values()).count("ask") == expected

    def test_same_through_a_third(self) -> None:
        """Who is the same as one of two is the same as both."""
        rows = [
            rotation({"name": "Wei Chen", "email": "a@example.org"}, id="a"),
            rotation({"name": "Will Chen", "email": "A@example.org"}, id="b"),
            rotation("Dr. Will Chen", id="c"),
        ]
        assert verdicts(plan(*rows)) == {"c": "ask", "a": "skip", "b": "skip"}

    @pytest.mark.parametrize(
        ("early", "late", "counts"),
        [
            case({}, {}, "late", why="the latest"),
            case({"offered": "2027-03-26"}, {}, "early", why="an offer goes before"),
            case({"choice": "ask"}, {"offered": "2027-04-05"}, "early", why="the user's choice before that"),
            case({"letter": {"asked": "2027-03-24"}}, {"choice": "ask"}, "early", why="and asked before that"),
            case(
                {"letter": {"agreed": "2027-03-24"}},
                {"letter": {"asked": "2027-04-28"}},
                "early",
                why="the furthest along of two asked",
            ),
            case(
                {"letter": {"asked": "2027-03-24"}},
                {"letter": {"asked": "2027-04-28"}},
                "late",
                why="else the later of them",
            ),
            case({}, {"performance": "poor"}, "early", why="what is out for itself does not count"),
        ],
    )
    def test_which_rotation_counts(self, early: Plain, late: Plain, counts: str) -> None:
        """Of two rotations of one attending one leads to the letter."""
        rows = (
            rotation(id="early", **early),
            rotation(id="late", **{"start": "2027-04-05", "end": "2027-04-30", **late}),
        )
        assert plan(*rows, as_of="2027-05-03").letters[0].id == counts
        assert next(iter(verdicts(plan(*rows, as_of="2027-05-03")).values())) != "skip"

    def test_one_that_is_on_time_counts_before_a_later_one(self) -> None:
        """The later rotation ends too late for its letter, so the earlier one counts."""
        late = rotation(id="late", start="2027-08-30", end="2027-10-22")
        assert verdict(plan(rotation(id="early"), late), "late") == ("skip", "WHO-10")


class TestWHO11:
    """What cannot be there by the deadline ranks below what can."""

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            case({"agreed": "2027-08-18"}, True, why="four weeks to 15 September, processed on the 22nd"),
            case({"agreed": "2027-08-19"}, False, why="a day later it is the 23rd"),
            case({"asked": "2027-08-17", "agreed": "2027-08-19"}, False, why="the yes counts, not the question"),
            case({"uploaded": "2027-09-22"}, True, why="uploaded on the deadline is on time"),
            case({"uploaded": "2027-09-23"}, False, why="the day after is not"),
        ],
    )
    def test_boundary(self, events: Plain, *, expected: bool) -> None:
        """On time to the day, and a late letter is warned of."""
        found = plan(rotation(letter=events), as_of=max(events.values()))
        ranking = letter(found).ranking
        assert ranking is not None
        assert ranking.on_time is expected
        assert ("late" in codes(found)) is not expected

    def test_order(self) -> None:
        """A good letter that is on time comes before an excellent one that is late."""
        late = {"performance": "excellent", "start": "2027-08-30", "end": "2027-09-24"}
        assert prefers("WHO-11", {}, late)


class TestWHO12:
    """What the user decides goes before every rule."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"choice": "skip"}, ("skip", "WHO-12"), why="skip the best"),
            case(
                {"choice": "skip", "letter": {"agreed": "2027-03-01"}}, ("skip", "WHO-12"), why="even one agreed"
            ),
            case(
                {"choice": "ask", "performance": "fair", "contact": "rarely"},
                ("ask", "WHO-12"),
                why="ask where all speaks against it",
            ),
        ],
    )
    def test_choice(self, more: Plain, expected: tuple[str, str]) -> None:
        """With one letter wanted and a better one there, the choice holds."""
        best = rotation("Ann Ames", performance="excellent")
        assert verdict(plan(best, rotation(**more), policy={"want": 1})) == expected

    def test_a_decline_is_stronger_than_the_choice_to_ask(self) -> None:
        """Nobody can decide for the attending."""
        declined = rotation(choice="ask", letter={"declined": "2027-03-01"})
        assert verdict(plan(declined)) == ("skip", "WHO-8")


# --- which letters make a set -------------------------------------------------------------------------------


def attendings(count: int, **more: object) -> list[Plain]:
    """Write equal rotations of different attendings, whose ids are `a1`, `a2` and so on."""
    return [rotation(f"Dr. A{number}", **more) for number in range(1, count + 1)]


class TestMIX1:
    """A few strong letters are planned for, three unless the targets need more."""

    def test_the_best_three_are_asked(self) -> None:
        """Of five equal letters the first three are, one is in reserve and one on hold."""
        expected = {"a1": "ask", "a2": "ask", "a3": "ask", "a4": "reserve", "a5": "hold"}
        assert verdicts(plan(*attendings(5))) == expected

    @pytest.mark.parametrize(
        ("targets", "expected"),
        [
            case(["neurology"], 3, why="one needed leaves three wanted"),
            case([{"specialty": "neurology", "in_specialty": 4}], 4, why="four needed and had"),
            case(["ob-gyn", "psychiatry"], 4, why="three and one needed, none had"),
        ],
    )
    def test_targets_raise_the_number(self, targets: list[object], expected: int) -> None:
        """What the targets need counts, whether it is there or still missing."""
        assert plan(*attendings(5), targets=targets).wanted == expected

    def test_places_left_go_to_weak_letters_that_were_asked_for(self) -> None:
        """What was asked for is counted on, if nothing better is there; what is weak and not asked for is not."""
        asked = rotation("Ann Ames", performance="fair", letter={"asked": "2027-03-01"})
        found = plan(rotation(), asked, rotation("Bo Boyd", performance="fair"))
        picks = [one.id for one in found.letters if one.ranking and one.ranking.pick]
        assert picks == ["chen", "ames"]

    def test_weak_letters_that_were_asked_for_come_last(self) -> None:
        """Three strong letters leave no place for a weak one."""
        asked = rotation("Ann Ames", performance="fair", letter={"asked": "2027-03-01"})
        found = plan(asked, *attendings(3))
        picks = [one.id for one in found.letters if one.ranking and one.ranking.pick]
        assert picks == ["a1", "a2", "a3"]

    @pytest.mark.parametrize(
        ("count", "expected"), [case(2, True, why="two of three"), case(3, False, why="three of three")]
    )
    def test_too_few_are_warned_of(self, count: int, *, expected: bool) -> None:
        """Fewer letters in sight than wanted is said."""
        assert ("too-few-letters" in codes(plan(*attendings(count)))) is expected

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            case({}, {"start": "2027-03-02", "end": "2027-03-27"}, why="in hand sooner"),
            case({"letter": {"asked": "2027-03-01"}, "performance": None}, {}, why="asked for already"),
        ],
    )
    def test_ties(self, better: Plain, worse: Plain) -> None:
        """Of two equal letters the one asked for comes first, then the one whose rotation ends first."""
        assert prefers("MIX-1", better, worse)


def test_a_letter_asked_for_already_is_named_so_where_its_performance_is_not_noted() -> None:
    """What the better letter has over the one that waits is said, also where it is the asking itself."""
    asked = rotation("Dr. Ann Lee", performance=None, letter={"asked": "2027-03-01"})
    found = plan(asked, rotation(performance=None), policy={"want": 1, "spare": 0})
    assert letter(found).reason.text == "below Dr. Ann Lee, asked for already, performance not noted"


class TestMIX2:
    """Every target gets letters from its own specialty."""

    def best_elsewhere(self, specialty: str, **more: Any) -> tuple[str, str]:  # noqa: ANN401 - passed on
        """Judge a plain letter from a specialty beside three better ones from psychiatry."""
        rows = attendings(3, specialty="psychiatry", performance="excellent")
        return verdict(plan(*rows, rotation(specialty=specialty), **more))

    @pytest.mark.parametrize(
        ("specialty", "targets", "expected"),
        [
            case("neurology", ["neurology"], ("ask", "MIX-2"), why="of the target's specialty"),
            case("Neuro", ["NEUROLOGY"], ("ask", "MIX-2"), why="in whatever spelling"),
            case("epilepsy", ["neurology"], ("ask", "MIX-2"), why="of its subspecialty"),
            case("neurology", ["epilepsy"], ("reserve", "WHO-2"), why="not the other way round"),
            case("family medicine", ["neurology"], ("reserve", "WHO-2"), why="of another specialty"),
            case("neurology", [], ("reserve", "WHO-2"), why="without a target nothing is needed"),
            case(
                "neurology",
                [{"specialty": "neurology", "in_specialty": 0}],
                ("reserve", "WHO-2"),
                why="a target that needs none",
            ),
        ],
    )
    def test_a_target_takes_its_own_first(
        self, specialty: str, targets: list[object], expected: tuple[str, str]
    ) -> None:
        """What a target needs goes before what is better."""
        assert self.best_elsewhere(specialty, targets=targets) == expected

    @pytest.mark.parametrize(
        ("count", "expected"),
        [
            case(1, {"coverage-gap"}, why="one of the two that internal medicine wants"),
            case(2, set(), why="both"),
        ],
    )
    def test_a_gap_is_warned_of(self, count: int, expected: set[str]) -> None:
        """A target with too few letters on the way is named."""
        found = plan(*attendings(count, specialty="cardiology"), targets=["internal medicine"])
        assert codes(found) & {"coverage-gap"} == expected

    def test_counting_for_a_target_breaks_a_tie(self) -> None:
        """Of two equal letters the one that counts for a target comes first."""
        targets = [{"specialty": "neurology", "in_specialty": 0}]
        assert prefers("MIX-2", {}, {"specialty": "psychiatry"}, targets=targets)

    def test_one_letter_serves_two_targets(self) -> None:
        """Sleep medicine counts for neurology and for psychiatry, so nothing is missing."""
        found = plan(rotation(specialty="sleep medicine"), targets=["neurology", "psychiatry"])
        assert [one.counts.planned for one in found.coverage] == [1, 1]

    def test_a_letter_taken_for_one_target_counts_for_the_next(self) -> None:
        """Sleep medicine is taken for neurology, so that internal medicine takes one more and not two."""
        rows = [rotation(specialty="sleep medicine"), *attendings(3, specialty="internal medicine")]
        found = plan(*rows, targets=["neurology", "internal medicine"], policy={"want": 1})
        assert found.wanted == 2
        assert verdicts(found) == {"chen": "ask", "a1": "ask", "a2": "reserve", "a3": "hold"}

    def test_what_is_missing_is_wanted(self) -> None:
        """Of three letters needed the first target gave one, another is there, and the third is still wanted."""
        rows = [rotation(specialty="sleep medicine"), rotation("Ann Ames", specialty="internal medicine")]
        targets = ["neurology", {"specialty": "internal medicine", "in_specialty": 3}]
        assert plan(*rows, targets=targets, policy={"want": 1}).wanted == 3

    def test_a_weak_letter_is_not_taken_for_a_target(self) -> None:
        """A gap in the set is better than a lukewarm letter in it."""
        found = plan(rotation(performance="fair"), targets=["neurology"])
        assert (letter(found).verdict, "coverage-gap" in codes(found)) == ("reserve", True)


class TestMIX3:
    """At least one of the letters comes from the US."""

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            case([rotation(us=False)], True, why="the only letter is from elsewhere"),
            case([rotation(us=False), rotation("Ann Ames")], False, why="one of two is from the US"),
            case([rotation(us=False), rotation("Ann Ames", choice="skip")], True, why="a skipped one is none"),
            case([rotation(choice="skip", us=False)], False, why="without any letter there is nothing to say"),
        ],
    )
    def test_warning(self, rows: list[Plain], *, expected: bool) -> None:
        """It is said where no letter to be asked or kept is from the US."""
        assert ("no-us-letter" in codes(plan(*rows))) is expected


class TestMIX4:
    """A program takes four letters, so that each target's set has no more."""

    def test_a_set_has_the_best_four(self) -> None:
        """Of five letters chosen by the user the best four are assigned."""
        found = plan(*attendings(5, choice="ask"), targets=["neurology"])
        assert [one.letters for one in found.coverage] == [("a1", "a2", "a3", "a4")]

    def test_what_is_assigned_keeps_its_place(self) -> None:
        """An assigned letter cannot be taken back: the last of five is in the set, in its rank."""
        assigned = rotation("Dr. Z", performance="fair", letter={"assigned": "2027-09-03"})
        rows = attendings(4, letter={"uploaded": "2027-08-02"})
        found = plan(*rows, assigned, as_of="2027-09-06", targets=["neurology"])
        assert [one.letters for one in found.coverage] == [("a1", "a2", "a3", "z")]

    def test_only_what_is_in_a_set_is_to_be_assigned(self) -> None:
        """The fourth letter has no place left, so there is nothing to do with it."""
        assigned = rotation("Dr. Z", performance="fair", letter={"assigned": "2027-09-03"})
        rows = attendings(4, letter={"uploaded": "2027-08-02"})
        found = plan(*rows, assigned, as_of="2027-09-06", targets=["neurology"])
        assert [one.rotation for one in found.actions if one.kind == "assign"] == ["a1", "a2", "a3"]


class TestMIX5:
    """One letter more is held in reserve, for when a writer goes silent."""

    @pytest.mark.parametrize(
        ("spare", "expected"),
        [
            case(0, ["hold", "hold"], why="none"),
            case(1, ["reserve", "hold"], why="one"),
            case(2, ["reserve", "reserve"], why="two"),
        ],
    )
    def test_number(self, spare: int, expected: list[str]) -> None:
        """The next in the order are the reserve."""
        found = plan(*attendings(5), policy={"spare": spare})
        assert list(verdicts(found).values())[3:] == expected

    def test_a_place_that_no_pick_fills_in_time_is_one_more(self) -> None:
        """Two of three wanted are missing, so that two weak letters are in reserve, and a third as the spare."""
        found = plan(rotation(), *attendings(4, performance="fair"))
        expected = {"chen": "ask", "a1": "reserve", "a2": "reserve", "a3": "reserve", "a4": "hold"}
        assert verdicts(found) == expected

    @pytest.mark.parametrize(
        ("promised", "as_of", "expected"),
        [
            case(2, "2027-03-01", True, why="one of three is not in hand, and its day is ahead"),
            case(2, "2027-03-24", False, why="on its day it is asked without a condition"),
            case(3, "2027-03-01", None, why="three promises in hand are enough"),
        ],
    )
    def test_is_asked_while_too_few_are_in_hand(self, promised: int, as_of: str, *, expected: bool | None) -> None:
        """A reserve has its own day to ask, conditional until that day."""
        in_hand = attendings(promised, letter={"agreed": "2027-03-01"})
        others = [rotation("Ann Ames")] * (3 - promised)
        found = plan(*in_hand, *others, rotation(contact="rarely"), as_of=as_of)
        ask = action(found, "chen:ask")
        assert (ask.conditional if ask else None) is expected


# --- when to ask --------------------------------------------------------------------------------------------


class TestWHEN1:
    """The letter is asked for in the last week, with two days left to try again."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({}, ("2027-03-22", "2027-03-24", "2027-03-26"), why="Wednesday of the last week"),
            case(
                {"last_day": "2027-03-24"}, ("2027-03-18", "2027-03-22", "2027-03-24"), why="the attending leaves"
            ),
            case({"days": ["tue", "thu"]}, ("2027-03-23", "2027-03-23", "2027-03-25"), why="two days a week"),
            case({"days": ["wed"]}, ("2027-03-17", "2027-03-17", "2027-03-24"), why="one a week: the last two"),
            case({"away": ["2027-03-24"]}, ("2027-03-22", "2027-03-23", "2027-03-26"), why="away on Wednesday"),
            case({"end": "2027-03-01"}, ("2027-03-01", "2027-03-01", "2027-03-01"), why="a single day"),
            case(
                {"start": "2027-05-24", "end": "2027-06-18"},
                ("2027-06-14", "2027-06-15", "2027-06-17"),
                why="Friday 18 June is off, as Juneteenth is on a Saturday",
            ),
            case(
                {"start": "2027-05-24", "end": "2027-06-18", "worked": ["2027-06-18"]},
                ("2027-06-14", "2027-06-16", "2027-06-18"),
                why="unless it is worked",
            ),
            case(
                {"start": "2027-05-24", "end": "2027-06-18", "us": False},
                ("2027-06-14", "2027-06-16", "2027-06-18"),
                why="or elsewhere",
            ),
        ],
    )
    def test_window(self, more: Plain, expected: tuple[str, str, str]) -> None:
        """The window is the on-site days of the last seven days, and the third-last of them is the day."""
        assert window(plan(rotation(**more))) == expected

    def test_the_applicants_holidays_are_off_too(self) -> None:
        """Two days off in the last week leave three."""
        holidays = [{"from": "2027-03-25", "to": "2027-03-26"}]
        assert window(plan(rotation(), holidays=holidays)) == ("2027-03-22", "2027-03-22", "2027-03-24")

    def test_is_cited(self) -> None:
        """The action names the rule."""
        ask = action(plan(rotation()), "chen:ask")
        assert ask is not None
        assert ask.rules == ("WHEN-1",)


class TestWHEN2:
    """An offer is followed up on the next day there is."""

    @pytest.mark.parametrize(
        ("offered", "expected"),
        [
            case("2027-03-10", ("2027-03-10", "2027-03-10", "2027-03-12"), why="on a Wednesday: the same day"),
            case("2027-03-13", ("2027-03-15", "2027-03-15", "2027-03-17"), why="on a Saturday: on Monday"),
            case("2027-03-25", ("2027-03-25", "2027-03-25", "2027-03-26"), why="closes with the rotation"),
            case("2027-03-26", ("2027-03-26", "2027-03-26", "2027-03-26"), why="on the last day"),
            case("2027-03-27", ("2027-03-29", "2027-03-29", "2027-03-31"), why="after it: business days"),
            case("2027-03-01", ("2027-03-01", "2027-03-01", "2027-03-03"), why="on the first day"),
            case("2027-02-28", ("2027-03-01", "2027-03-01", "2027-03-03"), why="the Sunday before the first day"),
            case("2027-02-13", ("2027-02-16", "2027-02-16", "2027-02-18"), why="before it, over Washington's day"),
        ],
    )
    def test_window(self, offered: str, expected: tuple[str, str, str]) -> None:
        """At once, with two days of room."""
        assert window(plan(rotation(offered=offered), as_of="2027-04-01")) == expected

    def test_on_the_first_day_the_days_on_site_count(self) -> None:
        """Where Saturdays are the days on site, an offer on the first of them is taken up on it."""
        saturdays = rotation(days=["sat"], start="2027-03-06", end="2027-03-27", offered="2027-03-06")
        assert window(plan(saturdays, as_of="2027-03-06")) == ("2027-03-06", "2027-03-06", "2027-03-20")

    def test_needs_no_booking_and_no_pulling(self) -> None:
        """Even where the deadline is near, the offer's day stands and nothing is booked."""
        late = rotation(start="2027-08-02", end="2027-09-24", offered="2027-09-01")
        found = plan(late, as_of="2027-09-01")
        assert window(found) == ("2027-09-01", "2027-09-01", "2027-09-03")
        assert [one.kind for one in found.actions] == ["ask"]

    def test_is_cited(self) -> None:
        """The action names the rules."""
        ask = action(plan(rotation(offered="2027-03-10"), as_of="2027-03-10"), "chen:ask")
        assert ask is not None
        assert ask.rules == ("WHEN-2", "WHO-7")


class TestWHEN3:
    """Nobody leaves without having asked: the last day of the window is the last chance."""

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            case("2027-03-25", False, why="the day before there is another day"),
            case("2027-03-26", True, why="the day it closes"),
            case("2027-03-27", False, why="after it the chance is gone"),
        ],
    )
    def test_last_chance(self, as_of: str, *, expected: bool) -> None:
        """On the last day the title says so, and that an e-mail will do."""
        ask = action(plan(rotation(), as_of=as_of), "chen:ask")
        assert ask is not None
        assert ("WHEN-3" in ask.rules) is expected
        assert ("e-mail if need be" in ask.title) is expected


class TestWHEN4:
    """Before half of the days together are over it is too soon to ask."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"end": "2027-03-05"}, ("2027-03-03", "2027-03-03", "2027-03-05"), why="five days: the third"),
            case({"end": "2027-03-04"}, ("2027-03-02", "2027-03-02", "2027-03-04"), why="four days: the second"),
            case({"end": "2027-03-02"}, ("2027-03-01", "2027-03-01", "2027-03-02"), why="two days: the first"),
            case(
                {"days": ["mon"], "end": "2027-03-22"},
                ("2027-03-15", "2027-03-15", "2027-03-22"),
                why="once a week",
            ),
        ],
    )
    def test_window_opens_at_half(self, more: Plain, expected: tuple[str, str, str]) -> None:
        """A short rotation has its window in the later half."""
        assert window(plan(rotation(**more))) == expected

    def test_is_cited_where_it_decided(self) -> None:
        """The action names this rule instead of the last week's."""
        ask = action(plan(rotation(end="2027-03-05")), "chen:ask")
        assert ask is not None
        assert ask.rules == ("WHEN-4",)

    def test_does_not_hold_an_offer_back(self) -> None:
        """Offered on the first day, the letter is asked for on the first day."""
        assert window(plan(rotation(offered="2027-03-01")))[1] == "2027-03-01"


class TestWHEN5:
    """A short talk at the end of a day is booked beforehand."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({}, ("2027-03-22", "2027-03-23"), why="two on-site days before the Wednesday"),
            case({"away": ["2027-03-23"]}, ("2027-03-19", "2027-03-22"), why="on-site days, not calendar days"),
            case({"end": "2027-03-04"}, None, why="asked at half of the days: no day is left before"),
            case({"end": "2027-03-08"}, ("2027-03-03", "2027-03-03"), why="not before half of the days"),
            case({"meeting": "2027-03-25"}, None, why="a meeting is booked already"),
            case({"offered": "2027-03-01"}, None, why="an offer needs none"),
        ],
    )
    def test_booking(self, more: Plain, expected: tuple[str, str] | None) -> None:
        """From two on-site days before the day to ask until the one before it."""
        assert span(plan(rotation(**more)), "chen:book") == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            case("2027-03-23", True, why="the day before"),
            case("2027-03-24", False, why="on the day itself it is too late to book"),
        ],
    )
    def test_gone_on_the_day(self, as_of: str, *, expected: bool) -> None:
        """Nothing is booked for a day that has come."""
        assert (action(plan(rotation(), as_of=as_of), "chen:book") is not None) is expected

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"meeting": "2027-03-25"}, ("2027-03-22", "2027-03-25", "2027-03-26"), why="within the window"),
            case(
                {"meeting": "2027-03-17"}, ("2027-03-17", "2027-03-17", "2027-03-26"), why="before: it opens then"
            ),
            case(
                {"meeting": "2027-04-03"}, ("2027-03-22", "2027-04-03", "2027-04-03"), why="after, on a Saturday"
            ),
            case(
                {"meeting": "2027-03-19", "offered": "2027-03-10"},
                ("2027-03-10", "2027-03-19", "2027-03-19"),
                why="an offer's days, then the meeting",
            ),
        ],
    )
    def test_a_meeting_is_the_day_to_ask(self, more: Plain, expected: tuple[str, str, str]) -> None:
        """The day agreed for the talk stands, and the window reaches to it."""
        assert window(plan(rotation(**more), as_of="2027-03-10")) == expected

    def test_telehealth_talks_by_video(self) -> None:
        """Who works with the attending at a distance talks by video."""
        found = plan(rotation(experience="telehealth", performance=None))
        channels = {one.kind: one.channel for one in found.actions}
        assert channels == {"feedback": "video", "book": "video", "ask": "video", "rate": "self"}


class TestWHEN6:
    """Halfway the user asks how it is going, and in the last week notes how it went."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({}, ("2027-03-12", "2027-03-19"), why="from half of the days to the day before booking"),
            case({"meeting": "2027-03-25"}, ("2027-03-12", "2027-03-24"), why="else to the day before the talk"),
            case({"end": "2027-03-08"}, ("2027-03-03", "2027-03-03"), why="at least on the day itself"),
            case({"end": "2027-03-04"}, None, why="asked at half of the days: no room for it"),
            case({"performance": "good"}, None, why="known already"),
        ],
    )
    def test_feedback(self, more: Plain, expected: tuple[str, str] | None) -> None:
        """Early enough to improve."""
        assert span(plan(rotation(**{"performance": None, **more})), "chen:feedback") == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [case("2027-03-19", True, why="its last day"), case("2027-03-20", False, why="after")],
    )
    def test_feedback_goes(self, as_of: str, *, expected: bool) -> None:
        """Too late to improve, it is no longer asked."""
        found = plan(rotation(performance=None), as_of=as_of)
        assert (action(found, "chen:feedback") is not None) is expected

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({}, ("2027-03-22", "2027-03-26"), why="in the window"),
            case(
                {"offered": "2027-03-02"}, ("2027-03-04", "2027-03-04"), why="with an offer at most its last day"
            ),
            case({"performance": "fair"}, None, why="known already"),
            case({"letter": {"asked": "2027-03-01"}}, None, why="asked already"),
        ],
    )
    def test_rate(self, more: Plain, expected: tuple[str, str] | None) -> None:
        """How it went is noted while it is fresh."""
        found = plan(rotation(**{"performance": None, **more}), as_of="2027-03-02")
        assert span(found, "chen:rate") == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [case("2027-03-26", True, why="its last day"), case("2027-03-27", False, why="after")],
    )
    def test_rate_on_hold_goes(self, as_of: str, *, expected: bool) -> None:
        """A letter on hold is not chased after its window."""
        found = plan(*attendings(4), rotation(performance=None), as_of=as_of)
        assert letter(found).verdict == "hold"
        assert (action(found, "chen:rate") is not None) is expected


class TestWHEN7:
    """The writer has four weeks, and the deadline pulls the day to ask forward if it must."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case(
                {"start": "2027-07-26", "end": "2027-08-20"},
                ("2027-08-16", "2027-08-18", "2027-08-20"),
                why="asked on the latest day anyway",
            ),
            case(
                {"start": "2027-07-26", "end": "2027-08-23"},
                ("2027-08-18", "2027-08-18", "2027-08-20"),
                why="asked on Thursday the 19th: pulled to the 18th",
            ),
            case(
                {"start": "2027-07-26", "end": "2027-09-03", "away": ["2027-08-18"]},
                ("2027-08-17", "2027-08-17", "2027-08-20"),
                why="to an on-site day",
            ),
            case(
                {"start": "2027-08-16", "end": "2027-09-10"},
                ("2027-08-27", "2027-08-27", "2027-08-31"),
                why="not before half of the days",
            ),
            case(
                {"start": "2027-08-23", "end": "2027-10-08"},
                ("2027-09-15", "2027-09-15", "2027-09-17"),
                why="half is over on the day letters are needed: 34 days, the 17th",
            ),
            case(
                {"start": "2027-08-23", "end": "2027-10-12"},
                ("2027-10-06", "2027-10-07", "2027-10-12"),
                why="half is over a day later: too late to hurry, 35 days (Columbus Day is off)",
            ),
            case(
                {"start": "2027-07-26", "end": "2027-08-23", "meeting": "2027-08-23"},
                ("2027-08-17", "2027-08-23", "2027-08-23"),
                why="a meeting is not moved",
            ),
        ],
    )
    def test_pulls_forward(self, more: Plain, expected: tuple[str, str, str]) -> None:
        """Where the last week is too late, the last day that leaves four weeks is taken."""
        assert window(plan(rotation(**more), as_of="2027-07-01")) == expected

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"end": "2027-08-23"}, True, why="pulled"),
            case({"end": "2027-08-20"}, False, why="not pulled"),
            case({"end": "2027-08-23", "letter": {"asked": "2027-07-26"}}, False, why="asked already"),
        ],
    )
    def test_tight(self, more: Plain, *, expected: bool) -> None:
        """A letter pulled forward is marked until it is asked for."""
        ranking = letter(plan(rotation(start="2027-07-26", **more), as_of="2027-07-26")).ranking
        assert ranking is not None
        assert ranking.tight is expected

    @pytest.mark.parametrize(
        ("end", "expected"),
        [
            case("2027-08-18", "2027-08-18", why="closes on the latest day to ask"),
            case("2027-08-19", "2027-08-18", why="closes after it, asked before it"),
            case("2027-08-23", "2027-08-18", why="pulled forward to it"),
        ],
    )
    def test_ask_is_late_after_the_latest_day(self, end: str, expected: str) -> None:
        """The ask is not left until its window closes, if that is too late for the writer."""
        found = plan(rotation(start="2027-07-26", end=end), as_of="2027-07-01")
        ask = action(found, "chen:ask")
        assert ask is not None
        assert ask.until.isoformat() == expected


class TestWHEN8:
    """The formal request is made when the portal opens."""

    @pytest.mark.parametrize(
        ("agreed", "expected"),
        [
            case("2027-03-24", ("2027-06-02", "2027-06-09"), why="agreed before the season"),
            case("2027-06-03", ("2027-06-03", "2027-06-10"), why="agreed in it, on a Thursday"),
            case("2027-06-18", ("2027-06-21", "2027-06-28"), why="on a holiday: the next business day"),
        ],
    )
    def test_request(self, agreed: str, expected: tuple[str, str]) -> None:
        """The later of the yes and the opening, for a week."""
        found = plan(rotation(letter={"agreed": agreed}), as_of=agreed)
        assert span(found, "chen:request") == expected

    @pytest.mark.parametrize(
        "events",
        [
            case({"asked": "2027-03-24"}, why="no answer yet"),
            case({"requested": "2027-06-02"}, why="done"),
        ],
    )
    def test_no_request(self, events: Plain) -> None:
        """There is nothing to request before the yes, or again."""
        assert span(plan(rotation(letter=events), as_of="2027-06-02"), "chen:request") is None

    def test_a_letter_is_not_there_before_the_season_opens(self) -> None:
        """Promised in March it is uploaded on 2 June at the earliest, and processed on the 9th."""
        ranking = letter(plan(rotation(letter={"agreed": "2027-03-24"}), as_of="2027-03-24")).ranking
        assert ranking is not None
        assert ranking.arrives_by.isoformat() == "2027-06-09"


class TestWHEN9:
    """Processing an upload takes up to five business days."""

    @pytest.mark.parametrize(
        ("uploaded", "expected"),
        [
            case("2027-07-01", "2027-07-09", why="over the fourth of July, kept on Monday the 5th"),
            case("2027-07-12", "2027-07-19", why="a week without a holiday"),
            case("2027-07-10", "2027-07-16", why="from a Saturday: Monday is the first of five"),
        ],
    )
    def test_arrives_by(self, uploaded: str, expected: str) -> None:
        """Weekends and holidays are no days of processing."""
        ranking = letter(plan(rotation(letter={"uploaded": uploaded}), as_of=uploaded)).ranking
        assert ranking is not None
        assert ranking.arrives_by.isoformat() == expected

    @pytest.mark.parametrize(
        ("deadline", "expected"),
        [
            case("2027-09-22", "2027-09-15", why="a week before the review day"),
            case("2027-09-13", "2027-09-03", why="over Labor Day, the 6th"),
            case("2027-09-25", "2027-09-17", why="a Saturday is taken for the Friday before"),
        ],
    )
    def test_needed_by(self, deadline: str, expected: str) -> None:
        """The deadline less five business days is when the upload is needed."""
        assert plan(rotation(), deadline=deadline).needed_by.isoformat() == expected


class TestWHEN10:
    """The writer is reminded every month, and again as the day comes near."""

    def ladder(self, events: Plain, as_of: str) -> list[tuple[str, str, str]]:
        """List the reminders of a letter: their numbers and days."""
        found = plan(rotation(letter={"packet": as_of, **events}), as_of=as_of)
        reminders = [one for one in found.actions if one.kind == "remind"]
        return [
            (one.id.removeprefix("chen:remind:"), one.on.isoformat(), one.until.isoformat()) for one in reminders
        ]

    def test_ladder(self) -> None:
        """Requested on 2 June: every 28 days until a week before the first dated one, 14 days before.

        30 June and 28 July are on the ladder, 25 August is 7 days before 1 September and so is too; then come
        14, 7 and 3 days before the 15th; of the last, Sunday the 12th is moved to Monday.
        """
        assert self.ladder({"requested": "2027-06-02"}, "2027-06-02") == [
            ("1", "2027-06-30", "2027-07-27"),
            ("2", "2027-07-28", "2027-08-24"),
            ("3", "2027-08-25", "2027-08-31"),
            ("4", "2027-09-01", "2027-09-07"),
            ("5", "2027-09-08", "2027-09-12"),
            ("6", "2027-09-13", "2027-09-15"),
        ]

    def test_a_month_too_near_the_dated_ones_is_left_out(self) -> None:
        """Requested a day later, the third month would end on 26 August, 6 days before 1 September."""
        ladder = self.ladder({"requested": "2027-06-03"}, "2027-06-03")
        assert [on for _, on, _ in ladder] == [
            "2027-07-01",
            "2027-07-29",
            "2027-09-01",
            "2027-09-08",
            "2027-09-13",
        ]

    @pytest.mark.parametrize(
        ("as_of", "first"),
        [
            case("2027-07-27", "1", why="the first is still the one to send"),
            case("2027-07-28", "2", why="on the second's day the first is past"),
        ],
    )
    def test_of_those_past_only_the_latest_stays(self, as_of: str, first: str) -> None:
        """A missed reminder is not sent twice."""
        assert self.ladder({"requested": "2027-06-02"}, as_of)[0][0] == first

    @pytest.mark.parametrize(
        ("reminded", "first"),
        [
            case("2027-06-29", "1", why="a day before, it is still to come"),
            case("2027-06-30", "2", why="on its day it is done"),
        ],
    )
    def test_done(self, reminded: str, first: str) -> None:
        """A reminder is done when the user wrote on its day or later."""
        events = {"requested": "2027-06-02", "reminded": [reminded]}
        assert self.ladder(events, "2027-06-30")[0][0] == first

    @pytest.mark.parametrize(
        ("requested", "expected"),
        [
            case("2027-09-01", ["2027-09-08", "2027-09-13"], why="14 days before is the day itself: too near"),
            case("2027-09-05", ["2027-09-13"], why="a week before the third-last day"),
            case("2027-09-06", ["2027-09-14"], why="none is left: the business day before it is needed"),
            case("2027-09-14", ["2027-09-21"], why="nor is that one: a week after the request"),
        ],
    )
    def test_short_ladders(self, requested: str, expected: list[str]) -> None:
        """Seven days are left between the request and a reminder, or else the last chance is taken."""
        assert [on for _, on, _ in self.ladder({"requested": requested}, requested)] == expected

    def test_goes_with_the_upload(self) -> None:
        """An uploaded letter needs no reminder."""
        assert self.ladder({"requested": "2027-06-02", "uploaded": "2027-07-01"}, "2027-07-01") == []


class TestWHEN11:
    """After a week without an answer the user writes again, and after two counts on another."""

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            case({"asked": "2027-03-24"}, ("2027-03-31", "2027-04-07"), why="asked on a Wednesday"),
            case({"asked": "2027-03-27"}, ("2027-04-05", "2027-04-10"), why="on a Saturday: moved to Monday"),
            case(
                {"asked": "2027-03-24", "reminded": ["2027-04-02"]},
                ("2027-04-09", "2027-04-16"),
                why="counted from the last word",
            ),
            case({"asked": "2027-03-24", "agreed": "2027-03-25"}, None, why="answered"),
        ],
    )
    def test_follow_up(self, events: Plain, expected: tuple[str, str] | None) -> None:
        """A week after the last word, a business day."""
        assert span(plan(rotation(letter=events), as_of="2027-04-02"), "chen:follow-up") == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"), [case("2027-04-06", False, why="13 days"), case("2027-04-07", True, why="14 days")]
    )
    def test_silent(self, as_of: str, *, expected: bool) -> None:
        """A silent writer is no pick any more, and is warned of."""
        found = plan(rotation(letter={"asked": "2027-03-24"}), as_of=as_of)
        ranking = letter(found).ranking
        assert ranking is not None
        assert (ranking.silent, "silent" in codes(found)) == (expected, expected)
        assert ranking.pick is not expected

    def test_another_takes_the_place(self) -> None:
        """With three wanted, the fourth moves up where one of three is silent."""
        asked = rotation(letter={"asked": "2027-03-24"}, performance="excellent")
        before, after = (verdicts(plan(asked, *attendings(3), as_of=day)) for day in ("2027-04-06", "2027-04-07"))
        assert (before["a3"], after["a3"]) == ("reserve", "ask")


class TestWHEN12:
    """Who left without asking asks by e-mail now."""

    @pytest.mark.parametrize(
        ("more", "as_of", "expected"),
        [
            case({}, "2027-03-26", "in-person", why="the last on-site day"),
            case({}, "2027-03-27", "email", why="the day after"),
            case({"meeting": "2027-03-31"}, "2027-03-31", "in-person", why="a meeting today"),
            case({"meeting": "2027-03-31"}, "2027-04-01", "email", why="a meeting that has passed"),
            case({"offered": "2027-03-29"}, "2027-03-29", "email", why="offered after the last day"),
            case({"offered": "2027-03-01"}, "2027-03-01", "in-person", why="offered on the first day"),
            case({"offered": "2027-02-26"}, "2027-02-26", "email", why="offered before the first day"),
            case({"offered": "2027-02-26"}, "2027-03-02", "email", why="that stays so in the first week"),
            case({"meeting": "2027-02-26"}, "2027-02-22", "email", why="a meeting before the first day"),
        ],
    )
    def test_channel(self, more: Plain, as_of: str, expected: str) -> None:
        """In person while the two meet, by e-mail when they do not."""
        ask = action(plan(rotation(**more), as_of=as_of), "chen:ask")
        assert ask is not None
        assert (ask.channel, "WHEN-12" in ask.rules) == (expected, expected == "email")


class TestWHEN13:
    """The writer is thanked."""

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            case({"uploaded": "2027-08-02"}, ("2027-08-02", "2027-08-09"), why="on the day, a Monday, for a week"),
            case({"uploaded": "2027-07-31"}, ("2027-08-02", "2027-08-09"), why="from a Saturday on Monday"),
            case({"uploaded": "2027-08-02", "thanked": "2027-08-02"}, None, why="done"),
            case({"requested": "2027-08-02"}, None, why="nothing to thank for yet"),
        ],
    )
    def test_thank(self, events: Plain, expected: tuple[str, str] | None) -> None:
        """Within a week of the upload."""
        assert span(plan(rotation(letter=events), as_of="2027-08-02"), "chen:thank") == expected

    def test_an_assigned_letter_is_thanked_for_too(self) -> None:
        """Assigning does not make the thanks needless."""
        found = plan(rotation(letter={"assigned": "2027-09-03"}), as_of="2027-09-03")
        assert span(found, "chen:thank") == ("2027-09-03", "2027-09-10")


class TestWHEN14:
    """An uploaded letter is assigned to each program by hand."""

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            case({"uploaded": "2027-08-02"}, ("2027-09-01", "2027-09-08"), why="when applications can be sent"),
            case({"uploaded": "2027-08-25"}, ("2027-09-01", "2027-09-08"), why="processed on that very day"),
            case({"uploaded": "2027-08-26"}, ("2027-09-02", "2027-09-09"), why="or when processed, a day later"),
            case({"uploaded": "2027-08-26", "assigned": "2027-09-02"}, None, why="done"),
            case({"requested": "2027-08-02"}, None, why="nothing to assign yet"),
        ],
    )
    def test_assign(self, events: Plain, expected: tuple[str, str] | None) -> None:
        """The later of the two days, for a week."""
        assert span(plan(rotation(letter=events), as_of="2027-09-02"), "chen:assign") == expected


class TestWHEN15:
    """The writer who agreed is sent what the letter needs."""

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            case({"agreed": "2027-03-24"}, ("2027-03-24", "2027-03-29"), why="three business days from Wednesday"),
            case({"agreed": "2027-03-27"}, ("2027-03-29", "2027-04-01"), why="from a Saturday: Monday and three"),
            case({"requested": "2027-03-24"}, ("2027-03-24", "2027-03-29"), why="requested implies agreed"),
            case({"agreed": "2027-03-24", "packet": "2027-03-24"}, None, why="done"),
            case({"asked": "2027-03-24"}, None, why="not agreed yet"),
            case({"uploaded": "2027-03-24"}, None, why="no longer needed"),
        ],
    )
    def test_packet(self, events: Plain, expected: tuple[str, str] | None) -> None:
        """At once, and within three business days."""
        assert span(plan(rotation(letter=events), as_of="2027-03-29"), "chen:packet") == expected


class TestWHEN16:
    """While another writer could still make it, the user decides whether one is needed."""

    SECURED: ClassVar[Plain] = {"letter": {"uploaded": "2027-07-01", "thanked": "2027-07-01"}}
    AGREED: ClassVar[Plain] = {"letter": {"agreed": "2027-03-24", "packet": "2027-03-24"}}

    def backup(self, *rows: Plain, as_of: str = "2027-08-11", **more: Any) -> tuple[str, str] | None:  # noqa: ANN401
        """Look for the question whether Dr. Chen is needed, beside other letters."""
        found = plan(*rows, rotation(contact="rarely", **more), as_of=as_of)
        return span(found, "chen:backup")

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            case("2027-08-11", ("2027-08-11", "2027-08-18"), why="a week before the latest day to ask"),
            case("2027-08-18", ("2027-08-11", "2027-08-18"), why="on that day"),
            case("2027-08-19", None, why="after it no other could make it"),
        ],
    )
    def test_days(self, as_of: str, expected: tuple[str, str] | None) -> None:
        """The question is put in the last week for it; here three are promised and none is there."""
        assert self.backup(*attendings(3, **self.AGREED), as_of=as_of) == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            case("2027-08-10", True, why="before its day"),
            case("2027-08-11", False, why="on its day"),
        ],
    )
    def test_conditional(self, as_of: str, *, expected: bool) -> None:
        """Until its day it may turn out needless."""
        found = plan(*attendings(3, **self.AGREED), rotation(contact="rarely"), as_of=as_of)
        backup = action(found, "chen:backup")
        assert backup is not None
        assert backup.conditional is expected

    @pytest.mark.parametrize(
        ("rows", "more"),
        [
            case(attendings(3, **SECURED), {}, why="as many as wanted are uploaded"),
            case(
                [*attendings(2, **AGREED), rotation("Z", letter={"agreed": "2027-08-11"})],
                {},
                why="somebody was asked on its day",
            ),
            case(attendings(3), {}, why="three others are to be asked first"),
            case(
                attendings(3, **AGREED),
                {"start": "2027-08-09", "end": "2027-09-03"},
                why="half of the days are over after the latest day",
            ),
            case(attendings(3, **AGREED), {"choice": "skip"}, why="there is nobody else"),
        ],
    )
    def test_needless(self, rows: list[Plain], more: Plain) -> None:
        """Where nothing is open, or nobody is left, there is no question."""
        assert self.backup(*rows, **more) is None

    def test_somebody_asked_before_its_day_does_not_count(self) -> None:
        """An ask on 10 August is not the answer to the question of the 11th."""
        asked = rotation("Z", letter={"agreed": "2027-08-10"})
        assert self.backup(*attendings(2, **self.AGREED), asked) == ("2027-08-11", "2027-08-18")


# --- the season -----------------------------------------------------------------------------------------------


class TestSeason:
    """The season is the user's, else the one that the deadline, the rotations or the day point to."""

    @pytest.mark.parametrize(
        ("applicant", "as_of", "expected"),
        [
            case({"season": 2027}, "2027-03-01", 2027, why="as named, though the rotations are too late for it"),
            case({"season": 2027, "deadline": "2027-09-22"}, "2027-03-01", 2027, why="named, not by the deadline"),
            case({"deadline": "2027-06-01"}, "2027-03-01", 2028, why="between two seasons: the next to open"),
            case({"deadline": "2027-05-31"}, "2027-03-01", 2027, why="the last day of a season is in it"),
            case({}, "2027-03-01", 2028, why="the first reviewed after the last day"),
            case({}, "2028-05-31", 2028, why="on its last day it is not over"),
            case({}, "2028-06-01", 2029, why="the day after it is, and the next is taken"),
        ],
    )
    def test_year(self, applicant: Plain, as_of: str, expected: int) -> None:
        """Rotations in March 2027 point to the season that is reviewed in September 2027."""
        found = plan(rotation(), as_of=as_of, **{"season": None, **applicant})
        assert (found.season.year, found.guessed) == (expected, "season" not in applicant)

    @pytest.mark.parametrize(
        ("ends", "expected"),
        [
            case(["2027-09-22"], 2028, why="ends on the review day"),
            case(["2027-09-23"], 2029, why="ends the day after it"),
            case(["2027-09-23", "2027-09-22"], 2028, why="of two the earlier counts"),
            case(["2027-09-23", "2027-09-22", "2027-09-24"], 2029, why="of three the middle one"),
        ],
    )
    def test_middle_of_the_last_days(self, ends: list[str], expected: int) -> None:
        """One rotation that was long ago, or is far ahead, does not move the season."""
        rows = [rotation(f"Dr. A{place}", start="2027-08-30", end=end) for place, end in enumerate(ends)]
        assert plan(*rows, season=None).season.year == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [case("2028-05-31", False, why="its last day"), case("2028-06-01", True, why="after")],
    )
    def test_over(self, as_of: str, *, expected: bool) -> None:
        """Up to its last day there is something to do, and from the next one only a warning."""
        found = plan(rotation(letter={"agreed": "2027-03-24"}), as_of=as_of)
        assert ("season-over" in codes(found), not found.actions) == (expected, expected)

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [case("2027-09-22", False, why="the deadline"), case("2027-09-23", True, why="after")],
    )
    def test_deadline_passed(self, as_of: str, *, expected: bool) -> None:
        """On the deadline it has not passed."""
        assert ("deadline-passed" in codes(plan(rotation(), as_of=as_of))) is expected


# --- why, and what would change it ----------------------------------------------------------------------------


class TestWhy:
    """A verdict comes with the comparison that decided it, and with what would turn that comparison."""

    def test_the_last_pick_is_told_what_it_has_over_the_next(self) -> None:
        """The picks are named with the best letter that is left out."""
        *_, last, left_out = plan(*attendings(3, letterhead=True), rotation()).letters
        assert last.reason.rule == "WHO-6"
        assert left_out.attending in last.reason.text

    def test_a_letter_asked_for_already_is_no_rival(self) -> None:
        """What is asked for is kept anyway: a pick is compared with the best letter that is neither."""
        asked = rotation("Ann Ames", performance="fair", letter={"asked": "2027-03-01"})
        found = plan(*attendings(3, letterhead=True), asked, rotation("Bo Boyd", performance="fair"))
        assert "Bo Boyd" in letter(found, "a3").reason.text

    @pytest.mark.parametrize(
        ("more", "rule", "lever"),
        [
            case({}, "WHO-6", "letterhead", why="letterhead can turn out to be there"),
            case({"contact": "rarely"}, "WHO-3", "offered", why="an offer lifts a weak letter"),
            case({"performance": "fair"}, "WHO-2", "offered", why="a fair one too"),
            case({"performance": None}, "WHO-2", "performance", why="how it goes is still open"),
            case(
                {"start": "2027-08-30", "end": "2027-09-24"}, "WHO-11", "lead_days", why="a writer may be quicker"
            ),
        ],
    )
    def test_what_would_lift_it(self, more: Plain, rule: str, lever: str) -> None:
        """A reserve or hold letter is told what in the file would make it level."""
        one = letter(plan(*attendings(3, letterhead=True), rotation(**more)))
        assert one.decided_by is not None
        assert one.decided_by.rule == rule
        assert any(rule in text and lever in text for text in one.would_change)

    def test_a_weak_letter_is_told_that_it_is_weak(self) -> None:
        """Ahead of a pick that is late, and yet no pick: not for any target's sake, as there is no target."""
        late = rotation("Ann Ames", start="2027-08-30", end="2027-09-24")
        found = plan(late, rotation(performance="fair"))
        assert (verdict(found), letter(found).decided_by) == (("reserve", "WHO-2"), None)

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({}, {"fair", "poor"}, why="either would make it a reserve, or nothing"),
            case({"offered": "2027-03-01"}, {"poor"}, why="an offer stands after a fair month"),
            case({"choice": "ask"}, set(), why="the user's choice stands after any"),
        ],
    )
    def test_what_would_unseat_a_pick_would(self, more: Plain, expected: set[str]) -> None:
        """A performance is named only if with it the letter would no longer be asked for."""
        told = " ".join(letter(plan(rotation(**more))).would_change)
        would = {
            how for how in ("fair", "poor") if letter(plan(rotation(**more, performance=how))).verdict != "ask"
        }
        assert would == expected
        assert {how for how in ("fair", "poor") if how in told} == expected

    def test_what_cannot_be_changed_is_not_offered(self) -> None:
        """No note in a file turns an observership into work."""
        one = letter(plan(*attendings(3), rotation(experience="observership")))
        assert one.decided_by is not None
        assert not [text for text in one.would_change if one.decided_by.rule in text]


# --- the numbers --------------------------------------------------------------------------------------------


def reminders(found: Plan) -> list[str]:
    """List the days of the reminders."""
    return [one.on.isoformat() for one in found.actions if one.kind == "remind"]


ASKED: Plain = {"letter": {"asked": "2027-03-24"}}
REQUESTED: Plain = {"letter": {"requested": "2027-08-30", "packet": "2027-08-30"}}


class TestPolicy:
    """Every number of the book can be replaced by the user's own, with an effect that is seen."""

    OVERRIDES = (
        case("want", 2, attendings(4), lambda p: verdicts(p)["a3"], ("ask", "reserve"), why="want"),
        case("spare", 0, attendings(4), lambda p: verdicts(p)["a4"], ("reserve", "hold"), why="spare"),
        case(
            "max_per_program",
            2,
            attendings(3),
            lambda p: len(p.coverage[0].letters),
            (3, 2),
            why="max_per_program",
        ),
        case(
            "fresh_days",
            180,
            [rotation()],  # 26 March to 22 September is 180 days
            lambda p: "stale" in codes(p),
            (False, False),
            why="fresh_days-just-enough",
        ),
        case("fresh_days", 179, [rotation()], lambda p: "stale" in codes(p), (False, True), why="fresh_days"),
        case(
            "final_week_days", 14, [rotation()], lambda p: window(p)[0], ("2027-03-22", "2027-03-15"), why="week"
        ),
        case("lead_days", 42, [], lambda p: p.latest_ask.isoformat(), ("2027-08-18", "2027-08-04"), why="lead"),
        case(
            "processing_days",
            0,
            [],
            lambda p: p.needed_by.isoformat(),
            ("2027-09-15", "2027-09-22"),
            why="process",
        ),
        case(
            "remind_after_days",
            1,  # up to a week before 8 September, the first dated one
            [rotation(**REQUESTED)],
            reminders,
            (["2027-09-08", "2027-09-13"], ["2027-08-31", "2027-09-01", "2027-09-08", "2027-09-13"]),
            why="remind_after_days",
        ),
        case(
            "remind_before_days",
            [5],
            [rotation(**REQUESTED)],
            reminders,
            (["2027-09-08", "2027-09-13"], ["2027-09-10"]),
            why="remind_before_days",
        ),
        case(
            "remind_before_days",
            [],  # 28 days after 30 August is after the 15th: only the day before it is needed is left
            [rotation(**REQUESTED)],
            reminders,
            (["2027-09-08", "2027-09-13"], ["2027-09-14"]),
            why="remind_before_days-none",
        ),
        case(
            "remind_before_days",
            [0],
            [rotation(**REQUESTED)],
            reminders,
            (["2027-09-08", "2027-09-13"], ["2027-09-15"]),
            why="remind_before_days-on-the-very-day",
        ),
        case(
            "follow_up_days",
            2,
            [rotation(**ASKED)],
            lambda p: span(p, "chen:follow-up"),
            (("2027-03-31", "2027-04-07"), ("2027-03-26", "2027-04-07")),
            why="follow_up_days",
        ),
        case(
            "no_answer_days",
            10,
            [rotation(**ASKED)],
            lambda p: span(p, "chen:follow-up"),
            (("2027-03-31", "2027-04-07"), ("2027-03-31", "2027-04-03")),
            why="no_answer_days",
        ),
        case(
            "thank_days",
            3,
            [rotation(letter={"uploaded": "2027-08-02"})],
            lambda p: span(p, "chen:thank"),
            (("2027-08-02", "2027-08-09"), ("2027-08-02", "2027-08-05")),
            why="thank_days",
        ),
        case(
            "assign_days",
            3,
            [rotation(letter={"uploaded": "2027-08-02"})],
            lambda p: span(p, "chen:assign"),
            (("2027-09-01", "2027-09-08"), ("2027-09-01", "2027-09-04")),
            why="assign_days",
        ),
        case(
            "packet_days",
            1,
            [rotation(letter={"agreed": "2027-08-02"})],
            lambda p: span(p, "chen:packet"),
            (("2027-08-02", "2027-08-05"), ("2027-08-02", "2027-08-03")),
            why="packet_days",
        ),
    )

    @pytest.mark.parametrize(("name", "value", "rows", "look", "expected"), OVERRIDES)
    def test_override(
        self,
        name: str,
        value: object,
        rows: list[Plain],
        look: Callable[[Plan], object],
        expected: tuple[object, object],
    ) -> None:
        """The plan by the book, and the same plan with one number replaced."""
        as_of = "2027-08-30" if rows and "letter" in rows[0] else "2027-03-01"
        by_the_book = plan(*rows, as_of=as_of)
        replaced = plan(*rows, as_of=as_of, policy={name: value})
        assert (look(by_the_book), look(replaced)) == expected

    def test_every_number_is_overridden_here(self) -> None:
        """No number of the book is left out of the cases above."""
        assert {case.values[0] for case in self.OVERRIDES} == {number.name for number in policy_numbers.ALL}

    def test_every_number_belongs_to_one_rule_and_one_field(self) -> None:
        """A number is a field of the policy with the book's default, and one rule names it."""
        owners = Counter(number.name for rule in RULES for number in rule.numbers)
        assert owners == dict.fromkeys(Policy.model_fields, 1)
        assert {number.name: number.default for number in policy_numbers.ALL} == Policy().model_dump()

    @pytest.mark.parametrize("number", policy_numbers.ALL, ids=lambda number: number.name)
    def test_a_replaced_number_is_told(self, number: policy_numbers.Number) -> None:
        """The plan says which numbers are the user's own, and under which rule they stand."""
        value = [number.low] if number is policy_numbers.REMIND_BEFORE_DAYS else number.low
        told = plan(policy={number.name: value}).overridden
        rule = next(rule.id for rule in RULES if number in rule.numbers)
        assert [(one.name, one.value, one.rule) for one in told] == [(number.name, str(number.low), rule)]


class TestRuleBook:
    """The rules as a book: all are tested here, each under its own id."""

    def test_every_rule_has_its_class(self) -> None:
        """A rule without tests of its own would be a promise that nobody keeps."""
        assert {f"Test{rule.id.replace('-', '')}" for rule in RULES} <= set(globals())
