"""What was decided: a plan as frozen values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from lorplan.dates.eras_seasons import season_fields

if TYPE_CHECKING:
    from datetime import date

    from lorplan.dates.eras_seasons import Season
    from lorplan.planfile.models import Rotation
    from lorplan.rules.letter_history import Record, Status

FORMAT_VERSION = "1.0"
"""Of every JSON document: fields may be added within a major version, never removed or renamed."""

Verdict = Literal["ask", "reserve", "hold", "skip", "keep"]
Strength = Literal["strong", "weak"]
State = Literal["overdue", "due", "upcoming"]
Channel = Literal["in-person", "video", "email", "portal", "self"]
Side = Literal["for", "against", "unknown"]
Kind = Literal[
    "feedback", "rate", "book", "ask", "follow-up", "packet", "request", "remind", "backup", "thank", "assign"
]


class Reason(NamedTuple):
    """What one rule has to say about one letter."""

    rule: str
    text: str
    side: Side

    def to_dict(self) -> dict[str, str]:
        """The reason as `plan --json` prints it."""
        return {"rule": self.rule, "text": self.text}


class Decision(NamedTuple):
    """The comparison that a letter lost: the rule that told the two apart, and the id of the better letter."""

    rule: str
    than: str

    def to_dict(self) -> dict[str, str]:
        """The decision as `plan --json` prints it."""
        return {"rule": self.rule, "than": self.than}


class Ranking(NamedTuple):
    """What is reckoned for a letter that stays in the running, but not for one that is skipped.

    `opens`, `ask_on` and `closes` are the days for asking, `arrives_by` the day it can be relied on.
    """

    rank: int
    strength: Strength
    fresh: bool
    opens: date
    ask_on: date
    closes: date
    arrives_by: date
    on_time: bool
    pick: bool
    tentative: bool
    tight: bool
    silent: bool


class Letter(NamedTuple):
    """One rotation's letter and what to do about it; `ranking` is None where it is skipped."""

    id: str
    rotation: Rotation
    record: Record
    verdict: Verdict
    ranking: Ranking | None
    reasons: tuple[Reason, ...]
    decided_by: Decision | None
    would_change: tuple[str, ...]

    @property
    def attending(self) -> str:
        """The attending's name as typed."""
        return self.rotation.attending.name

    @property
    def status(self) -> Status:
        """How far the letter is."""
        return self.record.status

    @property
    def to_be_asked(self) -> bool:
        """Whether the attending is to be asked, now or if a place is left."""
        return self.verdict in {"ask", "reserve"}

    @property
    def reason(self) -> Reason:
        """The one reason that decided the verdict."""
        return self.reasons[0]

    def to_dict(self) -> dict[str, Any]:
        """The letter as `plan --json` prints it."""
        rotation, ranking = self.rotation, self.ranking
        return {
            "id": self.id,
            "attending": self.attending,
            "hospital": rotation.hospital,
            "specialty": rotation.specialty,
            "start": rotation.start.isoformat(),
            "last_day": rotation.final_day.isoformat(),
            "status": self.status,
            "verdict": self.verdict,
            "pick": bool(ranking and ranking.pick),
            "rank": ranking.rank if ranking else None,
            "strength": ranking.strength if ranking else None,
            "tentative": bool(ranking and ranking.tentative),
            "tight": bool(ranking and ranking.tight),
            "silent": bool(ranking and ranking.silent),
            "fresh": ranking.fresh if ranking else None,
            "opens": ranking.opens.isoformat() if ranking else None,
            "ask_on": ranking.ask_on.isoformat() if ranking else None,
            "closes": ranking.closes.isoformat() if ranking else None,
            "arrives_by": ranking.arrives_by.isoformat() if ranking else None,
            "on_time": ranking.on_time if ranking else None,
            "reasons": [reason.to_dict() for reason in self.reasons],
            "decided_by": self.decided_by.to_dict() if self.decided_by else None,
            "would_change": list(self.would_change),
        }


class Action(NamedTuple):
    """One thing to do: due from `on`, late after `until`; `conditional` while it may still turn out needless."""

    id: str
    kind: Kind
    rotation: str
    attending: str
    on: date
    until: date
    state: State
    channel: Channel
    conditional: bool
    title: str
    rules: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The action as `plan --json` prints it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "rotation": self.rotation,
            "attending": self.attending,
            "on": self.on.isoformat(),
            "until": self.until.isoformat(),
            "state": self.state,
            "channel": self.channel,
            "conditional": self.conditional,
            "title": self.title,
            "rules": list(self.rules),
        }


class Counts(NamedTuple):
    """Letters by how far they are: planned (not asked yet), asked, promised, secured."""

    planned: int
    asked: int
    promised: int
    secured: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.planned + self.asked + self.promised + self.secured


class Coverage(NamedTuple):
    """What one target has; `letters` are the ids of the set for its programs. Without targets it is one set."""

    target: str | None
    needed: int
    counts: Counts
    letters: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The coverage as `plan --json` prints it."""
        return {
            "target": self.target,
            "needed": self.needed,
            "planned": self.counts.planned,
            "asked": self.counts.asked,
            "promised": self.counts.promised,
            "secured": self.counts.secured,
            "letters": list(self.letters),
        }


class Caution(NamedTuple):
    """Something the user should know or mend; `rotation` and `target` where it concerns one."""

    code: str
    rotation: str | None
    target: str | None
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The warning as `plan --json` prints it."""
        return {"code": self.code, "rotation": self.rotation, "target": self.target, "text": self.text}


class Overridden(NamedTuple):
    """A number of the rule book that the plan file's policy changes."""

    name: str
    value: str
    default: str
    rule: str


class Plan(NamedTuple):
    """Whom to ask, when, and what to do, as of one day."""

    as_of: date
    applicant: str | None
    email: str | None
    season: Season
    guessed: bool
    deadline: date
    needed_by: date
    latest_ask: date
    wanted: int
    forecast: Counts
    letters: tuple[Letter, ...]
    actions: tuple[Action, ...]
    coverage: tuple[Coverage, ...]
    warnings: tuple[Caution, ...]
    overridden: tuple[Overridden, ...]

    @property
    def cautions(self) -> list[str]:
        """The texts of the warnings; what holds for several rotations in the same words is told once."""
        return list(dict.fromkeys(warning.text for warning in self.warnings))

    def to_dict(self) -> dict[str, Any]:
        """The document that `plan --json` prints, with `file` null."""
        forecast = self.forecast
        return {
            "format_version": FORMAT_VERSION,
            "kind": "plan",
            "as_of": self.as_of.isoformat(),
            "file": None,
            "applicant": {"name": self.applicant, "email": self.email},
            "season": season_fields(self.season, guessed=self.guessed),
            "deadline": self.deadline.isoformat(),
            "needed_by": self.needed_by.isoformat(),
            "latest_ask": self.latest_ask.isoformat(),
            "wanted": self.wanted,
            "forecast": {
                "secured": forecast.secured,
                "promised": forecast.promised,
                "asked": forecast.asked,
                "planned": forecast.planned,
            },
            "letters": [letter.to_dict() for letter in self.letters],
            "actions": [action.to_dict() for action in self.actions],
            "coverage": [coverage.to_dict() for coverage in self.coverage],
            "warnings": [warning.to_dict() for warning in self.warnings],
        }
