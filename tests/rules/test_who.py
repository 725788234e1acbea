"""Whom to ask: the WHO rules, one class each. `builders` describes the calendar on which the days are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import pytest

from builders import codes, letter, plan, rotation, verdicts
from rules.comparing import are_equal, assert_preferred, assert_ranks_above, case, remarks, verdict

if TYPE_CHECKING:
    from runner import Json

ASKED: Final[Json] = {"letter": {"asked": "2027-03-01"}}
OFFERED: Final[Json] = {"offered": "2027-03-01"}


class TestWHO1:
    """The writer is an attending, not a resident or fellow."""

    @pytest.mark.parametrize(
        ("role", "more", "expected"),
        [
            case("attending", {}, ("ask", "MIX-1"), why="an_attending_can_be_asked"),
            case("fellow", {}, ("skip", "WHO-1"), why="a_fellow_is_not_an_attending"),
            case("resident", {}, ("skip", "WHO-1"), why="a_resident_is_not_an_attending"),
            case("fellow", OFFERED, ("skip", "WHO-1"), why="an_offer_does_not_lift_it"),
            case("fellow", {"choice": "ask"}, ("ask", "MIX-1"), why="the_choice_to_ask_lifts_it"),
            case("fellow", ASKED, ("keep", "WHEN-11"), why="asked_for_already"),
        ],
    )
    def test_role_decides_unless_asked_or_chosen(self, role: str, more: Json, expected: tuple[str, str]) -> None:
        """A fellow or resident is skipped, until the user has asked or chosen to."""
        assert verdict(plan(rotation({"name": "Wei Chen", "role": role}, **more))) == expected

    @pytest.mark.parametrize(
        ("more", "expected"), [case(ASKED, "weak", why="asked"), case({"choice": "ask"}, "strong", why="chosen")]
    )
    def test_letter_of_a_fellow_is_weak_unless_chosen(self, more: Json, expected: str) -> None:
        """One that was asked for is kept, and is weak."""
        assert letter(plan(rotation({"name": "Chen", "role": "fellow"}, **more))).strength == expected

    @pytest.mark.parametrize(
        ("role", "expected"),
        [
            case("attending", ("the writer is an attending", "for"), why="for"),
            case("fellow", ("the writer is a fellow", "against"), why="against"),
            case("resident", ("the writer is a resident", "against"), why="against_too"),
        ],
    )
    def test_role_is_remarked(self, role: str, expected: tuple[str, str]) -> None:
        """The remark is against anybody but an attending."""
        found = plan(rotation({"name": "Chen", "role": role}, choice="ask"))
        assert remarks(found, "WHO-1") == [expected]


class TestWHO2:
    """Ask only where you did well: poor is skipped, fair can only be a reserve, known good before not known yet."""

    @pytest.mark.parametrize(
        ("performance", "more", "expected"),
        [
            case("excellent", {}, ("ask", "MIX-1"), why="excellent"),
            case("good", {}, ("ask", "MIX-1"), why="good"),
            case(None, {}, ("ask", "MIX-1"), why="not_known_is_not_against_it"),
            case("fair", {}, ("reserve", "WHO-2"), why="fair_can_only_be_a_reserve"),
            case("poor", {}, ("skip", "WHO-2"), why="poor_is_skipped"),
            case("poor", OFFERED, ("skip", "WHO-2"), why="an_offer_does_not_lift_poor"),
            case("poor", {"choice": "ask"}, ("ask", "MIX-1"), why="the_choice_to_ask_lifts_poor"),
            case("poor", ASKED, ("keep", "WHEN-11"), why="asked_for_already"),
        ],
    )
    def test_performance_decides_unless_asked_or_chosen(
        self, performance: str | None, more: Json, expected: tuple[str, str]
    ) -> None:
        """How it went decides who can be asked."""
        assert verdict(plan(rotation(performance=performance, **more))) == expected

    @pytest.mark.parametrize(
        ("performance", "more", "expected"),
        [
            case("good", {}, "strong", why="good"),
            case("fair", {}, "weak", why="fair"),
            case("fair", OFFERED, "strong", why="fair_with_an_offer"),
            case("fair", {"choice": "ask"}, "strong", why="fair_and_chosen"),
            case("poor", ASKED, "weak", why="poor"),
            case("poor", {**ASKED, **OFFERED}, "weak", why="poor_in_spite_of_an_offer"),
            case("poor", {"choice": "ask"}, "strong", why="poor_and_chosen"),
        ],
    )
    def test_fair_and_poor_performance_make_a_letter_weak(self, performance: str, more: Json, expected: str) -> None:
        """An offer lifts fair performance, and the choice to ask lifts both."""
        assert letter(plan(rotation(performance=performance, **more))).strength == expected

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            case({"performance": "excellent"}, {"performance": "good"}, why="excellent_above_good"),
            case({"performance": "good"}, {"performance": None}, why="known_good_above_not_known"),
            case({"performance": None}, {"performance": "fair"}, why="not_known_above_fair"),
            case({"performance": "good", **ASKED}, {"performance": None}, why="good_and_asked_above_not_known"),
        ],
    )
    def test_better_performance_is_preferred(self, better: Json, worse: Json) -> None:
        """The better it went, the better the letter."""
        assert_preferred("WHO-2", better, worse)

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            case({"performance": None}, {"performance": "fair", **OFFERED}, why="not_known_above_fair_with_an_offer"),
            case(
                {"performance": "fair", "choice": "ask"},
                {"performance": "poor", "choice": "ask"},
                why="fair_above_poor_both_chosen",
            ),
            case({"performance": "fair", **ASKED}, {"performance": "poor", **ASKED}, why="fair_above_poor_both_weak"),
            case({"performance": None, **ASKED}, {"performance": "fair", **ASKED}, why="asked_above_fair"),
        ],
    )
    def test_better_performance_ranks_above_worse_among_letters_to_be_asked(self, better: Json, worse: Json) -> None:
        """The order also holds where neither letter is left out."""
        assert_ranks_above(better, worse)

    def test_unknown_performance_equals_good_once_the_letter_was_asked_for(self) -> None:
        """Nobody asks after a bad rotation."""
        assert are_equal({"performance": "good", **ASKED}, {"performance": None, **ASKED})

    @pytest.mark.parametrize(
        ("performance", "expected"),
        [
            case("excellent", ("performance: excellent", "for"), why="excellent"),
            case("good", ("performance: good", "for"), why="good"),
            case("fair", ("performance: fair", "against"), why="fair"),
            case("poor", ("performance: poor", "against"), why="poor"),
            case(None, ("performance not recorded yet", "unknown"), why="not_recorded"),
        ],
    )
    def test_performance_is_remarked(self, performance: str | None, expected: tuple[str, str]) -> None:
        """Excellent and good are for the letter, fair and poor against it."""
        assert remarks(plan(rotation(performance=performance, choice="ask")), "WHO-2") == [expected]


class TestWHO3:
    """The writer must have seen enough of you: with rare contact or few days only a reserve; more days are better."""

    @pytest.mark.parametrize(
        ("contact", "more", "expected"),
        [
            case("daily", {}, ("ask", "MIX-1"), why="daily"),
            case("weekly", {}, ("ask", "MIX-1"), why="weekly"),
            case(None, {}, ("ask", "MIX-1"), why="not_recorded"),
            case("rarely", {}, ("reserve", "WHO-3"), why="rarely_can_only_be_a_reserve"),
            case("rarely", OFFERED, ("ask", "MIX-1"), why="an_offer_lifts_it"),
            case("rarely", {"choice": "ask"}, ("ask", "MIX-1"), why="the_choice_to_ask_lifts_it"),
        ],
    )
    def test_rare_contact_makes_a_reserve_unless_offered_or_chosen(
        self, contact: str | None, more: Json, expected: tuple[str, str]
    ) -> None:
        """Contact decides how strong a letter can be."""
        found = plan(rotation(contact=contact, **more))
        assert verdict(found) == expected
        assert letter(found).strength == ("weak" if expected[0] == "reserve" else "strong")

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"start": "2027-03-17"}, "strong", why="8_days"),
            case({"start": "2027-03-18"}, "weak", why="7_days"),
            case({"days": ["wed"]}, "weak", why="4_wednesdays_in_4_weeks"),
            case({"start": "2027-03-18", **OFFERED}, "strong", why="an_offer_lifts_it"),
            case({"start": "2027-03-18", "choice": "ask"}, "strong", why="the_choice_to_ask_lifts_it"),
        ],
    )
    def test_fewer_than_eight_days_together_make_a_reserve(self, more: Json, expected: str) -> None:
        """Somebody met on three mornings has little to write."""
        found = plan(rotation(**more))
        assert letter(found).strength == expected
        assert verdict(found) == (("ask", "MIX-1") if expected == "strong" else ("reserve", "WHO-3"))

    @pytest.mark.parametrize("role", ["chair", "program director"])
    def test_chair_need_not_have_met_you_often(self, role: str) -> None:
        """The letter counts by who writes it."""
        chair = {"name": "Dr. Wei Chen", "role": role}
        assert letter(plan(rotation(chair, start="2027-03-26", contact="rarely"))).strength == "strong"

    @pytest.mark.parametrize(
        ("other", "expected"),
        [
            case({}, 30, why="ten_days_before"),
            case({"choice": "skip"}, 20, why="days_that_are_skipped_do_not_count"),
            case({"letter": {"declined": "2027-02-26"}}, 20, why="nor_those_of_a_refusal"),
            case({"start": "2027-04-05", "end": "2027-04-16"}, 20, why="nor_those_after_it"),
            case({"attending": "Dr. Ann Ames"}, 20, why="nor_those_of_another_attending"),
        ],
    )
    def test_days_of_earlier_rotations_with_the_attending_count(self, other: Json, expected: int) -> None:
        """The writer knows you from both."""
        earlier = {"id": "other", "start": "2027-02-01", "end": "2027-02-12", **other}
        rows = rotation(**earlier), rotation(id="chen")
        assert letter(plan(*rows)).candidate.days_together == expected

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            case({"contact": "daily"}, {"contact": "weekly"}, why="daily_above_weekly"),
            case({"contact": "daily"}, {}, why="daily_above_not_recorded"),
            case({"contact": "weekly"}, {"contact": "rarely"}, why="weekly_above_rarely"),
            case({"start": "2027-03-05"}, {"start": "2027-03-08"}, why="16_days_together_above_15"),
            case({"start": "2027-02-05"}, {"start": "2027-02-08"}, why="36_days_together_above_35"),
        ],
    )
    def test_more_contact_and_more_days_are_preferred(self, better: Json, worse: Json) -> None:
        """More contact comes first, and then more days together."""
        assert_preferred("WHO-3", better, worse)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            case({"contact": "weekly"}, {}, why="weekly_equals_not_recorded"),
            case({"start": "2027-02-08"}, {"start": "2027-03-05"}, why="35_days_equal_16"),
            case({"start": "2027-01-04"}, {"start": "2027-02-05"}, why="60_days_equal_36"),
            case({"start": "2027-03-08"}, {"start": "2027-03-17"}, why="15_days_equal_8"),
        ],
    )
    def test_days_and_contacts_of_one_level_are_equal(self, one: Json, other: Json) -> None:
        """Within a level the exact number means little."""
        assert are_equal(one, other)

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"contact": "daily"}, [("contact: daily", "for"), ("20 days together", "for")], why="daily"),
            case({"contact": "weekly"}, [("contact: weekly", "for"), ("20 days together", "for")], why="weekly"),
            case({"contact": "rarely"}, [("contact: rarely", "against"), ("20 days together", "for")], why="rarely"),
            case(
                {"start": "2027-03-08"},
                [("contact not recorded yet", "unknown"), ("15 days together", "against")],
                why="short",
            ),
            case(
                {"start": "2027-03-26"},
                [("contact not recorded yet", "unknown"), ("1 day together", "against")],
                why="one_day",
            ),
        ],
    )
    def test_contact_and_days_are_remarked(self, more: Json, expected: list[tuple[str, str]]) -> None:
        """Rare contact and fewer than sixteen days are against the letter."""
        assert remarks(plan(rotation(**more, choice="ask")), "WHO-3") == expected


class TestWHO4:
    """Hands-on US experience outranks observing, and both outrank experience elsewhere."""

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            case({}, {"experience": "observership"}, why="hands_on_is_the_default_and_comes_first"),
            case({"experience": "observership"}, {"experience": "telehealth"}, why="observing_above_telehealth"),
            case({"experience": "observership"}, {"experience": "research"}, why="observing_above_research"),
            case({"experience": "research"}, {"us": False}, why="us_research_above_hands_on_elsewhere"),
        ],
    )
    def test_closer_us_experience_is_preferred_before_performance(self, better: Json, worse: Json) -> None:
        """Even an excellent letter from a worse kind of experience ranks below."""
        assert_preferred("WHO-4", better, {**worse, "performance": "excellent"})

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            case({"experience": "telehealth"}, {"experience": "research"}, why="telehealth_and_research"),
            case({"us": False}, {"us": False, "experience": "observership"}, why="anything_elsewhere"),
        ],
    )
    def test_kinds_of_experience_of_one_level_are_equal(self, one: Json, other: Json) -> None:
        """Telehealth equals research, and outside the US all kinds are equal."""
        assert are_equal(one, other)

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({}, ("hands-on in the US", "for"), why="hands_on"),
            case({"experience": "observership"}, ("observership in the US", "against"), why="observership"),
            case({"us": False}, ("hands-on outside the US", "against"), why="elsewhere"),
        ],
    )
    def test_experience_is_remarked(self, more: Json, expected: tuple[str, str]) -> None:
        """Only hands-on experience in the US is for the letter."""
        assert remarks(plan(rotation(**more)), "WHO-4") == [expected]


class TestWHO5:
    """Prefer hospitals that train residents or are IMG-friendly."""

    BOTH: ClassVar[Json] = {"residency_affiliated": True, "img_friendly": True}

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            case(BOTH, {"residency_affiliated": True}, why="both_above_one"),
            case(BOTH, {}, why="both_above_neither"),
            case({"img_friendly": True}, {}, why="one_above_neither"),
            case({"residency_affiliated": True}, {"residency_affiliated": False}, why="yes_above_no"),
        ],
    )
    def test_hospital_with_more_affiliations_is_preferred(self, better: Json, worse: Json) -> None:
        """The more of the two is known to be true, the better."""
        assert_preferred("WHO-5", better, worse)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            case({"img_friendly": True}, {"residency_affiliated": True}, why="one_equals_the_other"),
            case({"img_friendly": False}, {}, why="no_equals_not_known"),
        ],
    )
    def test_hospitals_with_as_many_affiliations_are_equal(self, one: Json, other: Json) -> None:
        """Only their number counts."""
        assert are_equal(one, other)

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case(
                BOTH,
                [("the hospital is residency-affiliated", "for"), ("the hospital is IMG-friendly", "for")],
                why="yes",
            ),
            case(
                {"residency_affiliated": False, "img_friendly": False},
                [
                    ("the hospital is not residency-affiliated", "against"),
                    ("the hospital is not IMG-friendly", "against"),
                ],
                why="no",
            ),
            case(
                {},
                [
                    ("unknown whether the hospital is residency-affiliated", "unknown"),
                    ("unknown whether the hospital is IMG-friendly", "unknown"),
                ],
                why="not_known",
            ),
        ],
    )
    def test_hospital_is_remarked(self, more: Json, expected: list[tuple[str, str]]) -> None:
        """Each affiliation has its own remark."""
        assert remarks(plan(rotation(**more)), "WHO-5") == expected


class TestWHO6:
    """Hospital letterhead or an academic appointment is better."""

    @pytest.mark.parametrize("worse", [case({}, why="not_known"), case({"letterhead": False}, why="no")])
    def test_known_letterhead_is_preferred(self, worse: Json) -> None:
        """It ranks above both no and not known."""
        assert_preferred("WHO-6", {"letterhead": True}, worse)

    def test_no_letterhead_equals_unknown_letterhead(self) -> None:
        """Unknown counts as not true."""
        assert are_equal({"letterhead": False}, {})

    @pytest.mark.parametrize(
        ("letterhead", "expected"),
        [
            case(True, ("letterhead or academic title", "for"), why="yes"),
            case(False, ("no letterhead or academic title", "against"), why="no"),
            case(None, ("letterhead or academic title unknown", "unknown"), why="not_known"),
        ],
    )
    def test_letterhead_is_remarked(self, letterhead: object, expected: tuple[str, str]) -> None:
        """For, against, or unknown."""
        assert remarks(plan(rotation(letterhead=letterhead)), "WHO-6") == [expected]


class TestWHO7:
    """Accept an offer at once; it lifts fair performance, rare contact and few days, but not poor performance."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"performance": "fair"}, "ask", why="lifts_fair"),
            case({"contact": "rarely"}, "ask", why="lifts_rarely"),
            case({"performance": "fair", "contact": "rarely"}, "ask", why="lifts_both"),
            case({"start": "2027-03-22"}, "ask", why="lifts_few_days"),
            case({"performance": "poor"}, "skip", why="does_not_lift_poor"),
        ],
    )
    def test_offer_lifts_fair_performance_and_rare_contact(self, more: Json, expected: str) -> None:
        """Somebody who offers has formed an opinion already."""
        assert letter(plan(rotation(**OFFERED, **more))).verdict == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            case("2027-03-09", "reserve", why="not_known_the_day_before"),
            case("2027-03-10", "ask", why="known_on_its_day"),
        ],
    )
    def test_offer_counts_from_its_day(self, as_of: str, expected: str) -> None:
        """An offer after the as-of day has not been made yet."""
        found = plan(rotation(performance="fair", offered="2027-03-10"), as_of=as_of)
        assert letter(found).verdict == expected

    def test_offer_is_accepted_beyond_the_picks(self) -> None:
        """With one letter wanted and a better one available, an offer is still accepted."""
        best = rotation("Ann Ames", performance="excellent")
        assert verdict(plan(best, rotation(**OFFERED), policy={"want": 1})) == ("ask", "WHO-7")

    def test_offer_is_remarked_with_its_day(self) -> None:
        """Without an offer the rule says nothing."""
        assert remarks(plan(rotation(**OFFERED)), "WHO-7") == [("offered to write on 2027-03-01", "for")]
        assert remarks(plan(rotation()), "WHO-7") == []


