"""Extract: read the page of every entry that nobody has read yet, while the next pages are being fetched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pipeline.domain.article import LANGUAGES, Article, believable
from pipeline.domain.attempt import next_try, passes
from pipeline.domain.feed import Feed, PageBody
from pipeline.domain.scope import Scope
from pipeline.domain.state import FRESH, State
from pipeline.domain.wait import asked_pause
from pipeline.errors import StoreError
from pipeline.ports import Deps, Page, PendingEntry, RawPage, ReadEntry, Reply, Report, Request

BATCH = 200
PATIENCE = timedelta(seconds=30)  # how long pages that are read wait to be written, where they come in slowly
WORTH_KEEPING = 80  # characters of the feed's own text, where the page gave none


def run(deps: Deps, scope: Scope) -> Report:
    """Read pending pages; with a window, the archived ones again, and the network only for the rest.

    With a window and `force` every page is asked for anew, since pages change after they were read.
    """
    entries = {e.key: e for e in deps.store.pending_entries(scope, deps.now())}
    archived = deps.store.page_bodies(list(entries)) if scope.window and not scope.force else {}
    states: list[State] = []
    failures: list[str] = []
    kept = 0
    waiting: list[ReadEntry] = []
    written = deps.now()
    for read in read_all(deps, entries, archived):
        waiting.append(read)
        states.append(read.state)
        kept += read.article is not None and read.state not in FRESH | {State.OTHER_LANGUAGE}
        if read.reason:
            failures.append(f"{entries[read.key].link}: {read.state}: {read.reason}")
        deps.tell(len(states), len(entries))
        if len(waiting) >= BATCH or deps.now() - written > PATIENCE:
            deps.store.save_pages(waiting)
            waiting, written = [], deps.now()
    deps.store.save_pages(waiting)
    return Report.of("extract", states, failures, kept=kept)


def read_all(deps: Deps, entries: Mapping[str, PendingEntry], archived: Mapping[str, PageBody]) -> Iterator[ReadEntry]:
    """What became of each entry, as it becomes known. The extractor pulls pages while it works on others."""
    feeds = {f.url: f for f in deps.feeds}
    bodies: dict[str, PageBody] = {}
    failed: list[Reply] = []

    def pages() -> Iterator[RawPage]:
        for reply in replies(deps, entries, archived):
            if reply.state is State.OK:
                key = reply.request.key
                body = page_body(deps, reply)
                known = archived.get(key)
                bodies[key] = known if known and known.sha256 == body.sha256 else body
                yield raw_page(entries[key], reply)
            else:
                failed.append(reply)

    def ended() -> Iterator[ReadEntry]:
        while failed:
            reply = failed.pop()
            entry = entries[reply.request.key]
            page = Page(state=reply.state, reason=reply.error)
            yield outcome(entry, page, feeds.get(entry.feed_url), deps.now(), reply)

    for key, page in deps.extractor.extract_all(pages()):
        yield from ended()
        read = outcome(entries[key], page, feeds.get(entries[key].feed_url), deps.now())
        yield replace(read, body=bodies.pop(key))
    yield from ended()


def page_body(deps: Deps, reply: Reply) -> PageBody:
    """Archive the body of a reply."""
    return PageBody(
        sha256=deps.archive.put(reply.body),
        fetched_at=deps.now(),
        url=reply.url,
        content_type=reply.headers.get("content-type", "")[:200],
    )


def replies(deps: Deps, entries: Mapping[str, PendingEntry], archived: Mapping[str, PageBody]) -> Iterator[Reply]:
    """An answer for each entry: the archived one, as it came, where it is asked for and still there."""
    missing = []
    for key, entry in entries.items():
        request = Request(url=entry.link, key=key)
        try:
            if old := archived.get(key):
                headers = {"content-type": old.content_type}
                body = deps.archive.get(old.sha256)
                yield Reply(request=request, url=old.url or entry.link, status=200, body=body, headers=headers)
                continue
        except StoreError:
            pass
        missing.append(request)
    if missing:
        yield from deps.http.get_all(missing)


def raw_page(entry: PendingEntry, reply: Reply) -> RawPage:
    """The page with what its feed said of it; the page's own title and date are looked for where the feed has none."""
    return RawPage(
        key=entry.key,
        body=reply.body,
        url=reply.url,
        title=entry.title,
        content_type=reply.headers.get("content-type", ""),
        metadata=not (entry.title and entry.dated),
    )


def outcome(
    entry: PendingEntry, page: Page, feed: Feed | None, now: datetime, failed: Reply | None = None
) -> ReadEntry:
    """The entry's new state, its article if there is text, and when to try again; `failed` is a reply with no page."""
    article = article_from(entry, page, feed, now)
    state = page.state
    if state is State.OK and article and article.language not in LANGUAGES:
        state = State.OTHER_LANGUAGE
    if not passes(page.state, failed.status if failed else 0):
        attempts = entry.attempts if state is State.NOT_NOW else 0  # it was not asked for: nothing has changed
        return ReadEntry(key=entry.key, state=state, reason=page.reason, article=article, attempts=attempts)
    attempts = entry.attempts + 1
    again = next_try(attempts, now, asked_pause(failed.status, failed.headers, now) if failed else timedelta())
    return ReadEntry(
        key=entry.key,
        state=state if again else State.QUARANTINED,
        reason=page.reason if again else f"{attempts} attempts, the last: {page.state}: {page.reason}",
        article=article,
        attempts=attempts,
        next_try=again,
    )


def article_from(entry: PendingEntry, page: Page, feed: Feed | None, now: datetime) -> Article | None:
    """The page's text, or the feed's own where that says more; None where neither is worth keeping.

    Title and date are the feed's where it has them.
    """
    state, text = page.state, page.text
    if state is not State.OK:
        state, text = State.THIN, page.text if page.state is State.THIN else ""
        if len(entry.summary) >= max(WORTH_KEEPING, len(text)):
            state, text = State.FEED_TEXT, entry.summary
    if not text:
        return None
    own = feed.language if feed else ""
    return Article(
        id=entry.key,
        url=entry.link,
        outlet=feed.outlet if feed else "",
        country=feed.country if feed else "INT",
        title=entry.title or page.title,
        text=text,
        author=entry.author or page.author,
        published=entry.published.astimezone(UTC) if entry.dated else believable(page.date, entry.published),
        retrieved=now,
        # A few words say little about their language.
        language=page.language or own if state is State.OK else own or page.language,
        state=state,
    )
