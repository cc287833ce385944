"""The stage over days: late articles, restarts, merges, and an analyst whose word stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from pipeline.adapters.store import SqlStore, open_store
from pipeline.domain import arrange
from pipeline.domain.article import Article
from pipeline.domain.scope import Scope, Window
from pipeline.domain.story import Change
from pipeline.evaluation import b_cubed
from pipeline.ports import Report
from pipeline.stages import cluster
from tests.fakes import FakeHttp, FakeStore, deps
from tests.stages.cluster.news import START, developments, keep, telling, word

AGREEMENT = 0.97


def run(store: SqlStore, now: datetime = START, scope: Scope | None = None) -> Report:
    return cluster.run(replace(deps(FakeStore(), FakeHttp(), [], now=lambda: now), store=store), scope or Scope())


def stories_after(url: str, arrivals: Sequence[Sequence[Article]]) -> dict[str, str]:
    """Article to story after a run for each arrival; the store is closed and opened again in between."""
    stored: dict[str, str] = {}
    for n, arrival in enumerate(arrivals):
        store = open_store(url)
        stored |= keep(store, list(arrival))
        run(store, START + timedelta(days=n))
        store.close()
    store = open_store(url)
    home = {m: s.id for s in store.stories(list(stored.values())) for m in s.members}
    store.close()
    return {given: home[key] for given, key in stored.items()}


def by_day(articles: Sequence[Article], late: Random | None = None) -> list[list[Article]]:
    """What arrives on each day; with `late`, one article in ten comes up to six days after its date."""
    days: dict[date, list[Article]] = {}
    for a in articles:
        assert a.published
        delay = late.randint(1, 6) if late and late.random() < 0.1 else 0
        days.setdefault((a.published + timedelta(days=delay)).date(), []).append(a)
    return [days[day] for day in sorted(days)]


def test_thirty_days_with_late_articles_and_restarts_end_as_one_run_over_everything(tmp_path: Path) -> None:
    news = developments(seed=11)
    articles = [a for _, a in news.values()]

    daily = stories_after(f"sqlite:///{tmp_path / 'daily.db'}", by_day(articles, Random(3)))
    once = stories_after(f"sqlite:///{tmp_path / 'once.db'}", [articles])

    assert b_cubed(once, daily)["f1"] >= AGREEMENT
    assert b_cubed({key: story for key, (story, _) in news.items()}, daily)["f1"] >= 0.95


def test_ten_orders_of_arrival_within_the_days_end_alike(tmp_path: Path) -> None:
    articles = [a for _, a in developments(seed=23, count=15, days=8).values()]
    once = stories_after(f"sqlite:///{tmp_path / 'once.db'}", [articles])

    found = []
    for seed in range(10):
        shuffled = Random(seed).sample(articles, len(articles))
        arrivals = [shuffled[n : n + 12] for n in range(0, len(shuffled), 12)]
        found.append(stories_after(f"sqlite:///{tmp_path / f'{seed}.db'}", arrivals))

    assert min(b_cubed(once, one)["f1"] for one in found) >= AGREEMENT


def test_two_stories_that_an_article_joins_become_one_and_the_merge_is_told(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'm.db'}")
    random = Random(1)
    left, right = ([word(random) for _ in range(14)] for _ in range(2))
    shared = [word(random) for _ in range(10)]
    early = [telling(random, f"e{n}", [*own, *shared[:2]], START) for n, own in enumerate((left, right))]
    bridging = [telling(random, f"b{n}", [*left[:7], *right[:7], *shared[:2]], START) for n in range(3)]
    stored = keep(store, early)
    run(store)
    before = {s.id for s in store.stories(list(stored.values()))}

    stored |= keep(store, bridging)
    run(store, START + timedelta(hours=1))

    [story] = store.stories(list(stored.values()))
    [gone] = before - {story.id}
    assert [(e.change, e.other) for e in store.story_events(gone) if e.story == gone][-1] == (Change.MERGED, story.id)
    store.close()


def test_a_second_run_places_nothing_and_a_redone_day_changes_nothing(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'm.db'}")
    stored = keep(store, [a for _, a in developments(seed=2, count=4, days=6).values()])
    run(store)
    before = store.stories(list(stored.values()))

    again = run(store)
    redone = run(store, scope=Scope(window=Window.of_days(START.date(), START.date())))

    assert again.counts == {}
    assert redone.counts == {"known": len(stored)}
    assert store.stories(list(stored.values())) == before
    store.close()


@pytest.fixture
def told(tmp_path: Path) -> tuple[SqlStore, dict[str, str], list[list[str]]]:
    """A store with two stories of four articles, each article with its stored id."""
    store = open_store(f"sqlite:///{tmp_path / 'told.db'}")
    random = Random(9)
    words = [[word(random) for _ in range(24)] for _ in range(2)]
    articles = [telling(random, f"{side}{n}", words[side], START) for side in (0, 1) for n in range(4)]
    stored = keep(store, articles)
    run(store)
    return store, stored, words


def arrival(store: SqlStore, words: list[list[str]]) -> dict[str, str]:
    """One more account of each of the two developments, placed by the machine."""
    random = Random(77)
    stored = keep(store, [telling(random, f"n{side}", words[side], START + timedelta(hours=5)) for side in (0, 1)])
    run(store, START + timedelta(hours=6))
    return stored


def story_of(store: SqlStore, article: str) -> str:
    return store.stories([article])[0].id


def test_an_article_that_an_analyst_moved_stays_and_new_ones_join_by_their_words(
    told: tuple[SqlStore, dict[str, str], list[list[str]]],
) -> None:
    store, stored, words = told
    source, target = (store.stories([stored[k]])[0] for k in ("00", "10"))
    stories, event = arrange.move(stored["00"], source, target, START)
    store.arrange_stories(stories, START, [event])

    new = arrival(store, words)

    homes = {k: story_of(store, v) for k, v in (stored | new).items()}
    assert homes["00"] == homes["10"] == homes["n1"] == target.id
    assert homes["01"] == homes["n0"] == source.id
    store.close()


def test_stories_that_an_analyst_merged_stay_merged(
    told: tuple[SqlStore, dict[str, str], list[list[str]]],
) -> None:
    store, stored, words = told
    source, target = (store.stories([stored[k]])[0] for k in ("00", "10"))
    stories, event = arrange.merge(source, target, START)
    store.arrange_stories(stories, START, [event])

    arrival(store, words)

    assert {story_of(store, v) for v in stored.values()} == {target.id}
    store.close()


def test_a_story_that_an_analyst_split_stays_split(told: tuple[SqlStore, dict[str, str], list[list[str]]]) -> None:
    store, stored, words = told
    [source] = store.stories([stored["00"]])
    leaving = [stored["00"], stored["01"]]
    stories, event = arrange.split(source, leaving, (), START)
    store.arrange_stories(stories, START, [event])

    arrival(store, words)

    assert story_of(store, stored["00"]) == story_of(store, stored["01"]) == event.story
    assert story_of(store, stored["02"]) == story_of(store, stored["03"]) == source.id
    store.close()


def test_what_an_analyst_did_while_the_machine_was_at_work_stands(
    told: tuple[SqlStore, dict[str, str], list[list[str]]],
) -> None:
    store, stored, _ = told
    seen = store.stories(list(stored.values()))
    source, target = (store.stories([stored[k]])[0] for k in ("00", "10"))
    stories, event = arrange.move(stored["00"], source, target, START)
    store.arrange_stories(stories, START, [event])

    store.save_stories(seen, START)

    assert story_of(store, stored["00"]) == target.id
    assert stored["00"] in store.stories([stored["10"]])[0].pinned
    store.close()