class TestWHO8:
    """An attending who declined is not asked again."""

    DECLINED: ClassVar[Json] = {"letter": {"asked": "2027-03-24", "declined": "2027-03-25"}}

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            case("2027-03-24", ("keep", "WHEN-11"), why="no_answer_the_day_before"),
            case("2027-03-25", ("skip", "WHO-8"), why="skipped_from_its_day"),
        ],
    )
    def test_refusal_counts_from_its_day(self, as_of: str, expected: tuple[str, str]) -> None:
        """The refusal ends the letter on its day."""
        assert verdict(plan(rotation(**self.DECLINED), as_of=as_of)) == expected

    @pytest.mark.parametrize(
        ("attending", "expected"),
        [
            case("Wei Chen, MD", ("skip", "WHO-8"), why="the_same_attending"),
            case("Wen Chen", ("ask", "MIX-1"), why="another_attending"),
        ],
    )
    def test_refusal_counts_for_all_rotations_of_the_attending(self, attending: str, expected: tuple[str, str]) -> None:
        """Each rotation keeps its own status."""
        other = rotation(attending, id="other", start="2027-04-05", end="2027-04-30")
        found = plan(rotation(**self.DECLINED), other, as_of="2027-05-03")
        assert verdict(found, "other") == expected
        assert letter(found, "other").status == "planned"

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            case({"asked": "2027-03-02"}, ("skip", "WHO-8"), why="only_asked_for"),
            case({"agreed": "2027-03-02"}, ("keep", "WHEN-8"), why="agreed_to"),
            case({"uploaded": "2027-03-02"}, ("keep", "WHEN-19"), why="written"),
        ],
    )
    def test_refusal_does_not_take_a_promise_back(self, events: Json, expected: tuple[str, str]) -> None:
        """Who declined a second letter still writes the first."""
        other = rotation(id="other", letter=events)
        assert verdict(plan(rotation(**self.DECLINED), other, as_of="2027-03-25"), "other") == expected


