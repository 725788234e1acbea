"""What a rule of the rule book is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from lorplan.reference.policy_numbers import Number
    from lorplan.reference.sources import Source

Basis = Literal["requirement", "guidance", "judgement"]


class Rule(NamedTuple):
    """One rule: an id that is never reused, a claim in one sentence, and what it rests on.

    `basis`: a requirement of whoever runs the application, guidance of people who should know, or our own
    judgement. `why` is our reason, `numbers` are those that a policy may change.
    """

    id: str
    claim: str
    why: str
    basis: Basis
    sources: tuple[Source, ...]
    numbers: tuple[Number, ...] = ()
