"""Verdicts are a log: the newest word of each analyst holds, and nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pipeline.adapters.store import SqlStore
from pipeline.domain.article import Article
from pipeline.domain.entry import Entry
from pipeline.domain.state import State
from pipeline.domain.topic import Flag, Verdict, Word
from pipeline.ports import ReadEntry

NOW = datetime(2025, 3, 5, 12, tzinfo=UTC)


def flagged(store: SqlStore) -> str:
    entry = Entry(feed_url="https://n.example/f", id="1", link="https://n.example/1", title="T", published=NOW)
    store.add_entries([entry], NOW)
    article = Article(
        id=entry.key, url=entry.link, outlet="News", title="T", text="A treaty.", published=NOW, retrieved=NOW
    )
    store.save_pages([ReadEntry(key=entry.key, state=State.OK, article=article)])
    flag = Flag(
        article_id=entry.key, topic="ai", probability=0.9, flagged=True, model_id="m1", terms=("a",), sentence="Treaty."
    )
    store.save_flags([flag])
    return entry.key


def verdict(article: str, word: Word = Word.RELEVANT, analyst: str = "ada") -> Verdict:
    return Verdict(article_id=article, topic="ai", word=word, analyst=analyst, model_id="m1", created=NOW)


def test_a_flag_keeps_its_sentence(store: SqlStore) -> None:
    article = flagged(store)

    assert [f.sentence for f in store.flags([article])] == ["Treaty."]


def test_a_verdict_comes_back_with_its_article(store: SqlStore) -> None:
    article = flagged(store)

    assert store.save_verdicts([verdict(article)]) == 1

    [judged] = store.judged()
    assert judged.verdict == verdict(article)
    assert (judged.title, judged.text, judged.outlet) == ("T", "A treaty.", "News")


def test_saying_the_same_again_adds_nothing(store: SqlStore) -> None:
    article = flagged(store)
    store.save_verdicts([verdict(article)])

    assert store.save_verdicts([replace(verdict(article), created=NOW + timedelta(days=1))]) == 0
    assert store.status()["rows"]["verdicts"] == 1


def test_a_changed_mind_holds_and_the_earlier_word_stays_on_record(store: SqlStore) -> None:
    article = flagged(store)
    store.save_verdicts([verdict(article), verdict(article, Word.NOT, "bob")])

    store.save_verdicts([verdict(article, Word.WITHDRAWN)])

    assert {(j.verdict.analyst, j.verdict.word) for j in store.judged()} == {("ada", "withdrawn"), ("bob", "not")}
    assert store.status()["rows"]["verdicts"] == 3


def test_flags_since_a_moment_are_those_of_articles_that_appeared_since(store: SqlStore) -> None:
    article = flagged(store)

    [(published, flag)] = store.flags_since(NOW)

    assert (published, flag.article_id, flag.probability) == (NOW, article, 0.9)
    assert store.flags_since(NOW + timedelta(seconds=1)) == []