class TestWHO9:
    """A letter that is old on the deadline ranks below a fresh one.

    365 days before the deadline, Wednesday 22 September 2027, is Tuesday 22 September 2026.
    """

    FRESH: ClassVar[Json] = {"start": "2026-08-31", "end": "2026-09-22"}
    STALE: ClassVar[Json] = {"start": "2026-08-30", "end": "2026-09-21"}

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case(FRESH, True, why="365_days_before_the_deadline"),
            case(STALE, False, why="366_days"),
            case({**STALE, "letter": {"uploaded": "2026-09-22"}}, True, why="the_upload_counts_not_the_last_day"),
            case({**FRESH, "letter": {"uploaded": "2026-09-21"}}, False, why="also_an_upload_before_the_last_day"),
        ],
    )
    def test_letter_is_fresh_for_365_days(self, more: Json, *, expected: bool) -> None:
        """A stale letter is remarked and warned of."""
        found = plan(rotation(**more))
        assert letter(found).candidate.fresh is expected
        assert ("stale" in codes(found)) is not expected
        assert [side for _, side in remarks(found, "WHO-9")] == ([] if expected else ["against"])

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case(
                STALE, "the last day together, 2026-09-21, is more than 365 days before 2027-09-22", why="not_written"
            ),
            case(
                {**STALE, "letter": {"uploaded": "2026-09-21"}},
                "the letter of 2026-09-21 is more than 365 days before 2027-09-22",
                why="written",
            ),
        ],
    )
    def test_remark_names_what_is_old(self, more: Json, expected: str) -> None:
        """A letter that is not written yet is not old: the time together is."""
        assert remarks(plan(rotation(**more)), "WHO-9") == [(expected, "against")]

    def test_fresh_letter_is_preferred(self) -> None:
        """Even though the rotation of the stale one ended earlier."""
        assert_preferred("WHO-9", self.FRESH, self.STALE)


