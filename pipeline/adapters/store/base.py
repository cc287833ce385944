"""Engine, migrations and upserts: what every part of the store uses."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    Table,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError, InterfaceError

from pipeline.adapters.store.schema import metadata
from pipeline.errors import StoreError

MIGRATIONS = Path(__file__).with_name("migrations")
CHUNK = 500  # SQLite limits the variables of one statement
CONNECT_SECONDS = 10  # how long a server may take to answer, where the URL has no connect_timeout of its own
BUSY_SECONDS = 30  # how long one process waits for another that writes
UPGRADE_LOCK = 0x706F6C77  # any number that nobody else in the database uses


class Database:
    """An engine whose schema is at the newest revision. Raises StoreError, never with a password."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        # SQLite: a transaction that means to write says so at its start and waits its turn; one that turned from
        # reading to writing half-way would be refused at once.
        self.writer = self.engine.execution_options(begin="immediate")
        self.name = self.engine.url.render_as_string(hide_password=True)

    def upgrade(self) -> None:
        """Bring the schema to the newest revision; nothing happens, and nobody is waited for, when it is there."""
        if self._revision() == head():
            return
        try:
            with self.writer.begin() as connection:
                if connection.dialect.name == "postgresql":  # of two processes that upgrade at once, one waits
                    connection.execute(select(func.pg_advisory_xact_lock(UPGRADE_LOCK)))
                found = MigrationContext.configure(connection).get_current_revision()
                if found == head():
                    return
                config = Config()
                config.set_main_option("script_location", str(MIGRATIONS))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(
                f"{self.name}: was written by a newer Policywire ({error}); upgrade the program"
            ) from error

    def _revision(self) -> str | None:
        with self.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def status(self) -> dict[str, Any]:
        """Revision (None before the first upgrade), newest known revision, rows of each table that is there."""
        with self.engine.connect() as connection:
            there = inspect(connection).get_table_names()
            tables = [t for t in metadata.sorted_tables if t.name in there]
            rows = {t.name: connection.scalar(select(func.count()).select_from(t)) for t in tables}
        return {"database": self.name, "revision": self._revision(), "newest": head(), "rows": rows}


@cache
def head() -> str:
    """The newest revision that this program knows."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return str(ScriptDirectory.from_config(config).get_current_head())


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, replace: bool = True) -> None:
    """Insert rows in one batch; rows whose key is there are replaced, or left alone."""
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    keys = [c.name for c in table.primary_key]
    if replace:
        new = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=new), list(rows))
    else:
        connection.execute(statement.on_conflict_do_nothing(), list(rows))


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert one row; False when its key is there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**row).on_conflict_do_nothing().returning(*table.primary_key)
    return connection.execute(statement).first() is not None


def chunks(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """Slices small enough for one IN list."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def bounded(url: URL) -> URL:
    """The address of a server with a bound on how long it may take to answer, unless it has one."""
    return url.set(query={"connect_timeout": str(CONNECT_SECONDS), **url.query})


def _engine(url: str) -> Engine:
    try:
        target = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "POLICYWIRE_DATABASE is not a database URL such as sqlite:////var/lib/policywire.db"
        ) from error
    if target.drivername in {"postgresql", "postgres"}:
        target = target.set(drivername="postgresql+psycopg")
    if target.get_backend_name() == "postgresql":
        target = bounded(target)
    if target.get_backend_name() == "sqlite" and target.database:
        try:
            Path(target.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{target}: its folder cannot be made ({error})") from error
    engine = create_engine(target)
    event.listen(engine, "handle_error", _explain)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _explain(context: ExceptionContext) -> None:
    """Turn what only an operator can mend (no server, no file, no space, no right) into a StoreError."""
    error = context.sqlalchemy_exception
    if isinstance(error, DatabaseError | InterfaceError) and not isinstance(error, IntegrityError | DataError):
        name = context.engine.url.render_as_string() if context.engine else context.dialect.name
        cause = str(error.orig).splitlines()[0]
        raise StoreError(f"{name}: cannot be used ({cause}); check POLICYWIRE_DATABASE") from error


def _prepare(connection: Any, _: object) -> None:
    # The driver would begin transactions late, and none for tables: `_begin` does it instead.
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {BUSY_SECONDS * 1000}", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:  # another process is switching; SQLite does not wait for this lock itself
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"begin {connection.get_execution_options().get('begin', 'deferred')}")
