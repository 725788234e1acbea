"""A plan as frozen values: letters, actions, coverage and warnings as of one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from lorplan.plan.document import plan_document
from lorplan.reference import policy_numbers

if TYPE_CHECKING:
    from datetime import date

    from lorplan.plan.action_kinds import Kind
    from lorplan.planfile.models import Applicant, Rotation
    from lorplan.planfile.program_models import Program
    from lorplan.reference.policy_numbers import Number
    from lorplan.reference.targets import Service
    from lorplan.rules.ask_window import AskWindow
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.letter_history import LetterHistory, Status
    from lorplan.rules.program import ProgramFacts
    from lorplan.rules.rule import Remark

Verdict = Literal["ask", "reserve", "hold", "skip", "keep"]
Strength = Literal["strong", "weak"]
State = Literal["overdue", "due", "upcoming"]
ProgramState = Literal["short", "ready", "on course", "complete", "closed", "skip"]
Channel = Literal["in-person", "video", "email", "portal", "self"]


PROGRAMS: Final = "programs"
"""The word for all programs, where a rotation's id would stand."""


class Decision(NamedTuple):
    """The comparison that a letter lost: the rule that decided, and the id of the better letter."""

    rule: str
    than: str


class Letter(NamedTuple):
    """One rotation's letter and what was decided about it.

    `rank` counts from 1 and is None for a skipped letter. `reasons` are the remarks of all rules, the one that
    decided the verdict first. `decided_by`: the comparison that the letter lost, if it lost one. `purpose`: the
    target that it is picked for, None if for none in particular.
    """

    candidate: Candidate
    verdict: Verdict
    rank: int | None
    pick: bool
    strength: Strength
    reasons: tuple[Remark, ...]
    decided_by: Decision | None
    would_change: tuple[str, ...]
    purpose: str | None = None

    @property
    def id(self) -> str:
        """The rotation's id."""
        return self.candidate.id

    @property
    def rotation(self) -> Rotation:
        """The rotation as the user wrote it."""
        return self.candidate.rotation

    @property
    def attending(self) -> str:
        """The attending's name as typed."""
        return self.candidate.name

    @property
    def history(self) -> LetterHistory:
        """What has happened to the letter."""
        return self.candidate.history

    @property
    def window(self) -> AskWindow:
        """When to ask."""
        return self.candidate.window

    @property
    def status(self) -> Status:
        """How far the letter is."""
        return self.candidate.history.status

    @property
    def reason(self) -> Remark:
        """The reason that decided the verdict."""
        return self.reasons[0]

    @property
    def is_skipped(self) -> bool:
        """Whether the letter is out of the running."""
        return self.rank is None

    @property
    def may_be_asked(self) -> bool:
        """Whether the attending is to be asked, now or if a place becomes free."""
        return self.verdict in {"ask", "reserve"}

    @property
    def counts(self) -> bool:
        """Whether the letter is asked for or to be asked for."""
        return self.verdict in {"ask", "keep"}

    @property
    def is_expected(self) -> bool:
        """Whether the letter is among the counts: not silent, and on time, promised or in the portal."""
        c = self.candidate
        return self.counts and not c.silent and (c.on_time or c.is_in_hand)

    @property
    def is_tentative(self) -> bool:
        """Whether the verdict could still change, as nobody knows yet how the rotation goes."""
        open_question = not self.candidate.is_asked and self.rotation.performance is None
        return open_question and not self.is_skipped

    @property
    def is_tight(self) -> bool:
        """Whether the deadline moved the asking forward."""
        return self.window.pulled and not self.candidate.is_asked and not self.is_skipped

    @property
    def is_late(self) -> bool:
        """Whether the letter is not expected by the deadline."""
        return not self.candidate.on_time and not self.is_skipped

    @property
    def is_silent(self) -> bool:
        """Whether the writer has not answered for too long."""
        return self.candidate.silent and not self.is_skipped


class Action(NamedTuple):
    """One thing to do: due from `on`, overdue after `until`; `conditional` while it may turn out unnecessary.

    `rotation` and `attending` are None for an action that concerns programs only; `programs` are their ids.
    """

    id: str
    kind: Kind
    rotation: str | None
    attending: str | None
    on: date
    until: date
    state: State
    channel: Channel
    conditional: bool
    title: str
    rules: tuple[str, ...]
    programs: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """The word by which commands know what it concerns: the rotation's id, or `programs`."""
        return self.rotation or PROGRAMS

    @property
    def is_due(self) -> bool:
        """Whether it is due or overdue."""
        return self.state != "upcoming"


