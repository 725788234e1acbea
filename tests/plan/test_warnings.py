"""The warnings: each with its text, and with both sides of the boundary at which it appears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from builders import codes, plan, rotation
from lorplan.plan.model import PlanWarning
from rules.comparing import case, write_rotations

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Json

LATE: Final[Json] = {"start": "2027-08-30", "end": "2027-09-24"}
QUICK: Final = "the last day to ask with full notice has passed, so ask now for a quick letter, or accept a late one"


def warning(found: Plan, code: str) -> PlanWarning | None:
    """Find the only warning with a code; None if there is none."""
    ours = [one for one in found.warnings if one.code == code]
    assert len(ours) <= 1
    return ours[0] if ours else None


@pytest.mark.parametrize(
    ("as_of", "fix"),
    [
        case("2027-08-18", "plan a rotation in it that reaches its midpoint by 2027-08-18", why="in_time"),
        case("2027-08-19", QUICK, why="too_late"),
    ],
)
def test_target_without_enough_letters_is_a_coverage_gap(as_of: str, fix: str) -> None:
    """It names the target, as the user wrote it, and what would fix it."""
    found = plan(rotation(specialty="cardiology"), as_of=as_of, targets=["IM"], policy={"lead_days": 28})
    expected = 1 if as_of == "2027-08-18" else 0
    text = f"IM needs 2 letters from its own specialty, {expected} expected: {fix} (MIX-2)"
    assert warning(found, "coverage-gap") == PlanWarning("coverage-gap", None, "IM", text)


def test_target_with_enough_letters_or_that_needs_none_has_no_coverage_gap() -> None:
    """Here one is needed, and none."""
    none = {"specialty": "psychiatry", "in_specialty": 0}
    assert "coverage-gap" not in codes(plan(rotation(), targets=["neurology", none]))


@pytest.mark.parametrize(
    ("as_of", "text"),
    [
        case(
            "2027-03-01",
            "2 of 3 letters expected: ask one more attending by 2027-08-18, or add a rotation (MIX-1)",
            why="in_time",
        ),
        case("2027-08-19", f"0 of 3 letters expected: {QUICK} (MIX-1)", why="too_late"),
    ],
)
def test_too_few_letters_are_counted(as_of: str, text: str) -> None:
    """Of two letters, the one asked for too late no longer counts."""
    found = plan(*write_rotations(2), as_of=as_of)
    assert warning(found, "too-few-letters") == PlanWarning("too-few-letters", None, None, text)


def test_one_letter_wanted_is_in_the_singular() -> None:
    """The policy may want a single letter."""
    found = warning(plan(policy={"want": 1}), "too-few-letters")
    assert found is not None
    assert found.text.startswith("0 of 1 letter expected: ")


def test_as_many_letters_as_wanted_are_enough() -> None:
    """Three by the book."""
    assert "too-few-letters" not in codes(plan(*write_rotations(3)))


def test_late_letter_is_warned_of() -> None:
    """With the day on which it is expected."""
    text = (
        "the letter from Dr. Wei Chen is expected by 2027-10-18, after the deadline 2027-09-22: ask whether it can "
        "be sooner; it can still be assigned later (WHO-11)"
    )
    assert warning(plan(rotation(**LATE)), "late") == PlanWarning("late", "chen", None, text)


@pytest.mark.parametrize(
    "more", [case({**LATE, "performance": "fair"}, why="on_hold"), case({**LATE, "choice": "skip"}, why="skipped")]
)
def test_late_letter_that_does_not_count_is_not_warned_of(more: Json) -> None:
    """Nobody counts on it."""
    assert "late" not in codes(plan(rotation(**more)))


def test_stale_letter_is_warned_of() -> None:
    """With the deadline on which it will be too old."""
    text = (
        "your time with Dr. Wei Chen will be more than 365 days ago on 2027-09-22: prefer a newer one, or ask the "
        "writer to bring it up to date (WHO-9)"
    )
    found = plan(rotation(start="2026-06-01", end="2026-06-26"))
    assert warning(found, "stale") == PlanWarning("stale", "chen", None, text)
    assert "stale" not in codes(plan(rotation(start="2026-06-01", end="2026-06-26", performance="fair")))


@pytest.mark.parametrize(
    ("more", "as_of", "expected"),
    [
        case({}, "2027-03-14", None, why="not_silent_yet"),
        case({}, "2027-03-15", "2027-03-01", why="since_the_asking"),
        case({"reminded": ["2027-03-10"]}, "2027-03-24", "2027-03-10", why="since_the_last_reminder"),
    ],
)
def test_silent_writer_is_warned_of(more: Json, as_of: str, expected: str | None) -> None:
    """With the day of the last contact."""
    found = plan(rotation(letter={"asked": "2027-03-01", **more}), as_of=as_of)
    text = f"Dr. Wei Chen has not answered since {expected}: write once more, and count on another writer (WHEN-11)"
    assert warning(found, "silent") == (PlanWarning("silent", "chen", None, text) if expected else None)


def test_silent_writer_whose_letter_is_skipped_is_not_warned_of() -> None:
    """The user has given up on it."""
    assert "silent" not in codes(plan(rotation(letter={"asked": "2027-03-01"}, choice="skip"), as_of="2027-03-15"))


@pytest.mark.parametrize(
    ("as_of", "fix"),
    [
        case("2027-08-18", "plan a US rotation that reaches its midpoint by 2027-08-18", why="in_time"),
        case("2027-08-19", QUICK, why="too_late"),
    ],
)
def test_no_letter_from_the_us_is_warned_of(as_of: str, fix: str) -> None:
    """Only of letters to be asked for or kept."""
    found = warning(plan(rotation(us=False), as_of=as_of), "no-us-letter")
    assert found == PlanWarning("no-us-letter", None, None, f"no letter comes from the US: {fix} (MIX-3)")


def test_missing_targets_are_warned_of() -> None:
    """Without targets no letter can be planned for them."""
    text = "no targets are named: list them under `applicant`, so that each can get its letters (MIX-2)"
    assert warning(plan(rotation()), "no-targets") == PlanWarning("no-targets", None, None, text)
    assert "no-targets" not in codes(plan(rotation(), targets=["neurology"]))


# --- the season ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("season", "expected"),
    [
        case(
            2028,
            "the days of the 2028 season are estimated (the review day may be 2027-09-29): set `deadline` to the "
            "published review day",
            why="september_2027_has_five_wednesdays",
        ),
        case(
            2027,
            "the days of the 2027 season are estimated (the review day may be 2026-09-30): set `deadline` to the "
            "published review day",
            why="september_2026_too",
        ),
        case(
            2029,
            "the days of the 2029 season are estimated: set `deadline` to the published review day",
            why="september_2028_has_four",
        ),
        case(2026, None, why="published"),
    ],
)
def test_estimated_season_is_warned_of(season: int, expected: str | None) -> None:
    """With the day on which the review may be, if its month has a fifth Wednesday."""
    found = warning(plan(rotation(), season=season, as_of=f"{season - 1}-03-01"), "estimated-season")
    assert found == (PlanWarning("estimated-season", None, None, expected) if expected else None)


@pytest.mark.parametrize(
    ("applicant", "expected"),
    [
        case({"season": None}, True, why="not_named"),
        case({"season": None, "deadline": "2027-09-22"}, True, why="only_a_deadline"),
        case({"season": 2028}, False, why="named"),
    ],
)
def test_guessed_season_is_warned_of(applicant: Json, *, expected: bool) -> None:
    """With the key that names it."""
    text = "assuming the 2028 season: set `season` under `applicant` to the year of your Match"
    found = warning(plan(rotation(), **applicant), "guessed-season")
    assert found == (PlanWarning("guessed-season", None, None, text) if expected else None)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [case("2027-09-22", False, why="the_deadline"), case("2027-09-23", True, why="the_day_after")],
)
def test_deadline_that_has_passed_is_warned_of(as_of: str, *, expected: bool) -> None:
    """A letter can still be assigned."""
    text = "the deadline 2027-09-22 has passed: a letter can still be assigned, but it is read late (WHO-11)"
    found = warning(plan(rotation(), as_of=as_of), "deadline-passed")
    assert found == (PlanWarning("deadline-passed", None, None, text) if expected else None)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [case("2028-05-31", False, why="its_last_day"), case("2028-06-01", True, why="the_day_after")],
)
def test_season_that_is_over_is_warned_of(as_of: str, *, expected: bool) -> None:
    """No action is due any more."""
    text = "the 2028 season ended on 2028-05-31, so no action is due: set `season` to the next one"
    found = warning(plan(rotation(), as_of=as_of), "season-over")
    assert found == (PlanWarning("season-over", None, None, text) if expected else None)


# --- what the file says -------------------------------------------------------------------------------------


def test_unknown_specialty_is_warned_of_for_each_rotation_and_target() -> None:
    """A skipped letter's too, as it may be the misspelling that matters."""
    rows = rotation(specialty="tropical dreaming"), rotation("Dr. Bo", specialty="neuroligy", choice="skip")
    found = plan(*rows, targets=["dreaming", "neurology"])
    ours = [one for one in found.warnings if one.code == "unknown-specialty"]
    assert [(one.rotation, one.target) for one in ours] == [(None, "dreaming"), ("bo", None), ("chen", None)]
    assert all(one.text.endswith("(MIX-2)") for one in ours)
    assert 'did you mean "neurology"?' in ours[1].text


