"""The stage digest, over a real database: one edition a list and day, and what it holds."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from pipeline.adapters.http import AiohttpClient
from pipeline.adapters.store import SqlStore
from pipeline.domain.feed import Feed, Poll
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.ports import Deps
from pipeline.stages import digest, fetch
from tests.stages.digest.desk import HALF_AN_HOUR, NOON, READERS, at, brief, files, mails, part, save


def test_an_edition_holds_the_new_briefs_in_both_parts_and_goes_to_every_reader(given: Deps, store: SqlStore) -> None:
    save(store, brief())

    report = digest.run(given, Scope())

    assert report.counts == {"written": 1, "sent": 2}
    assert [recipient for recipient, _ in mails(given)] == list(READERS.recipients)
    message = mails(given)[0][1]
    parts = {p.get_content_type(): p.get_content() for p in message.walk() if not p.is_multipart()}
    assert set(parts) == {"text/plain", "text/html", "image/png"}
    for kind in ("text/plain", "text/html"):
        assert "Twelve states signed a treaty" in parts[kind]
        assert "https://harbor.example/1" in parts[kind]


def test_a_brief_that_arrives_after_the_edition_stands_in_the_next_one_only(given: Deps, store: SqlStore) -> None:
    save(store, brief())
    digest.run(given, Scope())
    save(store, brief(story="s2", title="A late one"))
    digest.run(given, Scope())

    digest.run(at(given, NOON + timedelta(days=1)), Scope())

    assert b"A late one" not in files(given)["digest/2025-07-26.html"]
    assert b"A late one" in files(given)["digest/2025-07-27.html"]
    assert b"The first one" not in files(given)["digest/2025-07-27.html"]


def test_no_edition_is_written_before_the_list_s_local_hour_unless_forced(given: Deps, store: SqlStore) -> None:
    early = replace(given, readers=(replace(READERS, hour=15),))  # 12:00 UTC is 14:00 in Berlin

    assert digest.run(early, Scope()).counts == {"not-due": 1}
    assert files(given) == {}
    assert digest.run(replace(early, now=lambda: NOON + timedelta(hours=1)), Scope()).counts["written"] == 1


def test_a_forced_edition_does_not_wait_for_its_hour(given: Deps) -> None:
    early = replace(given, readers=(replace(READERS, hour=23),))

    assert digest.run(early, Scope(force=True)).counts["written"] == 1


def test_the_day_is_the_readers_own(given: Deps) -> None:
    late = replace(given, now=lambda: datetime(2025, 7, 26, 22, 30, tzinfo=UTC))

    digest.run(late, Scope())

    assert {"digest/2025-07-27.eml", "digest/2025-07-27.html"} <= set(files(given))


def test_fault_79_what_is_seen_late_is_in_the_next_digest_once(given: Deps, store: SqlStore) -> None:
    digest.run(given, Scope())
    save(store, brief(title="Told the day before"))  # its sources are of the day whose edition is out

    for days in (1, 2):
        digest.run(replace(given, now=lambda days=days: NOON + timedelta(days=days)), Scope())  # type: ignore[misc]  # mypy cannot infer a default

    told = [b"Told the day before" in files(given)[f"digest/2025-07-{day}.html"] for day in (26, 27, 28)]
    assert told == [False, True, False]


def test_a_list_gets_its_own_topics_only(given: Deps, store: SqlStore) -> None:
    save(store, brief(), brief(story="s2", title="About weights", topics=("open",)))

    digest.run(replace(given, readers=(replace(READERS, topics=frozenset({"open"})),)), Scope())

    page = files(given)["digest/2025-07-26.html"]
    assert b"About weights" in page
    assert b"The first one" not in page


def test_fault_70_a_quiet_day_says_so_and_a_day_of_failing_feeds_is_an_alarm(given: Deps, store: SqlStore) -> None:
    digest.run(given, Scope())
    assert "nothing new" in mails(given)[0][1]["Subject"]

    bad = Poll(
        feed_url="https://a.example/feed", state=State.HTTP_ERROR, polled_at=NOON, next_poll=NOON, reason="HTTP 500"
    )
    store.save_polls([bad])
    digest.run(at(replace(given, feeds=(Feed(url=bad.feed_url, outlet="A"),)), NOON + timedelta(days=1)), Scope())

    assert "all feeds are failing" in mails(given)[-1][1]["Subject"]
    assert "Alarm" in part(mails(given)[-1][1])


def test_fault_17_and_70_a_host_that_is_down_is_a_failing_feed_from_the_socket_to_the_digest(
    given: Deps, store: SqlStore
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        pair = f"127.0.0.1:{closed.getsockname()[1]}"
    client = AiohttpClient(allowed=frozenset({pair}), unpaced=frozenset({pair}), hosts=store, timeout_seconds=5)
    url = f"http://{pair}/feed"
    given = replace(given, http=client, feeds=(Feed(url=url, outlet="Down"),))

    report = fetch.run(given, Scope())
    digest.run(given, Scope())

    poll = store.polls([url])[url]
    assert report.counts == {"network-error": 1}
    assert (poll.health, poll.failures, poll.next_poll > NOON) == (State.FAILING, 1, True)
    assert "all feeds are failing" in mails(given)[-1][1]["Subject"]


def test_a_day_on_which_fetching_did_not_run_is_an_alarm_though_the_feeds_were_well_before(
    given: Deps, store: SqlStore
) -> None:
    feed = Feed(url="https://a.example/feed", outlet="A")
    store.save_polls([Poll(feed_url=feed.url, state=State.POLLED, polled_at=NOON, next_poll=NOON)])
    save(store, brief())
    given = replace(given, feeds=(feed,))
    digest.run(given, Scope())
    assert mails(given)[-1][1]["Subject"] == "Desk, 2025-07-26: 1 brief"

    digest.run(at(given, NOON + timedelta(days=1)), Scope())
    save(store, brief(story="s2"))
    digest.run(at(given, NOON + timedelta(days=10)), Scope())

    assert mails(given)[-1][1]["Subject"] == "Desk, 2025-08-05: 1 brief, no feed was read"
    for kind in ("plain", "html"):
        told = part(mails(given)[-1][1], kind)
        assert "none of 1 feeds was read since the last digest; fetching did not run" in told


def test_a_list_of_approved_briefs_waits_for_the_analyst(given: Deps, store: SqlStore) -> None:
    given = replace(given, readers=(replace(READERS, approved=True),))
    save(store, brief(), brief(story="s2", title="Nobody read this"))
    store.approve("s1", 1, "A. Reed", NOON)

    digest.run(given, Scope())

    page = files(given)["digest/2025-07-26.html"]
    assert b"The first one" in page
    assert b"Nobody read this" not in page


def test_a_grown_story_stands_under_developing_with_what_is_new(given: Deps, store: SqlStore) -> None:
    save(store, brief())
    digest.run(given, Scope())
    grown = brief()
    extra = replace(grown.statements[0], text="A thirteenth state joined.")
    save(store, replace(grown, statements=(grown.statements[0], extra, grown.statements[1])))

    digest.run(at(given, NOON + timedelta(days=1)), Scope())

    text = part(mails(given)[-1][1])
    assert "DEVELOPING" in text
    assert "Since the last edition: A thirteenth state joined [1]." in text


def test_an_edition_s_files_are_named_by_day_and_keep_their_name_when_lists_come_or_change_places(
    given: Deps,
) -> None:
    other = replace(READERS, id="other", title="Other")
    digest.run(replace(given, public_url="https://desk.example/d"), Scope())

    digest.run(at(replace(given, readers=(other, READERS)), NOON + timedelta(hours=1)), Scope())
    digest.run(at(replace(given, readers=(READERS, other)), NOON + timedelta(days=1)), Scope())

    assert {n.removeprefix("digest/").removesuffix(".html") for n in files(given) if n.endswith(".html")} == {
        "desk",
        "other",
        "2025-07-26",
        "2025-07-26-other",
        "2025-07-27-desk",
        "2025-07-27-other",
    }
    assert b'href="2025-07-26.html"' in files(given)["digest/desk.html"]
    assert b'href="2025-07-27-desk.html"' in files(given)["digest/desk.html"]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("changes", [date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)])
def test_fault_77_each_local_day_has_one_edition_and_each_brief_is_in_one(
    given: Deps, store: SqlStore, zone: str, changes: date
) -> None:
    readers = replace(READERS, zone=zone, hour=0)
    begin, end = (datetime.combine(changes + timedelta(days=n), time(), ZoneInfo(zone)) for n in (-1, 2))
    ticks = int((end.astimezone(UTC) - begin.astimezone(UTC)) / HALF_AN_HOUR)

    # At each tick a brief is there and then the stage looks: midnight's own brief is the last of the day before.
    for tick in range(ticks + 1):
        save(store, brief(story=f"s{tick}", title=f"Story {tick}"))
        now = begin.astimezone(UTC) + HALF_AN_HOUR * tick
        digest.run(at(replace(given, readers=(readers,), mailer=None), now), Scope())

    editions = store.editions("desk", 10)[::-1]
    hours = [0.5, *(length(changes + timedelta(days=n), zone) for n in (-1, 0, 1))]
    assert [e.day for e in editions] == [changes + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [len(e.briefs) / 2 for e in editions] == hours
    assert sorted(story for e in editions for story, _ in e.briefs) == sorted(f"s{n}" for n in range(ticks + 1))


def length(day: date, zone: str) -> float:
    """The hours of a local day: 23 where the clock goes forward, 25 where it goes back."""
    change = {("Europe/Berlin", "2026-03-29"): -1, ("America/New_York", "2026-03-08"): -1}
    change |= {("Europe/Berlin", "2026-10-25"): 1, ("America/New_York", "2026-11-01"): 1}
    return 24 + change.get((zone, day.isoformat()), 0)


def test_fault_78_a_clock_that_steps_back_or_forward_loses_and_repeats_no_brief(given: Deps, store: SqlStore) -> None:
    steps = [0, 24, 22, -2, 25, 48]
    for n, hours in enumerate(steps):
        save(store, brief(story=f"s{n}", title=f"Story {n}"))
        digest.run(at(given, NOON + timedelta(hours=hours)), Scope())

    shown = [story for e in store.editions("desk", 10) for story, _ in e.briefs]
    assert sorted(shown) == [f"s{n}" for n in range(len(steps))]


def test_fault_80_after_three_days_without_a_run_one_edition_holds_everything(given: Deps, store: SqlStore) -> None:
    digest.run(given, Scope())
    save(store, brief(), brief(story="s2", title="Another"))

    digest.run(at(given, NOON + timedelta(days=3)), Scope())

    assert [len(e.briefs) for e in store.editions("desk", 5)] == [2, 0]