class TestWHO10:
    """One letter per attending."""

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            case("Dr. Wei Chen", "wei chen, MD", 1, why="title_case_and_degree_do_not_count"),
            case("Prof Wei  Chen", "Chen, Wei", 2, why="the_order_of_the_names_counts"),
            case({"name": "Wei Chen", "email": "a@example.org"}, "Dr Wei Chen", 1, why="one_without_an_address"),
            case(
                {"name": "Wei Chen", "email": "a@example.org"},
                {"name": "Wei Chen", "email": "b@example.org"},
                2,
                why="two_addresses_are_two_people",
            ),
            case(
                {"name": "Wei Chen", "email": "a@example.org"},
                {"name": "W. Chen", "email": "A@example.org"},
                1,
                why="one_address_is_one_person",
            ),
        ],
    )
    def test_same_attending_has_the_same_name_or_address(self, one: object, other: object, expected: int) -> None:
        """So many letters are asked for."""
        found = plan(rotation(one, id="a"), rotation(other, id="b"))
        assert list(verdicts(found).values()).count("ask") == expected

    def test_attending_who_is_the_same_as_one_of_two_is_the_same_as_both(self) -> None:
        """By address with the first, by name with the second."""
        rows = [
            rotation({"name": "Wei Chen", "email": "a@example.org"}, id="a"),
            rotation({"name": "Will Chen", "email": "A@example.org"}, id="b"),
            rotation("Dr. Will Chen", id="c"),
        ]
        assert verdicts(plan(*rows)) == {"a": "ask", "b": "skip", "c": "skip"}

    @pytest.mark.parametrize(
        ("early", "late", "counts"),
        [
            case({}, {}, "late", why="the_later_rotation"),
            case({}, {"start": "2027-03-01", "end": "2027-03-26"}, "early", why="the_earlier_in_the_file"),
            case({"offered": "2027-03-26"}, {}, "early", why="an_offer_comes_before_the_later_rotation"),
            case({"choice": "ask"}, {"offered": "2027-04-05"}, "early", why="the_choice_to_ask_before_an_offer"),
            case({"letter": {"asked": "2027-03-24"}}, {"choice": "ask"}, "late", why="the_choice_before_one_asked_for"),
            case(
                {"letter": {"agreed": "2027-03-24"}},
                {"letter": {"asked": "2027-04-28"}},
                "early",
                why="the_furthest_along_of_two_that_were_asked_for",
            ),
            case(
                {"letter": {"asked": "2027-03-24"}, "choice": "ask"},
                {"letter": {"asked": "2027-04-28"}},
                "early",
                why="the_choice_of_two_asked_for",
            ),
            case({}, {"performance": "poor"}, "early", why="one_that_another_rule_skips_does_not_count"),
        ],
    )
    def test_one_rotation_of_an_attending_counts(self, early: Json, late: Json, counts: str) -> None:
        """The other is skipped, and the reason names the one that counts."""
        later = {"start": "2027-04-05", "end": "2027-04-30", **late}
        found = plan(rotation(id="early", **early), rotation(id="late", **later), as_of="2027-05-03")
        (other,) = {"early", "late"} - {counts}
        assert letter(found, counts).verdict != "skip"
        assert letter(found, other).verdict == "skip"
        if late.get("performance") != "poor":
            expected = f"the same attending as {counts}, whose letter counts instead"
            assert letter(found, other).reason == ("WHO-10", expected, "against")

    def test_rotation_that_is_on_time_counts_before_a_later_one(self) -> None:
        """The later rotation ends too late for its letter, so the earlier one counts."""
        late = rotation(id="late", start="2027-08-30", end="2027-10-22")
        assert verdict(plan(rotation(id="early"), late), "late") == ("skip", "WHO-10")


