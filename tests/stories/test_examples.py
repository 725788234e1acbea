"""The example plan files are what new users copy: each one works as it is, and shows what it is meant to show."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from rich.cells import cell_len

from builders import action, letter, window
from lorplan import load, loads, make_plan
from lorplan.plan.program_checks import check_requirements
from lorplan.planfile.models import Applicant, Attending, DayRange, LetterEvents, PlanFile, Rotation, Target
from lorplan.planfile.program_models import Program, Requirements
from lorplan.render.timeline import stage_of
from runner import Lorplan
from samples import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from lorplan.plan.model import Plan

PLAN_FILES: Final = sorted(EXAMPLES.glob("*.yaml"))

DAYS: Final = [
    pytest.param("2026-08-15", id="before_everything"),
    pytest.param("2027-08-20", id="last_weeks"),
    pytest.param("2028-06-15", id="after_the_season"),
    *(
        pytest.param(day, id=name, marks=pytest.mark.thorough)
        for day, name in (
            ("2026-12-15", "december"),
            ("2027-02-15", "federal_holiday"),
            ("2027-04-18", "sunday"),
            ("2027-06-02", "portals_open"),
            ("2027-10-01", "after_the_deadline"),
        )
    ),
]


@pytest.fixture
def examples(monkeypatch: pytest.MonkeyPatch) -> Lorplan:
    """Run lorplan in the folder with the examples."""
    return Lorplan(EXAMPLES, monkeypatch)


def plan_example(name: str, as_of: str) -> Plan:
    """Plan an example as of a day."""
    return make_plan(load(EXAMPLES / f"{name}.yaml"), date.fromisoformat(as_of))


def decisions(plan: Plan) -> dict[str, str]:
    """Return the verdict on each letter with the rule that decided it, best first."""
    return {one.id: f"{one.verdict} {one.reason.rule}" for one in plan.letters}


def warnings(plan: Plan) -> list[str]:
    """Return the codes of the warnings, without that of an estimated season, which ends when its days are published."""
    return [one.code for one in plan.warnings if one.code != "estimated-season"]


def name_of(path: Path) -> str:
    """Name a test case after its file."""
    return path.stem


# --- every example ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PLAN_FILES, ids=name_of)
def test_example_passes_the_strict_check(examples: Lorplan, path: Path) -> None:
    """Nothing is wrong with an example, and there is no advice about it."""
    result = examples("check", "--strict", path.name)
    assert (result.out, result.err) == ("", "")


@pytest.mark.parametrize("path", PLAN_FILES, ids=name_of)
@pytest.mark.parametrize("day", DAYS)
def test_example_can_be_planned_on_any_day(examples: Lorplan, path: Path, day: str) -> None:
    """From before its first rotation until after its season an example has a plan that fits the terminal."""
    as_of = date.fromisoformat(day)
    for command, columns in (("plan", 100), ("plan", 80), ("due", 80)):
        result = examples(command, path.name, "--as-of", day, env={"COLUMNS": str(columns)})
        assert result.err == ""
        assert result.out.splitlines()[0].endswith(f" {as_of.day}, {as_of.year}")
        assert all(cell_len(line) <= columns for line in result.out.splitlines() if ": lorplan " not in line)


@pytest.mark.parametrize("path", PLAN_FILES, ids=name_of)
def test_every_letter_of_an_example_can_be_explained(examples: Lorplan, path: Path) -> None:
    """Each rotation of an example is found by its id, and its verdict is explained."""
    for one in plan_example(path.stem, "2027-03-01").letters:
        result = examples("why", one.id, "-f", path.name, "--as-of", "2027-03-01", env={"COLUMNS": "80"})
        assert result.err == ""
        assert result.out.startswith(f"{one.attending}: {stage_of(one)}")
        assert one.reason.rule in result.out


@pytest.mark.parametrize("path", PLAN_FILES, ids=name_of)
def test_example_gives_a_document_of_each_kind(examples: Lorplan, path: Path) -> None:
    """What a script reads is one document of the kind it asked for, whatever the names in the file are."""
    first = plan_example(path.stem, "2027-03-01").letters[0].id
    for command in (
        ["plan", path.name, "--as-of", "2027-03-01"],
        ["due", path.name, "--as-of", "2027-03-01"],
        ["why", first, "-f", path.name, "--as-of", "2027-03-01"],
        ["check", path.name],
        ["season", "-f", path.name],
    ):
        result = examples(*command, "--json")
        assert result.err == ""
        document = json.loads(result.out)
        assert (document["format_version"], document["kind"]) == ("1.1", command[0])


def test_every_example_has_tests_of_its_own() -> None:
    """An example that is added or removed is noticed here, and gets tests of what it shows."""
    assert [path.stem for path in PLAN_FILES] == [
        "awkward",
        "bare-list",
        "mid-season",
        "programs",
        "re-applicant",
        "rotations",
    ]


def test_all_examples_fit_into_one_list(examples: Lorplan) -> None:
    """An adviser sees all of the examples' applicants in one list, each by their name or file."""
    names = [path.name for path in PLAN_FILES]
    result = examples("due", *names, "--as-of", "2027-08-20", env={"COLUMNS": "100"})
    assert result.err == ""
    for owner in ("Zoë Papadopoulou", "bare-list.yaml", "Daniel Mwangi", "Leila Farahani", "Amina Rahman"):
        assert owner in result.out


