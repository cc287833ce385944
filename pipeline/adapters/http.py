"""The one place that opens sockets to the outside: aiohttp behind the guard, bounded in size and time, polite."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp.abc import AbstractResolver

from pipeline import __version__
from pipeline.adapters.manners import PACE_SECONDS, PATIENCE_SECONDS, Hosts, Turns
from pipeline.adapters.robots import Robots
from pipeline.adapters.visit import Visit, guarded_socket
from pipeline.ports import Reply, Request

CONCURRENT = 20  # requests under way, and replies that nobody has taken yet
CONNECT_SECONDS = 10
HEADER_BYTES, HEADERS = 32_768, 256  # of one header, and how many


@dataclass(frozen=True, kw_only=True)
class AiohttpClient:
    """Implements the port Http.

    `allowed` are host:port pairs that may be reached though not public; `proxy` is the address of the one proxy that
    everything else goes through. Without `hosts` there is no robots.txt and no pace; `unpaced` pairs have no pace.
    """

    allowed: frozenset[str] = frozenset()
    contact: str = ""
    timeout_seconds: float = 30
    proxy: str = field(default="", repr=False)
    hosts: Hosts | None = None
    unpaced: frozenset[str] = frozenset()
    pace_seconds: float = PACE_SECONDS
    patience_seconds: float = PATIENCE_SECONDS
    resolver: AbstractResolver | None = None

    def get_all(self, requests: Iterable[Request]) -> Iterator[Reply]:
        """Replies as they arrive; an event loop in a thread of its own asks, and never runs far ahead of the caller."""
        wanted = list(requests)
        crawl = _Crawl(self, wanted)
        crawl.start()
        try:
            for _ in wanted:
                yield crawl.next()
        finally:
            crawl.stop()


class _Crawl(threading.Thread):
    """One run of the client: a thread with an event loop that gets every request and puts each reply in a queue."""

    def __init__(self, client: AiohttpClient, wanted: list[Request]) -> None:
        super().__init__(daemon=True)
        self.client = client
        self.wanted = wanted
        self._arrived: queue.SimpleQueue[Reply | BaseException] = queue.SimpleQueue()
        self._ready = threading.Event()

    def next(self) -> Reply:
        """The next reply; what stopped the whole run is raised."""
        reply = self._arrived.get()
        if isinstance(reply, BaseException):
            raise reply
        with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits for room
            self._loop.call_soon_threadsafe(self._room.release)
        return reply

    def stop(self) -> None:
        """End what is under way without waiting for anybody's server."""
        self._ready.wait()
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself
            self._loop.call_soon_threadsafe(self._task.cancel)
        self.join(CONNECT_SECONDS)

    def run(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._task = self._loop.create_task(self._get_all())
        self._ready.set()
        try:
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # handed to the caller's thread, which raises it
            self._arrived.put(error)
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()  # without waiting for a resolver that hangs

    async def _get_all(self) -> None:
        client = self.client
        self._room = asyncio.Semaphore(CONCURRENT)
        async with _session(client) as session, _turns(client) as turns:
            visit = Visit(
                session=session,
                room=self._room,
                allowed=client.allowed,
                unpaced=client.unpaced,
                proxy=client.proxy,
                timeout=client.timeout_seconds,
                turns=turns,
            )
            robots = Robots(turns, visit.robots_txt) if turns else None
            async with asyncio.TaskGroup() as group:
                for request in self.wanted:
                    group.create_task(self._one(visit, robots, request))

    async def _one(self, visit: Visit, robots: Robots | None, request: Request) -> None:
        self._arrived.put(await visit.get(request, robots))


@asynccontextmanager
async def _turns(client: AiohttpClient) -> AsyncIterator[Turns | None]:
    if client.hosts is None:
        yield None
        return
    turns = Turns(
        client.hosts,
        pace=client.pace_seconds,
        patience=client.patience_seconds,
        longest=2 * client.timeout_seconds,
    )
    try:
        yield turns
    finally:
        turns.close()


def _session(client: AiohttpClient) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, socket_factory=guarded_socket, resolver=client.resolver),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"Policywire/{__version__} (+{client.contact})", "Accept-Encoding": "gzip, deflate"},
        timeout=aiohttp.ClientTimeout(total=client.timeout_seconds, connect=CONNECT_SECONDS),
        auto_decompress=False,
        trust_env=False,
        max_line_size=HEADER_BYTES,
        max_field_size=HEADER_BYTES,
        max_headers=HEADERS,
    )
