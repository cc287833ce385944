"""Fetch and extract over real feeds and pages, served from loopback: no exception, every item in one state.

The folder is named by POLICYWIRE_EVAL_DATA; `make real` prints the counts.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from pipeline.demo.tour import environment
from pipeline.runner import run_stage

ROOT = Path(__file__).resolve().parent.parent
FEED_FOLDERS = ("olshansk", "feed-rs", "gofeed")
FEED_ENDINGS = {".xml", ".rss", ".atom", ".rdf"}


@pytest.fixture
def real_home(tmp_path: Path, eval_data: Path) -> Iterator[tuple[list[str], int]]:
    """Every real feed file, and one feed whose entries are the real pages, behind a server on loopback."""
    files = [f for d in FEED_FOLDERS for f in sorted((eval_data / "feeds" / d).rglob("*")) if f.suffix in FEED_ENDINGS]
    pages = sorted((eval_data / "pages" / "html").glob("*.html.gz"))
    bodies = {f"/feeds/{n}": ("application/xml", f.read_bytes()) for n, f in enumerate(files)}
    bodies |= {f"/pages/{n}": ("text/html", gzip.decompress(f.read_bytes())) for n, f in enumerate(pages)}
    with serve(bodies) as address:
        items = "".join(
            f"<item><title>Page {n}</title><link>{address}/pages/{n}</link></item>" for n in range(len(pages))
        )
        bodies["/pages.rss"] = ("application/rss+xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
        urls = [address + path for path in bodies if not path.startswith("/pages/")]
        (tmp_path / "config").mkdir()
        for name in ("topics.yaml", "digest.yaml", "actors.yaml"):
            (tmp_path / "config" / name).write_text((ROOT / "config" / name).read_text())
        rows = {"feeds": [{"url": url, "outlet": "Real"} for url in urls]}
        (tmp_path / "config" / "feeds.yaml").write_text(yaml.safe_dump(rows))
        with environment(
            POLICYWIRE_HOME=str(tmp_path),
            POLICYWIRE_OUT=str(tmp_path / "out"),
            POLICYWIRE_DATABASE=f"sqlite:///{tmp_path / 'real.db'}",
            POLICYWIRE_ALLOW=address.removeprefix("http://"),
        ):
            yield urls, len(pages)


class serve:  # noqa: N801 -- reads as a verb where it is used
    """Serve bodies by path at a free port of 127.0.0.1."""

    def __init__(self, bodies: dict[str, tuple[str, bytes]]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = bodies.get(self.path, ("text/plain", b""))
                self.send_response(200 if self.path in bodies else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def test_real_feeds_and_pages_end_in_counted_states(real_home: tuple[list[str], int]) -> None:
    urls, pages = real_home

    fetched = run_stage("fetch")
    # Entries of the real feeds link to the live web: only the pages' own feed is extracted.
    extracted = run_stage("extract", feeds=next(u for u in urls if u.endswith("/pages.rss")))

    polled = sum(fetched.counts.get(s, 0) for s in ("polled", "not-a-feed", "unreadable", "suspicious-empty"))
    print(f"\n{len(urls)} feeds: {fetched.counts}\n{pages} pages: {extracted.counts}")  # noqa: T201 -- `make real`
    assert polled == len(urls)
    assert fetched.counts["new"] > 2000
    assert extracted.total == pages
    assert extracted.counts["ok"] + extracted.counts["other-language"] >= 0.95 * pages
