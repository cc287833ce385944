"""`policywire story`: what an analyst sees and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.adapters.store import open_store
from pipeline.cli import app
from pipeline.domain.story import Story
from pipeline.errors import UsageError
from tests.stages.cluster.news import START, developments, keep


@pytest.fixture
def ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three stored articles; the first two stand in story s1, the third in s2."""
    url = f"sqlite:///{tmp_path / 'p.db'}"
    monkeypatch.setenv("POLICYWIRE_DATABASE", url)
    monkeypatch.setenv("POLICYWIRE_OUT", str(tmp_path / "out"))
    store = open_store(url)
    stored = list(keep(store, [a for _, a in developments(seed=4, count=3).values()][:3]).values())
    now = datetime.now(UTC)
    store.save_stories([Story(id="s1", members=tuple(stored[:2])), Story(id="s2", members=(stored[2],))], now)
    store.close()
    return stored


def policywire(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["story", *arguments], catch_exceptions=True)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_list_shows_stories_that_go_on_and_with_a_flag_the_ended_ones(ids: list[str]) -> None:
    assert START.year < datetime.now(UTC).year

    assert "s1" not in policywire("list")
    assert all(name in policywire("list", "--ended") for name in ("s1", "s2", "ended"))


def test_a_move_is_shown_with_who_did_it(ids: list[str]) -> None:
    policywire("move", ids[0], "s2")

    shown = policywire("show", "s2")
    assert f"{ids[0]}" in shown
    assert "placed" in shown
    assert "s2 moved s1: 1 articles, by analyst" in shown


def test_a_merged_story_still_says_where_it_went(ids: list[str]) -> None:
    assert policywire("merge", "s1", "s2") == "s2  3 articles\n"

    assert "s1 merged s2: 2 articles, by analyst" in policywire("show", "s1")


def test_a_split_gives_a_new_story(ids: list[str]) -> None:
    lines = policywire("split", "s1", ids[0]).splitlines()

    assert lines[0] == "s1  1 articles"
    assert lines[1].endswith("  1 articles")
    assert not lines[1].startswith("s1 ")


@pytest.mark.parametrize("arguments", [("show", "sx"), ("move", "ax", "s1"), ("merge", "s1", "sx")])
def test_what_is_not_there_is_named(ids: list[str], arguments: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="story"):
        policywire(*arguments)
