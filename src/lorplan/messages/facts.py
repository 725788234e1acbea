"""What the templates of messages can use: texts, dates, and None for what the plan file does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lorplan.reference.attending_names import form_of_address
from lorplan.reference.specialties import canonical, is_year
from lorplan.reference.targets import service_of
from lorplan.rules.who import SENIOR_ROLES
from lorplan.text.templates import date_in_words
from lorplan.text.wording import WEEKDAY_NAMES, in_words

if TYPE_CHECKING:
    from datetime import date

    from lorplan.plan.model import Letter, Plan
    from lorplan.rules.letter_history import LetterHistory

_PORTALS: Final = {"ERAS": "the ERAS letter portal"}
"""What a writer knows the portal of a service as; that of any other bears the service's name."""

_PLACEMENTS: Final = {
    "hands-on": "rotation",
    "observership": "observership",
    "telehealth": "telehealth rotation",
    "research": "research",
}
_TIMES: Final = ("never", "once", "twice")

_WEEKS_FROM: Final = 11
"""Calendar days from which a rotation is spoken of as weeks: from Monday to the Friday of the week after."""

_ABOUT_HALFWAY: Final = (0.35, 0.65)
"""The share of the on-site days that are over when one says "about halfway"."""

_LONG_AGO: Final = 180
"""Calendar days after which a writer has to be told again who writes."""


def message_facts(plan: Plan, letter: Letter, as_of: date | None = None) -> dict[str, Any]:
    """Collect the facts for a message that is sent on a day; on the plan's, unless another is given."""
    as_of = as_of or plan.as_of
    return {
        "as_of": as_of,
        **_applicant_facts(plan, letter),
        **_season_facts(plan, as_of),
        **_rotation_facts(letter, as_of),
        **_history_facts(letter, as_of),
    }


def _applicant_facts(plan: Plan, letter: Letter) -> dict[str, Any]:
    applicant, target = plan.applicant, find_target(plan, letter)
    service = service_of(target or "")
    return {
        "name": applicant.name,
        "email": applicant.email,
        "phone": applicant.phone,
        "fields": target,
        "aim": _describe_aim(target) if target else None,
        "portal": _PORTALS.get(service, f"the {service} portal"),
    }


def find_target(plan: Plan, letter: Letter) -> str | None:
    """Find the target that a letter is for: the one it was picked for, else the first it counts for or may go to."""
    if letter.purpose:
        return letter.purpose
    own = letter.candidate.targets or letter.candidate.may_go_to
    return plan.dates.targets[own[0]].specialty if own else None


def _describe_aim(target: str) -> str:
    """Say what one applies for: a residency, or a year before one."""
    if not is_year(target):
        return f"residency in {target}"
    return f"a {canonical(target).removesuffix(' year')} year"


# --- the season ---------------------------------------------------------------------------------------------


def _season_facts(plan: Plan, as_of: date) -> dict[str, Any]:
    dates = plan.dates
    needed = _day_in_words(dates.needed_by, as_of, estimated=dates.is_estimated)
    token_estimated = dates.season.estimated and plan.applicant.token is None
    return {
        "season_year": dates.season.year,
        "portal_opens": dates.portal_from,
        "portal_day": _day_in_words(dates.portal_from, as_of, estimated=token_estimated),
        "needed_by": dates.needed_by,
        "needed": needed,
        "due": needed if dates.is_estimated else f"by {needed}",
        "was_due": needed if dates.is_estimated else f"on {needed}",
        "deadline": dates.deadline,
        "review_begins": ("" if dates.is_estimated else "on ")
        + _day_in_words(dates.deadline, as_of, estimated=dates.is_estimated),
        "match_day": dates.season.match_day,
    }


def _day_in_words(day: date, as_of: date, *, estimated: bool) -> str:
    """Write a day as a letter does: an estimated one as about that day, a known one with its weekday."""
    words = date_in_words(day, as_of)
    return f"around {words}" if estimated else f"{WEEKDAY_NAMES[day.weekday()]}, {words}"


# --- the rotation -------------------------------------------------------------------------------------------


def _rotation_facts(letter: Letter, as_of: date) -> dict[str, Any]:
    rotation, on_site = letter.rotation, letter.candidate.on_site
    share = len(on_site.until(as_of)) / len(on_site)
    return {
        "doctor": form_of_address(letter.attending),
        "attending_email": rotation.attending.email,
        "role": rotation.attending.role,
        "is_senior": rotation.attending.role in SENIOR_ROLES,
        "specialty": rotation.specialty,
        "experience": rotation.experience,
        "placement": _PLACEMENTS[rotation.experience],
        "is_research": rotation.experience == "research",
        "hospital": rotation.hospital,
        "first_day": on_site.first,
        "last_day": on_site.last,
        "period": _period(on_site.first, on_site.last, as_of),
        "span": _span((on_site.last - on_site.first).days + 1),
        "halfway": _ABOUT_HALFWAY[0] <= share <= _ABOUT_HALFWAY[1],
        "early": share < _ABOUT_HALFWAY[0],
    }


def _span(days: int) -> str:
    """Name the length of a rotation of so many calendar days."""
    return "day" if days == 1 else "days" if days < _WEEKS_FROM else "weeks"


def _period(first: date, last: date, as_of: date) -> str:
    """Write a period, with the year only once if both days have the same."""
    if first == last:
        return date_in_words(last, as_of)
    begin = f"{first:%B} {first.day}" if first.year == last.year else date_in_words(first, as_of)
    return f"{begin} to {date_in_words(last, as_of)}"


# --- the letter ---------------------------------------------------------------------------------------------


def _history_facts(letter: Letter, as_of: date) -> dict[str, Any]:
    history, window = letter.history, letter.window
    return {
        "ask_on": None if letter.is_skipped else window.ask_on,
        "hurry": letter.is_tight or (letter.is_late and not letter.candidate.is_asked),
        "long_ago": (as_of - letter.candidate.last_day).days > _LONG_AGO,
        "standardized": letter.rotation.standardized,
        "offered": history.offered,
        "asked": history.asked,
        "agreed": history.agreed,
        "requested": history.requested,
        "reminded": history.last_reminder,
        "reminders": len(set(history.reminders)),
        "times_reminded": _times(len(set(history.reminders))),
        "reminders_since_request": _count_since(history, history.requested),
        "reminders_since_sent": _count_since(history, history.sent),
        "sent": history.sent,
        "uploaded": history.uploaded,
    }


def _times(number: int) -> str:
    """Write how often: "never", "once", "twice", "three times"."""
    return _TIMES[number] if number < len(_TIMES) else f"{in_words(number)} times"


def _count_since(history: LetterHistory, day: date | None) -> int:
    """Count the days since an event on which the writer was reminded; 0 if it has not happened."""
    return len(history.reminders_since(day)) if day else 0