# --- rotations.yaml: the first file that a new user sees ----------------------------------------------------


def test_rotations_has_eight_rotations_before_their_start() -> None:
    """In December 2026 nothing has happened yet, and both targets have enough letters."""
    plan = plan_example("rotations", "2026-12-15")
    assert len(plan.letters) == 8
    assert {one.status for one in plan.letters} == {"planned"}
    assert [(one.target, one.counts.total >= one.needed) for one in plan.coverage] == [
        ("internal medicine", True),
        ("family medicine", True),
    ]
    assert {one.state for one in plan.actions} == {"upcoming"}
    assert warnings(plan) == []


def test_rotations_shows_asked_reserved_and_held_letters_with_different_reasons() -> None:
    """Three are asked for as the targets need them, one is in reserve, four rank lower for a reason each."""
    assert decisions(plan_example("rotations", "2026-12-15")) == {
        "chen": "ask MIX-2",
        "okafor": "ask MIX-2",
        "rossi": "ask MIX-2",
        "smith": "reserve WHO-3",
        "silva": "hold WHO-5",
        "haddad": "hold WHO-5",
        "sato": "hold WHO-4",
        "petrov": "hold WHO-11",
    }


@pytest.mark.parametrize(
    ("rotation", "days"),
    [
        pytest.param("chen", ("2027-01-25", "2027-01-27", "2027-01-29"), id="final_week"),
        pytest.param("okafor", ("2027-02-22", "2027-02-24", "2027-02-26"), id="four_weeks_instead_of_an_end"),
        pytest.param("rossi", ("2027-03-17", "2027-03-19", "2027-03-23"), id="away_at_the_end"),
        pytest.param("smith", ("2027-07-12", "2027-07-13", "2027-07-16"), id="no_wednesdays"),
        pytest.param("petrov", ("2027-08-27", "2027-08-27", "2027-08-31"), id="moved_forward_by_the_deadline"),
    ],
)
def test_rotations_has_the_days_to_ask_that_its_comments_suggest(rotation: str, days: tuple[str, str, str]) -> None:
    """What the comments say about days has its effect on the days to ask."""
    assert window(plan_example("rotations", "2026-12-15"), rotation) == days


def test_rotations_mentions_every_key() -> None:
    """The file is the reference that a user keeps open: every key is there, in use or in a comment."""
    text = (EXAMPLES / "rotations.yaml").read_text(encoding="utf-8")
    models = (PlanFile, Applicant, Target, DayRange, Rotation, Attending, LetterEvents)
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert {key for key in keys if not re.search(rf"\b{key}:|`{key}`", text)} == set()


