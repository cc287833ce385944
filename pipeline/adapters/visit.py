"""One request from the first hop to the last: checked, allowed by robots.txt, in turn, and never without end."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import aiohttp

from pipeline.adapters.guard import Target, check_address, check_url, redirected
from pipeline.adapters.manners import Turn, Turns
from pipeline.adapters.robots import LIMIT as ROBOTS_LIMIT
from pipeline.adapters.robots import Robots
from pipeline.adapters.unfold import Unfolder
from pipeline.domain.state import State
from pipeline.domain.wait import asked_pause
from pipeline.errors import FetchError
from pipeline.ports import Reply, Request

REDIRECTS = 5
REDIRECTING = frozenset({301, 302, 303, 307, 308})
CHUNK = 65_536


@dataclass(slots=True)
class Hop:
    """The connection that this task is about to make; the socket factory says here what it refused."""

    target: Target
    proxied: bool
    refused: str = ""


HOP: ContextVar[Hop] = ContextVar("hop")


def guarded_socket(info: aiohttp.AddrInfoType) -> socket.socket:
    """Called with the very address about to be connected to: for names, literals and redirects alike."""
    family, kind, protocol, _, address = info
    hop = HOP.get()
    if not (hop.target.allowed or hop.proxied):
        try:
            check_address(str(address[0]))
        except FetchError as error:
            hop.refused = error.reason
            raise OSError(error.reason) from error  # the next address of the name may be a public one
    return socket.socket(family=family, type=kind, proto=protocol)


class Place:
    """A place among the requests under way; whoever takes the reply gives it back."""

    def __init__(self, room: asyncio.Semaphore) -> None:
        self._room = room
        self._held = False

    async def take(self) -> None:
        if not self._held:
            await self._room.acquire()
            self._held = True

    def leave(self) -> None:
        if self._held:
            self._room.release()
            self._held = False


@dataclass(slots=True)
class Trip:
    """What one request has behind it."""

    request: Request
    place: Place
    seconds: float  # what is left of its time; waiting for a turn does not count
    hops: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """How the requests of one run are made."""

    session: aiohttp.ClientSession
    room: asyncio.Semaphore
    allowed: frozenset[str]
    unpaced: frozenset[str]
    proxy: str
    timeout: float
    turns: Turns | None

    async def get(self, request: Request, robots: Robots | None) -> Reply:
        """The reply, whatever happens; it holds a place in the room."""
        place = Place(self.room)
        reply = await self._reply(Trip(request, place, self.timeout), robots)
        await place.take()
        return reply

    async def robots_txt(self, url: str) -> Reply:
        """A robots.txt, cut at its limit; nobody is asked whether it may be read."""
        place = Place(self.room)
        try:
            return await self._reply(Trip(Request(url=url, limit=ROBOTS_LIMIT), place, self.timeout), None, cut=True)
        finally:
            place.leave()

    async def _reply(self, trip: Trip, robots: Robots | None, *, cut: bool = False) -> Reply:
        try:
            return await self._follow(trip, robots, cut=cut)
        except FetchError as error:
            return replace(_failure(trip, State(error.state), error.reason), status=error.status)
        except Exception as error:  # whatever a server provokes costs this one request
            return _failure(trip, *_explained(error, self.timeout))

    async def _follow(self, trip: Trip, robots: Robots | None, *, cut: bool) -> Reply:
        url = trip.request.url
        for _ in range(REDIRECTS + 1):
            target = check_url(url, self.allowed)
            delay = await robots.check(target.url) if robots else 0.0
            async with self._turn(target, delay) as turn:
                await trip.place.take()
                async with self._answer(trip, target) as answer:
                    turn.lengthen(_pause(answer))
                    if answer.status not in REDIRECTING or "Location" not in answer.headers:
                        return await _read(trip, target.url, answer, cut=cut)
                    url = redirected(target.url, answer.headers["Location"])
                    trip.hops.append((answer.status, url))
            trip.place.leave()
        raise FetchError(State.HTTP_ERROR, f"more than {REDIRECTS} redirects")

    @asynccontextmanager
    async def _turn(self, target: Target, delay: float) -> AsyncIterator[Turn]:
        if self.turns is None or target.pair in self.unpaced:
            yield Turn(0.0)
            return
        async with self.turns.turn(target.host, delay) as turn:
            yield turn

    @asynccontextmanager
    async def _answer(self, trip: Trip, target: Target) -> AsyncIterator[aiohttp.ClientResponse]:
        """Ask; the block that reads the answer has no more than the rest of the request's time."""
        proxy = self.proxy if self.proxy and not target.allowed else None
        hop, start = Hop(target, bool(proxy)), time.monotonic()
        token = HOP.set(hop)
        try:
            async with asyncio.timeout(trip.seconds):
                headers = _conditions(trip.request, target.url)
                async with self.session.get(target.url, headers=headers, allow_redirects=False, proxy=proxy) as answer:
                    yield answer
        except OSError as error:
            if hop.refused:
                raise FetchError(State.BLOCKED, hop.refused) from error
            raise
        finally:
            trip.seconds -= time.monotonic() - start
            HOP.reset(token)