def test_event_in_the_future_is_warned_of() -> None:
    """It is ignored until it happens; a skipped letter's too."""
    text = "Dr. Wei Chen: events after 2027-03-23 are ignored until they happen"
    for choice in (None, "skip"):
        row = rotation(letter={"asked": "2027-03-24"}, choice=choice)
        assert warning(plan(row, as_of="2027-03-23"), "future-event") == PlanWarning("future-event", "chen", None, text)
        assert warning(plan(row, as_of="2027-03-24"), "future-event") is None


def test_warnings_are_sorted_by_code_then_rotation_then_target() -> None:
    """Those about neither come first."""
    rows = rotation("Dr. B", **LATE), rotation("Dr. A", **LATE)
    found: Any = plan(*rows, season=None, targets=["x", "a"], deadline="2027-09-22")
    keys = [(one.code, one.rotation or "", one.target or "") for one in found.warnings]
    assert keys == sorted(keys)
    assert [one.rotation for one in found.warnings if one.code == "late"] == ["a", "b"]


def test_every_warning_is_one_line_without_a_full_stop() -> None:
    """They are shown in lists, and in calendars."""
    rows = rotation(us=False, **LATE), rotation("Dr. A", specialty="x", letter={"asked": "2027-03-01"})
    found = plan(*rows, rotation("Dr. B", start="2026-06-01", end="2026-06-26"), season=None, as_of="2028-06-01")
    for text in found.warning_texts:
        assert "\n" not in text
        assert not text.endswith(".")


