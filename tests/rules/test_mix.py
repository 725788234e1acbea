"""How many letters, and for what: the MIX rules, one class each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from builders import action, codes, letter, plan, program, rotation, verdicts
from rules.comparing import assert_preferred, case, remarks, verdict, write_rotations

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Json


def picks(found: Plan) -> list[str]:
    """List the ids of the picks, best first."""
    return [one.id for one in found.letters if one.pick]


class TestMIX1:
    """Two or three strong letters beat many."""

    def test_best_three_letters_are_asked_for(self) -> None:
        """Of five equal letters the first three are, one is in reserve and one on hold."""
        expected = {"a1": "ask", "a2": "ask", "a3": "ask", "a4": "reserve", "a5": "hold"}
        assert verdicts(plan(*write_rotations(5))) == expected

    @pytest.mark.parametrize(
        ("targets", "expected"),
        [
            case(["neurology"], 3, why="one_needed_leaves_three_wanted"),
            case([{"specialty": "neurology", "in_specialty": 3}], 3, why="three_needed_and_available"),
            case([{"specialty": "neurology", "in_specialty": 4}], 4, why="four_needed_and_available"),
            case(["ob-gyn", "EM"], 4, why="two_times_two_needed_none_available"),
        ],
    )
    def test_targets_raise_the_number_of_letters_wanted(self, targets: list[object], expected: int) -> None:
        """What the targets need counts, whether it is available or missing."""
        assert plan(*write_rotations(5), targets=targets).wanted == expected

    def test_places_left_go_to_weak_letters_that_were_asked_for(self) -> None:
        """A letter that was asked for is counted on if nothing better is available; a weak one not asked for is not."""
        asked = rotation("Ann Ames", performance="fair", letter={"asked": "2027-03-01"})
        assert picks(plan(rotation(), asked, rotation("Bo Boyd", performance="fair"))) == ["chen", "ames"]

    def test_strong_letters_leave_no_place_for_a_weak_one_that_was_asked_for(self) -> None:
        """Three strong letters fill the three places."""
        asked = rotation("Ann Ames", performance="fair", letter={"asked": "2027-03-01"})
        assert picks(plan(asked, *write_rotations(3))) == ["a1", "a2", "a3"]

    @pytest.mark.parametrize(
        ("count", "expected"), [case(2, True, why="two_of_three"), case(3, False, why="three_of_three")]
    )
    def test_too_few_letters_are_warned_of(self, count: int, *, expected: bool) -> None:
        """Fewer letters expected than wanted."""
        assert ("too-few-letters" in codes(plan(*write_rotations(count)))) is expected

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            case({}, {"start": "2027-03-02", "end": "2027-03-29"}, why="the_earlier_last_day"),
            case({"letter": {"asked": "2027-03-01"}, "performance": None}, {}, why="asked_for_already"),
            case(
                {"letter": {"asked": "2027-03-01"}, "start": "2027-03-02", "end": "2027-03-29"},
                {},
                why="asked_for_already_before_the_earlier_last_day",
            ),
        ],
    )
    def test_tie_goes_to_the_letter_asked_for_then_to_the_earlier_last_day(self, better: Json, worse: Json) -> None:
        """Wherever the two are in the file."""
        assert_preferred("MIX-1", better, worse)


class TestMIX2:
    """Every target has letters from its own specialty."""

    @pytest.mark.parametrize(
        ("specialty", "targets", "expected"),
        [
            case("neurology", ["neurology"], ("ask", "MIX-2"), why="the_target_itself"),
            case("Neuro", ["NEUROLOGY"], ("ask", "MIX-2"), why="in_any_spelling"),
            case("epilepsy", ["neurology"], ("ask", "MIX-2"), why="a_subspecialty_of_the_target"),
            case("neurology", ["epilepsy"], ("reserve", "WHO-2"), why="not_a_specialty_for_its_subspecialty"),
            case("family medicine", ["neurology"], ("reserve", "WHO-2"), why="another_specialty"),
            case("neurology", [], ("reserve", "WHO-2"), why="no_targets"),
            case(
                "neurology",
                [{"specialty": "neurology", "in_specialty": 0}],
                ("reserve", "WHO-2"),
                why="a_target_that_needs_none",
            ),
        ],
    )
    def test_target_gets_a_letter_of_its_specialty_before_better_letters(
        self, specialty: str, targets: list[object], expected: tuple[str, str]
    ) -> None:
        """The three other letters are better, and from psychiatry."""
        rows = write_rotations(3, specialty="psychiatry", performance="excellent")
        assert verdict(plan(*rows, rotation(specialty=specialty), targets=targets)) == expected

    @pytest.mark.parametrize(
        ("count", "expected"),
        [case(1, True, why="one_of_the_two_that_internal_medicine_needs"), case(2, False, why="both")],
    )
    def test_target_with_too_few_letters_is_warned_of(self, count: int, *, expected: bool) -> None:
        """The warning is about the letters expected, not about all rotations."""
        found = plan(*write_rotations(count, specialty="cardiology"), targets=["internal medicine"])
        assert ("coverage-gap" in codes(found)) is expected

    def test_letter_that_counts_for_a_target_is_preferred(self) -> None:
        """Even for a target that needs no letter of its own."""
        targets = [{"specialty": "neurology", "in_specialty": 0}]
        assert_preferred("MIX-2", {}, {"specialty": "psychiatry"}, targets=targets)

    def test_one_letter_serves_two_targets(self) -> None:
        """Sleep medicine counts for neurology and for psychiatry."""
        found = plan(rotation(specialty="sleep medicine"), targets=["neurology", "psychiatry"])
        assert [one.counts.planned for one in found.coverage] == [1, 1]
        assert "coverage-gap" not in codes(found)

    def test_letter_picked_for_one_target_counts_for_the_next(self) -> None:
        """Sleep medicine is picked for neurology, so that internal medicine gets one more and not two."""
        rows = [rotation(specialty="sleep medicine"), *write_rotations(3, specialty="internal medicine")]
        found = plan(*rows, targets=["neurology", "internal medicine"], policy={"want": 1})
        assert found.wanted == 2
        assert verdicts(found) == {"chen": "ask", "a1": "ask", "a2": "reserve", "a3": "hold"}

    def test_missing_letters_of_a_target_are_wanted(self) -> None:
        """Of three letters needed the first target has one, another is available, and the third is still wanted."""
        rows = [rotation(specialty="sleep medicine"), rotation("Ann Ames", specialty="internal medicine")]
        targets = ["neurology", {"specialty": "internal medicine", "in_specialty": 3}]
        assert plan(*rows, targets=targets, policy={"want": 1}).wanted == 3

    def test_weak_letter_is_not_picked_for_a_target(self) -> None:
        """A gap in the set is better than a lukewarm letter in it."""
        found = plan(rotation(performance="fair"), targets=["neurology"])
        assert (letter(found).verdict, "coverage-gap" in codes(found)) == ("reserve", True)

    @pytest.mark.parametrize(
        ("specialty", "targets", "expected"),
        [
            case("Neuro", ["neurology"], [("counts for neurology", "for")], why="the_target_as_the_user_wrote_it"),
            case(
                "sleep medicine",
                ["psychiatry", "pathology", "neurology"],
                [("counts for psychiatry (our judgement)", "for"), ("counts for neurology (our judgement)", "for")],
                why="two_targets_in_their_order_without_a_source",
            ),
            case("cardiology", ["IM"], [("counts for IM", "for")], why="a_subspecialty_with_a_source"),
            case("psychiatry", ["neurology"], [("counts for none of your targets", "against")], why="no_target"),
            case("psychiatry", [], [], why="nothing_to_say_without_targets"),
        ],
    )
    def test_targets_are_remarked(self, specialty: str, targets: list[str], expected: list[tuple[str, str]]) -> None:
        """The rule says for which targets a letter counts, if there are targets."""
        found = plan(rotation(specialty=specialty, choice="ask"), *write_rotations(3), targets=targets)
        said = [(one.text, one.side) for one in letter(found).reasons[1:] if one.rule == "MIX-2"]
        assert said == expected


class TestMIX3:
    """At least one letter comes from the US."""

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            case([rotation(us=False)], True, why="the_only_letter_is_from_elsewhere"),
            case([rotation(us=False), rotation("Ann Ames")], False, why="one_of_two_is_from_the_us"),
            case([rotation(us=False), rotation("Ann Ames", choice="skip")], True, why="a_skipped_letter_is_none"),
            case([rotation(us=False), rotation("Ann Ames", performance="fair")], True, why="a_reserve_letter_is_none"),
            case([rotation(choice="skip", us=False)], False, why="nothing_to_say_without_any_letter"),
        ],
    )
    def test_letters_only_from_elsewhere_are_warned_of(self, rows: list[Json], *, expected: bool) -> None:
        """The warning is about letters to be asked for or kept."""
        assert ("no-us-letter" in codes(plan(*rows))) is expected


class TestMIX4:
    """A program takes at most four letters, so a target's set has no more."""

    def test_set_has_the_best_four_letters(self) -> None:
        """Of five letters that the user chose the best four are in the set."""
        found = plan(*write_rotations(5, choice="ask"), targets=["neurology"])
        assert [one.letters for one in found.coverage] == [("a1", "a2", "a3", "a4")]

    def test_set_keeps_the_letters_that_the_target_needs(self) -> None:
        """A letter from the specialty is in the set even if it is not among the best four."""
        rows = write_rotations(4, specialty="psychiatry", performance="excellent", choice="ask")
        found = plan(*rows, rotation(), targets=["neurology"])
        assert [one.letters for one in found.coverage] == [("a1", "a2", "a3", "chen")]

    def test_assigned_letter_keeps_its_place_in_the_set(self) -> None:
        """It cannot be taken back, so the last of five is in the set, and the fourth is not to be assigned."""
        assigned = rotation("Dr. Z", performance="fair", letter={"assigned": "2027-09-03"})
        rows = write_rotations(4, letter={"uploaded": "2027-08-02"})
        found = plan(*rows, assigned, as_of="2027-09-06", targets=["neurology"])
        assert [one.letters for one in found.coverage] == [("a1", "a2", "a3", "z")]
        assert [one.rotation for one in found.actions if one.kind == "assign"] == ["a1", "a2", "a3"]


