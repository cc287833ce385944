"""Upgrades keep what was stored, whatever release wrote it, and whoever upgrades beside."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, text

from pipeline.adapters.store import SqlStore, open_store
from pipeline.adapters.store.base import MIGRATIONS
from pipeline.adapters.store.schema import metadata
from pipeline.domain.feed import PageBody
from pipeline.errors import StoreError

REVISIONS = [r.revision for r in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]
NOW = datetime(2025, 7, 26, 9, tzinfo=UTC)


def upgrade_to(store: SqlStore, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.writer.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def fill(store: SqlStore) -> None:
    """One row in every table, as the revision of the database has it; keys are the same everywhere."""
    tables = MetaData()
    with store.writer.begin() as connection:
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                row = {c.name: value(c.name, c.type.python_type) for c in table.columns if c.name != "seq"}
                connection.execute(table.insert().values(row))


def value(name: str, kind: type) -> object:
    if name in {"text_sha256", "sha256", "body_sha256"}:
        return "f" * 64
    if name == "record":
        return '{"statements": [{"evidence": [{"article_id": "one"}]}]}'
    if name == "terms":
        return '["one"]'
    if kind is datetime:
        return NOW
    return {str: "one", bytes: b"one", int: 1, float: 0.5, bool: True}.get(kind, NOW.date())


@pytest.mark.parametrize("revision", REVISIONS)
def test_fault_81_every_earlier_database_is_upgraded_with_its_data(database_url: str, revision: str) -> None:
    old = SqlStore(database_url)
    upgrade_to(old, revision)
    fill(old)
    before = old.status()["rows"]
    old.close()

    open_store(database_url).close()
    twice = open_store(database_url)

    assert twice.status()["revision"] == REVISIONS[-1]
    assert all(count == 1 for count in before.values())
    assert {t: n for t, n in twice.status()["rows"].items() if t in before} == before
    twice.close()


def test_an_article_flagged_before_the_upgrade_is_flagged_after_it(database_url: str) -> None:
    old = SqlStore(database_url)
    upgrade_to(old, "0001")
    fill(old)

    old.upgrade()

    assert [f.model_id for f in old.flags(["one"])] == ["one"]
    old.close()


def test_pages_and_cited_articles_of_an_older_database_are_known_to_the_archive(database_url: str) -> None:
    old = SqlStore(database_url)
    upgrade_to(old, "0008")
    fill(old)

    old.upgrade()

    body = PageBody(sha256="f" * 64, fetched_at=NOW, url="one")
    assert old.page_bodies(["one"]) == {"one": body}
    assert old.forget_bodies(NOW + timedelta(days=900), 10) == []  # a brief cites the page, and its feed
    old.close()


def test_the_migrations_lead_to_the_tables_that_the_code_knows(store: SqlStore) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_two_processes_that_upgrade_one_empty_database_at_once_both_succeed(database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: open_store(database_url), range(4)))

    assert {s.status()["revision"] for s in stores} == {REVISIONS[-1]}
    for store in stores:
        store.close()


def test_fault_81_an_upgrade_that_breaks_half_way_leaves_the_database_as_it_was(database_url: str) -> None:
    store = SqlStore(database_url)
    upgrade_to(store, "0001")
    with store.writer.begin() as connection:  # the second revision wants to make an index of this name
        connection.execute(text("create index ix_articles_flagged_by on articles (outlet)"))

    with pytest.raises(StoreError, match="cannot be used"):
        store.upgrade()

    assert "flagged_by" not in {c["name"] for c in inspect(store.engine).get_columns("articles")}
    with store.writer.begin() as connection:
        connection.execute(text("drop index ix_articles_flagged_by"))
    store.upgrade()
    assert store.status()["revision"] == REVISIONS[-1]
    store.close()


@pytest.mark.parametrize("revision", REVISIONS)
def test_fault_81_a_downgrade_is_refused(store: SqlStore, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.writer.begin() as connection:
        config.attributes["connection"] = connection
        with pytest.raises(RuntimeError, match="restore a copy"):
            command.downgrade(config, "base" if revision == REVISIONS[0] else REVISIONS[REVISIONS.index(revision) - 1])


def test_a_database_of_a_newer_release_is_named_and_left_alone(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'new.db'}")
    with store.writer.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))

    with pytest.raises(StoreError, match="newer Policywire"):
        store.upgrade()
    store.close()


def test_an_outbox_that_told_readers_by_their_names_is_folded_and_mails_nobody_again(database_url: str) -> None:
    old = SqlStore(database_url)
    upgrade_to(old, "0008")
    fill(old)
    tables = MetaData()
    with old.writer.begin() as connection:
        tables.reflect(connection)
        mails = tables.tables["deliveries"]
        row = {"day": NOW.date(), "list_id": "one", "reason": "", "attempts": 0, "moment": NOW}
        for recipient, state in (
            ("Ann <Ann@x.example>", "sent"),
            ("ann@x.example", "prepared"),
            ("b@x.example", "sent"),
        ):
            connection.execute(mails.insert().values(**row, recipient=recipient, state=state))
        asked = tables.tables["suppressions"].insert()
        connection.execute(asked.values(list_id="one", recipient="bob <bob@x.example>", since=NOW))

    old.upgrade()

    found = {d.recipient: (d.state, d.mailbox) for d in old.deliveries(NOW.date(), "one")}
    assert found["ann@x.example"] == ("sent", "Ann <Ann@x.example>")
    assert found["b@x.example"] == ("sent", "b@x.example")
    assert set(found) == {"one", "ann@x.example", "b@x.example"}
    assert old.suppressed("one") == {"one", "bob@x.example"}
    old.close()
