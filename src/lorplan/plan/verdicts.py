"""The verdict on each letter in the running: ask, keep, reserve or hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.rules.who import is_strong

if TYPE_CHECKING:
    from lorplan.plan.model import Verdict
    from lorplan.plan.selection import Selection
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates


def judge(selection: Selection, dates: KeyDates) -> dict[int, Verdict]:
    """Decide about every letter in the running, by its position in the file."""
    return {c.position: _judge(c, selection, dates) for c in selection.ranked}


def _judge(c: Candidate, selection: Selection, dates: KeyDates) -> Verdict:
    if c.is_asked:
        return "keep"
    if dates.is_after_rank_list or c.impossible:
        return "hold"
    if c.position in selection.picks or (is_strong(c) and (c.history.offered or c.rotation.choice == "ask")):
        return "ask"
    return "reserve" if c.position in selection.reserve else "hold"
