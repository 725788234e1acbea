"""Names in calendars: both readers read them as typed, and they change nothing else."""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader

from builders import plan, rotation
from export.calendars import (
    CHEN,
    SEASON_DAYS,
    USUAL,
    action_events,
    count_titles,
    export_ics,
    find,
    read,
    read_strictly,
    title_of,
)
from export.exporting import export, in_file
from lorplan.messages.kinds import MESSAGES
from lorplan.plan.planner import make_plan
from lorplan.storage.files import load
from lorplan.storage.templates import template_loader
from lorplan.text.safe import find_unsafe, is_blank
from samples import AMINA, AS_OF, BENITO, HOSTILE, HOSTILE_NAMES

if TYPE_CHECKING:
    from pathlib import Path

    from lorplan.plan.applicant_plan import ApplicantPlan
    from runner import Lorplan

HOSTILE_TEXTS: Final = {
    "commas_and_semicolons": "Chen, Wei; MD, PhD",
    "backslashes": "back\\slash\\",
    "escapes_as_typed": "a\\nb\\,c\\;d",
    "many_backslashes": "\\\\n\\\\\\n",
    "quotes_and_colons": 'Bo "Bo" Lee: x=y',
    "component": "BEGIN:VEVENT",
    "line_end_and_property_as_typed": "END:VCALENDAR\\r\\nX:y",
    "han_over_several_lines": "陈伟 王小明" * 12,
    "two_octets_a_character": "é" * 100,
    "joined_emoji_over_several_lines": "👩‍⚕️" * 40,
    "combining_characters": "e\u0301" * 80,
    "spaces_where_lines_fold": "x " * 99 + "x",
    "invisible_characters": "\u00a0x\u200by\ufeffz\u00ad",
    "encoded_line_end": "%0D%0ABEGIN:VEVENT",
    "template": "{{ 7 * 7 }} {% if %}",
    "escapes_of_parameters": "^n^'^^",
}

SHORT_MESSAGES: Final = DictLoader({f"{message}.txt": "{{ doctor }}" for message in MESSAGES})
"""Templates that take no time."""


def export_briefly(*plans: ApplicantPlan, todo: bool = False) -> bytes:
    """Export plans with short messages, and read the calendar strictly."""
    raw = export("ics", *plans, todo=todo, loader=SHORT_MESSAGES)
    read_strictly(raw)
    return raw


