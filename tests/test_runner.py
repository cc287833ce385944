"""The runner: what it lays out for people after a stage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from pipeline.adapters.files import Folder
from pipeline.adapters.html import HtmlRenderer
from pipeline.adapters.store import open_store
from pipeline.runner import publish
from tests.adapters.store.test_editions import brief, merge, save
from tests.fakes import FakeHttp, FakeStore, deps


def test_the_files_of_a_brief_whose_story_is_gone_are_taken_away(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    base = deps(FakeStore(), FakeHttp(), [])
    given = replace(base, store=cast(Any, store), renderer=HtmlRenderer(), files=Folder(tmp_path))
    save(store, [brief("s1"), brief("s2")])
    publish(given)
    assert len(list((tmp_path / "briefs").glob("s1.*"))) == 4

    merge(store, "s1", "s2")
    publish(given)

    assert {p.stem for p in (tmp_path / "briefs").iterdir()} == {"s2"}
    store.close()
