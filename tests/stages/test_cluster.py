"""Stories: one development, one story, one id."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipeline.domain.article import Article
from pipeline.domain.state import State
from pipeline.domain.story import Story
from pipeline.stages.cluster import carry_ids, cluster, placed

DAY = datetime(2025, 3, 3, tzinfo=UTC)
TREATY = "Ministers in Lisbow signed the robotics treaty on Monday after long talks about inspections."
HARVEST = "The apple harvest in the valley was the largest for ten years, growers told the market board."


def article(key: str, title: str, text: str, days: float = 0) -> Article:
    return Article(id=key, url="", outlet="o", title=title, text=text, published=DAY + timedelta(days=days))


def test_two_accounts_of_one_event_are_one_story_and_another_event_is_not() -> None:
    items = [
        article("a", "Robotics treaty signed in Lisbow", TREATY),
        article("b", "Lisbow robotics treaty: ministers signed", TREATY + " Inspections begin in May."),
        article("c", "Apple harvest breaks records", HARVEST),
    ]

    groups = {frozenset(group) for group in cluster(items)}

    assert groups == {frozenset("ab"), frozenset("c")}


def test_the_same_words_weeks_later_are_another_story() -> None:
    items = [article("a", "Treaty signed", TREATY), article("b", "Treaty signed", TREATY, days=20)]

    assert len(cluster(items)) == 2


def test_an_article_without_words_is_a_story_of_its_own() -> None:
    items = [article("a", "", ""), article("b", "", "")]

    assert len(cluster(items)) == 2


def test_a_story_that_grows_keeps_its_id() -> None:
    stories = carry_ids([["a", "b", "c"]], [Story(id="s1", members=("a", "b"))])

    assert [s.id for s in stories] == ["s1"]


def test_when_a_story_splits_the_larger_part_keeps_the_id() -> None:
    stories = carry_ids([["c"], ["a", "b"]], [Story(id="s1", members=("a", "b", "c"))])

    assert stories[1].id == "s1"
    assert stories[0].id != "s1"


def test_every_article_is_counted_once() -> None:
    before = [Story(id="s1", members=("a",))]
    stories = [Story(id="s1", members=("a", "b")), Story(id="s2", members=("c",))]

    assert placed(stories, before) == [State.KNOWN, State.JOINED, State.FOUNDED]
