"""The stage classify: every pending article is flagged by each topic's own threshold, in batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from pipeline.domain.article import Article
from pipeline.domain.scope import Scope
from pipeline.domain.topic import Flag, Topic
from pipeline.errors import ModelError
from pipeline.ports import Deps, Score
from pipeline.stages import classify
from tests.fakes import FakeHttp, FakeStore, deps

OPEN = Topic(id="open", label="Open", threshold=0.5)
STATES = Topic(id="states", label="States", threshold=0.8)


@dataclass
class Classifier:
    """The probability of a topic is the number that the article's text begins with; `batches` keeps their sizes."""

    model_id: str = "m1"
    batches: list[int] = field(default_factory=list)

    def score(self, items: Sequence[tuple[str, str]]) -> list[dict[str, Score]]:
        self.batches.append(len(items))
        return [
            {t: Score(probability=float(text.split()[0]), terms=("word",)) for t in ("open", "states")}
            for _, text in items
        ]


@dataclass
class Store:
    """Pending articles, and the flags that were saved."""

    waiting: list[Article]
    saved: list[Flag] = field(default_factory=list)

    def pending_articles(self, scope: Scope) -> list[Article]:
        return self.waiting

    def save_flags(self, flags: Sequence[Flag]) -> None:
        self.saved += flags


def article(name: str, probability: float) -> Article:
    published = datetime(2025, 7, 26, tzinfo=UTC)
    return Article(
        id=name, url=f"https://a.example/{name}", outlet="A", title=name, text=f"{probability} …", published=published
    )


@pytest.fixture
def model() -> Classifier:
    return Classifier()


@pytest.fixture
def make(model: Classifier) -> Callable[..., tuple[Deps, Store]]:
    def made(*articles: Article) -> tuple[Deps, Store]:
        store = Store(list(articles))
        base = deps(FakeStore(), FakeHttp(), [])
        return replace(base, store=cast(Any, store), classifier=lambda: model, topics=(OPEN, STATES)), store

    return made


def test_an_article_is_flagged_from_each_topic_s_own_threshold(make: Any) -> None:
    given, store = make(article("low", 0.49), article("middle", 0.5), article("high", 0.8))

    report = classify.run(given, Scope())

    assert report.counts == {"flagged": 2, "not-flagged": 1}
    assert {(f.article_id, f.topic) for f in store.saved if f.flagged} == {
        ("middle", "open"),
        ("high", "open"),
        ("high", "states"),
    }


def test_a_flag_keeps_probability_model_and_terms_whether_it_is_set_or_not(make: Any) -> None:
    given, store = make(article("low", 0.25))

    classify.run(given, Scope())

    assert len(store.saved) == 2
    assert {(f.probability, f.model_id, f.terms, f.flagged) for f in store.saved} == {(0.25, "m1", ("word",), False)}


def test_a_scope_of_topics_leaves_the_others_alone(make: Any) -> None:
    given, store = make(article("high", 0.9))

    classify.run(given, Scope(topics=frozenset({"states"})))

    assert [f.topic for f in store.saved] == ["states"]


def test_many_articles_go_through_the_model_in_batches(make: Any, model: Classifier) -> None:
    given, _ = make(*(article(str(n), 0.1) for n in range(classify.BATCH + 1)))

    assert classify.run(given, Scope()).total == classify.BATCH + 1
    assert model.batches == [classify.BATCH, 1]


def test_the_model_is_not_loaded_when_nothing_is_pending(make: Any) -> None:
    given, _ = make()

    def broken() -> Classifier:
        raise AssertionError("loaded")

    assert classify.run(replace(given, classifier=broken), Scope()).counts == {}


def test_a_model_that_cannot_be_used_stops_the_stage_before_anything_is_flagged(make: Any) -> None:
    given, store = make(article("high", 0.9))

    def broken() -> Classifier:
        raise ModelError("classifier.skops: is truncated")

    with pytest.raises(ModelError, match="truncated"):
        classify.run(replace(given, classifier=broken), Scope())
    assert store.saved == []
