"""Stories in the store: an analyst's word, history, what is new to readers, and what is to be clustered."""

from __future__ import annotations

from datetime import timedelta

from pipeline.adapters.store import SqlStore
from pipeline.domain.edition import Edition
from pipeline.domain.sketch import Sketch
from pipeline.domain.story import Change, Story, StoryEvent
from tests.adapters.store.test_store import NOW, entry, flagged, read

HOUR = timedelta(hours=1)
MAKER = "m1"


def sketch(article_id: str, text_sha256: str, maker: str = MAKER) -> Sketch:
    return Sketch(
        id=article_id, published=NOW, text_sha256=text_sha256, maker=maker, words=b"w", names=b"", shingles=b"s"
    )


def test_an_article_is_sketched_once_for_each_text_and_maker(store: SqlStore) -> None:
    [one] = flagged(store, entry(1))
    first = store.open_sketches(None, MAKER)
    store.save_sketches([sketch(one.id, one.sha256)])

    assert first == ([], [one])
    assert store.open_sketches(None, MAKER) == ([sketch(one.id, one.sha256)], [])
    assert store.open_sketches(None, "m2") == ([], [one])


def test_an_article_whose_text_changed_is_sketched_anew(store: SqlStore) -> None:
    [one] = flagged(store, entry(1))
    store.save_sketches([sketch(one.id, one.sha256)])

    [other] = read(store, entry(1), text="Another text.")
    flagged(store, entry(1))
    store.save_sketches([sketch(one.id, other.sha256)])

    assert store.open_sketches(None, MAKER)[1] == [one]


def test_the_open_window_lies_around_articles_without_a_story_and_a_late_one_opens_its_own_days(
    store: SqlStore,
) -> None:
    times = [NOW, NOW - timedelta(days=10), NOW - timedelta(days=40), NOW - timedelta(days=90)]
    new, near, between, late = flagged(store, *(entry(n, at) for n, at in enumerate(times)))
    store.save_stories([Story(id="s1", members=(near.id, between.id))], NOW)

    _, articles = store.open_sketches(None, MAKER)

    assert {a.id for a in articles} == {new.id, near.id, late.id}


def test_with_every_article_in_a_story_nothing_is_open(store: SqlStore) -> None:
    [one] = flagged(store, entry(1))
    store.save_stories([Story(id="s1", members=(one.id,))], NOW)

    assert store.open_sketches(None, MAKER) == ([], [])


def test_a_machine_that_read_before_the_analyst_wrote_changes_nothing(store: SqlStore) -> None:
    one, two = flagged(store, entry(1), entry(2))
    store.save_stories([Story(id="s1", members=(one.id, two.id))], NOW)
    parted = [Story(id=f"s{n}", members=(a.id,), pinned=frozenset({a.id})) for n, a in ((1, one), (2, two))]
    store.arrange_stories(parted, NOW, [])

    store.save_stories([Story(id="s1", members=(one.id, two.id))], NOW)

    assert store.stories([one.id, two.id]) == [
        Story(id=s.id, members=s.members, topics=("ai",), pinned=s.pinned) for s in parted
    ]


def test_copies_are_kept_and_are_no_sources(store: SqlStore) -> None:
    one, two = flagged(store, entry(1), entry(2))
    store.save_stories([Story(id="s1", members=(one.id, two.id), copies=frozenset({two.id}))], NOW)

    [story] = store.stories([one.id])

    assert (story.copies, story.sources) == (frozenset({two.id}), 1)


def test_what_came_after_the_last_edition_with_the_story_is_new(store: SqlStore) -> None:
    one, two = flagged(store, entry(1), entry(2))
    store.save_stories([Story(id="s1", members=(one.id,))], NOW)
    before = store.overviews(["s1"])[0].fresh
    edition = Edition(day=NOW.date(), list_id="desk", title="", html="h", text="t", eml=b"e", briefs=(("s1", 1),))
    store.save_edition(edition, [], NOW + HOUR)

    store.save_stories([Story(id="s1", members=(one.id, two.id))], NOW + 2 * HOUR)

    [overview] = store.overviews()
    assert before == (one.id,)
    assert overview.fresh == (two.id,)
    assert (overview.title, overview.outlets, overview.first, overview.last) == ("T", ("News",), NOW, NOW)


def test_events_are_found_from_both_stories_in_their_order(store: SqlStore) -> None:
    told = [
        StoryEvent(story="s1", change=Change.FOUNDED, articles=("a",), at=NOW),
        StoryEvent(story="s1", change=Change.MERGED, articles=("a", "b"), at=NOW + HOUR, other="s2", by="analyst"),
    ]
    store.save_stories([], NOW, told)

    assert store.story_events("s1") == told
    assert store.story_events("s2") == told[1:]
    assert store.overviews(["s1"]) == []
