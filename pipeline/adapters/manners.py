"""Turns at a host: one request at a time, some seconds apart, agreed on through the database by every process."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

from pipeline.domain.state import State
from pipeline.errors import FetchError

PACE_SECONDS = 2.0
PATIENCE_SECONDS = 120.0  # how long one run waits for one host; what is left is asked next time
LONGEST_PAUSE = 3600.0  # seconds that a refused request closes its host for; the page itself may wait longer
T = TypeVar("T")


class Hosts(Protocol):
    """What all processes know of a host: when it may be asked next, and its robots.txt."""

    def take_turn(self, host: str, now: datetime, until: datetime) -> datetime | None:
        """Hold the host until `until`; None when it was free, else when it will be."""
        ...

    def end_turn(self, host: str, free_at: datetime) -> None: ...
    def robots(self, origin: str) -> tuple[str, str, datetime] | None:
        """Verdict, text and end of validity of an origin's robots.txt."""
        ...

    def save_robots(self, origin: str, verdict: str, text: str, expires: datetime) -> None: ...


@dataclass(slots=True)
class Turn:
    """One request's turn; `seconds` is the time that the host is left alone afterwards."""

    seconds: float

    def lengthen(self, seconds: float) -> None:
        """The host wants a longer pause; one server's wish does not close a host for days."""
        self.seconds = max(self.seconds, min(seconds, LONGEST_PAUSE))


class Turns:
    """The turns of one run. Made inside its event loop; the database is asked in a thread of its own."""

    def __init__(self, hosts: Hosts, *, pace: float, patience: float, longest: float) -> None:
        self.pace = pace
        self.hosts = hosts
        self._patience = patience
        self._longest = longest  # seconds; a process that dies with a turn in hand blocks its host no longer
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._since: dict[str, float] = {}
        self._thread = ThreadPoolExecutor(1, "hosts")

    @asynccontextmanager
    async def turn(self, host: str, delay: float) -> AsyncIterator[Turn]:
        """Wait for the host, hold it, and leave it free after `delay` seconds at least. Raises FetchError (not-now)."""
        turn = Turn(max(self.pace, delay))
        async with self._locks[host]:
            self._since.setdefault(host, time.monotonic())
            while (wait := await self._take(host)) > 0:
                if time.monotonic() + wait > self._since[host] + self._patience:
                    long = f"wants to be left alone for {wait:.0f} s more"
                    why = long if wait > self._longest else "has more requests than one run may send it"
                    raise FetchError(State.NOT_NOW, f"{host} {why}")
                await asyncio.sleep(min(wait, max(self.pace, 0.01)))
            try:
                yield turn
            finally:
                free_at = datetime.now(UTC) + timedelta(seconds=turn.seconds)
                await self.ask(lambda: self.hosts.end_turn(host, free_at))

    async def ask(self, question: Callable[[], T]) -> T:
        """Ask the database without holding up the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)

    def close(self) -> None:
        self._thread.shutdown(wait=False)

    async def _take(self, host: str) -> float:
        """Seconds until the host is free; 0 when it was, and is ours now."""
        now = datetime.now(UTC)
        free_at = await self.ask(lambda: self.hosts.take_turn(host, now, now + timedelta(seconds=self._longest)))
        return max((free_at - now).total_seconds(), 0.001) if free_at else 0.0
