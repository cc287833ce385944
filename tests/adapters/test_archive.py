"""The archive keeps bodies whole, in a folder or behind a URL, for as long as they are wanted."""

from __future__ import annotations

import time
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import bindparam, event, text
from warcio.archiveiterator import ArchiveIterator

from pipeline.adapters.archive import UrlArchive
from pipeline.adapters.store import SqlStore, open_store
from pipeline.adapters.store.schema import Moment
from pipeline.adapters.warc import write_warc
from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, Evidence, Source, Statement
from pipeline.domain.entry import Entry
from pipeline.domain.feed import FeedBody, PageBody
from pipeline.domain.scope import Window
from pipeline.domain.state import State
from pipeline.errors import StoreError
from pipeline.ports import ReadEntry
from pipeline.runner import prune_archive

NOW = datetime(2025, 7, 26, 12, tzinfo=UTC)
OLD = NOW - timedelta(days=91)
SOON = 3.0  # seconds for one run's pruning, where it takes a tenth of that; a run of fetch ends with it
FEED = "https://news.example/feed"


@pytest.fixture(params=["folder", "memory"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> UrlArchive:
    return UrlArchive(str(tmp_path / "archive") if request.param == "folder" else f"memory://{uuid4().hex}")


def test_a_body_comes_back_as_it_was_and_is_kept_once(archive: UrlArchive) -> None:
    keys = [archive.put(b"body" * 1000) for _ in range(2)]

    assert archive.get(keys[0]) == b"body" * 1000
    assert keys[0] == keys[1]
    count, size = archive.size()
    assert (count, size < 400) == (1, True)


def test_a_body_that_is_not_there_is_an_error_and_no_harm_to_delete(archive: UrlArchive) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        archive.get("0" * 64)

    archive.delete(["0" * 64])

    assert archive.size() == (0, 0)


def test_a_body_that_an_older_version_packed_is_read_counted_and_deleted(tmp_path: Path) -> None:
    archive, key = UrlArchive(str(tmp_path)), sha256(b"body").hexdigest()
    (tmp_path / key[:2]).mkdir()
    (tmp_path / key[:2] / f"{key}.z").write_bytes(zlib.compress(b"body"))

    assert (archive.get(key), archive.size()[0]) == (b"body", 1)

    archive.delete([key])

    assert archive.size() == (0, 0)


def test_a_damaged_body_is_told_from_a_whole_one(tmp_path: Path) -> None:
    archive = UrlArchive(str(tmp_path))
    one, other = archive.put(b"one"), archive.put(b"other")
    (tmp_path / one[:2] / f"{one}.zst").write_bytes((tmp_path / other[:2] / f"{other}.zst").read_bytes())

    with pytest.raises(StoreError, match="not the one"):
        archive.get(one)


def page(store: SqlStore, archive: UrlArchive, name: str, seen: datetime, feed: str = "none") -> Article:
    """An entry whose page was read and archived."""
    entry = Entry(feed_url=feed, id="", link=f"https://news.example/{name}", title=name)
    store.add_entries([entry], seen)
    article = Article(
        id=entry.key, url=entry.link, outlet="News", title=name, text="Text.", published=seen, retrieved=seen
    )
    store.save_pages([reading(archive, article, name, seen)])
    return article


def reading(archive: UrlArchive, article: Article, body: str, at: datetime, state: State = State.OK) -> ReadEntry:
    kept = PageBody(sha256=archive.put(body.encode()), fetched_at=at, url=article.url, content_type="text/html")
    return ReadEntry(key=article.id, state=state, body=kept, article=replace(article, state=state))


def cite(store: SqlStore, article: Article) -> None:
    evidence = Evidence(source=1, article_id=article.id, start=0, end=3, sha256=article.sha256, score=1.0)
    source = Source(
        n=1,
        title="T",
        outlet="News",
        url=article.url,
        published=NOW,
        retrieved=NOW,
        sha256=article.sha256,
        group=1,
    )
    statement = Statement(text="It was said.", paragraph=1, role="lead", evidence=(evidence,))
    brief = Brief(story="s", topics=("ai",), title="T", statements=(statement,), quote=None, sources=(source,))
    store.save_briefs([brief], NOW)


def test_old_bodies_go_and_what_is_cited_or_still_wanted_stays(store: SqlStore, tmp_path: Path) -> None:
    archive = UrlArchive(str(tmp_path / "archive"))
    page(store, archive, "old", OLD)
    cite(store, page(store, archive, "cited", OLD))
    page(store, archive, "young", NOW)
    feeds = {name: archive.put(name.encode()) for name in ("old feed", "twice", "young feed")}
    bodies = [("old feed", OLD, FEED), ("twice", OLD, FEED), ("twice", NOW, FEED + "2"), ("young feed", NOW, FEED)]
    store.save_feed_bodies([FeedBody(feed_url=url, sha256=feeds[n], fetched_at=at) for n, at, url in bodies])

    gone = prune_archive(store, archive, 90, NOW)
    again = prune_archive(store, archive, 90, NOW)

    assert (gone, again) == (2, 0)
    kept = [b.sha256 for b in store.bodies_of(Window.of_days(date(2025, 1, 1), date(2025, 12, 31)))]
    assert sorted(archive.get(s) for s in set(kept)) == [b"cited", b"twice", b"young", b"young feed"]


def left(archive: UrlArchive, *bodies: str) -> list[str]:
    """Which of these bodies the archive still has."""
    found = []
    for body in sorted(bodies):
        try:
            archive.get(sha256(body.encode()).hexdigest())
            found.append(body)
        except StoreError:
            continue
    return found


def test_every_body_that_a_page_ever_had_goes_in_its_time_the_unstored_ones_too(
    store: SqlStore, tmp_path: Path
) -> None:
    archive = UrlArchive(str(tmp_path / "archive"))
    article = page(store, archive, "first", OLD)
    store.save_pages([reading(archive, article, "second", OLD)])
    store.save_pages([reading(archive, article, "wall", OLD, State.THIN)])  # nothing takes a whole article's place
    last = store.page_bodies([article.id])[article.id].sha256
    store.save_pages([reading(archive, article, "third", NOW)])

    prune_archive(store, archive, 90, NOW)

    assert last == sha256(b"second").hexdigest()
    assert left(archive, "first", "second", "wall", "third") == ["third"]


def test_a_body_that_was_fetched_again_is_as_young_as_that(store: SqlStore, tmp_path: Path) -> None:
    archive = UrlArchive(str(tmp_path / "archive"))
    article = page(store, archive, "same", OLD)
    store.save_pages([reading(archive, article, "same", NOW)])

    assert prune_archive(store, archive, 90, NOW) == 0


def test_what_is_cited_keeps_the_feed_that_first_showed_it(store: SqlStore, tmp_path: Path) -> None:
    archive = UrlArchive(str(tmp_path / "archive"))
    times = {"before": OLD - timedelta(hours=1), "first": OLD, "after": OLD + timedelta(hours=1)}
    bodies = [FeedBody(feed_url=FEED, sha256=archive.put(n.encode()), fetched_at=at) for n, at in times.items()]
    store.save_feed_bodies(bodies)
    cite(store, page(store, archive, "cited", OLD, FEED))

    prune_archive(store, archive, 90, NOW)

    assert left(archive, *times, "cited") == ["cited", "first"]


def test_pruning_reads_no_brief(store: SqlStore, tmp_path: Path) -> None:
    archive = UrlArchive(str(tmp_path / "archive"))
    cite(store, page(store, archive, "cited", OLD))
    page(store, archive, "old", OLD)
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    prune_archive(store, archive, 90, NOW)

    assert asked
    assert not [statement for statement in asked if "briefs" in statement]


def test_a_warc_file_holds_addresses_times_and_bodies() -> None:
    out = BytesIO()

    written = write_warc(out, [("https://news.example/a", NOW, "text/html; charset=koi8-r", b"page" * 100)])

    out.seek(0)
    info, record = [(r.rec_type, r.rec_headers, r.content_stream().read()) for r in ArchiveIterator(out)]
    kind, headers, body = record
    assert (written, info[0], kind, body) == (1, "warcinfo", "resource", b"page" * 100)
    assert headers.get_header("WARC-Target-URI") == "https://news.example/a"
    assert headers.get_header("WARC-Date") == "2025-07-26T12:00:00Z"


@pytest.mark.slow
def test_fault_87_among_a_million_pages_the_old_go_but_those_that_a_brief_cites(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'large.db'}")
    many, old, at_once = 1_000_000, 10_000, 1000
    fill(store, many, old)
    began = time.monotonic()

    gone = [len(store.forget_bodies(NOW - timedelta(days=90), at_once)) for _ in range(10)]

    seconds = (time.monotonic() - began) / len(gone)
    left = "select count(*) from page_bodies b join cited c on c.article_id = b.entry_key"
    with store.engine.connect() as connection:
        assert connection.execute(text(left)).scalar() == old / 10
    assert gone == [at_once] * 9 + [0]
    assert store.status()["rows"]["page_bodies"] == many - 0.9 * old
    assert seconds < SOON, seconds
    store.close()


def fill(store: SqlStore, many: int, old: int) -> None:
    """So many pages, written by the database itself; of the first, which are old, a brief cites each tenth."""
    moments = [bindparam("first", OLD, type_=Moment), bindparam("later", NOW, type_=Moment)]
    with store.writer.begin() as connection:
        for words in FILLING:
            wanted = [m for m in moments if f":{m.key}" in words]
            connection.execute(text(words).bindparams(*wanted), {"many": many, "old": old})


FILLING = (
    """insert into entries (key, feed_url, guid, link, title, summary, author, published, published_raw, first_seen,
    state, reason, body_sha256)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < :many)
    select 'k' || i, 'f', '', 'l' || i, 't', '', '', case when i <= :old then :first else :later end, '',
    case when i <= :old then :first else :later end, 'ok', '', 'b' || i from n""",
    """insert into page_bodies (entry_key, sha256, fetched_at)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < :many)
    select 'k' || i, 'b' || i, case when i <= :old then :first else :later end from n""",
    """insert into cited (article_id)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < :many)
    select 'k' || i from n where i <= :old and i % 10 = 0""",
)
