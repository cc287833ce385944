"""`policywire feeds`: subscriptions are added, paused, imported and exported, and each feed's standing is shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import settings
from pipeline.adapters.discovery import feeds_of_page
from pipeline.adapters.opml import read_opml, write_opml
from pipeline.adapters.subscriptions import append, switch
from pipeline.cli.feeds import discover
from pipeline.demo.tour import environment
from pipeline.domain.feed import Feed
from pipeline.errors import ConfigError, UsageError
from pipeline.runner import run_stage, wired
from tests.loopback import Loopback, loopback

ITEM = b"<item><title>T</title><link>/a</link></item>"
RSS = b"<rss version='2.0'><channel><title>Harbour Gazette</title>" + ITEM + b"</channel></rss>"
PAGE = b"<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head><body>News</body></html>"
FILE = """# Our feeds.
feeds:
  # the first
  - url: "{url}"  # as they gave it
    outlet: "Gazette"
"""


@pytest.fixture
def site() -> Iterator[Loopback]:
    with loopback(
        {"/feed": ("application/rss+xml", RSS), "/": ("text/html", PAGE), "/none": ("text/html", b"<p>")}
    ) as s:
        yield s


@pytest.fixture
def listed(sample_home: Path, site: Loopback) -> Iterator[Path]:
    """A feeds.yaml with comments that lists one feed of the site."""
    path = sample_home / "config" / "feeds.yaml"
    path.write_text(FILE.format(url=site.url("/old")))
    with environment(POLICYWIRE_ALLOW=site.pair):
        yield path


def policywire(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603 -- our own


def feeds() -> dict[str, Feed]:
    return {f.url: f for f in settings.load().feeds()}


@pytest.mark.parametrize("path", ["/feed", "/"])
def test_a_feed_is_added_by_its_address_or_by_a_page_that_names_it(listed: Path, site: Loopback, path: str) -> None:
    result = policywire("feeds", "add", site.url(path), "--country", "EU")

    assert result.returncode == 0, result.stderr
    assert feeds()[site.url("/feed")] == Feed(url=site.url("/feed"), outlet="Harbour Gazette", country="EU")
    assert listed.read_text().startswith(FILE.format(url=site.url("/old")))


def test_what_is_no_feed_and_names_none_is_not_added(listed: Path, site: Loopback) -> None:
    before = listed.read_text()

    result = policywire("feeds", "add", site.url("/none"))

    assert result.returncode == 2
    assert f"{site.url('/none')}: not-a-feed" in result.stderr
    assert "names no feed" in result.stderr
    assert listed.read_text() == before


def test_fault_05_a_page_that_names_a_feed_inside_gets_nowhere(listed: Path, site: Loopback) -> None:
    site.answers["/"] = ("text/html", PAGE.replace(b"/feed", b"http://169.254.169.254/latest"))

    result = policywire("feeds", "add", site.url("/"))

    assert "http://169.254.169.254/latest: blocked" in result.stderr


@pytest.mark.parametrize(
    "before", [b"<base href='http://['>", b"<link rel=alternate type=application/rss+xml href='%s'>"]
)
@pytest.mark.parametrize("odd", [b"feed:ftp://x/", b"http://[", b"android-app://a/b", b"javascript:x", b"http:///"])
def test_a_link_that_is_no_address_does_not_hide_the_next_one(
    listed: Path, site: Loopback, before: bytes, odd: bytes
) -> None:
    site.answers["/"] = ("text/html", PAGE.replace(b"<head>", b"<head>" + before.replace(b"%s", odd)))

    with wired(settings.load()) as deps:
        assert discover(deps, site.url("/")) == (site.url("/feed"), "Harbour Gazette")


def test_a_feed_address_of_old_readers_is_read() -> None:
    page = PAGE.replace(b"/feed", b"feed:http://news.example/feed")

    assert feeds_of_page(page, "https://news.example/") == ["http://news.example/feed"]
    assert feeds_of_page(page.replace(b"feed:http:", b"feed:"), "https://a.example/") == ["http://news.example/feed"]


def test_a_feed_is_added_once(listed: Path, site: Loopback) -> None:
    policywire("feeds", "add", site.url("/feed"))

    assert "is listed already" in policywire("feeds", "add", site.url("/feed")).stderr


def test_a_paused_feed_is_off_until_it_is_resumed_and_comments_stay(listed: Path, site: Loopback) -> None:
    url = site.url("/old")

    policywire("feeds", "pause", url, "--reason", "their wish")
    paused = feeds()[url]
    text = listed.read_text()
    policywire("feeds", "resume", url)

    assert (paused.enabled, paused.reason) == (False, "their wish")
    assert "# the first" in text
    assert "# as they gave it" in text
    assert feeds()[url].enabled
    assert "is not listed" in policywire("feeds", "pause", site.url("/other")).stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "the file is missing"),
        ("feeds: [", "not valid YAML"),
        ("feeds:\n  - outlet: A\n", "url"),
        ("feeds: 7", "feeds"),
    ],
)
def test_a_list_that_is_none_is_named_and_left_alone(listed: Path, site: Loopback, text: str | None, said: str) -> None:
    listed.unlink() if text is None else listed.write_text(text)

    with pytest.raises(ConfigError, match=said):
        switch(listed, site.url("/old"), enabled=False, reason="")
    with pytest.raises(ConfigError, match=said):
        append(listed, [])

    assert not listed.exists() if text is None else listed.read_text() == text


def test_an_address_that_another_row_lends_is_no_traceback(listed: Path) -> None:
    text = "feeds:\n  - &a\n    url: http://a.example/\n    outlet: A\n  - <<: *a\n    url: http://b.example/\n"
    listed.write_text(text + "  - <<: *a\n    note: again\n")

    with pytest.raises(UsageError, match="is not listed"):
        switch(listed, "http://c.example/", enabled=False, reason="")


def test_a_command_that_cannot_do_it_says_so_in_one_line(listed: Path, site: Loopback, tmp_path: Path) -> None:
    out = policywire("feeds", "export", tmp_path / "none" / "feeds.opml")
    added = policywire("feeds", "add", site.url("/feed"), "--language", "english")

    assert (out.returncode, added.returncode) == (2, 2)
    assert "feeds.opml: cannot be written" in out.stderr
    assert "language 'english'" in added.stderr
    assert "pydantic" not in added.stderr
    assert "Traceback" not in out.stderr + added.stderr


def test_a_fetch_of_a_feed_that_is_not_listed_names_it(listed: Path) -> None:
    with pytest.raises(UsageError, match=r"http://typo\.example/"):
        run_stage("fetch", feeds="http://typo.example/")


def test_a_list_goes_out_as_opml_and_comes_back(listed: Path, site: Loopback, tmp_path: Path) -> None:
    policywire("feeds", "export", tmp_path / "feeds.opml")
    listed.write_text("feeds: []\n")

    result = policywire("feeds", "import", tmp_path / "feeds.opml")
    again = policywire("feeds", "import", tmp_path / "feeds.opml")

    assert "1 of 1 feeds added" in result.stdout, result.stderr
    assert "0 of 1 feeds added" in again.stdout
    assert feeds()[site.url("/old")].outlet == "Gazette"


def test_opml_that_names_files_unfolds_nothing(tmp_path: Path) -> None:
    entity = b"<!DOCTYPE o [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    bad = entity + b"<opml><outline xmlUrl='http://a.example/' text='&x;'/></opml>"

    with pytest.raises(UsageError):
        read_opml(b"no xml")
    try:
        found = read_opml(bad)
    except UsageError:
        found = []

    assert "root" not in str(found)


def test_opml_keeps_addresses_and_names() -> None:
    odd = Feed(url="https://a.example/?a=1&b=<2>", outlet='"A" & <B>')

    assert read_opml(write_opml([odd])) == [(odd.url, odd.outlet)]


@given(st.binary(max_size=2000))
def test_any_page_gives_a_list_of_feeds(body: bytes) -> None:
    found = feeds_of_page(b"<link rel=alternate type=application/rss+xml href='" + body, "https://news.example/")

    assert all(isinstance(url, str) for url in found)


def test_the_list_shows_state_reason_and_next_poll(listed: Path, site: Loopback) -> None:
    run_stage("fetch")

    shown = policywire("feeds", "list").stdout

    assert "failing" in shown
    assert "HTTP 404" in shown
    assert site.url("/old") in shown
