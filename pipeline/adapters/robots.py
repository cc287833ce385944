"""What a site's robots.txt lets us ask for, kept for a day in the database (RFC 9309)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from pipeline.adapters.manners import Turns
from pipeline.domain.state import State
from pipeline.errors import FetchError
from pipeline.ports import Reply

NAME = "Policywire"  # the word that a robots.txt may address us by
LIMIT = 500 * 1024  # bytes; what follows is not read
KEPT = timedelta(days=1)
LONGEST_DELAY = 86_400.0  # seconds; a Crawl-delay of 1e300 is no date of any calendar
UNREACHABLE_KEPT = timedelta(minutes=15)
# A rule becomes a regular expression: long ones with many stars would cost minutes.
LINES, LINE_LENGTH, STARS = 10_000, 500, 8


@dataclass(frozen=True, slots=True)
class Rules:
    """What an origin allows: what is `parsed`, all without it, nothing where it could not be asked.

    `refusal` then has what every request ends in: state, reason, and the HTTP status behind it.
    """

    expires: datetime
    parsed: Protego | None = None
    refusal: tuple[State, str, int] | None = None

    def check(self, url: str) -> float:
        """Seconds to leave between requests. Raises FetchError (disallowed, not-now, or why nobody answered)."""
        if self.refusal:
            raise FetchError(*self.refusal)
        if self.parsed is None:
            return 0.0
        if not self.parsed.can_fetch(url, NAME):
            raise FetchError(State.DISALLOWED, "robots.txt does not let this address be fetched")
        delay = float(self.parsed.crawl_delay(NAME) or 0)
        return min(delay, LONGEST_DELAY) if delay > 0 else 0.0


class Robots:
    """The rules of every origin that one run meets; each is fetched once."""

    def __init__(self, turns: Turns, fetch: Callable[[str], Awaitable[Reply]]) -> None:
        self._hosts = turns.hosts
        self._turns = turns
        self._fetch = fetch
        self._known: dict[str, Rules] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, url: str) -> float:
        """Seconds to leave between requests to this host. Raises FetchError."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._locks[origin]:
            if origin not in self._known or self._known[origin].expires <= datetime.now(UTC):
                self._known[origin] = await self._stored(origin) or await self._asked(origin)
        return self._known[origin].check(url)

    async def _stored(self, origin: str) -> Rules | None:
        kept = await self._turns.ask(lambda: self._hosts.robots(origin))
        return _rules(*kept) if kept and kept[2] > datetime.now(UTC) else None

    async def _asked(self, origin: str) -> Rules:
        reply = await self._fetch(f"{origin}/robots.txt")
        soon = datetime.now(UTC) + UNREACHABLE_KEPT
        if reply.state not in {State.OK, State.HTTP_ERROR}:  # no answer: the pages would get none either
            return Rules(soon, refusal=(reply.state, reply.error, reply.status))
        verdict, text = read(reply)
        expires = soon if verdict == "closed" else datetime.now(UTC) + KEPT
        await self._turns.ask(lambda: self._hosts.save_robots(origin, verdict, text, expires))
        return _rules(verdict, text, expires)


def read(reply: Reply) -> tuple[str, str]:
    """Verdict (rules, open, closed) and text of a reply: no file means no rules, a server in trouble means not now.

    The text of what is closed is the HTTP status.
    """
    if reply.state is State.OK and 200 <= reply.status < 300:
        lines = reply.body.decode("utf-8", "replace").replace("\0", "").splitlines()[:LINES]
        return "rules", "\n".join(x for x in lines if len(x) <= LINE_LENGTH and x.count("*") <= STARS)
    gone = reply.state is State.HTTP_ERROR and reply.status < 500 and reply.status != 429
    return ("open", "") if gone else ("closed", str(reply.status))


def _rules(verdict: str, text: str, expires: datetime) -> Rules:
    if verdict == "closed":
        status = int(text or 503)  # rows of older releases have none
        reason = f"robots.txt cannot be read at the moment (HTTP {status})"
        return Rules(expires, refusal=(State.NOT_NOW, reason, status))
    return Rules(expires, Protego.parse(text) if verdict == "rules" else None)
