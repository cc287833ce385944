"""The HTTP client, against real servers on this machine."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from pipeline.adapters.http import AiohttpClient
from pipeline.domain.state import State
from pipeline.ports import Reply, Request

BOMB = gzip.compress(bytes(50_000_000))


@dataclass
class Site:
    """A server on 127.0.0.1; `asked` keeps each request's path and headers."""

    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    elsewhere: str = ""
    port: int = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def pair(self) -> str:
        return f"127.0.0.1:{self.port}"


def handler_of(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            name = self.path.partition("?")[0].strip("/")
            redirects = {"away": site.elsewhere, "file": "file:///etc/passwd", "loop": "/loop", "hop": "/page"}
            if name in redirects:
                self._send(302, location=redirects[name])
            elif name == "slow":
                time.sleep(2)
                self._send(200, b"late")
            elif name == "known":
                self._send(304 if self.headers.get("If-None-Match") == 'W/"a b"' else 200, b"page", etag='W/"a b"')
            elif name == "bomb":
                self._send(200, BOMB, content_encoding="gzip")
            elif name == "packed":
                self._send(200, gzip.compress(b"unpacked"), content_encoding="gzip", set_cookie="a=b")
            elif name == "garbled":
                self._send(200, b"this is no gzip", content_encoding="gzip")
            else:
                self._send({"error": 500}.get(name, 200), b"x" * 100 if name == "large" else b"page")

        def _send(self, status: int, body: bytes = b"", **headers: str) -> None:
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body) if status != 304 else 0))
            self.end_headers()
            try:
                self.wfile.write(body if status != 304 else b"")
            except OSError:  # the client may hang up in the middle of a bomb
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
            return

    return Handler


def serve(site: Site) -> Iterator[Site]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_of(site)) as server:
        site.port = server.server_address[1]
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield site
        server.shutdown()


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serve(Site())


@pytest.fixture
def inner() -> Iterator[Site]:
    """A server that is not among the allowed pairs."""
    yield from serve(Site())


def get(
    site: Site, path: str, *, timeout: float = 10, limit: int = 1_000_000, etag: str = "", since: str = ""
) -> Reply:
    client = AiohttpClient(
        allowed=frozenset({site.pair}), contact="https://policywire.example/contact", timeout_seconds=timeout
    )
    request = Request(url=site.url(path), key="k", limit=limit, etag=etag, last_modified=since)
    [reply] = client.get_all([request])
    return reply


def test_a_page_comes_with_its_body_and_lower_case_headers(site: Site) -> None:
    reply = get(site, "/packed")

    assert (reply.state, reply.status, reply.body) == (State.OK, 200, b"unpacked")
    assert reply.headers["content-encoding"] == "gzip"


def test_every_request_says_who_asks_and_sends_no_cookie_back(site: Site) -> None:
    client = AiohttpClient(allowed=frozenset({site.pair}), contact="https://policywire.example/contact")

    list(client.get_all([Request(url=site.url(f"/packed?{n}")) for n in range(3)]))

    agents = [headers["user-agent"] for _, headers in site.asked]
    assert all(a.startswith("Policywire/") and a.endswith("(+https://policywire.example/contact)") for a in agents)
    assert not any("cookie" in headers for _, headers in site.asked)


def test_validators_are_sent_byte_for_byte_and_304_is_unchanged(site: Site) -> None:
    since = "Sat, 26 Jul 2025 06:00:00 GMT"

    reply = get(site, "/known", etag='W/"a b"', since=since)

    sent = site.asked[0][1]
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('W/"a b"', since)
    assert (reply.state, reply.status, reply.body) == (State.UNCHANGED, 304, b"")


def test_a_server_error_is_a_reply_and_no_exception(site: Site) -> None:
    reply = get(site, "/error")

    assert (reply.state, reply.error) == (State.HTTP_ERROR, "HTTP 500")


def test_a_body_over_the_limit_is_too_large(site: Site) -> None:
    assert get(site, "/large", limit=99).state is State.TOO_LARGE
    assert get(site, "/large", limit=100).state is State.OK


def test_a_gzip_bomb_is_cut_while_it_unfolds(site: Site) -> None:
    reply = get(site, "/bomb", limit=100_000)

    assert (reply.state, reply.body) == (State.TOO_LARGE, b"")


def test_a_body_that_is_not_what_its_encoding_says_is_a_failed_reply(site: Site) -> None:
    assert get(site, "/garbled").state in {State.NETWORK_ERROR, State.UNREADABLE}


def test_a_redirect_is_followed_and_the_last_address_is_told(site: Site) -> None:
    reply = get(site, "/hop")

    assert (reply.state, reply.url) == (State.OK, site.url("/page"))


def test_a_redirect_loop_ends(site: Site) -> None:
    assert get(site, "/loop").state is State.HTTP_ERROR
    assert len(site.asked) == 6


def test_a_redirect_to_a_private_server_sends_it_nothing(site: Site, inner: Site) -> None:
    site.elsewhere = inner.url("/secret")

    reply = get(site, "/away")

    assert (reply.state, inner.asked) == (State.BLOCKED, [])


def test_a_redirect_to_a_file_is_blocked(site: Site) -> None:
    assert get(site, "/file").state is State.BLOCKED


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]", "[::]"])
def test_fault_01_and_02_this_machine_is_blocked_in_any_spelling(host: str) -> None:
    [reply] = AiohttpClient(timeout_seconds=10).get_all([Request(url=f"http://{host}:8080/")])

    assert reply.state is State.BLOCKED


def test_a_slow_server_is_a_timeout(site: Site) -> None:
    assert get(site, "/slow", timeout=0.3).state is State.TIMEOUT


def test_a_closed_port_is_a_network_error(site: Site) -> None:
    client = AiohttpClient(allowed=frozenset({"127.0.0.1:1"}), timeout_seconds=5)

    [reply] = client.get_all([Request(url="http://127.0.0.1:1/")])

    assert reply.state is State.NETWORK_ERROR
    assert reply.error


def test_each_request_gets_exactly_one_reply_whatever_becomes_of_it(site: Site) -> None:
    paths = ["/page", "/error", "/file", "/garbled", "/loop"] * 10
    wanted = [Request(url=site.url(path), key=str(n)) for n, path in enumerate(paths)]
    bad = [Request(url=u, key=u) for u in ("", "http://", "mailto:a@b", "http://\x00/", "http://a..b/", "http://[")]

    replies = list(AiohttpClient(allowed=frozenset({site.pair}), timeout_seconds=10).get_all([*wanted, *bad]))

    assert sorted(r.request.key for r in replies) == sorted(r.key for r in [*wanted, *bad])


def test_a_consumer_that_stops_ends_the_work(site: Site) -> None:
    wanted = [Request(url=site.url(f"/page?{n}")) for n in range(500)]
    replies = AiohttpClient(allowed=frozenset({site.pair})).get_all(wanted)

    next(replies)
    replies.close()  # type: ignore[attr-defined]  # a generator, told as Iterator by the port

    assert len(site.asked) < 500


def test_no_requests_give_no_replies() -> None:
    assert list(AiohttpClient().get_all([])) == []
