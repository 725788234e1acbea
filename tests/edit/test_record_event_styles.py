"""Records in plan files of any style: nothing but the record changes, or the edit is refused for a reason.

The expected values are computed here from the data, not by the package.
"""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date, timedelta
from itertools import takewhile
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from edit.plan_writer import NOTES, PlanWriter
from lorplan.edit.record_event import RECORDABLE, WORDS, RecordedEvent
from lorplan.errors import PlanFileError, UsageError
from lorplan.planfile import yaml_tree
from lorplan.planfile.models import LetterEvents, PlanFile
from lorplan.planfile.reader import parse
from lorplan.planfile.yaml_tree import to_python
from oracle.strategies import mapping, rotations, targets, traits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edit.plan_writer import Tree
    from lorplan.edit.verified_edit import Edit
    from lorplan.planfile.reader import LocatedPlanFile


@st.composite
def plan_data(draw: st.DrawFn) -> Tree:
    """Draw the data of a plan file: a few rotations, with notes, in any order of keys."""
    begin = date(draw(st.integers(2025, 2029)), 1, 1)
    usual = draw(traits())
    drawn = draw(st.lists(rotations(begin, usual), min_size=1, max_size=3))
    rows = [row | draw(st.sampled_from([{}, {}, *({"notes": text} for text in NOTES)])) for row, _ in drawn]
    if draw(st.booleans()):
        return rows
    about = {"season": st.just(begin.year + 1), "targets": targets(), "name": st.just('Amina: "A." O\'Hara #1')}
    return draw(mapping({"applicant": mapping(about), "policy": st.just({})}, {"rotations": st.just(rows)}))


# --- what data says -----------------------------------------------------------------------------------------


def shuffle_keys(data: Tree, random: Random) -> Tree:
    """Copy data with its keys in another order."""
    if isinstance(data, list):
        return [shuffle_keys(item, random) for item in data]
    if not isinstance(data, dict):
        return data
    keys = list(data)
    random.shuffle(keys)
    return {key: shuffle_keys(data[key], random) for key in keys}


def drop_empty(data: Tree) -> Tree:
    """Copy data without what counts as left out."""
    if isinstance(data, list):
        return [drop_empty(item) for item in data]
    if not isinstance(data, dict):
        return data
    inner = {key: drop_empty(item) for key, item in data.items()}
    return {key: item for key, item in inner.items() if item not in (None, {}, [])}


def find_row(data: Tree, rotation: int) -> dict[str, Tree]:
    """Find a rotation in the data of a file."""
    rows = data if isinstance(data, list) else data["rotations"]
    row = rows[rotation]
    assert isinstance(row, dict)
    return row


def find_owner(row: dict[str, Tree], event: str) -> dict[str, Tree]:
    """Find the mapping of a rotation in which an event belongs."""
    if event == "email":
        return with_name(row["attending"])
    return row.get("letter") or {} if event in LetterEvents.model_fields else row


def with_name(attending: Tree) -> dict[str, Tree]:
    """Give an attending as a mapping; a bare name stands for one."""
    return dict(attending) if isinstance(attending, dict) else {"name": attending}


def in_full(data: Tree) -> Tree:
    """Copy data with every attending as a mapping."""
    data = deepcopy(data)
    for row in data if isinstance(data, list) else data["rotations"]:
        row["attending"] = with_name(row["attending"])
    return data


def means(event: str, value: str) -> str:
    """Give what a value of an event says: several words stand for yes and no."""
    if WORDS.get(event) != ("yes", "no"):
        return value
    return "yes" if value.lower() in {"true", "yes", "on"} else "no"


def find_values(data: Tree, rotation: int, event: str) -> list[str]:
    """List what the data of a file says about an event."""
    found = find_owner(find_row(data, rotation), event).get(event)
    return [] if found is None else found if isinstance(found, list) else [found]


def with_values(data: Tree, rotation: int, event: str, values: list[str]) -> Tree:
    """Copy data with an event changed, without what counts as left out."""
    data = in_full(data)
    row = find_row(data, rotation)
    if event in LetterEvents.model_fields:
        row["letter"] = dict(row.get("letter") or {})
        row = row["letter"]
    row = row["attending"] if event == "email" else row
    row[event] = values if event == "reminded" else next(iter(values), None)
    return drop_empty(data)


def is_valid(data: Tree) -> bool:
    """Whether data makes a plan file."""
    try:
        PlanFile.model_validate(data)
    except ValidationError:
        return False
    return True


