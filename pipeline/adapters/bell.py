"""Hears signals as they are rung: PostgreSQL says so at once, SQLite is asked every second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg
import structlog
from sqlalchemy import make_url

from pipeline.adapters.store import SqlStore, open_store
from pipeline.adapters.store.base import bounded
from pipeline.adapters.store.signals import CHANNEL
from pipeline.errors import StoreError

ASK_SECONDS = 1.0  # between two looks, where the database cannot call
LOOK_SECONDS = 60.0  # between two looks all the same, where it can: a ring that came while nobody listened
AGAIN_SECONDS = 5.0  # after the database went away

log = structlog.get_logger()
Wait = Callable[[], Awaitable[None]]


async def rings(url: str, name: str) -> AsyncIterator[int]:
    """The number of each new ring, for ever; one that was yielded is marked as heard when the next is asked for.

    A database that is away is waited for.
    """
    while True:
        try:
            store = await asyncio.to_thread(open_store, url)
            try:
                async with _waiting(url) as wait:
                    async for rung in _heard(store, name, wait):
                        yield rung
            finally:
                await asyncio.to_thread(store.close)
        except (StoreError, psycopg.Error) as error:
            log.warning("no database to listen to", signal=name, reason=str(error).splitlines()[0])
            await asyncio.sleep(AGAIN_SECONDS)


async def _heard(store: SqlStore, name: str, wait: Wait) -> AsyncIterator[int]:
    while True:
        if rung := await asyncio.to_thread(store.unheard, name):
            yield rung
            await asyncio.to_thread(store.hear, name, rung)
        else:
            await wait()


@asynccontextmanager
async def _waiting(url: str) -> AsyncIterator[Wait]:
    """Something to wait with until it is worth another look."""
    if make_url(url).get_backend_name() not in {"postgresql", "postgres"}:
        yield lambda: asyncio.sleep(ASK_SECONDS)
        return
    address = bounded(make_url(url).set(drivername="postgresql")).render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        await connection.execute(f"listen {CHANNEL}")

        async def called() -> None:
            async for _ in connection.notifies(timeout=LOOK_SECONDS, stop_after=1):
                pass

        yield called