class TestMIX5:
    """Keep a spare, in case a writer goes silent."""

    @pytest.mark.parametrize(
        ("spare", "expected"),
        [
            case(0, ["hold", "hold"], why="none"),
            case(1, ["reserve", "hold"], why="one"),
            case(2, ["reserve", "reserve"], why="two"),
        ],
    )
    def test_next_letters_in_the_order_are_the_reserve(self, spare: int, expected: list[str]) -> None:
        """As many as the policy says."""
        found = plan(*write_rotations(5), policy={"spare": spare})
        assert list(verdicts(found).values())[3:] == expected

    @pytest.mark.parametrize(
        "other",
        [
            case([], why="two_of_three_picks_are_missing"),
            case([{"start": "2027-08-30", "end": "2027-09-24"}], why="late"),
        ],
    )
    def test_pick_that_is_missing_or_late_makes_the_reserve_larger(self, other: list[Json]) -> None:
        """Two weak letters are in reserve for two places not filled in time; the spare must be strong."""
        late = [rotation("Dr. Late", **more) for more in other]
        found = plan(rotation(), *late, *write_rotations(4, performance="fair"))
        reserve = {letter_id: one for letter_id, one in verdicts(found).items() if letter_id.startswith("a")}
        assert reserve == {"a1": "reserve", "a2": "reserve", "a3": "hold", "a4": "hold"}

    def test_late_letter_is_not_in_reserve(self) -> None:
        """It could not replace anything in time."""
        late = rotation("Dr. Late", performance="fair", start="2027-08-30", end="2027-09-24")
        assert letter(plan(*write_rotations(3), late), "late").verdict == "hold"

    @pytest.mark.parametrize(
        ("promised", "as_of", "expected"),
        [
            case(2, "2027-03-01", True, why="one_of_three_is_not_promised_and_its_day_is_ahead"),
            case(2, "2027-03-24", False, why="on_its_day_it_is_asked_without_condition"),
            case(3, "2027-03-01", None, why="three_promises_are_enough"),
        ],
    )
    def test_reserve_is_asked_while_too_few_letters_are_promised(
        self, promised: int, as_of: str, *, expected: bool | None
    ) -> None:
        """Asking a reserve is conditional until its day."""
        found = plan(
            *write_rotations(promised, letter={"agreed": "2027-03-01"}),
            *[rotation("Ann Ames", performance="excellent")] * (3 - promised),
            rotation(),
            as_of=as_of,
        )
        ask: Any = action(found, "chen:ask")
        assert (ask and ask.conditional) is expected