class Counts(NamedTuple):
    """Letters by how far they are: planned (not asked yet), asked, promised, secured; `late` ones are among them."""

    planned: int
    asked: int
    promised: int
    secured: int
    late: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.planned + self.asked + self.promised + self.secured


class CoveredPart(NamedTuple):
    """One part of a target: the specialty, how many letters it needs from there, and how many it has."""

    specialty: str
    needed: int
    have: int

    @property
    def lacks(self) -> int:
        """How many letters are missing."""
        return max(0, self.needed - self.have)


class Coverage(NamedTuple):
    """What one target has; `needed` is the sum of its parts. Without targets it is one set.

    `letters` are the ids of the set for its programs, which take at most `max` through `service`.
    """

    target: str | None
    needed: int
    counts: Counts
    parts: tuple[CoveredPart, ...]
    service: Service
    max: int
    letters: tuple[str, ...]


class PlanWarning(NamedTuple):
    """Something the user should know or fix; `rotation`, `target` and `programs` if it concerns these.

    `requirement` and `needed`: what these programs ask for and do not have.
    """

    code: str
    rotation: str | None
    target: str | None
    text: str
    programs: tuple[str, ...] = ()
    requirement: str | None = None
    needed: int | None = None


class Missing(NamedTuple):
    """What a program asks for and does not have: so many letters are needed, so many there; else only preferred."""

    requirement: str
    needed: int
    have: int
    must: bool


class PlannedProgram(NamedTuple):
    """One program and what was decided about it.

    `target` is named as in the list of targets. `needed_by` is the last day on which an upload is still processed by
    the deadline. `late`: it will have what it asks for, but after its deadline. `letters` are the ids of its set in
    order of rank, `assigned` those of it that are assigned already, `to_assign` those that can be now, and
    `misplaced` assigned ones that do not belong there.
    """

    facts: ProgramFacts
    target: str | None
    needed_by: date
    state: ProgramState
    late: bool
    letters: tuple[str, ...]
    assigned: tuple[str, ...]
    to_assign: tuple[str, ...]
    misplaced: tuple[str, ...]
    missing: tuple[Missing, ...]

    @property
    def id(self) -> str:
        """The program's id."""
        return self.facts.id

    @property
    def program(self) -> Program:
        """The program as the user wrote it."""
        return self.facts.program

    @property
    def name(self) -> str:
        """The program's name as typed."""
        return self.facts.program.name


class Plan(NamedTuple):
    """Whom to ask, when, and what to do, as of one day; `asking_closed`: nobody else is to be asked."""

    dates: KeyDates
    applicant: Applicant
    wanted: int
    asking_closed: bool
    forecast: Counts
    letters: tuple[Letter, ...]
    actions: tuple[Action, ...]
    coverage: tuple[Coverage, ...]
    warnings: tuple[PlanWarning, ...]
    programs: tuple[PlannedProgram, ...] = ()

    @property
    def as_of(self) -> date:
        """The day the plan is made for."""
        return self.dates.as_of

    def letter(self, rotation_id: str) -> Letter:
        """Find the letter of a rotation."""
        return next(letter for letter in self.letters if letter.id == rotation_id)

    def actions_for(self, letter: Letter) -> list[Action]:
        """List the actions for one letter."""
        return [action for action in self.actions if action.rotation == letter.id]

    @property
    def warning_texts(self) -> list[str]:
        """The texts of the warnings; what is the same for several rotations appears once."""
        return list(dict.fromkeys(warning.text for warning in self.warnings))

    @property
    def changed_numbers(self) -> list[tuple[Number, Any]]:
        """The numbers of the rule book that the policy changes, with the user's values."""
        values = ((number, getattr(self.dates.policy, number.name)) for number in policy_numbers.ALL)
        return [(number, value) for number, value in values if value != number.default]

    def to_dict(self) -> dict[str, Any]:
        """Return the document that `plan --json` prints, with `file` null."""
        return plan_document(self, file=None)
