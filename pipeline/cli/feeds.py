"""`policywire feeds`: what is subscribed, and whether it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import typer
from rich.table import Table

from pipeline import settings
from pipeline.cli.show import out, progress, say
from pipeline.domain.feed import Feed
from pipeline.domain.state import State
from pipeline.errors import ParseError
from pipeline.ports import Deps, Request

app = typer.Typer(help="The subscribed feeds.", no_args_is_help=True)


@app.command("list")
def list_feeds() -> None:
    """Every feed, with the state of its last poll."""
    from pipeline.runner import wired

    with wired(settings.load()) as deps:
        polls = deps.store.polls([f.url for f in deps.feeds])
    table = Table("outlet", "kind", "country", "state", "feed")
    for feed in deps.feeds:
        poll = polls.get(feed.url)
        state = f"off: {feed.reason}" if not feed.enabled else str(poll.state) if poll else "never polled"
        table.add_row(feed.outlet, feed.kind, feed.country, state, feed.url)
    out.print(table)


@app.command()
def check() -> None:
    """Try every enabled feed once and say which answer; nothing is stored."""
    from pipeline.runner import wired

    tried = bad = 0
    with wired(settings.load()) as deps, progress("feeds") as tell:
        enabled = [f for f in deps.feeds if f.enabled]
        for tried, (feed, state, detail) in enumerate(attempts(deps, enabled), 1):
            bad += state != "ok"
            tell(tried, len(enabled))
            say(f"{state:16} {feed.outlet}: {detail} {feed.url}")
    say(f"{tried - bad} of {tried} feeds answer")
    if bad:
        raise typer.Exit(1)


def attempts(deps: Deps, feeds: Sequence[Feed]) -> Iterator[tuple[Feed, str, str]]:
    """Ask for every feed once and store nothing: feed, state, and how many entries or what is wrong."""
    by_url = {f.url: f for f in feeds}
    for reply in deps.http.get_all([Request(url=url, key=url) for url in by_url]):
        feed, state, detail = by_url[reply.request.key], str(reply.state), reply.error
        if reply.state is State.OK:
            try:
                detail = f"{len(deps.parser.parse(feed, reply))} entries"
            except ParseError as error:
                state, detail = error.state, error.reason
        yield feed, state, detail