def test_rotations_with_its_comments_as_keys_is_a_good_file() -> None:
    """A user who removes the comment signs, and puts the later keys under a rotation, has a good file."""
    text = (EXAMPLES / "rotations.yaml").read_text(encoding="utf-8")
    used = re.sub(r"^( *)# (deadline|policy):", r"\1\2:", text, flags=re.MULTILINE)
    comments = text[text.rindex("\n\n") :]
    later = "".join(f"    {line[4:]}\n" for line in comments.splitlines() if re.match(r"#   +\w+:", line))
    plan = make_plan(loads(used.replace("letterhead: true", f"letterhead: true\n{later}#", 1)), date(2027, 10, 1))
    assert letter(plan, "wei").status == "assigned"
    assert plan.wanted == 4


# --- mid-season.yaml: the file as it looks on 20 August, with one letter in every state ---------------------


def test_mid_season_has_a_letter_of_every_status() -> None:
    """A user who looks for how a status is written, and what follows from it, finds it here."""
    plan = plan_example("mid-season", "2027-08-20")
    assert {one.id: f"{one.status} {one.verdict} {one.reason.rule}" for one in plan.letters} == {
        "raman": "assigned keep WHEN-14",
        "goldberg": "planned ask MIX-2",
        "kim": "uploaded keep WHEN-14",
        "zieliński": "requested keep WHEN-10",
        "baptiste": "asked keep WHEN-11",
        "moreno": "agreed keep WHEN-8",
        "osei": "planned hold WHO-11",
        "al-sayed": "declined skip WHO-8",
    }


def test_mid_season_counts_the_letters_by_their_progress() -> None:
    """The forecast has secured, promised and planned letters, and leaves out the one without an answer."""
    plan = plan_example("mid-season", "2027-08-20")
    assert plan.forecast.total == 5
    assert (plan.forecast.secured, plan.forecast.promised, plan.forecast.planned) == (2, 2, 1)
    assert letter(plan, "baptiste").candidate.silent
    assert warnings(plan) == ["silent"]


def test_mid_season_has_an_action_for_nearly_every_stage() -> None:
    """What is overdue, due and coming for letters in each state can be seen on one page."""
    plan = plan_example("mid-season", "2027-08-20")
    assert [f"{one.state} {one.id}" for one in plan.actions] == [
        "overdue moreno:packet",
        "due moreno:request",
        "due kim:thank",
        "due zieliński:remind:2",
        "upcoming goldberg:ask",
        "upcoming baptiste:follow-up",
        "upcoming zieliński:remind:3",
        "upcoming kim:assign",
        "upcoming zieliński:remind:4",
        "upcoming osei:rate",
        "upcoming zieliński:remind:5",
    ]


def test_mid_season_as_of_an_earlier_day_leaves_out_later_events() -> None:
    """In April most of it had not happened: the plan leaves it out, and says so."""
    plan = plan_example("mid-season", "2027-04-01")
    assert Counter(one.status for one in plan.letters) == {"planned": 5, "agreed": 2, "declined": 1}
    assert Counter(warnings(plan))["future-event"] == 5


# --- bare-list.yaml: the shortest file there can be ---------------------------------------------------------


def test_bare_list_gets_a_whole_plan() -> None:
    """Without anything about the applicant there is a season, and a day to ask each of three attendings."""
    plan = plan_example("bare-list", "2026-12-15")
    assert (plan.applicant.name, plan.dates.season.year) == (None, 2028)
    assert decisions(plan) == {"marchetti": "ask MIX-1", "diallo": "ask MIX-1", "whitfield": "ask MIX-1"}
    assert [str(one.candidate.last_day) for one in plan.letters] == ["2027-03-26", "2027-05-14", "2027-06-04"]


def test_bare_list_is_warned_about_what_is_guessed_or_missing() -> None:
    """The plan says what was guessed, and what is missing."""
    assert warnings(plan_example("bare-list", "2026-12-15")) == ["guessed-season", "no-targets"]


# --- re-applicant.yaml: what is left of last season, and combined programs --------------------------------------


def test_re_applicant_imports_last_seasons_letter_and_asks_for_what_is_missing() -> None:
    """The uploaded letter is kept, the request that led to nothing is not relied on, two new letters are asked for."""
    plan = plan_example("re-applicant", "2027-03-01")
    assert decisions(plan) == {
        "adler": "keep WHEN-19",
        "ito": "keep WHEN-11",
        "reyes": "ask MIX-2",
        "lindqvist": "ask MIX-1",
    }
    assert {one.id: one.status for one in plan.letters if one.verdict == "keep"} == {
        "adler": "carried",
        "ito": "agreed",
    }
    assert letter(plan, "ito").candidate.silent


