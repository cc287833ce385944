"""When a feed is asked again, what is sent, and what an operator hears: the manners of fetch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.feed import ADOPT_AFTER, Feed, Poll
from pipeline.domain.rhythm import Rhythm
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.domain.wait import LONGEST, asked_wait
from pipeline.ports import Reply
from pipeline.stages.fetch import run
from pipeline.stages.fetch.head import head_of
from pipeline.stages.fetch.keep import MOST_NEW
from pipeline.stages.fetch.wait import next_time
from tests.fakes import NOON, FakeHttp, FakeStore, answer, deps, failure

A = Feed(url="https://a.example/feed", outlet="A")
NEW_HOME = "https://new.example/feed"
BODY = b"FEED\nhttps://a.example/1\nhttps://a.example/2"
SENT = "Sat, 26 Jul 2025 12:00:00 GMT"


def known(**changes: object) -> FakeStore:
    old = Poll(feed_url=A.url, state=State.POLLED, polled_at=NOON, next_poll=NOON, polls=1)
    return FakeStore(known={A.url: replace(old, **changes)})  # type: ignore[arg-type]  # tests name real fields


def refusal(status: int, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return replace(failure(A.url, State.HTTP_ERROR, f"HTTP {status}"), status=status, headers=named)


def poll_once(store: FakeStore, reply: Reply, now: datetime = NOON, scope: Scope | None = None) -> Sequence[str]:
    """Poll feed A at its present address; gives the lines for the operator."""
    poll = store.known.get(A.url)
    http = FakeHttp({poll.address if poll else A.url: reply})
    return run(deps(store, http, [A], now=lambda: now), scope or Scope(force=True)).failures


def wait(store: FakeStore) -> timedelta:
    return store.known[A.url].next_poll - NOON


def test_fault_19_a_304_writes_no_entry_and_parses_nothing() -> None:
    store = known(etag="e", body_sha256="h")

    poll_once(store, failure(A.url, State.UNCHANGED, ""))

    assert (store.entries, store.log) == ({}, ["polls"])


def test_fault_20_validators_go_back_as_they_came_with_the_address_that_gave_them() -> None:
    store, http = FakeStore(), FakeHttp({A.url: answer(A.url, BODY, etag=' W/"x', **{"last-modified": "Sat, odd"})})

    run(deps(store, http, [A]), Scope())
    run(deps(store, http, [A]), Scope(force=True))

    asked = http.asked[1]
    assert (asked.etag, asked.last_modified, asked.validated_url) == (' W/"x', "Sat, odd", A.url)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("value", "least"),
    [
        ("7200", timedelta(hours=2)),
        ("Sat, 26 Jul 2025 15:00:00 GMT", timedelta(hours=3)),
        ("315360000", LONGEST),
        ("Sat, 26 Jul 2035 15:00:00 GMT", LONGEST),
    ],
)
def test_fault_21_and_22_retry_after_is_kept_up_to_a_week(status: int, value: str, least: timedelta) -> None:
    store = known()

    poll_once(store, refusal(status, retry_after=value, date=SENT))

    assert wait(store) == least


@pytest.mark.parametrize("value", ["soon", "-5", "", "1e9", "٣", "9" * 5000, "Sat, 99 Jul 2025"])
def test_fault_21_a_garbled_retry_after_leaves_a_bounded_wait(value: str) -> None:
    store = known()

    poll_once(store, refusal(429, retry_after=value))

    assert timedelta(minutes=15) < wait(store) <= LONGEST


def test_fault_22_a_missing_feed_is_asked_ever_more_rarely_and_stays_on() -> None:
    store = known(failures=11)

    poll_once(store, refusal(404))

    assert timedelta(days=6) < wait(store) <= LONGEST
    assert store.known[A.url].health is State.FAILING


def test_fault_22_a_feed_that_is_gone_is_disabled_told_of_and_asked_no_more() -> None:
    store = known()

    lines = poll_once(store, refusal(410))
    report = run(deps(store, http := FakeHttp(), [A], now=lambda: NOON + timedelta(days=900)), Scope())

    assert lines == (f"{A.url}: disabled: HTTP 410: the publisher has taken the feed away for good",)
    assert (report.counts, http.asked) == ({"disabled": 1}, [])


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"cache-control": "public, max-age=7200"}, timedelta(hours=2)),
        ({"cache-control": "max-age=99999999999"}, LONGEST),
        ({"cache-control": "no-cache, max-age=7200"}, timedelta()),
        ({"expires": "Sat, 26 Jul 2025 13:00:00 GMT", "date": SENT}, timedelta(hours=1)),
        # The server's clock is a year behind: its own Date says what it means.
        (
            {"expires": "Fri, 26 Jul 2024 13:00:00 GMT", "date": "Fri, 26 Jul 2024 12:00:00 GMT"},
            timedelta(hours=1),
        ),
        ({"expires": "0"}, timedelta()),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, timedelta()),
    ],
)
def test_fault_23_freshness_lengthens_the_wait(headers: dict[str, str], expected: timedelta) -> None:
    assert asked_wait(200, headers, NOON) == expected


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("<ttl>180</ttl>", 180),
        ("<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 360),
        ("<syn:updatePeriod>weekly</syn:updatePeriod><ttl>5</ttl>", 10_080),
        ("<ttl>soon</ttl>", 0),
        ("<ttl>-5</ttl>", 0),
        ("<item></item><ttl>180</ttl>", 0),
    ],
)
def test_fault_23_the_feed_s_own_wish_is_read_from_its_head(said: str, minutes: int) -> None:
    assert head_of(f"<rss><channel><title>T</title>{said}<item><title>A</title></item>".encode()).minutes == minutes


def test_fault_23_a_wish_is_kept_when_the_feed_is_unchanged() -> None:
    store = known(hint_minutes=600)

    poll_once(store, failure(A.url, State.UNCHANGED, ""))

    assert wait(store) == timedelta(minutes=600)


def test_fault_23_skipped_hours_are_skipped() -> None:
    skipped = head_of(b"<rss><skipHours><hour>12</hour><hour>13</hour><hour>14</hour></skipHours>").skip_hours

    moment = next_time(NOON, timedelta(minutes=15), timedelta(), 0, ",".join(map(str, sorted(skipped))))

    assert moment == NOON.replace(hour=15)


@given(st.binary(max_size=3000))
def test_any_bytes_have_a_head(body: bytes) -> None:
    head = head_of(b"<rss><title>" + body)

    assert head.minutes >= 0
    assert "\n" not in head.title


def moved(status: int = 301, to: str = NEW_HOME) -> Reply:
    return replace(answer(A.url, BODY), url=to, hops=((status, to),))


def test_fault_24_a_permanent_redirect_is_adopted_after_five_equal_sightings() -> None:
    store = FakeStore()

    heard = [poll_once(store, moved()) for _ in range(ADOPT_AFTER)]

    assert store.known[A.url].address == NEW_HOME
    assert [len(lines) for lines in heard] == [0, 0, 0, 0, 1]
    assert heard[-1][0].startswith(f"{A.url}: moved: the feed is now asked for at {NEW_HOME}")


def test_fault_24_sightings_that_differ_or_are_temporary_count_for_nothing() -> None:
    store = FakeStore()

    for reply in [moved(), moved(), moved(), moved(), moved(to="https://other.example/"), moved(), moved()]:
        poll_once(store, reply)
    for _ in range(10):
        poll_once(store, moved(302))

    assert store.known[A.url].address == A.url


def test_fault_24_an_adopted_address_that_fails_gives_way_to_the_operator_s_own() -> None:
    store = known(moved_to=NEW_HOME, moved_seen=ADOPT_AFTER)

    poll_once(store, refusal(410))

    assert store.known[A.url].address == A.url
    assert store.known[A.url].health is State.FAILING


def test_a_step_down_from_https_is_told_once() -> None:
    store = FakeStore()

    heard = [poll_once(store, moved(302, "http://a.example/feed")) for _ in range(3)]

    assert [line for lines in heard for line in lines] == [f"{A.url}: moved: the server redirects from https to http"]


def test_fault_25_ten_runs_in_a_minute_ask_once() -> None:
    store, http = FakeStore(), FakeHttp({A.url: answer(A.url, BODY)})

    for second in range(10):
        run(deps(store, http, [A], now=lambda: NOON + timedelta(seconds=second)), Scope())  # noqa: B023 -- used at once

    assert len(http.asked) == 1


@pytest.mark.parametrize("word", ["captcha", "Just a moment...", "<input type='password'>"])
def test_fault_29_a_wall_is_no_feed_and_the_last_good_poll_is_kept(word: str) -> None:
    store = known(etag="e", body_sha256="h", items=9)

    [line] = poll_once(store, answer(A.url, f"<html>{word}</html>".encode(), etag="new"))

    assert line == f"{A.url}: not-a-feed: the answer is a log-in, captcha or refusal page"
    kept = store.known[A.url]
    assert (kept.etag, kept.body_sha256, kept.health, kept.failures) == ("e", "h", State.NOT_A_FEED, 1)


def test_fault_30_a_feed_that_had_entries_and_has_none_is_suspicious() -> None:
    store = known(items=50)

    [line] = poll_once(store, answer(A.url, b"FEED"))

    assert line == f"{A.url}: suspicious-empty: the feed has no entry, the last time it had 50"
    assert store.known[A.url].health is State.SUSPICIOUS_EMPTY


def test_fault_44_a_thousand_new_entries_are_taken_and_the_rest_follows() -> None:
    links = [f"https://a.example/{n}" for n in range(2500)]
    reply = answer(A.url, ("FEED\n" + "\n".join(links)).encode())
    store = FakeStore()

    heard = [poll_once(store, reply) for _ in range(4)]

    assert heard[0] == (f"{A.url}: not-now: {MOST_NEW} new entries taken, 1500 wait for the next poll",)
    assert [len(lines) for lines in heard] == [1, 1, 0, 0]
    assert {e.link for e in store.entries.values()} == set(links)


def test_fault_44_entries_that_wait_are_counted() -> None:
    body = ("FEED\n" + "\n".join(f"https://a.example/{n}" for n in range(1200))).encode()

    report = run(deps(FakeStore(), FakeHttp({A.url: answer(A.url, body)}), [A]), Scope())

    assert report.counts == {"new": 1000, "not-now": 200, "polled": 1}


def test_fault_45_a_feed_that_changes_its_title_is_told_of() -> None:
    store = known(title="The Harbour Gazette")

    lines = poll_once(store, answer(A.url, BODY + b"\n"))
    store.known[A.url] = replace(store.known[A.url], title="The Harbour Gazette", body_sha256="")
    turned = poll_once(store, answer(A.url, b"FEED\n<title>Best Casino</title>"))

    assert lines == ()
    assert turned[0].startswith(f"{A.url}: changed: the feed was called 'The Harbour Gazette' and is now 'Best Casino'")


def test_a_feed_whose_turn_does_not_come_stays_due_and_is_told_of() -> None:
    store = known()

    [line] = poll_once(store, failure(A.url, State.NOT_NOW, "a.example has more requests than one run may send it"))

    assert line.startswith(f"{A.url}: not-now:")
    assert store.known[A.url].polls == 1


def test_fault_17_a_feed_whose_robots_txt_is_in_trouble_for_days_is_failing_and_asked_more_rarely() -> None:
    store = known()
    trouble = replace(failure(A.url, State.NOT_NOW, "robots.txt cannot be read at the moment (HTTP 503)"), status=503)

    waits = []
    for _ in range(4):
        [line] = poll_once(store, trouble)
        waits.append(wait(store))

    assert line == f"{A.url}: not-now: robots.txt cannot be read at the moment (HTTP 503)"
    assert waits == sorted(waits)
    assert waits[-1] > timedelta(hours=3)
    poll = store.known[A.url]
    assert (poll.health, poll.state, poll.failures) == (State.FAILING, State.HTTP_ERROR, 4)


def test_a_busy_feed_is_asked_more_often_than_a_rare_one_and_both_within_bounds() -> None:
    busy = Rhythm().after([NOON - timedelta(hours=h / 4) for h in range(200)], NOON)
    rare = Rhythm().after([NOON - timedelta(days=9 * n) for n in range(4)], NOON)

    least = timedelta(minutes=15)
    assert busy.interval(least, NOON) == least
    assert rare.interval(least, NOON) == timedelta(hours=6)
    assert Rhythm().after([NOON - timedelta(hours=6 * n) for n in range(40)], NOON).interval(least, NOON) < timedelta(
        hours=2
    )


def test_a_feed_silent_for_far_longer_than_its_habit_is_quiet_and_told_of_once() -> None:
    friday = datetime(2025, 7, 25, 12, tzinfo=UTC)
    habit = Rhythm().after([friday - timedelta(hours=2 * n) for n in range(150)], friday)
    store = known(rhythm=habit)
    unchanged = failure(A.url, State.UNCHANGED, "")

    weekend = poll_once(store, unchanged, friday + timedelta(days=2))
    alarm = poll_once(store, unchanged, friday + timedelta(days=6))
    again = poll_once(store, unchanged, friday + timedelta(days=7))

    assert (weekend, again) == ((), ())
    assert alarm == (f"{A.url}: quiet: nothing new since 2025-07-25, far longer than is its habit",)
    assert store.known[A.url].health_since == friday + timedelta(days=6)
