"""The ledger: whatever comes in ends in exactly one counted state, and there is no state that nothing ends in."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from pipeline import settings
from pipeline.adapters.http import AiohttpClient
from pipeline.adapters.store import SqlStore
from pipeline.demo.site import SampleSite
from pipeline.demo.tour import demo_home, environment
from pipeline.domain.attempt import ATTEMPTS
from pipeline.domain.edition import ReaderList
from pipeline.domain.entry import Entry
from pipeline.domain.feed import Feed
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.domain.story import Story
from pipeline.ports import Deps, Report
from pipeline.runner import run_stage, wired
from pipeline.stages import digest, draft, extract, fetch
from tests.adapters.store.test_store import entry, flagged
from tests.rawserver import RawServer, answer, raw_server
from tests.stages.digest.desk import Mailer, brief

NOT_AN_END = {
    State.QUIET: "a feed's health",
    State.FAILING: "a feed's health",
    State.PENDING: "an entry before its page was asked for",
    State.FEED_TEXT: "what an article's text is; its page ended in another state",
}
TITLE = "Ministers agree on a common test"
ENGLISH = (
    "The ministers of six lake states agreed on a common test for public models and will meet again in spring. " * 6
)
GERMAN = "Die Minister der sechs Seestaaten einigten sich auf eine gemeinsame Prüfung der Modelle im Frühling. " * 6


def feed(*links: str) -> bytes:
    items = "".join(f"<item><title>{TITLE}</title><link>{x}</link></item>" for x in links)
    return f"<rss version='2.0'><channel><title>Feed</title>{items}</channel></rss>".encode()


def page(text: str, title: str = TITLE) -> bytes:
    article = f"<article><h1>{title}</h1><p>{text}</p></article>"
    return f"<html><head><title>{title}</title></head><body>{article}</body></html>".encode()


PAGES: dict[State, bytes] = {
    State.OK: answer(page(ENGLISH)),
    State.THIN: answer(page("Subscribe to read on.")),
    State.WRONG_PAGE: answer(
        page("Growers along the river picked fewer quinces than in any autumn. " * 8, "A poor harvest")
    ),
    State.NOT_HTML: answer(b"%PDF-1.7 \x00\x01", Content_Type="application/pdf"),
    State.OTHER_LANGUAGE: answer(page(GERMAN)),
    State.TOO_LARGE: answer(b"<p>" + b"word " * 2_200_000),
    State.HTTP_ERROR: answer(status="404 Not Found"),
    State.QUARANTINED: answer(status="503 Service Unavailable"),
    State.UNREADABLE: answer(page(ENGLISH), Content_Encoding="br"),
}


class World:
    """A site with a feed and a page for each state, and another whose robots.txt nobody can read."""

    def __init__(self) -> None:
        self.feeds: dict[str, bytes] = {}
        self.polls: dict[str, int] = {}

    def talk(self, connection: socket.socket, head: bytes) -> None:
        path = head.split(b" ")[1].decode()
        self.polls[path] = self.polls.get(path, 0) + 1
        if path == "/robots.txt":
            connection.sendall(answer(b"User-agent: *\nDisallow: /private"))
        elif path == "/silence":
            connection.settimeout(5)
            connection.recv(1)
        elif path == "/hang-up":
            return
        elif path == "/emptied" and self.polls[path] > 1:
            connection.sendall(answer(feed()))
        elif path.startswith("/page/"):
            connection.sendall(PAGES[State(path.rsplit("/", 1)[-1])])
        else:
            connection.sendall(self.feeds[path])


@contextmanager
def world(tmp_path: Path) -> Iterator[tuple[Deps, RawServer]]:
    """What fetch and extract need, wired for real but for a short time-out and no pace."""
    made = World()
    with raw_server(made.talk) as site, raw_server(answer(status="500 Oops")) as mute:
        made.feeds = {
            "/polled": answer(feed(*(site.url(f"/page/{state}") for state in PAGES), "javascript:void(0)")),
            "/again": answer(feed(site.url("/page/ok"))),
            "/emptied": answer(feed(site.url("/page/thin"))),
            "/wall": answer(b"<html><body>Log in</body></html>"),
            "/gone": answer(status="410 Gone"),
            "/broken": answer(status="500 Oops"),
            "/endless": answer(b"<rss>" + b"x" * 6_000_000),
            "/poison": answer(
                b"<rss version='2.0'><channel><item " + b" ".join(b"a%d='1'" % n for n in range(200_000))
            ),
            "/private": b"",
            "/silence": b"",
            "/hang-up": b"",
        }
        with socket.create_server(("127.0.0.1", 0)) as closed:
            stranger = f"http://127.0.0.1:{closed.getsockname()[1]}/feed"
        urls = [*(site.url(path) for path in made.feeds), mute.url("/feed"), stranger]
        with (
            environment(POLICYWIRE_DATABASE=f"sqlite:///{tmp_path / 'l.db'}", POLICYWIRE_OUT=str(tmp_path)),
            wired(settings.load()) as deps,
        ):
            http = cast(AiohttpClient, deps.http)
            pairs = frozenset({site.pair, mute.pair})
            http = replace(http, allowed=pairs, unpaced=pairs, timeout_seconds=1.0)
            feeds = tuple(Feed(url=url, outlet="Ledger") for url in urls)
            yield replace(deps, http=http, feeds=feeds, min_interval_minutes=15), site


def items(report: Report) -> int:
    return sum(report.counts.values())


def fetched(tmp_path: Path) -> list[Report]:
    """Two polls some hours apart, and a third right after them."""
    with world(tmp_path) as (deps, site):
        now = deps.now()
        first = fetch.run(deps, Scope())
        later = fetch.run(replace(deps, now=lambda: now + timedelta(hours=7)), Scope())
        at_once = fetch.run(replace(deps, now=lambda: now + timedelta(hours=7)), Scope())
        assert items(first) == len(deps.feeds) + len(PAGES) + 3  # and an entry without a link, and two feeds of one
        assert items(at_once) == len(deps.feeds)
        assert site.asked
    return [first, later, at_once]


def extracted(tmp_path: Path) -> list[Report]:
    """A page of each kind, tried until the last attempt."""
    with world(tmp_path) as (deps, site):
        now = deps.now()
        states = [*PAGES, State.TIMEOUT, State.BLOCKED]
        outside = {State.TIMEOUT: site.url("/silence"), State.BLOCKED: "http://127.0.0.1:9/x"}
        links = [outside.get(state, site.url(f"/page/{state}")) for state in states]
        deps.store.add_entries([Entry(feed_url=deps.feeds[0].url, id=x, link=x, title=TITLE) for x in links], now)
        times = [now + timedelta(days=n) for n in range(ATTEMPTS)]
        reports = [extract.run(replace(deps, now=lambda at=at: at), Scope()) for at in times]  # type: ignore[misc]  # mypy cannot infer a default
        assert items(reports[0]) == len(links)
    return reports


def told(tmp_path: Path) -> list[Report]:
    """The sample site in two waves, so that a story grows after its brief."""
    reports = []
    with SampleSite() as site:
        demo_home(settings.CHECKOUT, tmp_path / "home", site)
        with environment(
            POLICYWIRE_HOME=str(tmp_path / "home"),
            POLICYWIRE_OUT=str(tmp_path / "out"),
            POLICYWIRE_DATABASE=f"sqlite:///{tmp_path / 'told.db'}",
            POLICYWIRE_ALLOW=site.base_url.removeprefix("http://"),
            POLICYWIRE_MIN_INTERVAL_MINUTES="0",
        ):
            urls = sorted(url for _, url in site.feed_urls)
            for wave in (urls[::2], urls):
                reports += [run_stage("fetch", feeds=",".join(wave))]
                reports += [run_stage(name) for name in ("extract", "classify", "cluster", "draft")]
    return reports


def untold(tmp_path: Path) -> list[Report]:
    """A flagged story that says nothing which could stand alone."""
    with (
        environment(POLICYWIRE_DATABASE=f"sqlite:///{tmp_path / 'u.db'}", POLICYWIRE_OUT=str(tmp_path)),
        wired(settings.load()) as deps,
    ):
        (one,) = flagged(cast(SqlStore, deps.store), entry(1))
        deps.store.save_stories([Story(id="untold", members=(one.id,))], deps.now())
        return [draft.run(deps, Scope())]


def mailed(tmp_path: Path) -> list[Report]:
    """One edition to four readers, each with another fate."""
    fates = {"b@desk.example": State.DEFERRED, "c@desk.example": State.REFUSED, "d@desk.example": State.UNKNOWN}
    with (
        environment(POLICYWIRE_DATABASE=f"sqlite:///{tmp_path / 'm.db'}", POLICYWIRE_OUT=str(tmp_path)),
        wired(settings.load()) as deps,
    ):
        deps.store.save_briefs([brief()], deps.now())
        readers = ReaderList(
            id="desk", title="Desk", recipients=("a@desk.example", *fates), zone="Europe/Berlin", hour=0
        )
        mailer: Any = Mailer(answers={reader: (state, "said so") for reader, state in fates.items()})
        return [digest.run(replace(deps, readers=(readers,), mailer=mailer), Scope())]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How often each state was counted when an item for each went in."""
    sources: tuple[Callable[[Path], list[Report]], ...] = (fetched, extracted, told, untold, mailed)
    reports = [report for source in sources for report in source(tmp_path_factory.mktemp(source.__name__))]
    return {state: sum(report.counts.get(state, 0) for report in reports) for state in State}


@pytest.mark.parametrize("state", [s for s in State if s not in NOT_AN_END])
def test_an_item_ends_in_every_state(seen: dict[str, int], state: State) -> None:
    assert seen[state] > 0


@pytest.mark.parametrize("state", NOT_AN_END)
def test_what_is_no_end_is_never_counted_as_one(seen: dict[str, int], state: State) -> None:
    assert seen[state] == 0