def test_re_applicant_imports_on_the_token_day_what_was_uploaded_before() -> None:
    """Nobody has asked since March, which is overdue; the letter of last season is to be imported."""
    imported = action(plan_example("re-applicant", "2027-06-24"), "adler:import")
    assert imported is not None
    assert (imported.state, str(imported.on)) == ("due", "2027-06-23")


def test_re_applicant_needs_both_parts_of_a_combined_program() -> None:
    """An attending of the combined specialty counts for each of its parts."""
    combined, plain = plan_example("re-applicant", "2027-03-01").coverage
    assert [(part.specialty, part.needed, part.have) for part in combined.parts] == [
        ("internal medicine", 1, 2),
        ("pediatrics", 1, 2),
    ]
    assert [(part.specialty, part.needed, part.have) for part in plain.parts] == [("internal medicine", 2, 2)]


# --- awkward.yaml: everything that makes a real calendar untidy ---------------------------------------------


def test_awkward_shows_each_way_to_be_skipped() -> None:
    """A choice, a fellow, a poor performance, a decline, and a second letter from one attending are skipped."""
    found = decisions(plan_example("awkward", "2027-06-01"))
    assert {key: verdict for key, verdict in found.items() if "skip" in verdict} == {
        "home": "skip WHO-12",
        "mensah": "skip WHO-8",
        "lima": "skip WHO-1",
        "åkesson-2027-05": "skip WHO-10",
        "sørensen": "skip WHO-2",
    }


def test_awkward_shows_each_way_to_be_asked_or_in_reserve() -> None:
    """Letters are asked for a target, after an offer, or by choice; one is in reserve, met by telehealth only."""
    found = decisions(plan_example("awkward", "2027-06-01"))
    assert {key: verdict for key, verdict in found.items() if "skip" not in verdict} == {
        "hà": "ask MIX-2",
        "adeyemi-obrien": "ask MIX-2",
        "zhao": "ask MIX-2",
        "åkesson": "ask WHO-7",
        "dangelo": "ask MIX-2",
        "kealoha": "reserve WHO-4",
        "ngata": "ask WHO-12",
    }


def test_awkward_attending_in_two_spellings_has_one_letter() -> None:
    """Until the offer the later rotation counts, from then on the one with the offer."""
    before = decisions(plan_example("awkward", "2027-01-26"))
    assert before["åkesson"] == "skip WHO-10"
    assert before["åkesson-2027-05"] == "ask MIX-2"
    after = decisions(plan_example("awkward", "2027-01-27"))
    assert after["åkesson"] == "ask WHO-7"
    assert after["åkesson-2027-05"] == "skip WHO-10"


def test_awkward_attending_is_asked_until_the_decline() -> None:
    """A plan made before the decline has the attending in it, and one made after it skips them."""
    verdicts = [decisions(plan_example("awkward", f"2027-04-{day}"))["mensah"] for day in (20, 21, 22)]
    assert verdicts == ["ask MIX-2", "keep WHEN-11", "skip WHO-8"]


@pytest.mark.parametrize(
    ("rotation", "days"),
    [
        pytest.param("hà", ("2026-11-19", "2026-11-23", "2026-11-25"), id="thanksgiving"),
        pytest.param("adeyemi-obrien", ("2026-12-17", "2026-12-21", "2026-12-23"), id="christmas"),
        pytest.param("åkesson", ("2027-01-28", "2027-01-28", "2027-02-04"), id="offer_on_a_part_time_day_off"),
        pytest.param("zhao", ("2027-03-11", "2027-03-16", "2027-03-17"), id="meeting_before_an_early_last_day"),
        pytest.param("dangelo", ("2027-06-28", "2027-06-30", "2027-07-02"), id="independence_day_observed"),
        pytest.param("ngata", ("2027-09-03", "2027-09-03", "2027-09-08"), id="half_of_the_days_and_labor_day"),
    ],
)
def test_awkward_days_to_ask_are_between_holidays(rotation: str, days: tuple[str, str, str]) -> None:
    """Holidays, days off, absences, offers and meetings move the days to ask to where people meet."""
    assert window(plan_example("awkward", "2027-03-01"), rotation) == days


