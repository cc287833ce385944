"""Groups: accounts of one development together, everything else apart."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import numpy as np

from pipeline.domain.article import Article
from pipeline.domain.sketch import Language
from pipeline.stages.cluster import cluster, groups
from pipeline.stages.cluster.features import sketcher
from pipeline.stages.cluster.group import average_link
from pipeline.stages.cluster.vectors import FLOOR, pairs, vectors
from tests.stages.cluster.news import START, developments

ACTORS = {
    "Norlandia": "Norlandia",
    "Norlandic": "Norlandia",
    "Federal Kelp Board": "Federal Kelp Board",
    "FKB": "Federal Kelp Board",
}
NEWS = Language(documents=1000, words={"minister": 200, "treaty": 20}, actors=ACTORS)
TREATY = "Ministers in Lisbow signed the robotics treaty on Monday after long talks about inspections."
HARVEST = "The apple harvest in the valley was the largest for ten years, growers told the market board."


def article(key: str, title: str, text: str, days: float | None = 0) -> Article:
    published = None if days is None else START + timedelta(days=days)
    return Article(id=key, url="", outlet="o", title=title, text=text, published=published)


def test_two_accounts_of_one_event_are_one_story_and_another_event_is_not() -> None:
    items = [
        article("a", "Robotics treaty signed in Lisbow", TREATY),
        article("b", "Lisbow robotics treaty: ministers signed", "Inspections begin in May. " + TREATY[:40]),
        article("c", "Apple harvest breaks records", HARVEST),
    ]

    assert {frozenset(group) for group in cluster(items, NEWS)} == {frozenset("ab"), frozenset("c")}


def test_the_same_words_weeks_later_are_another_story() -> None:
    items = [article("a", "Treaty signed", TREATY), article("b", "Treaty signed", TREATY, days=20)]

    assert len(cluster(items, NEWS)) == 2


def test_articles_without_a_date_are_compared_with_all() -> None:
    items = [article("a", "Treaty signed", TREATY, days=None), article("b", "Treaty signed", TREATY, days=20)]

    assert len(cluster(items, NEWS)) == 1


def test_an_article_without_words_is_a_story_of_its_own() -> None:
    assert len(cluster([article("a", "", ""), article("b", "", "")], NEWS)) == 2


def test_nothing_to_cluster_gives_no_story() -> None:
    assert cluster([], NEWS) == []


def test_an_actor_is_one_word_however_it_is_written() -> None:
    _, sketch = sketcher(ACTORS)

    one = sketch(article("a", "The Federal Kelp Board meets", "Norlandic officials came."))
    two = sketch(article("b", "The F.K.B. meets", "Officials of Norlandia came."))

    assert (one.words, one.names) != (b"", b"")
    assert sorted(np.frombuffer(one.words, "<u4")) == sorted(np.frombuffer(two.words, "<u4"))


def test_another_list_of_actors_makes_sketches_anew() -> None:
    assert sketcher(ACTORS)[0] != sketcher({})[0]


def test_fault_52_copies_of_one_wire_story_are_one_independent_source() -> None:
    wire = " ".join(f"{TREATY} Paragraph {n} adds its own detail number {n * 7}." for n in range(9))
    items = [
        article("a", "Treaty signed", wire),
        article("b", "Robots: a treaty", wire[:500]),
        article(
            "c",
            "Treaty signed in Lisbow",
            "Critics of the robotics treaty signed by ministers in Lisbow were not invited.",
        ),
    ]
    _, sketch = sketcher({})

    [group] = groups([sketch(a) for a in items], {}, NEWS)

    assert (group.members, group.copies) == (("a", "b", "c"), frozenset("b"))


def test_look_alikes_in_two_places_are_two_stories() -> None:
    tales = (
        "A quake of magnitude {0} shook {1}; rescuers in {2} search the rubble",
        "Rescuers search rubble in {2} as quake shakes {1}, and {3} sends doctors to the injured",
        "Injured people fill the hospital in {3} once the {0} quake shook {1} and {2}",
        "Doctors from {3} treat injured people: magnitude {0}, rubble across {2}, {1} shaken",
    )
    places = ("5.1", "Velmora", "Kastrin", "Obriel"), ("6.4", "Tasuk", "Nerith", "Wolgand")
    items = [
        article(f"{side}{n}", "Quake: rescuers search rubble", tale.format(*place))
        for side, place in enumerate(places)
        for n, tale in enumerate(tales)
    ]

    found = {frozenset(m[0] for m in group) for group in cluster(items, NEWS)}

    assert found == {frozenset("0"), frozenset("1")}


def test_what_an_analyst_put_together_stays_together_and_what_was_parted_stays_apart() -> None:
    items = [
        article("a", "Treaty signed", TREATY),
        article("b", "Treaty signed", TREATY),
        article("c", "Apples", HARVEST),
    ]
    _, sketch = sketcher({})

    found = groups([sketch(a) for a in items], {"a": "s1", "b": "s2", "c": "s2"}, NEWS)

    assert {(group.members, group.home) for group in found} == {(("a",), "s1"), (("b", "c"), "s2")}


def test_the_order_of_articles_does_not_matter() -> None:
    items = [a for _, a in developments(seed=5).values()]
    shuffled = Random(1).sample(items, len(items))

    assert sorted(cluster(items, NEWS)) == sorted(cluster(shuffled, NEWS))


def test_average_link_joins_by_the_mean_over_all_pairs() -> None:
    near = np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([0.9, 0.5, 0.9])

    # 0-1 and 2-3 join first; across, one pair of four is alike: 0.5 / 4 is under the threshold.
    assert average_link(["", "", "", ""], near) == [[0, 1], [2, 3]]


def test_only_pairs_near_in_time_and_alike_are_kept() -> None:
    _, sketch = sketcher({})
    items = [article(k, "Treaty signed", TREATY, days=d) for k, d in (("a", 0), ("b", 5), ("c", 10))]
    sketches = [sketch(a) for a in items]

    i, j, likeness = pairs(sketches, vectors(sketches, NEWS))

    assert list(zip(i.tolist(), j.tolist(), strict=True)) == [(0, 1), (1, 2)]
    assert (likeness >= FLOOR).all()
