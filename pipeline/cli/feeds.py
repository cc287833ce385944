"""`policywire feeds`: what is subscribed, how each feed fares, and changes to the list."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline import settings
from pipeline.adapters.store import open_store
from pipeline.cli.show import progress, say
from pipeline.domain.feed import Feed, Poll
from pipeline.domain.state import State
from pipeline.errors import ParseError, UsageError
from pipeline.ports import Deps, Reply, Request

LINE = "{:17} {:17} {:17} {}"  # one feed a line, for a terminal and for grep alike
app = typer.Typer(help="The subscribed feeds.", no_args_is_help=True)

Url = Annotated[str, typer.Argument(help="The feed's address.")]
Outlet = Annotated[str, typer.Option(help="The publisher as readers know it; default: what the feed calls itself.")]
Language = Annotated[str, typer.Option(help="Of the items, ISO 639-1.")]
Country = Annotated[str, typer.Option(help="Of the publisher, ISO 3166, INT or EU.")]
Kind = Annotated[str, typer.Option(help="newspaper, government, think tank …, as in config/feeds.yaml.")]


@app.command("list")
def list_feeds() -> None:
    """Every feed: its state, since when and why, and when it is asked again."""
    from pipeline.runner import wired

    with wired(settings.load()) as deps:
        polls = deps.store.polls([f.url for f in deps.feeds])
    say(LINE.format("state", "since", "next poll (UTC)", "feed"))
    for feed in deps.feeds:
        *columns, reason = _standing(feed, polls.get(feed.url))
        say(LINE.format(*columns, f"{feed.outlet} {feed.url} {reason}".rstrip()))


def _standing(feed: Feed, poll: Poll | None) -> tuple[str, str, str, str]:
    """State, since, next poll and reason, as text."""
    if not feed.enabled:
        return "off", "", "", feed.reason
    if poll is None:
        return "never polled", "", "at the next run", ""
    asked = "" if poll.health is State.DISABLED else _minute(poll.next_poll)
    return str(poll.health), _minute(poll.health_since), asked, poll.reason


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


@app.command()
def check() -> None:
    """Try every enabled feed once and say which answer, and how each has fared; nothing is stored of it."""
    from pipeline.runner import wired

    tried = bad = 0
    with wired(settings.load()) as deps, progress("feeds") as tell:
        enabled = [f for f in deps.feeds if f.enabled]
        polls = deps.store.polls([f.url for f in enabled])
        for tried, (feed, state, detail) in enumerate(attempts(deps, enabled), 1):
            bad += state != "ok"
            tell(tried, len(enabled))
            health = polls[feed.url].health if feed.url in polls else "never polled"
            say(f"{state:16} {feed.outlet}: {detail} {feed.url} ({health})")
    say(f"{tried - bad} of {tried} feeds answer")
    if bad:
        raise typer.Exit(1)


def attempts(deps: Deps, feeds: Sequence[Feed]) -> Iterator[tuple[Feed, str, str]]:
    """Ask for every feed once and store nothing: feed, state, and how many entries or what is wrong."""
    by_url = {f.url: f for f in feeds}
    for reply in deps.http.get_all([Request(url=url, key=url) for url in by_url]):
        feed = by_url[reply.request.key]
        yield feed, *judge(deps, feed, reply)


def judge(deps: Deps, feed: Feed, reply: Reply) -> tuple[str, str]:
    """State of a reply, and how many entries it has or what is wrong."""
    if reply.state is not State.OK:
        return str(reply.state), reply.error
    try:
        return "ok", f"{len(deps.parser.parse(feed, reply))} entries"
    except ParseError as error:
        return error.state, error.reason


@app.command()
def add(
    url: Url, outlet: Outlet = "", language: Language = "en", country: Country = "INT", kind: Kind = "newspaper"
) -> None:
    """Subscribe to a feed, or to the feed that a page names; it must answer."""
    from pipeline.adapters.subscriptions import address, append
    from pipeline.runner import wired

    config = settings.load()
    with wired(config) as deps:
        found, called = discover(deps, address(url))
    if found in {f.url for f in config.feeds()}:
        raise UsageError(f"{found}: is listed already")
    feed = Feed(url=found, outlet=outlet or called, language=language, country=country, kind=kind)
    append(config.home / "config" / "feeds.yaml", [feed])
    say(f"added {feed.outlet}: {feed.url}")


def discover(deps: Deps, url: str) -> tuple[str, str]:
    """The address of a feed and what it calls itself: of `url`, or of the first feed that its page names."""
    from pipeline.adapters.discovery import feeds_of_page

    [reply] = deps.http.get_all([Request(url=url, key=url)])
    tried = [_tried(deps, reply)]
    if tried[0][0] != "ok" and reply.state is State.OK:
        named = list(_addresses(feeds_of_page(reply.body, reply.url)))
        if not named:
            raise UsageError(f"{url}: {tried[0][0]}: {tried[0][1]}; as a page it names no feed either")
        replies = {r.request.key: r for r in deps.http.get_all([Request(url=n, key=n) for n in named])}
        tried += [_tried(deps, replies[n]) for n in named]
    for state, _, found, called in tried:
        if state == "ok":
            return found, called
    raise UsageError("\n".join(f"{found}: {state}: {detail}" for state, detail, found, _ in tried))


def _addresses(found: Sequence[str]) -> Iterator[str]:
    from pipeline.adapters.subscriptions import address

    for url in found:
        with suppress(UsageError):  # one that is no address must not hide the next
            yield address(url)


def _tried(deps: Deps, reply: Reply) -> tuple[str, str, str, str]:
    """State, detail, address and title of one candidate."""
    from pipeline.domain.link import site_of
    from pipeline.stages.fetch.head import head_of

    url = reply.request.url
    state, detail = judge(deps, Feed(url=url, outlet=""), reply)
    return state, detail, url, (head_of(reply.body).title if state == "ok" else "") or site_of(url)


@app.command()
def ping(urls: Annotated[list[str], typer.Argument(help="Addresses of feeds that have news.")]) -> None:
    """Say that feeds have news: they are due at once, and an Airflow on the same database reads them within seconds."""
    from pipeline.runner import wired

    with wired(settings.load()) as deps:
        if unknown := sorted(set(urls) - {f.url for f in deps.feeds if f.enabled}):
            raise UsageError(f"{unknown}: not among the enabled feeds; `policywire feeds list` shows them")
    store = open_store(settings.load().database_url)
    try:
        store.poll_now(urls, datetime.now(UTC))
        store.ring("feeds")
    finally:
        store.close()
    say(f"{len(urls)} feeds are due")


@app.command()
def pause(url: Url, reason: Annotated[str, typer.Option(help="Why it is off.")] = "paused") -> None:
    """Leave a feed listed but unread."""
    _switch(url, enabled=False, reason=reason)


@app.command()
def resume(url: Url) -> None:
    """Read a feed again that was paused, or that its server had taken away."""
    from pipeline.runner import wired

    listed = _switch(url, enabled=True, reason="")
    with wired(settings.load()) as deps:
        now = datetime.now(UTC)
        polls = deps.store.polls([listed]).values()
        deps.store.save_polls([replace(p, health=State.UNCHANGED, health_since=now, next_poll=now) for p in polls])


def _switch(url: str, *, enabled: bool, reason: str) -> str:
    from pipeline.adapters.subscriptions import address, switch

    listed = address(url)
    switch(settings.load().home / "config" / "feeds.yaml", listed, enabled=enabled, reason=reason)
    say(f"{'on' if enabled else 'off'}: {listed}")
    return listed


@app.command("import")
def import_feeds(file: Annotated[Path, typer.Argument(help="OPML.")]) -> None:
    """Subscribe to every feed of an OPML file that is not listed yet; `feeds check` then tells which answer."""
    from pipeline.adapters.opml import read_opml
    from pipeline.adapters.subscriptions import address, append
    from pipeline.domain.link import site_of

    config = settings.load()
    try:
        given = read_opml(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error})") from error
    known = {f.url for f in config.feeds()}
    fresh: dict[str, Feed] = {}
    for url, title in given:
        try:
            listed = address(url)
        except UsageError as error:
            say(f"left out: {error}")
            continue
        if listed not in known:
            fresh.setdefault(listed, Feed(url=listed, outlet=title or site_of(listed)))
    if fresh:
        append(config.home / "config" / "feeds.yaml", list(fresh.values()))
    say(f"{len(fresh)} of {len(given)} feeds added; language en and country INT are assumed")


@app.command("export")
def export_feeds(
    file: Annotated[Path | None, typer.Argument(help="Where to; default: standard output.")] = None,
) -> None:
    """Write every feed as OPML."""
    from pipeline.adapters.opml import write_opml

    data = write_opml(settings.load().feeds())
    if file is None:
        sys.stdout.write(data.decode())
        return
    try:
        file.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error})") from error
