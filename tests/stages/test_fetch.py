"""Fetch: which feeds are polled, and what is kept of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.domain.feed import Feed, FeedBody, Poll
from pipeline.domain.scope import Scope, Shard, Window
from pipeline.domain.state import State
from pipeline.ports import Reply
from pipeline.stages.fetch import run
from tests.fakes import NOON, FakeHttp, FakeStore, answer, deps, failure

A = Feed(url="https://a.example/feed", outlet="A")
B = Feed(url="https://b.example/feed", outlet="B")
BODY = b"FEED\nhttps://a.example/1\nhttps://a.example/2"
DAY = Window.of_days(NOON.date(), NOON.date())


def poll(**changes: object) -> Poll:
    old = Poll(feed_url=A.url, state=State.POLLED, polled_at=NOON, next_poll=NOON, polls=1)
    return replace(old, **changes)  # type: ignore[arg-type]  # tests name real fields


def refusal(status: int, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    failed = failure(A.url, State.HTTP_ERROR, f"HTTP {status}")
    return replace(failed, status=status, headers=named)


def test_new_entries_are_stored_and_counted() -> None:
    store, http = FakeStore(), FakeHttp({A.url: answer(A.url, BODY)})

    report = run(deps(store, http, [A]), Scope())

    assert report.counts == {"new": 2, "polled": 1}
    assert {e.link for e in store.entries.values()} == {"https://a.example/1", "https://a.example/2"}


def test_an_entry_without_a_link_is_counted_and_not_stored() -> None:
    store, http = FakeStore(), FakeHttp({A.url: answer(A.url, b"FEED\n-")})

    report = run(deps(store, http, [A]), Scope())

    assert report.counts == {"no-link": 1, "polled": 1}
    assert store.entries == {}


def test_a_feed_that_is_not_due_is_counted_and_not_asked() -> None:
    store, http = FakeStore(known={A.url: poll(next_poll=NOON + timedelta(minutes=1))}), FakeHttp()

    report = run(deps(store, http, [A]), Scope())

    assert (report.counts, http.asked) == ({"not-due": 1}, [])


def test_force_asks_a_feed_that_is_not_due() -> None:
    store, http = FakeStore(known={A.url: poll(next_poll=NOON + timedelta(days=1))}), FakeHttp()

    run(deps(store, http, [A]), Scope(force=True))

    assert [r.url for r in http.asked] == [A.url]


def test_a_feed_that_is_off_or_outside_of_the_scope_is_not_asked() -> None:
    http = FakeHttp()

    run(
        deps(FakeStore(), http, [A, B, Feed(url="https://c.example/", outlet="C", enabled=False)]),
        Scope(feeds=frozenset({B.url})),
    )

    assert [r.url for r in http.asked] == [B.url]


def test_shards_share_the_feeds_without_overlap() -> None:
    feeds = [Feed(url=f"https://{n}.example/feed", outlet="x") for n in range(20)]
    asked: list[str] = []

    for index in range(3):
        http = FakeHttp()
        run(deps(FakeStore(), http, feeds), Scope(shard=Shard(index=index, count=3)))
        asked += [r.url for r in http.asked]

    assert sorted(asked) == sorted(f.url for f in feeds)


def test_validators_come_back_as_they_were_given() -> None:
    store, http = FakeStore(), FakeHttp({A.url: answer(A.url, BODY, etag='W/"x y"', **{"last-modified": "Sat"})})

    run(deps(store, http, [A]), Scope())
    run(deps(store, http, [A]), Scope(force=True))

    assert (http.asked[1].etag, http.asked[1].last_modified) == ('W/"x y"', "Sat")


def test_the_same_body_again_is_unchanged_and_adds_nothing() -> None:
    store, http = FakeStore(), FakeHttp({A.url: answer(A.url, BODY)})
    run(deps(store, http, [A]), Scope())

    report = run(deps(store, http, [A]), Scope(force=True))

    assert report.counts == {"unchanged": 1}


def test_a_304_keeps_validators_and_is_no_failure() -> None:
    store = FakeStore(known={A.url: poll(etag="e", body_sha256="h", failures=2)})
    http = FakeHttp({A.url: failure(A.url, State.UNCHANGED, "")})

    report = run(deps(store, http, [A]), Scope())

    kept = store.known[A.url]
    assert (report.counts, report.failures) == ({"unchanged": 1}, ())
    assert (kept.etag, kept.body_sha256, kept.failures) == ("e", "h", 0)


def test_now_and_then_the_whole_feed_is_asked_for() -> None:
    whole = []
    for n in range(1, 60):
        http = FakeHttp()
        run(deps(FakeStore(known={A.url: poll(polls=n, etag="e", body_sha256="h")}), http, [A]), Scope())
        whole.append(http.asked[0].etag == "")

    assert 1 <= sum(whole) <= 6


def test_a_failing_feed_costs_only_itself_and_is_named() -> None:
    http = FakeHttp({A.url: answer(A.url, BODY), B.url: answer(B.url, b"<html>")})

    report = run(deps(FakeStore(), http, [A, B]), Scope())

    assert report.counts == {"new": 2, "not-a-feed": 1, "polled": 1}
    assert report.failures == (f"{B.url}: not-a-feed: no FEED line",)


@pytest.mark.parametrize(("failures", "minutes"), [(0, 30), (1, 60), (2, 120), (50, 24 * 60)])
def test_fault_22_each_failure_in_a_row_doubles_the_wait_up_to_a_day(failures: int, minutes: int) -> None:
    store = FakeStore(known={A.url: poll(failures=failures)})

    run(deps(store, FakeHttp({A.url: refusal(500)}), [A]), Scope())

    wait = store.known[A.url].next_poll - NOON
    assert timedelta(minutes=minutes) * 0.9 <= wait <= timedelta(minutes=minutes)


def test_success_ends_the_wait() -> None:
    store, http = FakeStore(known={A.url: poll(failures=5)}), FakeHttp({A.url: answer(A.url, BODY)})

    run(deps(store, http, [A]), Scope())

    assert store.known[A.url].failures == 0
    assert timedelta(minutes=15) <= store.known[A.url].next_poll - NOON <= timedelta(hours=6)


def test_a_feed_that_failed_to_parse_is_not_called_unchanged_next_time() -> None:
    store, http = FakeStore(), FakeHttp({A.url: answer(A.url, b"<html>", etag="e")})
    run(deps(store, http, [A]), Scope())

    report = run(deps(store, http, [A]), Scope(force=True))

    assert report.counts == {"not-a-feed": 1}
    assert http.asked[1].etag == ""


def test_polls_are_written_after_entries() -> None:
    store, http = FakeStore(), FakeHttp({A.url: answer(A.url, BODY)})

    run(deps(store, http, [A]), Scope())

    assert store.log == ["entries", "polls"]


def test_a_window_reads_archived_bodies_and_asks_nobody() -> None:
    store, http = FakeStore(), FakeHttp({A.url: answer(A.url, BODY)})
    wired = deps(store, http, [A])
    run(wired, Scope())
    store.entries.clear()

    report = run(wired, Scope(window=DAY))

    assert (len(http.asked), len(store.entries)) == (1, 2)
    assert report.counts == {"new": 2, "polled": 1}


def test_a_window_leaves_out_entries_of_other_days() -> None:
    store, http = FakeStore(), FakeHttp({A.url: answer(A.url, BODY)})
    wired = deps(store, http, [A])
    run(wired, Scope())
    store.entries.clear()

    run(wired, Scope(window=Window(since=DAY.until, until=DAY.until + timedelta(days=1))))

    assert store.entries == {}


def test_a_lost_archived_body_is_a_failure_and_not_the_end() -> None:
    store = FakeStore(bodies=[FeedBody(feed_url=A.url, sha256="0" * 64, fetched_at=NOON)])

    report = run(deps(store, FakeHttp(), [A]), Scope(window=DAY))

    assert report.failed == 1
    assert report.failures[0].startswith(A.url)
