"""`policywire feeds ping` makes feeds due and tells Airflow; `policywire fetch` tells it of new entries."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from typer.testing import CliRunner, Result

from pipeline import settings
from pipeline.adapters.store import open_store
from pipeline.cli import app
from pipeline.errors import UsageError


def policywire(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_a_ping_makes_the_feed_due_at_once_and_rings(worked_home: Path) -> None:
    store = open_store(settings.load().database_url)
    url = settings.load().feeds()[0].url
    before = store.polls([url])[url].next_poll

    done = policywire("feeds", "ping", url)

    after = store.polls([url])[url].next_poll
    rung = store.unheard("feeds"), store.unheard("entries")
    store.close()
    assert done.exit_code == 0, done.output
    assert before > datetime.now(UTC) >= after
    assert rung == (1, 0)


def test_a_feed_that_is_not_listed_is_refused_and_nothing_rings(worked_home: Path) -> None:
    done = policywire("feeds", "ping", "https://nobody.example/feed")

    store = open_store(settings.load().database_url)
    rung = store.unheard("feeds")
    store.close()
    assert isinstance(done.exception, UsageError)
    assert "not among the enabled feeds" in str(done.exception)
    assert rung == 0


def test_a_fetch_by_command_rings_when_entries_are_new_and_only_then(sample_home: Path) -> None:
    policywire("fetch")
    store = open_store(settings.load().database_url)
    first = store.unheard("entries")

    policywire("fetch", "--force")

    second = store.unheard("entries")
    store.close()
    assert (first, second) == (1, 1)