def test_awkward_counts_a_federal_holiday_that_hospitals_work_on() -> None:
    """Veterans Day is an ordinary day in a hospital, Thanksgiving is not."""
    plan_file = load(EXAMPLES / "awkward.yaml")
    on_site = dict(zip(plan_file.ids, plan_file.on_site, strict=True))["hà"]
    assert len(on_site) == 18, "four weeks of five days, less Thanksgiving and the Friday after it"


def test_awkward_attending_met_by_telehealth_is_asked_by_video() -> None:
    """An attending of a telehealth rotation is asked by video."""
    asking = action(plan_example("awkward", "2027-06-01"), "kealoha:ask")
    assert asking is not None
    assert asking.channel == "video"


def test_awkward_follows_its_own_policy() -> None:
    """Four wanted, two spare, six weeks of notice: the numbers of the file replace those of the rule book."""
    plan = plan_example("awkward", "2026-11-20")
    assert (plan.wanted, str(plan.dates.latest_ask)) == (4, "2027-08-04")
    assert Counter(one.verdict for one in plan.letters)["reserve"] == 2


def test_awkward_is_warned_about_a_chosen_letter_that_is_late() -> None:
    """The user's own choice is followed, and its cost is reported; later events are left out."""
    assert warnings(plan_example("awkward", "2026-11-20")) == ["future-event", "future-event", "late"]
    assert warnings(plan_example("awkward", "2027-06-01")) == ["late"]


def test_awkward_names_are_printed_as_typed(examples: Lorplan) -> None:
    """Brackets, commas, quotes and letters of any script are printed unchanged."""
    out = examples("plan", "awkward.yaml", "--as-of", "2026-11-20", "--plain").out
    for name in ("Dr. Nguyễn Thị Minh Hà", "Folasade Adeyemi-O'Brien, MD, FACP", "Dr. María José Ñíguez"):
        assert f"\t{name}\t" in out
    out = examples("why", "nguyễn", "-f", "awkward.yaml", "--as-of", "2026-11-20", env={"COLUMNS": None}).out
    assert "infectious disease, St. Anselm's [North Campus]: Ward 5, Nov 2 to Nov 25, 18 days together" in out


# --- programs.yaml: 25 programs with the wishes of real pages ---------------------------------------------------


def test_programs_mentions_every_key_of_a_program() -> None:
    """A user who looks for how a wish is written finds it here."""
    text = (EXAMPLES / "programs.yaml").read_text(encoding="utf-8")
    models = (Program, Requirements)
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert {key for key in keys if not re.search(rf"\b{key}:|`{key}`", text)} == set()


def test_programs_has_25_with_every_state_of_that_day_and_an_honest_lack() -> None:
    """Two wishes that cannot both be met are told so."""
    plan = plan_example("programs", "2027-08-25")
    states = Counter(one.state for one in plan.programs)
    assert states == {"on course": 20, "ready": 2, "short": 2, "skip": 1}
    lacks = {
        one.id: [(m.requirement, m.needed, m.have) for m in one.missing]
        for one in plan.programs
        if one.state == "short"
    }
    assert lacks == {
        "quarry-lake-medical-center": [("chair", 2, 1)],
        "toledo-valley-medical-center": [("standardized", 1, 0)],
    }
    [quarry] = [one for one in plan.programs if one.id.startswith("quarry")]
    obstacles = {check.key: check.obstacle for check in check_requirements(plan, quarry)}
    assert obstacles["chair"] == "marin-ruiz is not from the US, as all letters must be"


def test_programs_of_a_target_that_is_not_listed_get_letters_of_it() -> None:
    """Family medicine is behind internal medicine."""
    plan = plan_example("programs", "2027-08-25")
    assert [one.target for one in plan.coverage] == ["internal medicine", "family medicine", "transitional year"]
    assert {warning.code for warning in plan.warnings} >= {"program-short", "program-stale"}
