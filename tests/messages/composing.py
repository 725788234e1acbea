"""Shared by the tests of messages: the golden plan files, and short ways to a message."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from export.exporting import PACKAGE_TEMPLATES
from lorplan.messages.compose import compose
from lorplan.messages.facts import message_facts
from lorplan.messages.kinds import MESSAGES
from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import loads
from stories.test_golden import GOLDEN

if TYPE_CHECKING:
    from lorplan.messages.compose import Message
    from lorplan.plan.model import Letter, Plan

DRAFTS: Final = GOLDEN / "drafts"
AS_OF: Final = {"full": date(2027, 8, 20), "minimal": date(2026, 12, 7)}
"""The day of each golden plan file: one when the portal is open, one in the year before the rotation."""

SPOKEN: Final = ("notice", "feedback", "book", "ask-in-person", "offer-in-person")
WRITTEN: Final = tuple(message for message in MESSAGES if message not in SPOKEN)


def golden_plan(which: str = "full", as_of: date | None = None) -> Plan:
    """Make the plan of a golden plan file, as of its day or another one."""
    return make_plan(loads((DRAFTS / f"{which}.yaml").read_text(encoding="utf-8")), as_of or AS_OF[which])


def compose_message(kind: str, found: Plan, letter: Letter | None = None) -> Message:
    """Compose a message from the package's template, for the plan's first letter unless another is given."""
    return compose(kind, message_facts(found, letter or found.letters[0]), PACKAGE_TEMPLATES)


def compose_text(kind: str, found: Plan) -> str:
    """Give the whole text of a message for the plan's first letter."""
    return compose_message(kind, found).text
