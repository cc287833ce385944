"""How often a feed brings something, learnt from what it brought; and how long its silence may last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp

MEMORY = 14.0  # days after which an item counts 1/e of a fresh one
POLLS_A_GAP = 4  # a feed is asked this often between two of its items
SLOWEST = 24  # times the least interval, which is 6 hours at 15 minutes
# Items a day, and the 99th percentile of the hours between items, measured on 49 feeds of this field.
LONG_GAPS = ((60, 2.3), (20, 7.4), (5, 15.5), (1, 69), (0, 313))
ALARM = 2  # times the long gap: one feed in a hundred passes the long gap every day
WEEKEND = 0.4  # weekends bring 36 to 52 % of what weekdays bring


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """`weight` is the number of items seen, each counting less as it ages; `since` is the oldest moment known."""

    weight: float = 0.0
    at: datetime | None = None
    since: datetime | None = None
    last_new: datetime | None = None

    def after(self, published: Iterable[datetime], now: datetime) -> Rhythm:
        """The rhythm after a poll at `now` that brought new items of these times (none later than `now`)."""
        times = sorted(published)
        faded = self.weight * _fade(now - self.at) if self.at else 0.0
        # Of what was there before the first poll, only the last weeks say something about today.
        fresh = [t for t in times if t > now - timedelta(days=3 * MEMORY)]
        starts = [t for t in (self.since, *fresh[:1]) if t]
        return Rhythm(
            weight=faded + sum(_fade(now - t) for t in fresh),
            at=now,
            since=min(starts, default=now),
            last_new=max((t for t in (self.last_new, *times[-1:]) if t), default=None),
        )

    def items_a_day(self, now: datetime) -> float:
        """The mean of the last weeks; at least a day is looked at, so that one burst says little.

        >>> noon = datetime(2025, 7, 1, 12, tzinfo=UTC)
        >>> daily = Rhythm().after([noon - timedelta(days=d) for d in range(30)], noon)
        >>> round(daily.items_a_day(noon), 1)
        1.0
        """
        if self.since is None or self.at is None:
            return 0.0
        watched = max((now - self.since).total_seconds() / 86_400, 1.0)
        return self.weight * _fade(now - self.at) / (MEMORY * (1 - exp(-watched / MEMORY)))

    def interval(self, least: timedelta, now: datetime) -> timedelta:
        """Time to the next poll: a part of the mean gap between items, within bounds."""
        rate = self.items_a_day(now)
        gap = timedelta(days=1 / rate) if rate > 0.01 else timedelta(days=100)
        return min(max(gap / POLLS_A_GAP, least), least * SLOWEST)

    def is_silent(self, now: datetime) -> bool:
        """Whether nothing new came for much longer than the habit of such a feed; weekends count less."""
        if self.last_new is None or not self.weight:
            return False  # no habit was ever seen
        # The rate as it was when the last item came: silence itself makes the mean fall.
        rate = self.items_a_day(self.last_new if self.last_new > (self.since or now) else now)
        longest = next(hours for items, hours in LONG_GAPS if rate >= items)
        return _working_hours(self.last_new, now) > ALARM * longest


def _fade(age: timedelta) -> float:
    return exp(-age.total_seconds() / 86_400 / MEMORY)


def _working_hours(start: datetime, end: datetime) -> float:
    """Hours between two moments; those of Saturdays and Sundays (UTC) count as part of one."""
    hours, moment = 0.0, start.astimezone(UTC)
    end = min(end, moment + timedelta(days=60))
    while moment < end:
        midnight = (moment + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        step = (min(midnight, end) - moment).total_seconds() / 3600
        hours += step * (WEEKEND if moment.weekday() >= 5 else 1)
        moment = midnight
    return hours