class TestWHO11:
    """A letter that cannot arrive by the deadline ranks below one that can."""

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            case({"agreed": "2027-08-18"}, True, why="four_weeks_to_15_september_then_processed_on_the_22nd"),
            case({"agreed": "2027-08-19"}, False, why="a_day_later_it_is_the_23rd"),
            case({"asked": "2027-08-17", "agreed": "2027-08-19"}, False, why="the_yes_counts_not_the_question"),
            case({"uploaded": "2027-09-22"}, True, why="uploaded_on_the_deadline"),
            case({"uploaded": "2027-09-23"}, False, why="uploaded_the_day_after"),
        ],
    )
    def test_letter_is_on_time_up_to_the_deadline(self, events: Json, *, expected: bool) -> None:
        """A late letter is warned of until it is there."""
        found = plan(rotation(letter=events), as_of=max(events.values()))
        assert letter(found).candidate.on_time is expected
        assert ("late" in codes(found)) is not (expected or "uploaded" in events)

    def test_letter_on_time_is_preferred(self) -> None:
        """A good letter that is on time comes before an excellent one that is late."""
        late = {"performance": "excellent", "start": "2027-08-30", "end": "2027-09-24"}
        assert_preferred("WHO-11", {}, late)

    @pytest.mark.parametrize(
        ("agreed", "expected"),
        [
            case("2027-08-18", ("can arrive by 2027-09-22, the deadline is 2027-09-22", "for"), why="on_time"),
            case("2027-08-19", ("can arrive by 2027-09-23, the deadline is 2027-09-22", "against"), why="late"),
        ],
    )
    def test_arrival_is_remarked(self, agreed: str, expected: tuple[str, str]) -> None:
        """With the day of the arrival and the deadline."""
        assert remarks(plan(rotation(letter={"agreed": agreed}), as_of=agreed), "WHO-11") == [expected]


class TestWHO12:
    """Your own decision wins."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"choice": "skip"}, ("skip", "WHO-12"), why="skip"),
            case({"choice": "skip", "letter": {"agreed": "2027-03-01"}}, ("skip", "WHO-12"), why="skip_one_agreed"),
            case(
                {"choice": "ask", "performance": "fair", "contact": "rarely"},
                ("ask", "WHO-12"),
                why="ask_where_everything_is_against_it",
            ),
        ],
    )
    def test_choice_wins(self, more: Json, expected: tuple[str, str]) -> None:
        """Even with one letter wanted and a better one available."""
        best = rotation("Ann Ames", performance="excellent")
        assert verdict(plan(best, rotation(**more), policy={"want": 1})) == expected

    def test_refusal_wins_over_the_choice_to_ask(self) -> None:
        """Nobody can decide for the attending."""
        declined = rotation(choice="ask", letter={"declined": "2027-03-01"})
        assert verdict(plan(declined)) == ("skip", "WHO-8")

    def test_choice_to_ask_is_remarked(self) -> None:
        """Without a choice the rule says nothing."""
        assert remarks(plan(rotation(choice="ask")), "WHO-12") == [("you chose to ask", "for")]
        assert remarks(plan(rotation()), "WHO-12") == []
