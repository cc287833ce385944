"""The store keeps what it was given, once, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.adapters.store import SqlStore, base, open_store
from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, Evidence, NoBrief, Source, Statement
from pipeline.domain.entry import Entry
from pipeline.domain.feed import Poll
from pipeline.domain.scope import Scope, Window
from pipeline.domain.state import State
from pipeline.domain.story import Story
from pipeline.domain.topic import Flag
from pipeline.errors import StoreError
from pipeline.ports import PendingEntry, ReadEntry

NOW = datetime(2025, 3, 5, 12, tzinfo=UTC)


def entry(number: int, published: datetime | None = NOW) -> Entry:
    link = f"https://news.example/{number}"
    return Entry(feed_url="https://news.example/feed", id=str(number), link=link, title="T", published=published)


def article(given: PendingEntry | Entry, text: str = "A text about a treaty.") -> Article:
    return Article(
        id=given.key, url=given.link, outlet="News", title="T", text=text, published=given.published, retrieved=NOW
    )


def read(store: SqlStore, *entries: Entry, text: str = "A text about a treaty.") -> list[Article]:
    store.add_entries(entries, NOW)
    articles = [article(e, text) for e in entries]
    store.save_pages([ReadEntry(key=a.id, state=State.OK, article=a) for a in articles])
    return articles


def flagged(store: SqlStore, *entries: Entry) -> list[Article]:
    articles = read(store, *entries)
    store.save_flags([flag(a.id) for a in articles])
    return articles


def flag(article_id: str) -> Flag:
    return Flag(article_id=article_id, topic="ai", probability=0.9, flagged=True, model_id="m1", terms=("treaty",))


def brief(story: str, text: str = "Ministers signed.") -> Brief:
    evidence = Evidence(source=1, article_id="a", start=0, end=3, sha256="0" * 64, score=1.0)
    source = Source(
        n=1, title="T", outlet="News", url="https://n.example", published=NOW, retrieved=NOW, sha256="0" * 64, group=1
    )
    statement = Statement(text=text, paragraph=1, role="lead", evidence=(evidence,))
    return Brief(story=story, topics=("ai",), title="T", statements=(statement,), quote=None, sources=(source,))


def test_an_entry_seen_again_is_known_and_not_written(store: SqlStore) -> None:
    first = store.add_entries([entry(1), entry(1)], NOW)

    again = store.add_entries([replace(entry(1), title="Other")], NOW + timedelta(days=1))

    assert (first, again) == ([State.NEW, State.KNOWN], [State.KNOWN])
    assert [e.title for e in store.pending_entries(Scope(), NOW)] == ["T"]


def test_a_publication_time_in_the_future_becomes_first_seen(store: SqlStore) -> None:
    store.add_entries([entry(1, NOW + timedelta(days=700))], NOW)

    assert store.pending_entries(Scope(), NOW)[0].published == NOW


def test_a_window_selects_by_publication_time_whatever_the_state(store: SqlStore) -> None:
    read(store, entry(1), entry(2, NOW - timedelta(days=3)))

    found = store.pending_entries(Scope(window=Window.of_days(date(2025, 3, 2), date(2025, 3, 2))), NOW)

    assert [e.link for e in found] == ["https://news.example/2"]
    assert store.pending_entries(Scope(), NOW) == []


def test_an_article_comes_back_as_it_was_stored(store: SqlStore) -> None:
    [stored] = read(store, entry(1))

    assert store.articles([stored.id]) == [stored]


def test_a_nul_character_does_not_reach_the_database(store: SqlStore) -> None:
    [stored] = read(store, entry(1), text="Some\x00thing")

    assert store.articles([stored.id])[0].text == "Something"


def test_an_article_whose_text_changed_waits_for_new_flags(store: SqlStore) -> None:
    flagged(store, entry(1))

    read(store, entry(1), text="Another text altogether.")

    assert [a.text for a in store.pending_articles(Scope())] == ["Another text altogether."]


def test_the_same_text_read_again_keeps_its_flags(store: SqlStore) -> None:
    flagged(store, entry(1))

    read(store, entry(1))

    assert store.pending_articles(Scope()) == []


def test_a_story_whose_members_changed_waits_for_a_draft(store: SqlStore) -> None:
    one, two = flagged(store, entry(1), entry(2))
    store.save_stories([Story(id="s1", members=(one.id,))], NOW)
    store.save_briefs([brief("s1")], NOW)

    store.save_stories([Story(id="s1", members=(one.id, two.id))], NOW)

    [story] = store.pending_stories(Scope())
    assert (story.id, set(story.members), story.topics) == ("s1", {one.id, two.id}, ("ai",))


def test_stories_that_did_not_change_are_not_drafted_again(store: SqlStore) -> None:
    [one] = flagged(store, entry(1))
    store.save_stories([Story(id="s1", members=(one.id,))], NOW)
    store.save_briefs([brief("s1")], NOW)

    store.save_stories([Story(id="s1", members=(one.id,))], NOW)

    assert store.pending_stories(Scope()) == []


def test_an_equal_draft_is_no_new_revision_and_a_changed_one_is(store: SqlStore) -> None:
    states = [store.save_briefs([b], NOW)[0] for b in (brief("s1"), brief("s1"), brief("s1", "Talks ended."))]

    assert states == [State.DRAFTED, State.UNCHANGED, State.REVISED]
    assert [(b.revision, b.statements[0].text) for b in store.briefs("s1")] == [(2, "Talks ended.")]


def test_a_story_without_evidence_is_not_tried_again_until_it_changes(store: SqlStore) -> None:
    [one] = flagged(store, entry(1))
    store.save_stories([Story(id="s1", members=(one.id,))], NOW)

    states = store.save_briefs([NoBrief(story="s1", topics=("ai",), reason="nothing to cite")], NOW)

    assert states == [State.NO_EVIDENCE]
    assert store.pending_stories(Scope()) == []


def test_polls_come_back_byte_for_byte(store: SqlStore) -> None:
    poll = Poll(feed_url="https://n.example/f", state=State.POLLED, polled_at=NOW, next_poll=NOW, etag='W/"a"', polls=3)
    store.save_polls([poll])
    store.save_polls([poll])

    assert store.polls([poll.feed_url, "https://other.example"]) == {poll.feed_url: poll}


def test_an_upgrade_twice_changes_nothing(store: SqlStore) -> None:
    store.add_entries([entry(1)], NOW)
    before = store.status()

    store.upgrade()

    assert store.status() == before
    assert before["revision"] == before["newest"]


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"this is no database at all, only text " * 40)

    with pytest.raises(StoreError, match=r"broken\.db: cannot be used"):
        open_store(f"sqlite:///{path}")


def test_a_password_never_stands_in_an_error() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://user:secret@127.0.0.1:1/nothing")

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_a_server_that_never_answers_is_named_after_a_while(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "CONNECT_SECONDS", 2)  # the least that the driver takes
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"

        with pytest.raises(StoreError, match=f"{address}/nothing.*cannot be used .*timeout"):
            open_store(f"{scheme}://user@{address}/nothing")
