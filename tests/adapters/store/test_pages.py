"""Attempts, quarantine and revisions, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from pipeline.adapters.store import SqlStore
from pipeline.domain.article import Article
from pipeline.domain.brief import changed_sources
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.errors import StoreError
from pipeline.ports import ReadEntry
from tests.adapters.store.test_store import NOW, article, brief, entry, flagged, read

LATER = NOW + timedelta(hours=1)


def failed(store: SqlStore, **more: object) -> str:
    """The key of an entry whose page failed."""
    store.add_entries([entry(1)], NOW)
    key = entry(1).key
    store.save_pages([ReadEntry(key=key, state=State.TIMEOUT, reason="30 s", **more)])  # type: ignore[arg-type]  # fields
    return key


def test_an_entry_is_pending_again_when_its_time_has_come(store: SqlStore) -> None:
    key = failed(store, attempts=2, next_try=LATER)

    early, late = store.pending_entries(Scope(), NOW), store.pending_entries(Scope(), LATER)

    assert early == []
    assert [(e.key, e.attempts) for e in late] == [(key, 2)]


def test_an_entry_that_may_not_be_asked_for_now_is_pending_and_waits_for_its_time(store: SqlStore) -> None:
    store.add_entries([entry(1)], NOW)
    store.save_pages([ReadEntry(key=entry(1).key, state=State.NOT_NOW, reason="503", attempts=1, next_try=LATER)])

    assert store.pending_entries(Scope(), NOW) == []
    assert [e.attempts for e in store.pending_entries(Scope(), LATER)] == [1]
    assert [state for _, state, _ in store.unread([State.PENDING])] == [State.PENDING]


def test_an_entry_without_a_date_of_its_own_says_so(store: SqlStore) -> None:
    store.add_entries([entry(1, None), entry(2, NOW - timedelta(hours=3))], NOW)

    assert [e.dated for e in store.pending_entries(Scope(), NOW)] == [True, False]


def test_requeue_brings_back_all_or_those_that_are_named(store: SqlStore) -> None:
    store.add_entries([entry(n) for n in range(3)], NOW)
    store.save_pages([ReadEntry(key=entry(n).key, state=State.QUARANTINED, reason="why", attempts=5) for n in range(3)])

    named = store.requeue([State.QUARANTINED], [entry(1).link])
    shown = store.unread([State.QUARANTINED])
    rest = store.requeue([State.QUARANTINED], [])

    assert (named, rest) == (1, 2)
    assert sorted(shown) == sorted((entry(n).link, State.QUARANTINED, "why") for n in (0, 2))
    assert {e.attempts for e in store.pending_entries(Scope(), NOW)} == {0}


def test_a_changed_text_is_a_new_revision_and_the_old_one_stays(store: SqlStore) -> None:
    [first] = read(store, entry(1))
    read(store, entry(1))
    read(store, entry(1), text="Another text altogether.")

    revisions = store.revisions(first.id)

    assert [(n, text) for n, text, _ in revisions] == [(1, first.text), (2, "Another text altogether.")]


def test_a_text_that_changes_back_is_a_third_revision(store: SqlStore) -> None:
    [first] = read(store, entry(1))
    read(store, entry(1), text="Another text altogether.")
    read(store, entry(1))

    assert [n for n, _, _ in store.revisions(first.id)] == [1, 2, 3]


def test_a_page_that_has_gone_since_does_not_take_the_article_with_it(store: SqlStore) -> None:
    [whole] = flagged(store, entry(1))
    part = replace(whole, text="Only a teaser.", state=State.FEED_TEXT)

    store.save_pages([ReadEntry(key=whole.id, state=State.HTTP_ERROR, reason="HTTP 404", article=part)])

    assert store.articles([whole.id]) == [whole]
    assert store.pending_articles(Scope()) == []
    assert store.unread([State.HTTP_ERROR]) == []


def test_a_whole_article_takes_the_place_of_a_feed_s_own_text(store: SqlStore) -> None:
    store.add_entries([entry(1)], NOW)
    part = Article(
        id=entry(1).key, url="u", outlet="News", title="T", text="In short.", published=NOW, retrieved=NOW,
        state=State.FEED_TEXT,
    )  # fmt: skip
    store.save_pages([ReadEntry(key=part.id, state=State.HTTP_ERROR, article=part)])
    waiting = store.pending_articles(Scope())

    [whole] = read(store, entry(1))

    assert [a.state for a in waiting] == [State.FEED_TEXT]
    assert store.articles([part.id]) == [whole]


def test_fault_56_an_article_in_an_unknown_language_waits_for_no_flags(store: SqlStore) -> None:
    [one] = read(store, entry(1))
    foreign = replace(one, id=entry(2).key, language="de")
    store.add_entries([entry(2)], NOW)
    store.save_pages([ReadEntry(key=foreign.id, state=State.OTHER_LANGUAGE, article=foreign)])

    assert [a.id for a in store.pending_articles(Scope())] == [one.id]
    assert store.articles([foreign.id])[0].language == "de"


def test_a_brief_knows_which_of_its_sources_changed(store: SqlStore) -> None:
    [one] = read(store, entry(1))
    base = brief("s1")
    cited = replace(base, sources=(replace(base.sources[0], article_id=one.id, sha256=one.sha256),))
    before = changed_sources(cited, store.articles([one.id]))

    read(store, entry(1), text="Another text altogether.")

    assert (before, changed_sources(cited, store.articles([one.id]))) == ((), (1,))


def test_fault_76_a_connection_that_drops_in_mid_transaction_leaves_no_half_article(store: SqlStore) -> None:
    store.add_entries([entry(1)], NOW)
    whole = article(entry(1))
    page = ReadEntry(key=whole.id, state=State.OK, article=whole)

    @event.listens_for(store.engine, "after_cursor_execute")
    def drop(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO articles "):
            connection.connection.dbapi_connection.close()

    with pytest.raises(StoreError, match="cannot be used"):
        store.save_pages([page])

    event.remove(store.engine, "after_cursor_execute", drop)
    rows = store.status()["rows"]
    assert (rows["articles"], rows["texts"], rows["article_revisions"]) == (0, 0, 0)
    assert [e.key for e in store.pending_entries(Scope(), NOW)] == [whole.id]
    store.save_pages([page])
    assert store.articles([whole.id])[0].text == whole.text
