"""A set of calendar days, stored as the bits of one integer.

On-site days, days away and holidays are united, subtracted and counted for every rotation, and a range may be a
century long. An integer's bits do all of that without visiting each day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class DaySet:
    """The days whose bit is set; bit 0 of `bits` stands for the day `origin`."""

    origin: date
    bits: int = 0

    @classmethod
    def between(cls, first: date, last: date) -> DaySet:
        """Every day from `first` to `last`, both included; empty when `last` is earlier."""
        return cls(first, (1 << max(0, (last - first).days + 1)) - 1)

    @classmethod
    def on_weekdays(cls, first: date, last: date, weekdays: Iterable[int]) -> DaySet:
        """Every day from `first` to `last` on one of `weekdays` (0 is Monday)."""
        length = max(0, (last - first).days + 1)
        week = sum(1 << (weekday - first.weekday()) % 7 for weekday in set(weekdays))
        return cls(first, _repeated(week, length))

    @classmethod
    def of(cls, days: Iterable[date], origin: date) -> DaySet:
        """Make a set of the given days, without those before `origin`."""
        bits = 0
        for day in days:
            if day >= origin:
                bits |= 1 << (day - origin).days
        return cls(origin, bits)

    def _aligned(self, other: DaySet) -> int:
        """Shift the bits of another set to this set's origin; days before it are dropped."""
        shift = (other.origin - self.origin).days
        return other.bits << shift if shift >= 0 else other.bits >> -shift

    def __or__(self, other: DaySet) -> DaySet:
        early, late = (self, other) if self.origin <= other.origin else (other, self)
        return DaySet(early.origin, early.bits | early._aligned(late))

    def __and__(self, other: DaySet) -> DaySet:
        return DaySet(self.origin, self.bits & self._aligned(other))

    def __sub__(self, other: DaySet) -> DaySet:
        return DaySet(self.origin, self.bits & ~self._aligned(other))

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __iter__(self) -> Iterator[date]:
        rest = self.bits
        while rest:
            lowest = rest & -rest
            yield self._day(lowest.bit_length() - 1)
            rest ^= lowest

    def __contains__(self, day: date) -> bool:
        position = (day - self.origin).days
        return position >= 0 and bool(self.bits >> position & 1)

    def _day(self, position: int) -> date:
        return self.origin + timedelta(position)

    @property
    def first(self) -> date:
        """The earliest day. Raises ValueError for an empty set."""
        self._need_days()
        return self._day((self.bits & -self.bits).bit_length() - 1)

    @property
    def last(self) -> date:
        """The latest day. Raises ValueError for an empty set."""
        self._need_days()
        return self._day(self.bits.bit_length() - 1)

    def _need_days(self) -> None:
        if not self.bits:
            message = "an empty set of days has no first and no last"
            raise ValueError(message)

    def until(self, day: date) -> DaySet:
        """Keep the days on or before `day`."""
        keep = max(0, (day - self.origin).days + 1)
        if keep >= self.bits.bit_length():
            return self
        return DaySet(self.origin, self.bits & ((1 << keep) - 1))

    def since(self, day: date) -> DaySet:
        """Keep the days on or after `day`."""
        drop = max(0, (day - self.origin).days)
        return DaySet(self.origin, self.bits >> drop << drop)

    def before(self, day: date, count: int = 1) -> date | None:
        """Find the `count`-th day strictly before `day`, counted backwards; None if there is none."""
        earlier = self.until(day - timedelta(1))
        n = len(earlier) - count + 1
        return earlier.nth(n) if n >= 1 else None

    def after(self, day: date, count: int) -> date:
        """Find the `count`-th day strictly after `day`, or the last day of the set if there are fewer."""
        later = self.since(day + timedelta(1))
        return later.nth(min(count, len(later))) if later.bits else self.last

    def nth(self, n: int) -> date:
        """Find the `n`-th day, counted from 1, by bisection. Raises ValueError if there is none."""
        if not 1 <= n <= len(self):
            message = f"no day number {n} in a set of {len(self)}"
            raise ValueError(message)
        low, high = n - 1, self.bits.bit_length()
        while low < high:
            middle = (low + high) // 2
            if (self.bits & ((1 << middle + 1) - 1)).bit_count() < n:
                low = middle + 1
            else:
                high = middle
        return self._day(low)


def _repeated(week: int, length: int) -> int:
    """Repeat the seven-bit pattern `week` over `length` bits, by doubling."""
    bits, filled = week, 7
    while filled < length:
        bits |= bits << filled
        filled *= 2
    return bits & ((1 << length) - 1)
