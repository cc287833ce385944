"""An analyst's word: who is touched is pinned, and nonsense is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.domain import arrange
from pipeline.domain.story import Story
from pipeline.errors import UsageError

AT = datetime(2025, 3, 3, tzinfo=UTC)
ONE = Story(id="s1", members=("a", "b", "c"), copies=frozenset("b"))
TWO = Story(id="s2", members=("d",))


def test_a_moved_article_takes_along_that_it_is_a_copy() -> None:
    [rest, grown], event = arrange.move("b", ONE, TWO, AT)

    assert (rest.members, rest.copies, rest.pinned) == (("a", "c"), frozenset(), frozenset("ac"))
    assert (grown.members, grown.copies, grown.pinned) == (("d", "b"), frozenset("b"), frozenset("db"))
    assert (event.story, event.other, event.by) == ("s2", "s1", "analyst")


def test_the_last_article_moved_out_leaves_no_story_behind() -> None:
    stories, _ = arrange.move("d", TWO, ONE, AT)

    assert [s.id for s in stories] == ["s1"]


def test_a_split_gives_the_new_story_an_id_that_nobody_has() -> None:
    first = arrange.split(ONE, ["a"], (), AT)[1].story

    assert arrange.split(ONE, ["a"], {first}, AT)[1].story != first


@pytest.mark.parametrize("articles", [[], ["a", "b", "c"], ["d"]])
def test_a_split_that_leaves_one_side_empty_or_names_strangers_is_refused(articles: list[str]) -> None:
    with pytest.raises(UsageError):
        arrange.split(ONE, articles, (), AT)


def test_a_story_is_not_merged_with_itself_nor_an_article_moved_to_where_it_is() -> None:
    with pytest.raises(UsageError):
        arrange.merge(ONE, ONE, AT)
    with pytest.raises(UsageError):
        arrange.move("a", ONE, ONE, AT)
