"""Extract: what becomes of an entry's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.domain.article import QUOTABLE
from pipeline.domain.attempt import ATTEMPTS
from pipeline.domain.feed import Feed, PageBody
from pipeline.domain.scope import Scope, Window
from pipeline.domain.state import State
from pipeline.ports import PendingEntry
from pipeline.stages.extract import run
from tests.fakes import NOON, FakeHttp, FakeStore, PlainExtractor, answer, deps, failure

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
    assert wired.archive.get(store.pages["7"].sha256) == TEXT.encode()


def test_a_window_reads_the_archive_and_asks_nobody() -> None:
    store, http = FakeStore(waiting=[entry()]), FakeHttp({LINK: answer(LINK, TEXT.encode())})
    wired = deps(store, http, [FEED])
    run(wired, Scope())

    report = run(wired, DAY)

    assert (report.counts, len(http.asked)) == ({"ok": 1}, 1)


def test_a_page_of_the_archive_is_read_again_with_the_address_and_type_that_it_came_with() -> None:
    class Watching(PlainExtractor):
        def extract_all(self, pages):  # type: ignore[no-untyped-def]  # as its base
            for raw in pages:
                seen.append((raw.url, raw.content_type))
                yield from super().extract_all([raw])

    seen: list[tuple[str, str]] = []
    moved = replace(answer(LINK, TEXT.encode(), **{"content-type": "text/html; charset=cp1252"}), url=LINK + "/home")
    store = FakeStore(waiting=[entry()])
    wired = replace(deps(store, FakeHttp({LINK: moved}), [FEED]), extractor=Watching())

    run(wired, Scope())
    first = store.pages["k1"]
    run(replace(wired, now=lambda: NOON + timedelta(days=1)), DAY)

    assert seen == [(LINK + "/home", "text/html; charset=cp1252")] * 2
    assert store.pages["k1"] == first


def test_a_window_asks_for_a_page_whose_archived_body_is_lost() -> None:
    store = FakeStore(waiting=[entry()], pages={"k1": PageBody(sha256="0" * 64, fetched_at=NOON)})
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


def test_a_feed_s_own_text_wakes_the_next_stage_and_may_be_cited_once_it_is_long() -> None:
    store = FakeStore(waiting=[entry("k1", summary=SUMMARY), entry("k2", summary=SUMMARY * 12)])

    report = run(deps(store, FakeHttp(), [FEED]), Scope())

    first, second = store.read["k1"].article, store.read["k2"].article
    assert (report.counts, report.fresh) == ({"http-error": 2}, 2)
    assert first is not None
    assert second is not None
    assert len(second.text) >= QUOTABLE > len(first.text)
    assert (first.citable, second.citable) == (False, True)


def test_a_page_that_failed_without_a_text_wakes_nobody() -> None:
    report = run(deps(FakeStore(waiting=[entry()]), FakeHttp(), [FEED]), Scope())

    assert report.fresh == 0


def test_fault_56_an_article_in_a_language_nobody_reads_is_kept_with_its_label() -> None:
    class German(PlainExtractor):
        def extract_all(self, pages):  # type: ignore[no-untyped-def]  # as its base
            for key, page in super().extract_all(pages):
                yield key, replace(page, language="de")

    store, http = FakeStore(waiting=[entry()]), FakeHttp({LINK: answer(LINK, TEXT.encode())})

    report = run(replace(deps(store, http, [FEED]), extractor=German()), Scope())

    article = store.read["k1"].article
    assert (report.counts, report.fresh) == ({"other-language": 1}, 0)
    assert article is not None
    assert (article.language, article.text) == ("de", TEXT)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2025-07-24", NOON.replace(day=24, hour=0)),
        ("1999-01-01", NOON),
        ("2031-01-01", NOON),
        ("no date", NOON),
        ("", NOON),
    ],
)
def test_fault_55_a_page_s_date_counts_only_where_the_feed_has_none_and_it_is_near(said: str, kept: object) -> None:
    undated = replace(entry(), dated=False)
    store, http = FakeStore(waiting=[undated]), FakeHttp({LINK: answer(LINK, TEXT.encode())})

    run(replace(deps(store, http, [FEED]), extractor=PlainExtractor(said)), Scope())

    article = store.read["k1"].article
    assert article is not None
    assert article.published == kept


def test_a_failure_that_may_pass_is_tried_again_later_and_later() -> None:
    store, clock = FakeStore(waiting=[entry()]), [NOON]
    http = FakeHttp({LINK: failure(LINK, State.NETWORK_ERROR, "refused")})
    wired = deps(store, http, [FEED], now=lambda: clock[0])

    for _ in range(2):
        run(wired, Scope())
        run(wired, Scope())  # too early: nobody is asked
        clock[0] += timedelta(hours=1)

    again = store.read["k1"].next_try
    assert len(http.asked) == 2
    assert again is not None
    assert store.read["k1"].state is State.NETWORK_ERROR


def test_fault_83_a_page_that_never_comes_is_quarantined_with_its_reason() -> None:
    tired = replace(entry(), attempts=ATTEMPTS - 1)
    store, http = FakeStore(waiting=[tired]), FakeHttp({LINK: failure(LINK, State.TIMEOUT, "30 s")})

    report = run(deps(store, http, [FEED]), Scope())

    assert report.counts == {"quarantined": 1}
    assert report.failures == (f"{LINK}: quarantined: {ATTEMPTS} attempts, the last: timeout: 30 s",)
    assert store.read["k1"].next_try is None


@pytest.mark.parametrize(("status", "again"), [(503, True), (429, True), (403, False), (404, False), (410, False)])
def test_an_answer_that_is_final_is_not_asked_for_again(status: int, again: bool) -> None:
    reply = replace(failure(LINK, State.HTTP_ERROR, f"HTTP {status}"), status=status)
    store = FakeStore(waiting=[entry()])

    run(deps(store, FakeHttp({LINK: reply}), [FEED]), Scope())

    assert (store.read["k1"].next_try is not None) is again


def test_force_asks_for_the_pages_of_a_window_anew() -> None:
    store, http = FakeStore(waiting=[entry()]), FakeHttp({LINK: answer(LINK, TEXT.encode())})
    wired = deps(store, http, [FEED])
    run(wired, Scope())

    run(wired, replace(DAY, force=True))

    assert len(http.asked) == 2


def test_pages_that_come_in_slowly_are_written_before_a_batch_is_full() -> None:
    links = [f"https://a.example/{n}" for n in range(4)]
    store = FakeStore(waiting=[entry(str(n), link=link) for n, link in enumerate(links)])
    clock = iter(NOON + timedelta(seconds=7 * n) for n in range(1000))

    run(deps(store, FakeHttp({k: answer(k, TEXT.encode()) for k in links}), [FEED], now=lambda: next(clock)), Scope())

    assert len(store.log) > 1


def test_fault_27_a_page_whose_robots_txt_is_in_trouble_is_tried_later_and_given_up_in_the_end() -> None:
    trouble = replace(failure(LINK, State.NOT_NOW, "robots.txt cannot be read"), status=503)
    tired = replace(entry("k2"), attempts=ATTEMPTS - 1)
    store = FakeStore(waiting=[entry(), tired])

    report = run(deps(store, FakeHttp({LINK: trouble}), [FEED]), Scope())

    assert report.counts == {"not-now": 1, "quarantined": 1}
    assert store.read["k1"].next_try is not None


def test_a_page_whose_turn_does_not_come_keeps_the_count_of_its_failures() -> None:
    store = FakeStore(waiting=[replace(entry(), attempts=2)])

    run(deps(store, FakeHttp({LINK: failure(LINK, State.NOT_NOW, "too many for one run")}), [FEED]), Scope())

    assert (store.read["k1"].attempts, store.read["k1"].next_try) == (2, None)


@pytest.mark.parametrize(("status", "waits"), [(429, True), (503, True), (500, False)])
def test_fault_21_a_page_is_not_tried_before_the_time_that_its_server_names(status: int, waits: bool) -> None:
    reply = replace(failure(LINK, State.HTTP_ERROR, "HTTP"), status=status, headers={"retry-after": "7200"})
    store = FakeStore(waiting=[entry()])

    run(deps(store, FakeHttp({LINK: reply}), [FEED]), Scope())

    assert (store.read["k1"].next_try == NOON + timedelta(hours=2)) is waits


def test_fault_21_a_page_waits_a_week_at_most() -> None:
    reply = replace(failure(LINK, State.HTTP_ERROR, "HTTP"), status=429, headers={"retry-after": "9" * 30})
    store = FakeStore(waiting=[entry()])

    run(deps(store, FakeHttp({LINK: reply}), [FEED]), Scope())

    assert store.read["k1"].next_try == NOON + timedelta(days=7)