@pytest.mark.parametrize(("todo", "kind"), [(False, "VEVENT"), (True, "VTODO")], ids=["events", "to_dos"])
@pytest.mark.parametrize("name", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_name_of_attending_and_applicant_is_read_as_typed(name: str, todo: bool, kind: str) -> None:  # noqa: FBT001 - a parameter
    """By both readers, and the calendar has no other entries than those of the plans."""
    found = plan(rotation(name, id="x", hospital=name), name=name, email="x@example.org")
    other = plan(rotation("Dr. Wei Chen", id="x"), name="Amina")
    raw = export_briefly(in_file(found), in_file(other, "b.yaml"), todo=todo)
    assert Counter(f"{name}: {title_of(action)}" for action in found.actions) <= count_titles(raw, kind)
    ours = Counter(one.text("SUMMARY") for one in read_strictly(raw) if one.path[-1] == kind)
    assert ours == count_titles(raw, kind)
    others = 0 if todo else SEASON_DAYS + len(("deadlines",) * 2) + len(("rotations",) * 2)
    assert len(read(raw, kind)) == len(found.actions) + len(other.actions) + others
    alone = export_briefly(in_file(found), todo=todo)
    assert read_strictly(alone)[0].text("X-WR-CALNAME") == f"Letters: {name}"


@pytest.mark.parametrize("name", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_name_in_a_message_is_read_as_typed(name: str) -> None:
    """A message goes into the description line by line."""
    loader = DictLoader({f"{message}.txt": "Dear {{ hospital }},\n\n  {{ hospital }} x" for message in MESSAGES})
    raw = export("ics", in_file(plan(rotation(hospital=name))), loader=loader)
    events = [one for one in read_strictly(raw) if one.path[-1] == "VEVENT"]
    ours = next(one.text("DESCRIPTION") for one in events if "Ask Dr. Wei Chen for a" in one.text("SUMMARY"))
    assert ours.split("\n\n", 2)[2] == f"Dear {name},\n\n  {name} x"
    assert str(find(raw, "Ask Dr. Wei Chen for a")["DESCRIPTION"]) == ours


@pytest.mark.parametrize(("todo", "kind"), [(False, "VEVENT"), (True, "VTODO")], ids=["events", "to_dos"])
def test_backslash_before_a_capital_n_is_written_before_a_small_one(todo: bool, kind: str) -> None:  # noqa: FBT001 - a parameter
    r"""The calendar library writes `\N` as a line end, which would break the name."""
    found = plan(rotation("a\\Nb\\\\NN", id="x"), name="X\\Ny")
    raw = export_briefly(in_file(found), in_file(USUAL, "b.yaml"), todo=todo)
    beside = ("deadline", ", neurology")
    titles = [t for t in count_titles(raw, kind) if t.startswith("X") and not any(word in t for word in beside)]
    assert len(titles) == len(found.actions)
    for title in titles:
        assert title.startswith("X\\ny: ")
        assert "a\\nb\\\\nN" in title
        assert "\n" not in title


CHARACTERS = st.sampled_from("ab ,;:\\nN\"'=é陈😀\u0301%^{}<>&|") | st.characters(exclude_categories=["Cs"])
NAMES = st.text(CHARACTERS, min_size=1, max_size=60).filter(
    lambda text: not is_blank(text) and find_unsafe(text) is None and "\\N" not in text
)


@given(NAMES, NAMES)
def test_any_name_is_read_as_typed_by_both_readers(attending: str, applicant: str) -> None:
    """There is nothing else in the calendar."""
    found = plan(rotation(attending, id="x"), name=applicant)
    raw = export_briefly(in_file(found), in_file(USUAL, "b.yaml"))
    ours = Counter(one.text("SUMMARY") for one in read_strictly(raw) if one.path[-1] == "VEVENT")
    assert ours == count_titles(raw)
    assert Counter(f"{applicant}: {title_of(action)}" for action in found.actions) <= ours
    assert sum(ours.values()) == len(found.actions) + len(USUAL.actions) + SEASON_DAYS + 2 + 2


# --- names of files -----------------------------------------------------------------------------------------

BYTES = st.characters(categories=["Cs"], min_codepoint=0xDC80, max_codepoint=0xDCFF)


@given(st.text(st.characters(exclude_categories=["Cs"]) | BYTES, max_size=120))
def test_any_file_name_leaves_the_calendar_well_formed(file: str) -> None:
    """A file's name may contain line ends, escapes, and bytes that are not characters."""
    found = [in_file(plan(CHEN), file), in_file(USUAL, "other.yaml")]
    raw = export_briefly(*found)
    assert len(action_events(raw)) == sum(len(one.plan.actions) for one in found)


def test_file_name_with_half_a_character_leaves_the_calendar_well_formed() -> None:
    """On Windows a name may contain one half of a UTF-16 pair."""
    assert action_events(export_briefly(in_file(plan(CHEN), "p\ud800.yaml")))


def test_control_characters_in_a_file_name_are_replaced() -> None:
    """A line end in a file's name starts no property."""
    raw = export_briefly(in_file(plan(CHEN), "a\r\nEND:VCALENDAR\x1b[31m\u2028\u202e.yaml"), in_file(USUAL))
    who = "a  END:VCALENDAR\ufffd[31m\ufffd\ufffd.yaml"
    assert any(title.startswith(f"{who}: Ask Dr. Wei Chen") for title in count_titles(raw))


def test_control_characters_in_an_own_template_are_replaced(tmp_path: Path) -> None:
    """The message of a user's own template is in the description, without what could harm."""
    (tmp_path / "ask-in-person.txt").write_bytes(b"Hi {{ doctor }},\r\nEND:VEVENT\x1b[31m\x07; , ok\\")
    raw = export("ics", in_file(USUAL), loader=template_loader(tmp_path))
    events = [one for one in read_strictly(raw) if one.path == ("VCALENDAR", "VEVENT")]
    said = [one.text("DESCRIPTION") for one in events if one.lines_named("DESCRIPTION")]
    assert any(text.endswith("\n\nHi Dr. Wei Chen,\nEND:VEVENT\ufffd[31m\ufffd; , ok\\") for text in said)


# --- the command --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--todo",)], ids=["events", "to_dos"])
def test_export_prints_the_calendar_byte_for_byte(lorplan: Lorplan, options: tuple[str, ...]) -> None:
    """Without -o it goes to standard output."""
    path = lorplan.folder / "rotations.yaml"
    path.write_text(AMINA)
    out = lorplan("export", "ics", *options, "--as-of", AS_OF, env={"XDG_CONFIG_HOME": None}).out_bytes
    found = in_file(make_plan(load(path), date.fromisoformat(AS_OF)))
    assert out == export_ics(found, todo=bool(options))


def test_plan_from_standard_input_gives_the_calendar_of_its_file(lorplan: Lorplan) -> None:
    """Among several plans, one without a name is called by where it comes from."""
    (lorplan.folder / "amina.yaml").write_text(AMINA)
    piped = lorplan("export", "ics", "-", "--as-of", AS_OF, stdin=AMINA).out
    assert piped == lorplan("export", "ics", "amina.yaml", "--as-of", AS_OF).out
    both = lorplan("export", "ics", "-", "amina.yaml", "--as-of", AS_OF, stdin=BENITO).out_bytes
    assert any(title.startswith("standard input: ") for title in count_titles(both))


def test_names_that_look_like_markup_are_in_the_titles_of_the_command(lorplan: Lorplan) -> None:
    """As they were typed."""
    titles = count_titles(lorplan("export", "ics", "-", "--as-of", AS_OF, stdin=HOSTILE).out_bytes)
    assert all(any(name in title for title in titles) for name in HOSTILE_NAMES)


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the system has no file names that are not Unicode")
def test_file_name_that_is_not_unicode_gives_a_calendar(lorplan: Lorplan) -> None:
    """A plan that is known by its file's name may have any name that a system allows."""
    name = os.fsdecode(b"p\xff.yaml")
    (lorplan.folder / name).write_text(BENITO)
    assert "Petrov" in lorplan("export", "ics", name, "--as-of", AS_OF).out
