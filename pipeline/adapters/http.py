"""The one place that opens sockets to the outside: aiohttp behind the network guard, bounded in size and time."""

from __future__ import annotations

import asyncio
import queue
import socket
import threading
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

import aiohttp

from pipeline import __version__
from pipeline.adapters.guard import check_address, check_url
from pipeline.domain.state import State
from pipeline.errors import FetchError
from pipeline.ports import Reply, Request

REDIRECTS = 5
CONCURRENT = 20
PER_HOST = 2
CHUNK = 65_536
_END = object()


class AiohttpClient:
    """Implements the port Http. `allowed` are host:port pairs that may be reached though not public."""

    def __init__(
        self, *, allowed: frozenset[str] = frozenset(), contact: str = "", timeout_seconds: float = 30
    ) -> None:
        self._allowed = allowed
        self._timeout = timeout_seconds
        self._agent = f"Policywire/{__version__} (+{contact})"

    def get_all(self, requests: Iterable[Request]) -> Iterator[Reply]:
        """Replies as they arrive; an event loop in a thread of its own asks, a bounded queue hands over."""
        wanted = list(requests)
        replies: queue.Queue[object] = queue.Queue(maxsize=CONCURRENT * 2)
        stop = threading.Event()
        thread = threading.Thread(target=lambda: asyncio.run(self._work(wanted, replies, stop)), daemon=True)
        thread.start()
        try:
            while (reply := replies.get()) is not _END:
                if isinstance(reply, BaseException):
                    raise reply
                assert isinstance(reply, Reply)  # noqa: S101 -- nothing else is put there
                yield reply
        finally:
            stop.set()
            while thread.is_alive():
                with_room(replies)
                thread.join(0.02)

    async def _work(self, requests: list[Request], replies: queue.Queue[object], stop: threading.Event) -> None:
        try:
            hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(PER_HOST))
            room = asyncio.Semaphore(CONCURRENT)
            async with self._session() as session:

                async def one(request: Request) -> None:
                    async with hosts[_host(request.url)], room:
                        if not stop.is_set():
                            reply = await self._get(session, request)
                            await asyncio.to_thread(replies.put, reply)

                async with asyncio.TaskGroup() as group:
                    for request in requests:
                        group.create_task(one(request))
        except BaseException as error:  # handed to the caller's thread, which raises it
            replies.put(error)
        replies.put(_END)

    def _session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONCURRENT, socket_factory=self._socket),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate"},
            timeout=aiohttp.ClientTimeout(total=self._timeout, connect=10),
            auto_decompress=False,
            trust_env=False,
        )

    def _socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        """Called with the very address about to be connected to: for names, literals and redirects alike."""
        family, kind, protocol, _, address = info
        check_address(str(address[0]), int(address[1]), self._allowed)
        return socket.socket(family=family, type=kind, proto=protocol)

    async def _get(self, session: aiohttp.ClientSession, request: Request) -> Reply:
        try:
            async with asyncio.timeout(self._timeout):
                return await self._follow(session, request)
        except FetchError as error:
            return _failure(request, State(error.state), error.reason)
        except TimeoutError:
            return _failure(request, State.TIMEOUT, f"no whole answer in {self._timeout:g} s")
        except (aiohttp.ClientError, OSError, ValueError, zlib.error) as error:
            cause = error.__cause__ or error.__context__
            if isinstance(cause, FetchError):
                return _failure(request, State(cause.state), cause.reason)
            return _failure(request, State.NETWORK_ERROR, f"{type(error).__name__}: {error}"[:200])

    async def _follow(self, session: aiohttp.ClientSession, request: Request) -> Reply:
        url = request.url
        for _ in range(REDIRECTS + 1):
            check_url(url, self._allowed)
            async with session.get(url, headers=_conditions(request), allow_redirects=False) as answer:
                if answer.status in {301, 302, 303, 307, 308} and "Location" in answer.headers:
                    url = urljoin(url, answer.headers["Location"])
                    continue
                if answer.status == 304:
                    return Reply(request=request, url=url, status=304, state=State.UNCHANGED)
                if answer.status >= 400:
                    return _failure(request, State.HTTP_ERROR, f"HTTP {answer.status}", status=answer.status)
                body = await _body(answer, request.limit)
                headers = {name.lower(): value for name, value in answer.headers.items()}
                return Reply(request=request, url=url, status=answer.status, body=body, headers=headers)
        raise FetchError(State.HTTP_ERROR, f"more than {REDIRECTS} redirects")


async def _body(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    """The decompressed body, never holding more than `limit` bytes of it (a bomb is cut while it unfolds)."""
    encoding = answer.headers.get("Content-Encoding", "").lower()
    # 47: zlib or gzip by their header; raw deflate is not sent by any server of note.
    unfold = zlib.decompressobj(47) if encoding in {"gzip", "x-gzip", "deflate"} else None
    if encoding not in {"", "identity"} and unfold is None:
        raise FetchError(State.UNREADABLE, f"content encoding {encoding} was not asked for")
    parts: list[bytes] = []
    size = 0
    async for chunk in answer.content.iter_chunked(CHUNK):
        part = unfold.decompress(chunk, limit - size + 1) if unfold else chunk
        size += len(part)
        if size > limit:
            raise FetchError(State.TOO_LARGE, f"more than {limit} bytes")
        parts.append(part)
    return b"".join(parts)


def _host(url: str) -> str:
    """What requests are spaced by; an address that is none waits with its like, and fails alone."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def _conditions(request: Request) -> dict[str, str]:
    given = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in given.items() if value}


def _failure(request: Request, state: State, reason: str, *, status: int = 0) -> Reply:
    return Reply(request=request, url=request.url, status=status, state=state, error=reason)


def with_room(replies: queue.Queue[object]) -> None:
    """Empty the queue, so that a worker that waits to put something can end."""
    try:
        while True:
            replies.get_nowait()
    except queue.Empty:
        return