# --- how texts differ ---------------------------------------------------------------------------------------


class Difference(NamedTuple):
    """The only region in which two texts differ: its text before and after."""

    before: str
    after: str


def common_length(one: str, other: str) -> int:
    """Count the characters with which both texts begin."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def compare(before: str, after: str) -> Difference:
    """Find the region outside of which two texts are the same."""
    start = common_length(before, after)
    rest, new_rest = before[start:], after[start:]
    same = common_length(rest[::-1], new_rest[::-1])
    return Difference(rest[: len(rest) - same], new_rest[: len(new_rest) - same])


def line_ends(text: str) -> set[str]:
    """Give the kinds of line ends of a text."""
    return set(re.findall("\r\n|\n|\r", text))


def find_comments(text: str, comments: list[str]) -> list[str]:
    """List those comments that a text has, in this order, at the end of a line."""
    found, start = [], 0
    for comment in comments:
        match = re.compile(re.escape(comment) + r"(?=[\r\n]|\Z)").search(text, start)
        if match:
            found.append(comment)
            start = match.end()
    return found


# --- the checks ---------------------------------------------------------------------------------------------


class Attempt(NamedTuple):
    """A written file, and an event of a rotation to record or remove."""

    located: LocatedPlanFile
    writer: PlanWriter
    rotation: int
    event: str

    @property
    def recorded(self) -> RecordedEvent:
        """The record of the event."""
        return RecordedEvent(self.located, self.rotation, self.event)

    @property
    def data(self) -> Tree:
        """What the file says."""
        return to_python(self.located.root)

    @property
    def values(self) -> list[str]:
        """What the file says about the event."""
        return find_values(self.data, self.rotation, self.event)

    @property
    def is_absent(self) -> bool:
        """Whether the file has neither a key for the event nor an empty mapping in which it belongs."""
        row = find_row(self.data, self.rotation)
        owner = find_owner(row, self.event)
        return self.event not in owner and (bool(owner) or "letter" not in row)

    def check_record(self, value: str, *, replace: bool) -> None:
        """Record a value, check the edit, and remove the record again."""
        needs_force = bool(self.values) and self.event != "reminded" and not replace
        expected = [*self.values, value] if self.event == "reminded" else [value]
        known = means(self.event, value) in [means(self.event, one) for one in self.values]
        try:
            edit = self.recorded.record(value, replace=replace)
        except (UsageError, PlanFileError) as refusal:
            assert not known
            self.check_refusal(refusal, expected, has_reason=needs_force)
            return
        if known:
            assert (edit.has_changes, edit.after.text) == (False, self.located.text)
            return
        assert not needs_force
        self.check_edit(edit, expected)
        changed = compare(edit.before, edit.after.text)
        assert edit.replaced == (self.values[0] if self.values and self.event != "reminded" else None)
        nothing = {"", "~", "null", "ull"}  # "null" and "no" have their first letter in common
        if self.event != "email":  # a bare name may be written in another way between braces
            assert edit.replaced or changed.before.strip() in nothing
        again = RecordedEvent(edit.after, self.rotation, self.event)
        assert not again.record(value, replace=False).has_changes
        if self.is_absent and self.event != "email":
            assert changed.before == ""
            assert again.remove(value).after.text == edit.before

    def check_removal(self, value: str | None) -> None:
        """Remove a record and check the edit."""
        removed = value or max(self.values, default=None)
        expected = list(self.values)
        if removed in expected:
            expected.remove(removed)
        try:
            edit = self.recorded.remove(value)
        except (UsageError, PlanFileError) as refusal:
            self.check_refusal(refusal, expected, has_reason=removed not in self.values)
            return
        assert removed in self.values
        assert edit.replaced == removed
        self.check_edit(edit, expected)
        if self.event != "email":  # a name that is left alone loses its braces
            assert compare(edit.before, edit.after.text).after == ""

    def check_refusal(self, refusal: Exception, expected: list[str], *, has_reason: bool) -> None:
        """Check that an edit was refused for a reason."""
        if isinstance(refusal, PlanFileError):
            assert self.writer.is_greedy or not self.writer.usual, "what people usually write can be edited"
            assert all(problem.line and problem.column for problem in refusal.problems)
        else:
            assert has_reason or not is_valid(with_values(self.data, self.rotation, self.event, expected))

    def check_edit(self, edit: Edit, expected: list[str]) -> None:
        """Check that an edit changed the event and nothing else."""
        before, after = edit.before, edit.after.text
        assert (before, edit.place) == (self.located.text, self.rotation)
        data = in_full(drop_empty(to_python(parse(after).root)))
        assert data == with_values(self.data, self.rotation, self.event, expected)
        assert is_valid(data)
        assert find_comments(after, self.writer.comments) == self.writer.comments
        assert line_ends(after) <= (line_ends(before) or {"\n"})
        assert after.endswith(("\n", "\r")) or not before.endswith(("\n", "\r"))


def values_near(row: dict[str, Tree], event: str) -> list[str]:
    """List values for an event: words, or days close to those of the rotation."""
    if event in WORDS:
        return list(WORDS[event])
    if event == "email":
        return ["wei@example.org", "o'neil+1@example.org", "#{x}: y@[1]"]
    days = re.findall(r"\d{4}-\d\d-\d\d", str([row.get("start"), row.get("end"), row.get("letter")]))
    moved = [date.fromisoformat(day) + timedelta(by) for day in days for by in (-1, 0, 1, 30)]
    return [day.isoformat() for day in moved]


def make_attempts(data: Tree, random: Random, count: int, writer: PlanWriter) -> Iterator[Attempt]:
    """Write a file, and choose events, half of them recorded ones."""
    located = parse(writer.write(shuffle_keys(data, random) if random.random() < 0.5 else data))
    rows = range(len(located.plan_file.rotations))
    written = to_python(located.root)
    recorded = [(row, event) for row in rows for event in RECORDABLE if find_values(written, row, event)]
    for _ in range(count):
        rotation, event = random.choice(rows), random.choice(RECORDABLE)
        if recorded and random.random() < 0.5:
            rotation, event = random.choice(recorded)
        yield Attempt(located, writer, rotation, event)


def check_edits(data: Tree, seed: int, count: int, **style: bool) -> None:
    """Record and remove several events in a file, and check each edit."""
    random = Random(seed)  # noqa: S311 - for choices, not for secrets
    for attempt in make_attempts(data, random, count, PlanWriter(seed, **style)):
        if attempt.values and random.random() < 0.7:
            attempt.check_removal(random.choice([None, *attempt.values, "2027-01-01"]))
        else:
            near = values_near(find_row(attempt.data, attempt.rotation), attempt.event)
            attempt.check_record(random.choice(near), replace=random.random() < 0.8)


SEEDS = st.integers(0, 2**32)
slow = settings(suppress_health_check=[HealthCheck.too_slow])


class TestAnyStyle:
    """In a file of any style a record changes nothing else, or is refused for a reason."""

    @slow
    @given(data=plan_data(), seed=SEEDS, usual=st.booleans())
    def test_generated_file_says_what_was_drawn(self, data: Tree, seed: int, *, usual: bool) -> None:
        """The generated files have the data and the comments that the other tests expect."""
        writer = PlanWriter(seed, usual=usual)
        located = parse(writer.write(data))
        assert located.plan_file == PlanFile.model_validate(drop_empty(data))
        assert find_comments(located.text, writer.comments) == writer.comments

    @slow
    @given(plan_data(), SEEDS)
    def test_record_in_a_usual_style_changes_nothing_else_and_can_be_removed(self, data: Tree, seed: int) -> None:
        """What people usually write can be edited: only the record changes, and its removal restores the text."""
        check_edits(data, seed, 4, usual=True)

    @slow
    @given(plan_data(), SEEDS)
    def test_record_in_an_unusual_style_changes_nothing_else_or_is_refused(self, data: Tree, seed: int) -> None:
        """A place that cannot be edited safely is refused; nothing is ever changed wrongly."""
        check_edits(data, seed, 4, usual=False)

    @slow
    @given(plan_data(), SEEDS)
    def test_record_without_libyaml_changes_nothing_else(self, data: Tree, seed: int) -> None:
        """PyYAML's own parser gives the same edits."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_tree, "_LOADER", yaml.Loader)
            check_edits(data, seed, 2, usual=True, for_python=True)

    @pytest.mark.thorough
    @slow
    @given(data=plan_data(), seed=SEEDS, usual=st.booleans())
    def test_many_records_in_one_file_change_nothing_else(self, data: Tree, seed: int, *, usual: bool) -> None:
        """The same with many more events in each file."""
        check_edits(data, seed, 20, usual=usual)