# --- what the second edition adds ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "as_of", "expected"),
    [
        case({"letter": {"agreed": "2027-03-24"}}, "2027-09-15", True, why="one_is_needed_and_promised"),
        case({"letter": {"agreed": "2027-03-24"}}, "2027-09-16", False, why="after_the_day_it_is_needed"),
        case({"letter": {"uploaded": "2027-07-01"}}, "2027-09-15", False, why="it_is_there_already"),
    ],
)
def test_target_without_a_spare_is_warned_of(more: Json, as_of: str, *, expected: bool) -> None:
    """Whoever fails cannot be replaced."""
    text = (
        "neurology has just the neurology letters it needs and none to replace one that fails: keep another in mind, "
        "who would be asked by 2027-08-18 (MIX-5)"
    )
    found = warning(plan(rotation(**more), as_of=as_of, targets=["neurology"]), "no-spare")
    assert found == (PlanWarning("no-spare", None, "neurology", text) if expected else None)


@pytest.mark.parametrize(
    ("spare", "expected"),
    [
        case({}, False, why="a_strong_one_on_time"),
        case({"performance": "fair"}, True, why="weak"),
        case({**LATE}, True, why="late"),
        case({"choice": "skip"}, True, why="skipped"),
    ],
)
def test_spare_is_a_strong_letter_on_time_that_is_not_asked_for(spare: Json, *, expected: bool) -> None:
    """In reserve or on hold."""
    rows = rotation(letter={"agreed": "2027-03-01"}), rotation("Dr. Ann Ames", **spare)
    found = plan(*rows, targets=["neurology"], policy={"want": 1}, as_of="2027-03-02")
    assert ("no-spare" in codes(found)) is expected


@pytest.mark.parametrize(
    ("targets", "standardized", "expected"),
    [
        case(["EM"], False, True, why="emergency_medicine"),
        case(["EM/IM"], False, True, why="combined_with_it"),
        case(["ob-gyn"], False, True, why="ob_gyn"),
        case(["neurology"], False, False, why="another_specialty"),
        case(["EM"], True, False, why="one_letter_is_standardized"),
    ],
)
def test_missing_standardized_letter_is_warned_of(targets: list[str], *, standardized: bool, expected: bool) -> None:
    """Where programs want one."""
    assert ("no-standardized" in codes(plan(rotation(standardized=standardized), targets=targets))) is expected


