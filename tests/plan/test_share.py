"""A plan without what the user thinks of people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given

from builders import plan, program, rotation
from lorplan.plan.planner import make_plan
from lorplan.plan.share import WITHHELD, without_judgements
from lorplan.planfile.models import PlanFile
from lorplan.rules import BY_ID, RULES
from oracle.strategies import plans_and_days

if TYPE_CHECKING:
    from datetime import date

    from lorplan.plan.model import Letter


def test_rules_about_performance_contact_and_choice_are_private() -> None:
    """What an attending did, and where and when, can be told."""
    assert [rule.id for rule in RULES if rule.private] == ["WHO-2", "WHO-3", "WHO-12"]


def test_reason_that_tells_a_judgement_is_withheld_and_the_decision_stays() -> None:
    """A skipped letter is still skipped; nobody sees whether for the performance or by choice."""
    found = plan(
        rotation("Dr. Poor", performance="poor"),
        rotation("Dr. Skipped", choice="skip"),
        rotation("Dr. Rare", contact="rarely", notes="a secret"),
    )
    shared = without_judgements(found)
    assert [letter.verdict for letter in shared.letters] == [letter.verdict for letter in found.letters]
    assert {letter.id: letter.reason for letter in shared.letters if letter.verdict == "skip"} == {
        "poor": WITHHELD,
        "skipped": WITHHELD,
    }
    assert shared.actions == found.actions
    assert shared.warnings == found.warnings


def test_comparison_that_tells_a_judgement_is_left_out() -> None:
    """Another one stays."""
    rows = [rotation(f"Dr. A{n}", performance="excellent", residency_affiliated=True) for n in range(3)]
    found = plan(*rows, rotation("Dr. Fair", performance="good", us=False), rotation("Dr. Good"), policy={"spare": 0})
    shared = {letter.id: letter for letter in without_judgements(found).letters}
    assert found.letter("good").decided_by is not None
    assert shared["good"].decided_by is None
    assert shared["fair"].decided_by == found.letter("fair").decided_by


def test_notes_of_a_program_are_left_out() -> None:
    """What was decided about it stays."""
    found = plan(rotation(), programs=[program(notes="a secret")])
    [one], [shared] = found.programs, without_judgements(found).programs
    assert shared.program.notes is None
    assert (shared.id, shared.state, shared.letters) == (one.id, one.state, one.letters)


@given(plans_and_days())
def test_nothing_private_is_left_of_any_plan(drawn: tuple[object, date]) -> None:
    """No field, no remark of a private rule, nothing that would change the decision."""
    content, day = drawn
    for letter in without_judgements(make_plan(PlanFile.model_validate(content), day)).letters:
        row = letter.rotation
        assert (row.performance, row.contact, row.notes, row.choice) == (None,) * 4
        assert not any(remark.rule and BY_ID[remark.rule].private for remark in letter.reasons)
        assert [
            text for text in _texts(letter) if re.search("performance|contact|rated|you chose|days together", text)
        ] == []
        assert letter.would_change == ()


def _texts(letter: Letter) -> list[str]:
    return [remark.text for remark in letter.reasons]
