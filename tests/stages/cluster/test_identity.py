"""A story keeps its id while it grows, and what happens to it is told."""

from __future__ import annotations

from pipeline.domain.state import State
from pipeline.domain.story import Change, Story
from pipeline.stages.cluster.identity import Group, carry, events, placed
from tests.stages.cluster.news import START


def groups(*members: str) -> list[Group]:
    return [Group(members=tuple(m)) for m in members]


def told(before: list[Story], after: list[Story]) -> set[tuple[str, Change, str]]:
    return {(e.story, e.change, e.other) for e in events(before, after, START)}


def test_a_story_that_grows_keeps_its_id() -> None:
    before = [Story(id="s1", members=("a", "b"))]

    after = carry(groups("abc"), before)

    assert [s.id for s in after] == ["s1"]
    assert told(before, after) == {("s1", Change.GREW, "")}


def test_when_a_story_splits_the_larger_part_keeps_the_id() -> None:
    before = [Story(id="s1", members=("a", "b", "c"))]

    after = carry(groups("c", "ab"), before)

    assert after[1].id == "s1"
    assert told(before, after) == {(after[0].id, Change.SPLIT, "s1")}


def test_when_the_first_article_leaves_its_story_the_new_story_has_an_id_of_its_own() -> None:
    [founded] = carry(groups("a"), [])

    after = carry(groups("bc", "a"), [Story(id=founded.id, members=("a", "b", "c"))])

    assert len({s.id for s in after}) == 2


def test_when_two_stories_become_one_the_smaller_ends_in_the_larger() -> None:
    before = [Story(id="s1", members=("a",)), Story(id="s2", members=("b", "c"))]

    after = carry(groups("abc"), before)

    assert [s.id for s in after] == ["s2"]
    assert told(before, after) == {("s1", Change.MERGED, "s2")}


def test_an_article_that_changes_its_story_is_told_of() -> None:
    before = [Story(id="s1", members=("a", "b", "c")), Story(id="s2", members=("d", "e"))]

    assert told(before, carry(groups("ab", "cde"), before)) == {("s2", Change.MOVED, "s1")}


def test_members_older_than_the_window_stay_with_their_story() -> None:
    before = [Story(id="s1", members=("old", "b")), Story(id="s2", members=("older",))]

    assert carry(groups("bc"), before) == [
        Story(id="s1", members=("old", "b", "c")),
        Story(id="s2", members=("older",)),
    ]


def test_the_story_an_analyst_arranged_keeps_its_id_against_any_overlap() -> None:
    before = [Story(id="s1", members=("a",), pinned=frozenset("a")), Story(id="s2", members=("b", "c", "d"))]

    [story] = carry([Group(members=("a", "b", "c", "d"), home="s1")], before)

    assert (story.id, story.pinned) == ("s1", frozenset("a"))


def test_a_story_whose_placed_articles_have_grown_old_keeps_its_id_like_any_other() -> None:
    before = [Story(id="s1", members=("a", "b", "c"), pinned=frozenset("a"))]

    after = carry(groups("bcd"), before)

    assert after == [Story(id="s1", members=("a", "b", "c", "d"), pinned=frozenset("a"))]
    assert told(before, after) == {("s1", Change.GREW, "")}


def test_every_article_is_counted_once() -> None:
    before = [Story(id="s1", members=("a",))]
    after = [Story(id="s1", members=("a", "b")), Story(id="s2", members=("c",))]

    assert list(placed(before, after)) == [State.KNOWN, State.JOINED, State.FOUNDED]
