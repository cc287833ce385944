"""Bad input costs only itself: the error names the place, the run goes on, nothing stored is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pipeline import settings
from pipeline.adapters.store import open_store
from pipeline.demo.tour import environment
from pipeline.runner import run_stage
from tests.loopback import Loopback, loopback

TEXT = "<p>" + "The council met on Monday and agreed on a plan for the region's artificial intelligence. " * 8 + "</p>"
ENTRY = "<item><title>{0}</title><link>{1}</link></item>"


@pytest.fixture
def site() -> Iterator[Loopback]:
    with loopback({}) as site:
        links = [("Good", site.url("/good")), ("Nothing there", site.url("/0-bytes")), ("Gone", site.url("/gone"))]
        items = "".join(ENTRY.format(*link) for link in links)
        site.answers |= {
            "/feed": ("application/rss+xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode()),
            "/html": ("text/html", b"<!doctype html><html><body><h1>Please log in</h1></body></html>"),
            "/empty": ("application/rss+xml", b""),
            "/good": ("text/html", f"<html><body><article><h1>Good</h1>{TEXT}</article></body></html>".encode()),
            "/0-bytes": ("text/html", b""),
        }
        yield site


@pytest.fixture
def home(sample_home: Path, site: Loopback) -> Iterator[Path]:
    """A home that follows a good feed, one that is HTML and one that is empty."""
    rows = [{"url": site.url(path), "outlet": path} for path in ("/feed", "/html", "/empty")]
    (sample_home / "config" / "feeds.yaml").write_text(yaml.safe_dump({"feeds": rows}))
    with environment(POLICYWIRE_ALLOW=site.pair):
        yield sample_home


def policywire(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603 -- our own


def test_a_feed_that_is_html_or_empty_is_named_and_the_good_one_is_read(home: Path, site: Loopback) -> None:
    report = run_stage("fetch")

    assert report.counts == {"polled": 1, "not-a-feed": 1, "suspicious-empty": 1, "new": 3}
    assert sorted(report.failures) == [
        f"{site.url('/empty')}: suspicious-empty: the answer is empty",
        f"{site.url('/html')}: not-a-feed: the answer is an HTML page",
    ]


def test_a_page_of_0_bytes_and_a_missing_one_are_counted_and_the_good_one_is_stored(home: Path, site: Loopback) -> None:
    run_stage("fetch")

    report = run_stage("extract")

    assert report.counts == {"ok": 1, "unreadable": 1, "http-error": 1}
    assert f"{site.url('/0-bytes')}: unreadable: the page is empty" in report.failures


def test_a_feed_that_turns_bad_loses_nothing_that_was_stored(home: Path, site: Loopback) -> None:
    for stage in ("fetch", "extract", "classify"):
        run_stage(stage)
    before = stored()
    site.answers["/feed"] = ("text/html", b"<html>Sorry, maintenance.</html>")

    result = policywire("run")

    assert result.returncode == 1
    assert "not-a-feed" in result.stdout
    assert {table: n for table, n in stored().items() if table in ("entries", "articles", "flags")} == {
        table: n for table, n in before.items() if table in ("entries", "articles", "flags")
    }


def test_fault_09_an_article_s_address_is_guarded_as_a_feed_s_is(home: Path, site: Loopback) -> None:
    with loopback({"/secret": ("text/html", b"<p>secret</p>")}) as inside:
        links = [
            inside.url("/secret"),
            f"http://localhost:{inside.pair.rsplit(':', 1)[1]}/secret",
            "file:///etc/passwd",
        ]
        items = "".join(ENTRY.format(f"Title {n}", link) for n, link in enumerate(links))
        site.answers["/feed"] = ("application/rss+xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
        fetched = run_stage("fetch", feeds=site.url("/feed"))

        report = run_stage("extract")

    assert fetched.counts == {"polled": 1, "new": 2, "no-link": 1}
    assert (report.counts, inside.asked) == ({"blocked": 2}, [])


@pytest.mark.parametrize("lie", ["text/plain", "image/png", "application/pdf", "application/octet-stream", ""])
def test_fault_31_what_comes_is_judged_by_its_bytes_and_not_by_its_type(home: Path, site: Loopback, lie: str) -> None:
    pages = {"page": site.answers["/good"][1], "pdf": b"%PDF-1.7 \0", "picture": b"\x89PNG\r\n\x1a\n\0\0"}
    items = "".join(ENTRY.format("Council agrees on a plan", site.url(f"/{name}")) for name in pages)
    site.answers |= {f"/{name}": ("text/html" if name != "page" else lie, body) for name, body in pages.items()}
    site.answers["/feed"] = (lie, f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    fetched = run_stage("fetch", feeds=site.url("/feed"))

    report = run_stage("extract")

    assert fetched.counts == {"polled": 1, "new": 3}
    assert report.counts == {"ok": 1, "not-html": 2}


def stored() -> dict[str, int]:
    store = open_store(settings.load().database_url)
    try:
        rows: dict[str, int] = store.status()["rows"]
        return rows
    finally:
        store.close()


def test_an_unknown_key_stops_the_run_with_file_and_line(home: Path) -> None:
    path = home / "config" / "feeds.yaml"
    path.write_text("feeds:\n  - url: https://a.example/feed\n    outlet: A\n    langauge: en\n")

    result = policywire("fetch")

    assert result.returncode == 2
    assert f"{path}:4: feeds.0.langauge: unknown key" in result.stderr


def test_a_missing_file_stops_the_run_and_is_named(home: Path) -> None:
    (home / "config" / "topics.yaml").unlink()

    result = policywire("run")

    assert result.returncode == 2
    assert "topics.yaml: the file is missing" in result.stderr


def test_a_database_that_cannot_be_read_is_named_and_left_as_it_is(home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no database" * 100)

    with environment(POLICYWIRE_DATABASE=f"sqlite:///{broken}"):
        result = policywire("fetch")

    assert result.returncode == 2
    assert "broken.db: cannot be used (file is not a database)" in result.stderr
    assert broken.read_bytes() == b"no database" * 100


def test_a_database_that_breaks_during_a_run_is_named(home: Path) -> None:
    run_stage("fetch")
    path = Path(settings.load().database_url.removeprefix("sqlite:///"))
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    path.write_bytes(data)
    for extra in path.parent.glob(path.name + "-*"):
        extra.unlink()

    result = policywire("extract")

    assert result.returncode == 2
    assert "cannot be used" in result.stderr
    assert "check POLICYWIRE_DATABASE" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_stage_is_a_wrong_use(home: Path) -> None:
    result = policywire("fetsch")

    assert result.returncode == 2
    assert "No such command 'fetsch'" in result.stderr


def test_a_day_that_is_none_is_a_wrong_use(home: Path) -> None:
    result = policywire("fetch", "--since", "26 July")

    assert result.returncode == 2
    assert 'since: expected a day such as 2025-07-26, got "26 July"' in result.stderr


def test_a_broken_row_is_named_with_file_and_line(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"id": "a", "text": "x"}) + "\nno json\n")

    result = policywire("evaluate", "flags", str(rows))

    assert result.returncode == 2
    assert f"{rows}:2: not JSON" in result.stderr
