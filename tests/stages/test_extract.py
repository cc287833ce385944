"""Extract: what becomes of an entry's page."""

from __future__ import annotations

import pytest

from pipeline.domain.feed import Feed
from pipeline.domain.scope import Scope, Window
from pipeline.domain.state import State
from pipeline.ports import PendingEntry
from pipeline.stages.extract import run
from tests.fakes import NOON, FakeHttp, FakeStore, answer, deps, failure

FEED = Feed(url="https://a.example/feed", outlet="The A", country="FR", language="fr")
LINK = "https://a.example/1"
TEXT = "The council adopted the rules. " * 20
SUMMARY = "The council adopted rules for artificial intelligence on Monday, after a debate of nine hours."
DAY = Scope(window=Window.of_days(NOON.date(), NOON.date()))


def entry(key: str = "k1", *, link: str = LINK, title: str = "Rules adopted", summary: str = "") -> PendingEntry:
    return PendingEntry(
        key=key, link=link, title=title, summary=summary, author="Ada", feed_url=FEED.url, published=NOON
    )


def test_a_page_becomes_an_article_of_its_feed_s_outlet() -> None:
    store, http = FakeStore(waiting=[entry()]), FakeHttp({LINK: answer(LINK, TEXT.encode())})

    report = run(deps(store, http, [FEED]), Scope())

    article = store.read["k1"].article
    assert report.counts == {"ok": 1}
    assert article is not None
    assert (article.id, article.url, article.outlet, article.country) == ("k1", LINK, "The A", "FR")
    assert (article.title, article.published, article.state) == ("Rules adopted", NOON, State.OK)
    assert article.language == "en"


def test_the_page_s_title_is_used_where_the_entry_has_none() -> None:
    store, http = FakeStore(waiting=[entry(title="")]), FakeHttp({LINK: answer(LINK, TEXT.encode())})

    run(deps(store, http, [FEED]), Scope())

    article = store.read["k1"].article
    assert article is not None
    assert article.title == "The page's title"


@pytest.mark.parametrize(
    "reply",
    [
        failure(LINK, State.HTTP_ERROR, "HTTP 403"),
        failure(LINK, State.BLOCKED, "not public"),
        failure(LINK, State.TIMEOUT, "30 s"),
        answer(LINK, b"Only a teaser."),
    ],
)
def test_a_long_summary_stands_in_for_a_page_that_gives_no_text(reply: object) -> None:
    store, http = FakeStore(waiting=[entry(summary=SUMMARY)]), FakeHttp({LINK: reply})  # type: ignore[dict-item]  # parametrize hides the type

    run(deps(store, http, [FEED]), Scope())

    article = store.read["k1"].article
    assert article is not None
    assert (article.text, article.state) == (SUMMARY, State.FEED_TEXT)


def test_a_failed_page_with_a_short_summary_leaves_no_article() -> None:
    store = FakeStore(waiting=[entry(summary="Short.")])

    report = run(deps(store, FakeHttp(), [FEED]), Scope())

    assert (store.read["k1"].article, report.counts) == (None, {"http-error": 1})


def test_a_failure_is_named_with_link_state_and_reason() -> None:
    store = FakeStore(waiting=[entry()])

    report = run(deps(store, FakeHttp(), [FEED]), Scope())

    assert report.failures == (f"{LINK}: http-error: HTTP 404",)


def test_pages_are_archived_and_written_in_batches() -> None:
    links = [f"https://a.example/{n}" for n in range(450)]
    store = FakeStore(waiting=[entry(str(n), link=link) for n, link in enumerate(links)])
    wired = deps(store, FakeHttp({link: answer(link, TEXT.encode()) for link in links}), [FEED])

    run(wired, Scope())

    assert store.log == ["200 pages", "200 pages", "50 pages"]
    assert wired.archive.get(store.read["7"].body_sha256) == TEXT.encode()


def test_a_window_reads_the_archive_and_asks_nobody() -> None:
    store, http = FakeStore(waiting=[entry()]), FakeHttp({LINK: answer(LINK, TEXT.encode())})
    wired = deps(store, http, [FEED])
    run(wired, Scope())

    report = run(wired, DAY)

    assert (report.counts, len(http.asked)) == ({"ok": 1}, 1)


def test_a_window_asks_for_a_page_whose_archived_body_is_lost() -> None:
    store = FakeStore(waiting=[entry()], page_hashes={"k1": "0" * 64})
    http = FakeHttp({LINK: answer(LINK, TEXT.encode())})

    report = run(deps(store, http, [FEED]), DAY)

    assert (report.counts, len(http.asked)) == ({"ok": 1}, 1)


def test_an_entry_of_a_feed_that_is_no_longer_subscribed_is_still_read() -> None:
    store, http = FakeStore(waiting=[entry()]), FakeHttp({LINK: answer(LINK, TEXT.encode())})

    report = run(deps(store, http, []), Scope())

    assert report.counts == {"ok": 1}


def test_nothing_pending_is_an_empty_report() -> None:
    report = run(deps(FakeStore(), FakeHttp(), [FEED]), Scope())

    assert (report.counts, report.failures) == ({}, ())


def test_a_page_without_any_text_and_without_a_summary_leaves_no_article() -> None:
    store, http = FakeStore(waiting=[entry()]), FakeHttp({LINK: answer(LINK, b"")})

    run(deps(store, http, [FEED]), Scope())

    assert store.read["k1"].article is None
