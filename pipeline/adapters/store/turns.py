"""Turns: of two runs that would do the same work, one waits until the other is done.

The server (PostgreSQL) or the kernel (SQLite: a locked file beside the database) holds a turn, so a process that is
killed gives it back at once.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import func, select

from pipeline.adapters.store.base import Database
from pipeline.errors import StoreError

PATIENCE_SECONDS = 30 * 60  # longer than any healthy run of a stage over what is pending
STEP_SECONDS = 0.1


class Turns(Database):
    """The part of the store that lets runs wait for each other."""

    @contextmanager
    def turns(self, names: Mapping[str, bool], patience: float = PATIENCE_SECONDS) -> Iterator[None]:
        """Hold all of these turns, each alone (True) or beside others who hold it so (False).

        Raises StoreError when one is not free after `patience` seconds.
        """
        with ExitStack() as stack:
            for name, alone in sorted(names.items()):
                if self.engine.dialect.name == "postgresql":
                    take = stack.enter_context(self._on_server(name, alone=alone))
                elif self.engine.url.database in {None, "", ":memory:"}:  # nobody else can open it
                    continue
                else:
                    take = stack.enter_context(self._on_file(name, alone=alone))
                _wait(take, name, patience)
            yield

    @contextmanager
    def _on_server(self, name: str, *, alone: bool) -> Iterator[Callable[[], bool]]:
        key = int.from_bytes(hashlib.sha256(f"policywire {name}".encode()).digest()[:8], "big", signed=True)
        take = func.pg_try_advisory_lock if alone else func.pg_try_advisory_lock_shared
        with self.engine.connect() as connection:
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            try:
                yield lambda: bool(connection.scalar(select(take(key))))
            finally:
                try:
                    connection.execute(select(func.pg_advisory_unlock_all()))  # the session lives on in the pool
                except StoreError:  # it is gone, and the turn with it
                    connection.invalidate()

    @contextmanager
    def _on_file(self, name: str, *, alone: bool) -> Iterator[Callable[[], bool]]:
        database = Path(str(self.engine.url.database))
        folder = database.with_name(f".{database.stem}-turns")
        folder.mkdir(exist_ok=True)
        file = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

        def take() -> bool:
            try:
                fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        try:
            yield take
        finally:
            os.close(file)


def _wait(take: Callable[[], bool], name: str, patience: float) -> None:
    deadline = time.monotonic() + patience
    while not take():
        if time.monotonic() > deadline:
            raise StoreError(f"{name}: another run has been at it for {patience / 60:.0f} minutes; look what it does")
        time.sleep(STEP_SECONDS)