class TestMIX6:
    """A letter for one target goes to no other."""

    TARGETS: ClassVar[list[str]] = ["neurology", "psychiatry"]

    def test_letter_for_one_target_counts_for_no_other(self) -> None:
        """A pain physician's letter counts for both specialties, unless it is written for one."""
        both, one = (
            rotation(specialty="pain medicine"),
            rotation("Dr. One", specialty="pain medicine", **{"for": "neurology"}),
        )
        found = plan(both, one, targets=self.TARGETS)
        assert letter(found).candidate.targets == [0, 1]
        assert letter(found, "one").candidate.targets == [0]
        assert [cover.letters for cover in found.coverage] == [("chen", "one"), ("chen",)]

    def test_letter_of_no_specialty_of_a_target_may_go_to_it(self) -> None:
        """Research and other specialties fill the places that are left."""
        found = plan(rotation(experience="research"), rotation("Dr. Two", specialty="urology"), targets=self.TARGETS)
        assert [letter(found, one).candidate.targets for one in ("chen", "two")] == [[], []]
        assert [len(cover.letters) for cover in found.coverage] == [2, 2]

    def test_limit_is_remarked(self) -> None:
        """In the words of the targets."""
        found = plan(rotation(**{"for": "Neurology"}), targets=self.TARGETS)
        assert remarks(found, "MIX-6") == [("written for neurology only", "for")]
        assert remarks(plan(rotation(), targets=self.TARGETS), "MIX-6") == []

    def test_target_to_which_too_few_letters_may_go_gets_more(self) -> None:
        """Three letters are for neurology, so psychiatry has places that another strong letter fills."""
        rows = write_rotations(3, performance="excellent", **{"for": "neurology"})
        others = [rotation(f"Dr. B{n}", specialty="urology") for n in range(3)]
        found = plan(*rows, *others, targets=["neurology", {"specialty": "psychiatry", "in_specialty": 0}])
        assert [one.id for one in found.letters if one.pick] == ["a1", "a2", "a3", "b0", "b1", "b2"]
        assert (found.wanted, letter(found, "b0").reason.rule) == (6, "MIX-6")

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            case("neurology", "psychiatry", ["ask", "ask"], why="for_different_targets"),
            case("neurology", ["neurology", "psychiatry"], ["ask", "skip"], why="they_share_a_target"),
            case("neurology", None, ["ask", "skip"], why="one_is_for_any"),
        ],
    )
    def test_attending_can_write_a_letter_for_each_of_two_targets(
        self, first: object, second: object, expected: list[str]
    ) -> None:
        """Each is entered and labelled apart."""
        rows = [rotation(id=f"r{n}", **({"for": one} if one else {})) for n, one in enumerate((first, second))]
        assert [letter(plan(*rows, targets=self.TARGETS), one).verdict for one in ("r0", "r1")] == expected


class TestMIX7:
    """A program gets the letters that it asks for."""

    CHAIR: ClassVar[Json] = {"name": "Dr. Wu", "role": "chair"}

    def test_letter_that_a_program_requires_is_picked_and_goes_there(self) -> None:
        """It is the only one of a chair, and ranks last."""
        rows = [*write_rotations(3, performance="excellent"), rotation(self.CHAIR)]
        programs = [program(requires={"chair": 1}, max=3), program("Mercy", max=3)]
        found = plan(*rows, targets=["neurology"], programs=programs, policy={"want": 4})
        assert letter(found, "wu").reason.rule == "MIX-7"
        assert [one.letters for one in found.programs] == [("a1", "a2", "wu"), ("a1", "a2", "a3")]

    def test_letter_that_nobody_can_write_is_not_waited_for(self) -> None:
        """The plan aims at as many letters as without the program."""
        rows = write_rotations(3)
        found = plan(*rows, targets=["neurology"], programs=[program(requires={"chair": 2})])
        assert (found.wanted, found.programs[0].state) == (3, "short")
