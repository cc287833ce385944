"""Engine, migrations and upserts: what every part of the store uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, Table, create_engine, event, func, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from pipeline.adapters.store.schema import metadata
from pipeline.errors import StoreError

MIGRATIONS = Path(__file__).with_name("migrations")
CHUNK = 500  # SQLite limits the variables of one statement


class Database:
    """An engine whose schema is at the newest revision. Raises StoreError, never with a password."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.name = self.engine.url.render_as_string(hide_password=True)

    def upgrade(self) -> None:
        """Bring the schema to the newest revision; nothing happens when it is there."""
        try:
            with self.engine.begin() as connection:
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
        except (SQLAlchemyError, OSError) as error:
            cause = str(getattr(error, "orig", error)).splitlines()[0]
            raise StoreError(f"{self.name}: cannot be used ({cause}); check POLICYWIRE_DATABASE") from error

    def status(self) -> dict[str, Any]:
        """Revision, newest known revision, rows of each table."""
        with self.engine.connect() as connection:
            rows = {t.name: connection.scalar(select(func.count()).select_from(t)) for t in metadata.sorted_tables}
            revision = MigrationContext.configure(connection).get_current_revision()
        return {"database": self.name, "revision": revision, "newest": head(), "rows": rows}


def head() -> str:
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


def _engine(url: str) -> Engine:
    try:
        target = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "POLICYWIRE_DATABASE is not a database URL such as sqlite:////var/lib/policywire.db"
        ) from error
    if target.drivername in {"postgresql", "postgres"}:
        target = target.set(drivername="postgresql+psycopg")
    if target.get_backend_name() == "sqlite" and target.database:
        try:
            Path(target.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{target}: its folder cannot be made ({error})") from error
    engine = create_engine(target)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
    return engine


def _pragmas(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in ("busy_timeout = 30000", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
