"""Identity: groups take over the ids of the stories they continue, and what happened is told as events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.domain.state import State
from pipeline.domain.story import Change, Story, StoryEvent, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Articles found to tell one development, oldest first; `home` is the story an analyst put some of them in."""

    members: tuple[str, ...]
    copies: frozenset[str] = frozenset()
    home: str = ""


def carry(groups: Sequence[Group], before: Sequence[Story]) -> list[Story]:
    """Each group as the story it shares most members with, a new story for the rest.

    Members that lie outside the groups, too old to be clustered again, stay with their story.

    >>> [s.id for s in carry([Group(members=("b", "c"))], [Story(id="s1", members=("b",))])]
    ['s1']
    """
    ids = _ids(groups, before)
    inside = {member for group in groups for member in group.members}
    known = {story.id: story for story in before}
    stories = []
    for group, story_id in zip(groups, ids, strict=True):
        old = known.get(story_id) or Story(id=story_id, members=())
        stories.append(_grown(old, tuple(m for m in old.members if m not in inside), group))
    left = [(s, tuple(m for m in s.members if m not in inside)) for s in before if s.id not in ids]
    return stories + [_grown(s, kept, Group(members=())) for s, kept in left if kept]


def _grown(story: Story, kept: tuple[str, ...], group: Group) -> Story:
    members = (*kept, *group.members)
    return Story(
        id=story.id,
        members=members,
        topics=story.topics,
        copies=story.copies & set(kept) | group.copies,
        pinned=story.pinned & set(members),
    )


def _ids(groups: Sequence[Group], before: Sequence[Story]) -> list[str]:
    where = {member: story.id for story in before for member in story.members}
    overlaps = Counter((where[m], n) for n, group in enumerate(groups) for m in group.members if m in where)
    given = {n: group.home for n, group in enumerate(groups) if group.home}
    # A story that an analyst has arranged goes to the group that holds what was put there, and to no other; where
    # all of that is too old to be clustered again, it goes on like any other.
    inside = {member for group in groups for member in group.members}
    taken = set(given.values()) | {story.id for story in before if story.pinned & inside}
    for (story_id, n), _ in sorted(overlaps.items(), key=lambda item: (-item[1], item[0])):
        if n not in given and story_id not in taken:
            given[n] = story_id
            taken.add(story_id)
    taken |= {story.id for story in before}
    for n, group in enumerate(groups):
        if n not in given:
            given[n] = new_id(group.members, taken)
            taken.add(given[n])
    return [given[n] for n in range(len(groups))]


def events(before: Sequence[Story], after: Sequence[Story], at: datetime) -> Iterator[StoryEvent]:
    """What happened between two states of the same stories."""
    where = {member: story.id for story in before for member in story.members}
    old, living = {s.id for s in before}, {s.id for s in after}
    for story in after:
        came = _sources(story, where)
        fresh = came.pop("", [])
        if story.id not in old:
            largest = next(iter(came), "")
            change = Change.SPLIT if came else Change.FOUNDED
            yield StoryEvent(story=story.id, change=change, articles=story.members, at=at, other=largest)
            continue
        if fresh:
            yield StoryEvent(story=story.id, change=Change.GREW, articles=tuple(fresh), at=at)
        for source, members in came.items():
            if source in living:
                yield StoryEvent(story=story.id, change=Change.MOVED, articles=tuple(members), at=at, other=source)
            else:
                yield StoryEvent(story=source, change=Change.MERGED, articles=tuple(members), at=at, other=story.id)


def _sources(story: Story, where: Mapping[str, str]) -> dict[str, list[str]]:
    """Members that are not at home, by the story they come from, the largest share first; "" for new ones."""
    came: dict[str, list[str]] = {}
    for member in story.members:
        if where.get(member) != story.id:
            came.setdefault(where.get(member, ""), []).append(member)
    return dict(sorted(came.items(), key=lambda item: -len(item[1])))


def placed(before: Sequence[Story], after: Sequence[Story]) -> Iterator[State]:
    """FOUNDED or JOINED for each article that is new in its story, KNOWN for the others."""
    old = {(story.id, member) for story in before for member in story.members}
    known = {story.id for story in before}
    for story in after:
        for member in story.members:
            if (story.id, member) in old:
                yield State.KNOWN
            else:
                yield State.FOUNDED if story.id not in known and member == story.members[0] else State.JOINED