def test_rotation_too_late_for_the_season_is_warned_of() -> None:
    """It is for the next season, which the text names; not if it is skipped."""
    late = rotation(start="2028-01-17", end="2028-02-11")
    text = (
        "a letter from Dr. Wei Chen could only come by 2028-03-15, after the rank list of 2028-03-01: it is for the "
        "2029 season (WHEN-18)"
    )
    found = warning(plan(late, as_of="2028-01-17"), "out-of-season")
    assert found == PlanWarning("out-of-season", "chen", None, text)
    assert "out-of-season" not in codes(plan({**late, "choice": "skip"}, as_of="2028-01-17"))


def test_letter_too_old_to_be_imported_is_warned_of() -> None:
    """From seven years on it can no longer be used."""
    text = (
        "the letter from Dr. Wei Chen of 2020-06-01 is too old to be imported: ask for a new one, or count on another "
        "writer (WHEN-19)"
    )
    rows = {"start": "2020-03-02", "end": "2020-03-27"}
    found = warning(plan(rotation(letter={"uploaded": "2020-06-01"}, **rows)), "expired")
    assert found == PlanWarning("expired", "chen", None, text)
    assert "expired" not in codes(plan(rotation(letter={"uploaded": "2020-06-02"}, **rows)))


def test_one_name_with_two_addresses_is_warned_of() -> None:
    """One attending with two addresses would silently be two people."""
    rows = [rotation({"name": "Dr. Wei Chen", "email": address}) for address in ("a@example.org", "b@example.org")]
    text = (
        "Dr. Wei Chen has the name of chen, but another e-mail address, and is taken for another person: if they are "
        "one, write the same address for both (WHO-10)"
    )
    assert warning(plan(*rows), "two-addresses") == PlanWarning("two-addresses", "chen-2027-03", None, text)
    assert "two-addresses" not in codes(plan(rows[0], rows[0]))


def test_combined_target_names_the_part_that_lacks_a_letter() -> None:
    """The other part has its letter."""
    found = warning(plan(rotation(specialty="pediatrics"), targets=["med-peds"]), "coverage-gap")
    assert found is not None
    assert found.text.startswith("med-peds needs 1 letter from internal medicine, 0 expected: ")


def test_promise_whose_request_came_to_nothing_is_warned_of() -> None:
    """A year of silence with a writer who agreed."""
    row = rotation(start="2026-03-02", end="2026-03-27", letter={"agreed": "2026-03-24", "requested": "2026-06-24"})
    text = (
        "Dr. Wei Chen agreed, but the request of 2026-06-24 led to no letter: write once more, and count on another "
        "writer (WHEN-11)"
    )
    assert warning(plan(row), "silent") == PlanWarning("silent", "chen", None, text)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [case("2028-03-01", True, why="on_the_rank_list_day"), case("2028-03-02", False, why="after_it")],
)
def test_what_helps_nobody_after_the_rank_list_is_not_warned_of(as_of: str, *, expected: bool) -> None:
    """Gaps, late and silent letters, and the deadline."""
    silent = rotation("Dr. Silent", letter={"asked": "2027-07-01"})
    late = rotation("Dr. Late", letter={"agreed": "2028-01-03"})
    found = codes(plan(silent, late, as_of=as_of, targets=["psychiatry"]))
    gone = {"coverage-gap", "too-few-letters", "late", "silent", "deadline-passed"}
    assert (found & gone == gone) is expected
    assert (not found & gone) is not expected


@pytest.mark.parametrize(
    ("applicant", "as_of", "expected"),
    [
        case({}, "2027-09-22", True, why="on_the_deadline"),
        case({}, "2027-09-23", False, why="after_it"),
        case({"deadline": "2027-09-22"}, "2027-03-01", False, why="the_deadline_is_given"),
    ],
)
def test_estimate_is_warned_of_while_it_matters(applicant: Json, as_of: str, *, expected: bool) -> None:
    """Not where the user knows the day, nor once it has passed."""
    assert ("estimated-season" in codes(plan(rotation(), as_of=as_of, **applicant))) is expected
