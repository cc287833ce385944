"""Editions and their outbox: each brief's revision is settled once, each mail is on its way once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from pipeline.adapters.store import SqlStore
from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, Evidence, NoBrief, Source, Statement
from pipeline.domain.edition import Delivery, Edition, ReaderList, Section
from pipeline.domain.entry import Entry
from pipeline.domain.feed import Poll
from pipeline.domain.state import State
from pipeline.domain.story import Change, Story, StoryEvent
from pipeline.domain.topic import Flag
from pipeline.ports import ReadEntry
from tests.adapters.store.told import tell

NOW = datetime(2025, 7, 26, 12, tzinfo=UTC)
DAY = NOW.date()
LONG_AGO = NOW - timedelta(days=1)
DESK = ReaderList(id="desk", title="Desk")
EDITION = Edition(day=DAY, list_id="desk", title="Desk", html="h", text="t", eml=b"first", briefs=())


def brief(story: str, text: str = "Twelve states signed.", topic: str = "states") -> Brief:
    span = Evidence(source=1, article_id="a1", start=0, end=9, sha256="0" * 64, score=1.0)
    source = Source(
        n=1, title="T", outlet="O", url="https://o.example", published=NOW, retrieved=NOW, sha256="0" * 64, group=1
    )
    return Brief(
        story=story,
        topics=(topic,),
        title=text,
        statements=(Statement(text=text, paragraph=1, role="lead", evidence=(span,)),),
        quote=None,
        sources=(source,),
    )


def save(store: SqlStore, briefs: list[Brief]) -> None:
    tell(store, [b.story for b in briefs])
    store.save_briefs(briefs, NOW)


def pending(store: SqlStore, readers: ReaderList = DESK) -> list[tuple[str, int, int | None]]:
    items, _ = store.pending_items(readers)
    return [(i.brief.story, i.brief.revision, i.before[-1].revision if i.before else None) for i in items]


def settle(store: SqlStore, day: date = DAY, readers: ReaderList = DESK) -> None:
    _, keys = store.pending_items(readers)
    store.save_edition(replace(EDITION, day=day, list_id=readers.id, briefs=tuple(keys)), [], NOW)


def test_the_newest_revision_is_pending_with_the_one_that_readers_had(store: SqlStore) -> None:
    save(store, [brief("s1", "One.")])
    settle(store)
    save(store, [brief("s1", "Two.")])
    save(store, [brief("s1", "Three."), brief("s2")])

    assert sorted(pending(store)) == [("s1", 3, 1), ("s2", 1, None)]


def test_an_overtaken_revision_is_settled_by_the_edition_that_shows_its_successor(store: SqlStore) -> None:
    save(store, [brief("s1", "One.")])
    save(store, [brief("s1", "Two.")])

    settle(store)

    found = store.edition(DAY, "desk")
    assert found is not None
    assert sorted(found.briefs) == [("s1", 1), ("s1", 2)]
    assert pending(store) == []


def merge(store: SqlStore, gone: str, heir: str) -> None:
    [into] = [o.story for o in store.overviews([heir])]
    [ended] = [o.story for o in store.overviews([gone])]
    grown = Story(id=heir, members=(*into.members, *ended.members))
    event = StoryEvent(story=gone, change=Change.MERGED, articles=ended.members, at=NOW, other=heir)
    store.save_stories([grown], NOW, [event])


def test_a_story_that_was_merged_away_is_not_told_any_more(store: SqlStore) -> None:
    save(store, [brief("s1"), brief("s2")])
    merge(store, "s1", "s2")

    assert pending(store) == [("s2", 1, None)]
    assert [b.story for b in store.briefs()] == ["s2"]
    assert store.untold() == ["s1"]


def test_the_heir_of_stories_that_readers_had_is_developing_against_all_of_them(store: SqlStore) -> None:
    save(store, [brief("s1", "One."), brief("s2", "Two.")])
    settle(store)
    save(store, [brief("s3", "Three.")])
    merge(store, "s1", "s2")
    merge(store, "s2", "s3")

    [item], _ = store.pending_items(DESK)

    assert (item.brief.story, [b.story for b in item.before]) == ("s3", ["s1", "s2"])
    assert item.section is Section.DEVELOPING
    assert [s.text for s in item.news] == ["Three."]


def test_a_story_without_evidence_now_or_flagged_no_longer_sends_no_older_brief(store: SqlStore) -> None:
    save(store, [brief("s1"), brief("s2"), brief("s3")])
    store.save_briefs([NoBrief(story="s1", topics=("states",), reason="one source")], NOW)
    [unflagged] = [o.story for o in store.overviews(["s2"])]
    store.save_flags([Flag(article_id=unflagged.members[0], topic="ai", probability=0.1, flagged=False, model_id="m2")])

    assert pending(store) == [("s3", 1, None)]
    assert [b.story for b in store.briefs()] == ["s3"]
    assert sorted(store.untold()) == ["s1", "s2"]


def test_lists_have_their_own_editions_and_topics(store: SqlStore) -> None:
    open_ = ReaderList(id="open", title="Open", topics=frozenset({"open"}))
    save(store, [brief("s1"), brief("s2", topic="open")])
    settle(store)

    assert pending(store) == []
    assert pending(store, open_) == [("s2", 1, None)]


def test_a_list_of_some_languages_gets_the_stories_that_an_article_in_one_of_them_tells(store: SqlStore) -> None:
    for story, language in (("s1", "en"), ("s2", "fr")):
        entry = Entry(feed_url="https://o.example/feed", id=story, link=f"https://o.example/{story}", title="T")
        told = Article(id=entry.key, url=entry.link, outlet="O", title="T", text="Text.", published=NOW, retrieved=NOW)
        told = replace(told, language=language)
        store.add_entries([entry], NOW)
        store.save_pages([ReadEntry(key=entry.key, state=State.OK, article=told)])
        [source] = brief(story).sources
        save(store, [replace(brief(story), sources=(replace(source, article_id=entry.key),))])

    assert pending(store, replace(DESK, languages=frozenset({"fr"}))) == [("s2", 1, None)]
    assert len(pending(store, replace(DESK, languages=frozenset({"de", "en", "fr"})))) == 2


def test_an_edition_is_committed_once(store: SqlStore) -> None:
    store.save_edition(EDITION, ["a@b.example"], NOW)
    store.save_edition(replace(EDITION, eml=b"second"), ["c@d.example"], NOW)

    assert store.edition(DAY, "desk") == EDITION
    assert [d.recipient for d in store.deliveries(DAY, "desk")] == ["a@b.example"]


def test_editions_come_newest_first(store: SqlStore) -> None:
    for days in (2, 0, 1):
        store.save_edition(replace(EDITION, day=DAY + timedelta(days=days)), [], NOW)

    assert [e.day.day for e in store.editions("desk", 2)] == [28, 27]


def test_of_many_runs_at_once_one_holds_a_mail(store: SqlStore) -> None:
    store.save_edition(EDITION, ["a@b.example"], NOW)
    [due] = store.due_deliveries(NOW, LONG_AGO)

    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: store.claim_delivery(due, NOW), range(8)))

    assert sorted(claims) == [False] * 7 + [True]
    assert store.due_deliveries(NOW, LONG_AGO) == []


def test_a_deferred_mail_is_due_again_at_its_time_and_counts_its_attempts(store: SqlStore) -> None:
    store.save_edition(EDITION, ["a@b.example"], NOW)
    [due] = store.due_deliveries(NOW, LONG_AGO)
    store.claim_delivery(due, NOW)
    store.close_delivery(due, State.DEFERRED, "451", NOW + timedelta(minutes=15))

    assert store.due_deliveries(NOW, LONG_AGO) == []
    [again] = store.due_deliveries(NOW + timedelta(minutes=15), LONG_AGO)
    assert (again.attempts, again.reason) == (1, "451")


def test_a_mail_left_on_its_way_by_a_dead_run_becomes_unknown_and_is_not_due(store: SqlStore) -> None:
    store.save_edition(EDITION, ["a@b.example"], NOW)
    [due] = store.due_deliveries(NOW, LONG_AGO)
    store.claim_delivery(due, NOW)
    later = NOW + timedelta(hours=1)

    assert store.due_deliveries(later, later - timedelta(minutes=15)) == []
    assert [(d.state, d.attempts) for d in store.deliveries(DAY, "desk")] == [("unknown", 1)]


def test_an_operator_s_word_sends_a_mail_again_or_settles_it(store: SqlStore) -> None:
    store.save_edition(EDITION, ["a@b.example"], NOW)
    mail = Delivery(day=DAY, list_id="desk", recipient="a@b.example", state="")

    assert store.decide_delivery(mail, "sent", "settled by an operator", NOW)
    assert store.due_deliveries(NOW, LONG_AGO) == []
    assert store.decide_delivery(mail, "prepared", "", NOW)
    assert [d.recipient for d in store.due_deliveries(NOW, LONG_AGO)] == ["a@b.example"]
    assert not store.decide_delivery(replace(mail, recipient="c@d.example"), "sent", "", NOW)


def test_a_suppressed_reader_s_waiting_mail_is_not_sent_and_a_restored_one_is_no_longer_suppressed(
    store: SqlStore,
) -> None:
    store.save_edition(EDITION, ["A@b.example", "c@d.example"], NOW)

    store.suppress("desk", "a@B.example", NOW)

    assert store.suppressed("desk") == {"a@b.example"}
    assert [d.recipient for d in store.due_deliveries(NOW, LONG_AGO)] == ["c@d.example"]
    assert store.restore("desk", "a@b.example")
    assert not store.restore("desk", "a@b.example")
    assert store.suppressed("desk") == frozenset()


def test_a_reader_written_in_three_ways_is_one_mail(store: SqlStore) -> None:
    store.save_edition(EDITION, ["Ann <Ann@x.example>", "ann@x.example", "ANN@x.example"], NOW)

    assert [(d.recipient, d.mailbox) for d in store.deliveries(DAY, "desk")] == [
        ("ann@x.example", "Ann <Ann@x.example>")
    ]


def test_a_suppression_holds_however_the_address_is_written(store: SqlStore) -> None:
    store.save_edition(EDITION, ["Ann <ann@x.example>"], NOW)

    store.suppress("desk", "A. Reed <ANN@x.example>", NOW)

    assert store.suppressed("desk") == {"ann@x.example"}
    assert [d.state for d in store.deliveries(DAY, "desk")] == ["suppressed"]
    assert store.restore("desk", "Ann <ann@X.example>")


def test_a_mail_that_is_asked_for_again_is_not_sent_to_a_suppressed_reader(store: SqlStore) -> None:
    store.save_edition(EDITION, ["a@b.example"], NOW)
    [mail] = store.due_deliveries(NOW, LONG_AGO)
    store.claim_delivery(mail, NOW)
    store.suppress("desk", "a@b.example", NOW)
    store.close_delivery(mail, State.DEFERRED, "451", NOW)

    assert not store.claim_delivery(mail, NOW)
    assert store.due_deliveries(NOW, LONG_AGO) == []
    assert not store.decide_delivery(mail, "prepared", "", NOW)
    assert [d.state for d in store.deliveries(DAY, "desk")] == ["suppressed"]


def test_nobody_decides_on_a_mail_that_a_run_may_hold(store: SqlStore) -> None:
    store.save_edition(EDITION, ["a@b.example"], NOW)
    [mail] = store.due_deliveries(NOW, LONG_AGO)
    store.claim_delivery(mail, NOW)

    assert not store.decide_delivery(mail, "prepared", "", NOW)
    assert [d.state for d in store.deliveries(DAY, "desk")] == ["sending"]


def test_the_health_of_a_day_counts_the_feeds_that_should_be_read_and_what_was_read_since(store: SqlStore) -> None:
    def poll(name: str, state: State, days: int) -> Poll:
        at = NOW - timedelta(days=days)
        return Poll(feed_url=f"https://{name}.example", state=state, polled_at=at, next_poll=at)

    store.save_polls(
        [
            poll("paused", State.POLLED, 0),
            poll("well", State.UNCHANGED, 0),
            poll("once", State.POLLED, 40),
            poll("bad", State.TIMEOUT, 0),
            poll("worse", State.TIMEOUT, 3),
        ]
    )

    found = store.health(LONG_AGO, [f"https://{n}.example" for n in ("well", "once", "bad", "worse", "new")])

    assert (found.feeds, found.feeds_tried, found.feeds_read, found.feeds_failing) == (5, 2, 1, 2)
