"""What to do for programs, and what the plan warns of, reckoned a second time by the words of the contract."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from oracle.days import add_business_days, nearest_business_day, subtract_business_days
from oracle.program_reckoning import work_out_answers
from oracle.programs import find_submit_day
from oracle.reckoning import cover

if TYPE_CHECKING:
    from datetime import date

    from oracle.letters import Letter
    from oracle.program_reckoning import Answer, Desk
    from runner import Json

ASSIGN_DAYS = 7


def is_over(desk: Desk) -> bool:
    """Whether the rank list day has passed."""
    return desk.setting.as_of > desk.setting.season.rank_list


# --- actions ------------------------------------------------------------------------------------------------


def find_apply(answers: list[Answer]) -> list[Json]:
    """One for all open programs without `applied` that share a last day."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for one in answers:
        program = one.desk.program
        if program.is_open and program.applied is None and not is_over(one.desk):
            by_day[min(program.deadline, program.target_day)].append(program.id)
    found = []
    for last, ids in sorted(by_day.items()):
        submit = find_submit_day(answers[0].desk.setting.season)
        on = min(last, max(last - timedelta(days=7), submit))
        found.append({"id": f"programs:apply:{last}", "on": on.isoformat(), "programs": sorted(ids)})
    return found


def days_to_assign(desk: Desk, letter: Letter, deadlines: list[date], days: int) -> tuple[date, date]:
    """As for a target without programs; but before the first deadline that has not passed."""
    setting = desk.setting
    arrived = letter.rotation.history.in_portal
    assert arrived is not None
    processed = add_business_days(arrived, setting.policy["processing_days"])
    on = nearest_business_day(max(processed, find_submit_day(setting.season)))
    ahead = [day for day in deadlines if day >= setting.as_of]
    if not ahead:
        return on, on + timedelta(days=days)
    first = min(ahead)
    if first < on:
        on = max(arrived, subtract_business_days(first - timedelta(days=1), 0))
    return on, max(on, min(first, on + timedelta(days=days)))


def find_assign(answers: list[Answer], days: int = ASSIGN_DAYS) -> list[Json]:
    """One for each letter that a program's set has and that is secured and not assigned to it yet."""
    by_letter: dict[str, list[Answer]] = defaultdict(list)
    for one in answers:
        for letter_id in [] if is_over(one.desk) else one.shown["to_assign"]:
            by_letter[letter_id].append(one)
    found = []
    for letter_id, those in sorted(by_letter.items()):
        desk = those[0].desk
        letter = next(one for one in desk.decided.letters if one.rotation.row["id"] == letter_id)
        on, until = days_to_assign(desk, letter, [one.desk.program.deadline for one in those], days)
        ids = sorted(one.shown["id"] for one in those)
        found.append({"id": f"{letter_id}:assign", "on": on.isoformat(), "until": until.isoformat(), "programs": ids})
    return found


def find_as_before(answers: list[Answer]) -> set[str]:
    """Name the uploaded letters of the sets of targets without programs: their `assign` is as before."""
    if not answers or is_over(answers[0].desk):
        return set()
    setting, decided = answers[0].desk.setting, answers[0].desk.decided
    named = {one.desk.program.target for one in answers if one.desk.program.state != "skip"}
    found = [row["letters"] for n, row in enumerate(cover(decided.counted, setting)) if n not in named]
    uploaded = {one.rotation.position for one in decided.letters if one.rotation.history.status == "uploaded"}
    rows = {one.rotation.position: str(one.rotation.row["id"]) for one in decided.letters}
    return {rows[position] for positions in found for position in positions if position in uploaded}


# --- warnings -----------------------------------------------------------------------------------------------


def find_short(answers: list[Answer]) -> list[Json]:
    """One for each target, requirement and number, until the rank list day."""
    groups: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for one in answers:
        for missing in [] if is_over(one.desk) else one.shown["missing"]:
            if missing["must"]:
                groups[one.shown["target"], missing["requirement"], missing["needed"]].append(one.shown["id"])
    return [
        {"target": target, "requirement": requirement, "needed": needed, "programs": sorted(ids)}
        for (target, requirement, needed), ids in sorted(groups.items())
    ]


def find_stale(answers: list[Answer]) -> list[str]:
    """Read before the season opened, from then on, while open and not applied to."""
    found = []
    for one in answers:
        program, opens = one.desk.program, one.desk.setting.season.opens
        read = program.row.get("read")
        waits = program.is_open and program.applied is None and one.desk.setting.as_of >= opens
        if waits and read is not None and read < opens:
            found.append(program.id)
    return sorted(found)


def find_wrong(answers: list[Answer]) -> list[tuple[str, str]]:
    """Find each assigned letter that may not go to the target, or does not fit although as many as required do."""
    found = []
    for one in answers:
        desk = one.desk
        enough = len([letter for letter in desk.decided.letters if desk.fits(letter)]) >= desk.needed_letters
        for letter in [] if desk.program.state == "skip" else desk.decided.letters:
            astray = desk.program.target not in letter.may_go_to
            if desk.is_assigned(letter) and (astray or (enough and not desk.fits(letter))):
                found.append((str(letter.rotation.row["id"]), desk.program.id))
    return sorted(found)


# --- the answer ---------------------------------------------------------------------------------------------


def work_out_program_actions(plan: Json, as_of: date) -> Json:
    """Work out the actions and warnings of programs."""
    answers = work_out_answers(plan, as_of)
    days = (plan.get("policy") or {}).get("assign_days") or ASSIGN_DAYS
    return {
        "apply": find_apply(answers),
        "assign": find_assign(answers, days),
        "short": find_short(answers),
        "stale": find_stale(answers),
        "wrong": find_wrong(answers),
    }
