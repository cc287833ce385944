"""Past days once more: archived bodies are parsed again as they came, and no socket is opened."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain.entry import Entry, published_by, tidy
from pipeline.domain.feed import Feed, FeedBody
from pipeline.domain.scope import Window
from pipeline.domain.state import State
from pipeline.errors import ParseError, StoreError
from pipeline.ports import Deps, Reply, Report, Request


def replay(deps: Deps, feeds: Sequence[Feed], window: Window) -> Report:
    """Parse the archived bodies that may hold entries of the window; what they hold of it is stored."""
    by_url = {f.url: f for f in feeds}
    now = deps.now()
    states: list[State] = []
    failures: list[str] = []
    for body in deps.store.feed_bodies(list(by_url), window):
        try:
            entries = _entries(deps, by_url[body.feed_url], body)
        except (ParseError, StoreError) as error:
            states.append(State.UNREADABLE)
            failures.append(f"{body.feed_url}: {error}")
            continue
        wanted = {e.key: e for e in entries if e.link and window.holds(published_by(e, now))}
        states += [State.POLLED, *deps.store.add_entries(list(wanted.values()), now)]
    return Report.of("fetch", states, failures)


def _entries(deps: Deps, feed: Feed, body: FeedBody) -> list[Entry]:
    url = body.url or feed.url
    headers = {"content-type": body.content_type} if body.content_type else {}
    reply = Reply(request=Request(url=url), url=url, status=200, body=deps.archive.get(body.sha256), headers=headers)
    return [tidy(e, deps.canonical) for e in deps.parser.parse(feed, reply)]