def _headers(answer: aiohttp.ClientResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}


def _pause(answer: aiohttp.ClientResponse) -> float:
    return asked_pause(answer.status, _headers(answer), datetime.now(UTC)).total_seconds()


async def _read(trip: Trip, url: str, answer: aiohttp.ClientResponse, *, cut: bool) -> Reply:
    asked, status = bool(_conditions(trip.request, url)), answer.status
    head = Reply(request=trip.request, url=url, status=status, headers=_headers(answer), hops=tuple(trip.hops))
    if status == 304 and asked:
        return replace(head, state=State.UNCHANGED)
    if not 200 <= status < 300 or status == 206:
        why = {304: " to a request without conditions", 206: " to a request for the whole"}.get(status, "")
        return replace(head, state=State.HTTP_ERROR, error=f"HTTP {status}{why}")
    return replace(head, body=await _body(answer, trip.request.limit, cut=cut))


async def _body(answer: aiohttp.ClientResponse, limit: int, *, cut: bool) -> bytes:
    """The unfolded body, never holding more than `limit` bytes of it; `cut` gives that much of a longer one."""
    unfolder = Unfolder(answer.headers.get("Content-Encoding", "").strip().lower(), limit)
    try:
        async for piece in answer.content.iter_chunked(CHUNK):
            unfolder.take(piece)
    except FetchError as error:
        if cut and error.state == State.TOO_LARGE:
            return unfolder.so_far()
        raise
    return unfolder.whole()


def _conditions(request: Request, url: str) -> dict[str, str]:
    """Validators go back byte for byte, and only to the address that gave them."""
    if url != (request.validated_url or request.url):
        return {}
    given = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in given.items() if value}


def _failure(trip: Trip, state: State, reason: str) -> Reply:
    url = trip.hops[-1][1] if trip.hops else trip.request.url
    return Reply(request=trip.request, url=url, state=state, error=reason, hops=tuple(trip.hops))


def _explained(error: Exception, seconds: float) -> tuple[State, str]:
    """State and one line that an operator can act on."""
    cause = error.__cause__
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return State.TIMEOUT, "the server does not take the connection"
    if isinstance(error, TimeoutError):
        return State.TIMEOUT, f"no whole answer in {seconds:g} s"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        reason = getattr(error.certificate_error, "verify_message", "") or str(error.certificate_error)
        return State.NETWORK_ERROR, f"the certificate is not valid: {reason}"[:200]
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return State.NETWORK_ERROR, "the host's name cannot be resolved"
    if isinstance(error, aiohttp.ClientPayloadError):
        return State.NETWORK_ERROR, "the answer broke off before its end"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return State.NETWORK_ERROR, "the server hung up without an answer"
    if isinstance(cause, ssl.SSLError):
        return State.NETWORK_ERROR, f"no safe connection: {cause.reason or cause}"[:200]
    return State.NETWORK_ERROR, " ".join(f"{type(error).__name__}: {error}".split())[:200]
