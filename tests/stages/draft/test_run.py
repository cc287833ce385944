from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, NoBrief
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.domain.story import Story
from pipeline.stages import draft
from tests.fakes import FakeHttp, FakeStore, deps
from tests.stages.draft.articles import SUPPORT, story


class Shelf:
    """The part of the store that drafting uses, in memory."""

    def __init__(self, stories: Sequence[Story], articles: Sequence[Article]) -> None:
        self.waiting = stories
        self.held = {a.id: a for a in articles}
        self.saved: list[list[Brief | NoBrief]] = []

    def pending_stories(self, scope: Scope) -> list[Story]:
        return list(self.waiting)

    def articles(self, ids: Sequence[str]) -> list[Article]:
        return [self.held[i] for i in ids if i in self.held]

    def briefs(self, story: str = "") -> list[Brief]:
        return [b for batch in self.saved for b in batch if isinstance(b, Brief) and b.story == story]

    def save_briefs(self, briefs: Sequence[Brief | NoBrief], now: datetime) -> list[State]:
        self.saved.append(list(briefs))
        return [State.DRAFTED if isinstance(b, Brief) else State.NO_EVIDENCE for b in briefs]


def test_every_pending_story_is_saved_once_in_one_batch() -> None:
    members = story()
    told = Story(id="told", members=tuple(a.id for a in members), topics=("open_source_ai_strategy",))
    shelf = Shelf([told, Story(id="gone", members=("missing",))], members)

    report = draft.run(
        replace(deps(FakeStore(), FakeHttp(), []), store=cast(Any, shelf), support=lambda: SUPPORT), Scope()
    )

    assert [[b.story for b in batch] for batch in shelf.saved] == [["told", "gone"]]
    assert report.counts == {"drafted": 1, "no-evidence": 1}
    assert report.failures == ()
