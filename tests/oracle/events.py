"""What has happened to a letter by a day, in the season of the plan, as the second implementation reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from oracle.days import Row

STAGES = ("asked", "agreed", "requested", "uploaded", "assigned")
"""Each implies those before it."""

PROGRESS = ("planned", "asked", "agreed", "requested", "carried", "uploaded", "assigned")
"""How far a letter can be."""

SINGLE = (*STAGES, "sent", "imported", "declined", "packet", "thanked")


@dataclass(frozen=True, kw_only=True)
class History:
    """The events that count; `upload` is the writer's own, `in_portal` the day it came into this season's portal."""

    status: str
    asked: date | None
    agreed: date | None
    requested: date | None
    sent: date | None
    upload: date | None
    in_portal: date | None
    earlier_request: date | None
    reminded: list[date]
    offered: date | None

    @property
    def is_asked(self) -> bool:
        """Whether the letter was asked for and not declined."""
        return self.status not in {"planned", "declined"}

    @property
    def is_promised(self) -> bool:
        """Agreed, requested or carried."""
        return self.status in {"agreed", "requested", "carried"}

    @property
    def is_secured(self) -> bool:
        """Uploaded or assigned."""
        return self.status in {"uploaded", "assigned"}


def seven_years_before(day: date) -> date:
    """Go back seven years; from 29 February to the 28th."""
    try:
        return day.replace(year=day.year - 7)
    except ValueError:
        return day.replace(year=day.year - 7, day=28)


def is_expired(known: dict[str, date], opens: date) -> bool:
    """Whether the upload is more than seven years old, and neither imported nor assigned in the season."""
    upload = known.get("uploaded", known.get("assigned"))
    if upload is None or upload >= seven_years_before(opens):
        return False
    return not any(name in known and known[name] >= opens for name in ("imported", "assigned"))


def drop_expired(known: dict[str, date]) -> dict[str, date]:
    """Drop the upload, every letter event up to it, and what was done with it since."""
    upload = known.get("uploaded", known.get("assigned"))
    assert upload is not None
    left = {name: day for name, day in known.items() if day > upload}
    return {name: day for name, day in left.items() if name not in {"uploaded", "imported", "assigned"}}


def drop_lapsed(known: dict[str, date], opens: date) -> dict[str, date]:
    """Drop a refusal, and what was asked, agreed or requested without an upload, of more than 730 days before."""
    first = opens - timedelta(days=730)
    lapsing = {"declined"} if "uploaded" in known or "assigned" in known else {"declined", *STAGES[:3]}
    return {name: day for name, day in known.items() if name not in lapsing or day >= first}


def implied(known: dict[str, date]) -> dict[str, date | None]:
    """Give the day of each stage: its own, else that of the next later one."""
    days: dict[str, date | None] = {}
    for place, stage in enumerate(STAGES):
        later = [known[name] for name in STAGES[place:] if name in known]
        days[stage] = later[0] if later else None
    return days


def find_status(days: dict[str, date | None], known: dict[str, date], in_portal: date | None, opens: date) -> str:
    """Declined, else the furthest: what was assigned or requested in another season counts for what it implies."""
    if "declined" in known:
        return "declined"
    if "assigned" in known and known["assigned"] >= opens:
        return "assigned"
    if days["uploaded"]:
        return "uploaded" if in_portal else "carried"
    if days["requested"] and days["requested"] >= opens:
        return "requested"
    return "agreed" if days["agreed"] else "asked" if days["asked"] else "planned"


def read_history(row: Row, letter: Row, as_of: date, opens: date) -> History:
    """Read what is known on a day of a letter, in the season that opens on another."""
    known = {name: letter[name] for name in SINGLE if name in letter and letter[name] <= as_of}
    expired = is_expired(known, opens)
    left = drop_lapsed(drop_expired(known) if expired else known, opens)
    days = implied(left)
    lapsed = expired or set(left) != set(known)
    first = min([day for name in STAGES[:3] if (day := days[name])], default=None)
    reminded = sorted(day for day in letter.get("reminded", []) if day <= as_of)
    if lapsed:
        reminded = [day for day in reminded if first and day >= first]
    arrivals = [left.get("imported"), days["uploaded"], left.get("assigned")]
    in_portal = next((day for day in arrivals if day and day >= opens), None)
    offered, requested, sent = row.get("offered"), days["requested"], left.get("sent")
    heard = offered is not None and opens - timedelta(days=730) <= offered <= as_of
    return History(
        status=find_status(days, left, in_portal, opens),
        asked=days["asked"],
        agreed=days["agreed"],
        requested=requested if requested and requested >= opens else None,
        sent=sent if sent and sent >= opens else None,
        upload=days["uploaded"],
        in_portal=in_portal,
        earlier_request=requested if requested and requested < opens else None,
        reminded=reminded,
        offered=offered if heard else None,
    )
