"""A real HTTP server on 127.0.0.1 that answers what a test tells it to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Loopback:
    """`answers` by path: content type and body; any other path is 404. `asked` keeps the paths."""

    answers: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    pair: str = ""

    def url(self, path: str) -> str:
        return f"http://{self.pair}{path}"


@contextmanager
def loopback(answers: Mapping[str, tuple[str, bytes]]) -> Iterator[Loopback]:
    """Serve while the block runs."""
    site = Loopback(answers=dict(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            kind, body = site.answers.get(self.path, ("", b""))
            self.send_response(200 if self.path in site.answers else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.pair = f"127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)  # else each test waits half a second
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
