"""Extract: read the page of every entry that nobody has read yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from pipeline.domain.article import Article
from pipeline.domain.feed import Feed
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.errors import StoreError
from pipeline.ports import Deps, Page, PendingEntry, ReadEntry, Reply, Report, Request

BATCH = 200
WORTH_KEEPING = 80  # characters of the feed's own text, where the page gave none
TEXT_STATES = frozenset({State.OK, State.THIN})


def run(deps: Deps, scope: Scope) -> Report:
    """Read pending pages; with a window, the archived ones again, and the network only for the rest."""
    entries = deps.store.pending_entries(scope)
    feeds = {f.url: f for f in deps.feeds}
    read: list[tuple[PendingEntry, ReadEntry]] = []
    for start in range(0, len(entries), BATCH):
        batch = entries[start : start + BATCH]
        for page in read_batch(deps, batch, feeds, archived=scope.window is not None):
            read.append(page)
            deps.tell(len(read), len(entries))
        deps.store.save_pages([page for _, page in read[start:]])
    failures = [f"{entry.link}: {page.state}: {page.reason}" for entry, page in read if page.reason]
    return Report.of("extract", [page.state for _, page in read], failures)


def read_batch(
    deps: Deps, entries: Sequence[PendingEntry], feeds: Mapping[str, Feed], *, archived: bool
) -> Iterator[tuple[PendingEntry, ReadEntry]]:
    """Each entry with what became of its page."""
    by_key = {e.key: e for e in entries}
    known = deps.store.page_bodies(list(by_key)) if archived else {}
    replies = [reply for key, sha256 in known.items() if (reply := _kept(deps, by_key[key], sha256))]
    kept = {reply.request.key for reply in replies}
    missing = [Request(url=e.link, key=e.key) for e in entries if e.key not in kept]
    for source in (replies, deps.http.get_all(missing) if missing else ()):
        for reply in source:
            entry = by_key[reply.request.key]
            yield entry, read_reply(deps, entry, reply, feeds.get(entry.feed_url))


def _kept(deps: Deps, entry: PendingEntry, sha256: str) -> Reply | None:
    try:
        return Reply(request=Request(url=entry.link, key=entry.key), url=entry.link, body=deps.archive.get(sha256))
    except StoreError:
        return None


def read_reply(deps: Deps, entry: PendingEntry, reply: Reply, feed: Feed | None) -> ReadEntry:
    """The article of a page; where the page gave none, the feed's own text, marked thin."""
    if reply.state is not State.OK:
        page, sha256 = Page(state=reply.state, reason=reply.error), ""
    else:
        sha256 = deps.archive.put(reply.body)
        page = deps.extractor.extract(reply.body, reply.url, reply.headers.get("content-type", ""))
    article = None
    if (page.state in TEXT_STATES and page.text) or len(entry.summary) >= WORTH_KEEPING:
        article = article_from(entry, page, feed, deps.now())
    return ReadEntry(key=entry.key, state=page.state, reason=page.reason, body_sha256=sha256, article=article)


def article_from(entry: PendingEntry, page: Page, feed: Feed | None, now: datetime) -> Article:
    """Title and date are the feed's where it has them; text that is not the whole article is marked thin."""
    whole = page.state is State.OK
    text = page.text if whole else max(page.text, entry.summary, key=len)
    return Article(
        id=entry.key,
        url=entry.link,
        outlet=feed.outlet if feed else "",
        country=feed.country if feed else "INT",
        title=entry.title or page.title,
        text=text,
        author=entry.author or page.author,
        published=entry.published.astimezone(UTC),
        retrieved=now,
        language=page.language or (feed.language if feed else ""),
        state=State.OK if whole else State.THIN,
    )
