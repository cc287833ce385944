"""Stories that readers are told: each with a flagged article of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.adapters.store import SqlStore
from pipeline.domain.story import Story
from tests.adapters.store.test_store import NOW, entry, flagged


def tell(store: SqlStore, names: Iterable[str]) -> None:
    """Make these stories live and flagged; a story that is so already stays as it is."""
    stories = list(dict.fromkeys(names))
    entries = [replace(entry(0), id=name, link=f"https://told.example/{name}") for name in stories]
    articles = flagged(store, *entries)
    store.save_stories([Story(id=s, members=(a.id,)) for s, a in zip(stories, articles, strict=True)], NOW)
