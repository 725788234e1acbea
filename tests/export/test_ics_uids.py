"""Which entry of a calendar is which: importing a newer export updates entries instead of duplicating them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from builders import plan, rotation
from export.calendars import CHEN, SEASON_DAYS, USUAL, action_events, category, export_ics, find, read, uid_for, uids
from export.exporting import PLANS, export, in_file

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Json


def test_uid_of_an_action_is_that_of_earlier_versions() -> None:
    """Users have imported these: another UID would duplicate every entry."""
    raw = export_ics(in_file(USUAL))
    assert str(find(raw, "Ask Dr. Wei Chen for a strong letter")["UID"]) == "007818588838b609bc4830bf3b4d2f24@lorplan"
    assert str(find(raw, "deadline for letters")["UID"]) == "db1512e1ad6b361ba1cc7145bd349678@lorplan"
    assert str(find(raw, "2028 season: Match Day")["UID"]) == "ca507b17bae2bca20193cdf87c32bacf@lorplan"


@given(PLANS)
def test_uids_of_any_plan_come_from_the_applicant_and_the_action_and_are_unique(found: Plan) -> None:
    """No date is in them: an action that moves keeps its UID."""
    key = found.applicant.name or found.applicant.email or "rotations.yaml"
    written = uids(export("ics", in_file(found, "folder/rotations.yaml")))
    assert len(written) == len(set(written)) == len(found.actions) + len(found.letters) + SEASON_DAYS + 1
    assert set(written) >= {uid_for(key, "deadline"), *(uid_for(key, action.id) for action in found.actions)}


def uid_of_request(found: Plan, file: str = "rotations.yaml") -> str:
    """Give the UID of the request to the only attending."""
    [event] = [event for event in action_events(export_ics(in_file(found, file))) if category(event) == "ask"]
    return str(event["UID"])


@pytest.mark.parametrize(
    ("found", "file"),
    [
        pytest.param(USUAL, "elsewhere/other.yaml", id="file_of_a_named_applicant"),
        pytest.param(plan(CHEN, name="Amina Rahman", email="new@example.org"), "x.yaml", id="address"),
        pytest.param(plan(CHEN, name="Amina Rahman", targets=["neurology"]), "x.yaml", id="targets"),
        pytest.param(plan(CHEN, name="Amina Rahman", season=2029), "x.yaml", id="season"),
        pytest.param(plan({**CHEN, "hospital": "Elsewhere"}, name="Amina Rahman"), "x.yaml", id="hospital"),
        pytest.param(plan({**CHEN, "meeting": "2027-03-17"}, name="Amina Rahman"), "x.yaml", id="day"),
        pytest.param(plan(CHEN, name="Amina Rahman", as_of="2027-03-24"), "x.yaml", id="plans_day"),
    ],
)
def test_change_that_is_not_about_who_or_what_keeps_the_uid(found: Plan, file: str) -> None:
    """The entry is updated."""
    assert uid_of_request(found, file) == uid_of_request(USUAL)


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(plan(CHEN, name="Amina Rahmani", email="amina@example.org"), id="another_applicant"),
        pytest.param(plan({**CHEN, "id": "wei"}, name="Amina Rahman"), id="another_rotation"),
        pytest.param(plan(CHEN, email="amina@example.org"), id="address_without_a_name"),
        pytest.param(plan(CHEN), id="file_without_a_name_and_an_address"),
    ],
)
def test_other_applicant_or_rotation_has_another_uid(found: Plan) -> None:
    """It is another entry."""
    assert uid_of_request(found) != uid_of_request(USUAL)


def test_plan_without_name_and_address_is_known_by_its_file_and_not_by_the_folder() -> None:
    """Moved to another folder it keeps its entries; renamed it does not."""
    nameless = plan(CHEN)
    uid = uid_of_request(nameless, "a/b/amina.yaml")
    assert uid == uid_of_request(nameless, "amina.yaml") == uid_of_request(nameless, "C:\\plans\\amina.yaml")
    assert uid != uid_of_request(nameless, "benito.yaml")


def test_uid_reveals_nothing() -> None:
    """No name and no address can be read in it: calendars are shared."""
    assert all(re.fullmatch(r"[0-9a-f]{32}@lorplan", uid) for uid in uids(export_ics(in_file(USUAL))))


# --- several applicants -------------------------------------------------------------------------------------


@pytest.mark.parametrize("todo", [False, True], ids=["events", "to_dos"])
@pytest.mark.parametrize(
    "applicant",
    [{"name": "Ann Lee"}, {"email": "x@example.org"}, {}],
    ids=["same_name", "same_address", "same_file_name"],
)
def test_two_applicants_with_the_same_key_keep_all_their_entries(
    applicant: Json,
    todo: bool,  # noqa: FBT001 - a parameter
) -> None:
    """Their rotations have the same ids; only their files differ."""
    found = [plan(rotation(), **applicant), plan(rotation(start="2027-04-05", end="2027-04-30"), **applicant)]
    raw = export_ics(in_file(found[0], "a/plan.yaml"), in_file(found[1], "b/plan.yaml"), todo=todo)
    expected = Counter(action.on for one in found for action in one.actions)
    entries = read(raw, "VTODO") if todo else action_events(raw)
    starts = [entry.decoded("dtstart") if "DTSTART" in entry else entry.decoded("due") for entry in entries]
    assert Counter(starts) == expected


def test_order_of_files_with_the_same_applicant_does_not_change_whose_uid_is_whose() -> None:
    """Importing again moves nobody's entries to the other's days."""
    one = in_file(plan(rotation(), name="Ann Lee"), "a.yaml")
    two = in_file(plan(rotation(start="2027-04-05", end="2027-04-30"), name="Ann Lee"), "b.yaml")
    days = [
        {(str(event["UID"]), event.decoded("dtstart")) for event in action_events(export_ics(*plans))}
        for plans in ((one, two), (two, one))
    ]
    assert days[0] == days[1]


def test_order_of_files_of_different_applicants_changes_nothing() -> None:
    """Neither the entries nor their order."""
    deadlines = {"Amina": None, "Benito": "2027-10-01", "Cheng": "2027-09-29"}
    found = [in_file(plan(CHEN, name=name, deadline=day), f"{name}.yaml") for name, day in deadlines.items()]
    assert export_ics(*found) == export_ics(*reversed(found))
