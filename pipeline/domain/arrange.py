"""An analyst's word on stories: move, merge, split.

Each gives the stories as they should stand and the event to remember. Every member of a story that was touched
is pinned: the machine adds to it and never undoes it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.domain.story import Change, Story, StoryEvent, new_id
from pipeline.errors import UsageError

Arranged = tuple[list[Story], StoryEvent]


def move(article: str, source: Story, target: Story, at: datetime) -> Arranged:
    """One article from the story it stands in to another."""
    if source.id == target.id:
        raise UsageError(f"article {article} stands in story {target.id} already")
    rest, grown = without(source, {article}), joined(target, source, [article])
    event = StoryEvent(story=target.id, change=Change.MOVED, articles=(article,), at=at, other=source.id, by="analyst")
    return [s for s in (rest, grown) if s.members], event


def merge(source: Story, target: Story, at: datetime) -> Arranged:
    """The whole of one story into another; the first one ends."""
    if source.id == target.id:
        raise UsageError(f"a story cannot be merged with itself ({target.id})")
    event = StoryEvent(
        story=source.id, change=Change.MERGED, articles=source.members, at=at, other=target.id, by="analyst"
    )
    return [joined(target, source, source.members)], event


def split(source: Story, articles: Sequence[str], taken: Collection[str], at: datetime) -> Arranged:
    """Some articles of a story into a new one, whose id is none of `taken`."""
    leaving = [m for m in source.members if m in articles]
    if foreign := sorted(set(articles) - set(leaving)):
        raise UsageError(f"not in story {source.id}: {', '.join(foreign)}")
    if len(leaving) in (0, len(source.members)):
        raise UsageError(f"a split of story {source.id} must leave articles on both sides")
    new = Story(id=new_id(leaving, {source.id, *taken}), members=())
    event = StoryEvent(story=new.id, change=Change.SPLIT, articles=tuple(leaving), at=at, other=source.id, by="analyst")
    return [without(source, leaving), joined(new, source, leaving)], event


def without(story: Story, leaving: Collection[str]) -> Story:
    members = tuple(m for m in story.members if m not in leaving)
    return replace(story, members=members, copies=story.copies - set(leaving), pinned=frozenset(members))


def joined(story: Story, source: Story, coming: Sequence[str]) -> Story:
    members = (*story.members, *coming)
    return replace(story, members=members, copies=story.copies | source.copies & set(coming), pinned=frozenset(members))
