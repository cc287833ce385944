"""A ring is heard within a second or two, once, and neither a restart nor a lost database loses it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from pipeline.adapters.bell import rings
from pipeline.adapters.store import SqlStore, open_store


def heard(url: str, ring: Any, count: int = 1, seconds: float = 10) -> list[tuple[int, float]]:
    """The rings that a listener hears, each with the seconds that it took since `ring` was called."""

    async def listen() -> list[tuple[int, float]]:
        found: list[tuple[int, float]] = []
        bell: AsyncIterator[int] = rings(url, "feeds")
        waiting = asyncio.ensure_future(anext(bell))
        await asyncio.sleep(0.7)  # it listens by now
        began = time.monotonic()
        await asyncio.to_thread(ring)
        for _ in range(count):
            found.append((await asyncio.wait_for(waiting, seconds), time.monotonic() - began))
            waiting = asyncio.ensure_future(anext(bell))
        await asyncio.sleep(0.2)  # what was yielded is marked by now
        waiting.cancel()
        return found

    return asyncio.run(listen())


def test_a_ring_is_heard_within_three_seconds(store: SqlStore, database_url: str) -> None:
    [(rung, seconds)] = heard(database_url, lambda: store.ring("feeds"))

    assert rung == 1
    assert seconds < 3
    assert store.unheard("feeds") == 0


def test_rings_that_come_together_are_one_wake_up(store: SqlStore, database_url: str) -> None:
    for _ in range(5):
        store.ring("feeds")

    assert store.unheard("feeds") == 5
    [(rung, _)] = heard(database_url, lambda: None)
    assert rung == 5
    assert store.unheard("feeds") == 0


def test_a_ring_while_nobody_listens_is_heard_later(store: SqlStore, database_url: str) -> None:
    store.ring("feeds")
    store.ring("entries")

    [(rung, _)] = heard(database_url, lambda: None)

    assert rung == 1
    assert store.unheard("entries") == 1  # another bell


def test_a_database_that_is_away_is_waited_for(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.adapters.bell.AGAIN_SECONDS", 0.1)
    folder = tmp_path / "later"
    folder.write_text("a file where the folder should be")
    url = f"sqlite:///{folder / 'policywire.db'}"

    def come_back() -> None:
        folder.unlink()
        store = open_store(url)
        store.ring("feeds")
        store.close()

    assert [rung for rung, _ in heard(url, come_back)] == [1]
