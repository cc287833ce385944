"""Serve the sample site on this machine, so that the whole pipeline can run without the internet.

    with SampleSite() as site:
        for outlet, url in site.feed_urls:
            ...

`routes` says what every address answers and is pure; `SampleSite` puts it behind a real HTTP server.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from pipeline.demo.content import SampleContent, SampleOutlet, load_site
from pipeline.demo.feeds import CONTENT_TYPES, feed_body
from pipeline.demo.pages import article_page, article_path, front_page, index_page

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
ROBOTS = b"User-agent: *\nAllow: /\n"
IDLE_SECONDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one address answers. `modified` is when its newest article was published, None for an error."""

    status: int
    content_type: str
    body: bytes
    modified: datetime | None = None

    @property
    def etag(self) -> str:
        """The strong validator: it changes if and only if the body does."""
        return f'"{sha256(self.body).hexdigest()}"'

    def unchanged_for(self, *, none_match: str | None, modified_since: str | None) -> bool:
        """Whether the caller's copy is good. If-None-Match, where given, decides alone (RFC 9110, 13.2.2)."""
        if self.modified is None:
            return False
        if none_match is not None:
            tags = [tag.strip().removeprefix("W/") for tag in none_match.split(",")]
            return "*" in tags or self.etag in tags
        since = _http_date(modified_since or "")
        return since is not None and self.modified <= since


def routes(base_url: str) -> dict[str, Reply]:
    """Every path of the site with its answer. `base_url` has no final slash and appears in links."""
    site = load_site()
    newest = site.articles[0].published
    replies = {
        "/": _found(HTML, index_page(site), newest),
        "/robots.txt": _found(TEXT, ROBOTS, newest),
    }
    for outlet in site.outlets:
        replies.update(_outlet_routes(site, outlet, base_url))
    return replies


class SampleSite:
    """The sample site on 127.0.0.1, at a free port unless one is given; it stops when the `with` block ends.

    `hits` counts the requests by (path, status), so that a test can see what was asked for and how often.
    """

    def __init__(self, *, port: int = 0) -> None:
        self.hits: Counter[tuple[str, int]] = Counter()
        self._lock = Lock()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self.base_url = f"http://127.0.0.1:{self._server.server_port}"
        self._server.site = self
        self.replies = routes(self.base_url)
        self.feed_urls = [(outlet, f"{self.base_url}/{outlet.id}/feed") for outlet in load_site().outlets]
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def count(self, path: str, status: int) -> None:
        """Remember one request; called from the server's threads."""
        with self._lock:
            self.hits[path, status] += 1


class _Server(ThreadingHTTPServer):
    site: SampleSite

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet when a caller hangs up early: feeds and pages are read with deadlines."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        reply = self.server.site.replies.get(path) or _failure(HTTPStatus.NOT_FOUND)
        unchanged = reply.unchanged_for(
            none_match=self.headers.get("If-None-Match"), modified_since=self.headers.get("If-Modified-Since")
        )
        status = HTTPStatus.NOT_MODIFIED if unchanged else reply.status
        self.server.site.count(path, int(status))
        self.send_response(status)
        if reply.modified is not None:
            self.send_header("ETag", reply.etag)
            self.send_header("Last-Modified", format_datetime(reply.modified.astimezone(UTC), usegmt=True))
        if not unchanged:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if not unchanged and self.command != "HEAD":
            self.wfile.write(reply.body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Write nothing: what was asked for is counted in `hits`."""


def _outlet_routes(site: SampleContent, outlet: SampleOutlet, base_url: str) -> Iterator[tuple[str, Reply]]:
    if outlet.fault == "answers-500":
        yield f"/{outlet.id}/", _failure(HTTPStatus.INTERNAL_SERVER_ERROR)
        yield f"/{outlet.id}/feed", _failure(HTTPStatus.INTERNAL_SERVER_ERROR)
        return
    articles = site.of(outlet)
    newest = articles[0].published
    feed = feed_body(outlet, articles, base_url)
    yield f"/{outlet.id}/feed", _found(CONTENT_TYPES[outlet.feed], feed, newest)
    yield f"/{outlet.id}/", _found(HTML, front_page(outlet, articles), newest)
    for article in articles:
        page = article_page(outlet, article, articles, base_url)
        yield article_path(outlet, article), _found(HTML, page, article.published)


def _found(content_type: str, body: bytes, modified: datetime) -> Reply:
    return Reply(status=int(HTTPStatus.OK), content_type=content_type, body=body, modified=modified)


def _failure(status: HTTPStatus) -> Reply:
    return Reply(status=int(status), content_type=TEXT, body=f"{status.phrase}\n".encode())


def _http_date(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
