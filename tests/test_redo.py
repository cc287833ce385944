"""Past days are redone by one code, each says what it changed, a stop loses nothing, and twice is as good as once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from pipeline import settings
from pipeline.adapters.store import SqlStore, open_store
from pipeline.cli import app
from pipeline.demo.site import SampleSite
from pipeline.domain.redone import STAGES
from pipeline.errors import UsageError
from pipeline.redo import backfill, plan, redo

FIRST, LAST = date(2025, 7, 26), date(2025, 7, 27)


@pytest.fixture
def worked(worked_home: Path) -> Iterator[SqlStore]:
    store = open_store(settings.load().database_url)
    yield store
    store.close()


@pytest.mark.slow
def test_a_day_that_is_redone_gets_back_what_was_lost_and_says_so(worked: SqlStore) -> None:
    with worked.writer.begin() as connection:
        lost = connection.execute(
            text("update flags set flagged = false where article_id in (select id from articles "
                 "where published >= '2025-07-26' and published < '2025-07-27') and flagged")
        ).rowcount  # fmt: skip

    days = list(backfill(FIRST, LAST))

    assert [d.day for d in days] == [FIRST, LAST]
    assert {d.state for d in days} == {"done"}
    assert [d.changes for d in days] == [{"flags changed": lost}, {}]
    assert lost > 0


@pytest.mark.slow
def test_the_second_time_nothing_changes_and_no_page_is_asked_for(
    worked: SqlStore, prepared: tuple[SampleSite, Path]
) -> None:
    list(backfill(FIRST, LAST))
    site, _ = prepared
    before, asked = everything(worked), dict(site.hits)

    days = list(backfill(FIRST, LAST))

    assert {d.run for d in days} == {"2025-07-26 to 2025-07-27 #2"}
    assert [d.changes for d in days] == [{}] * 2
    assert everything(worked) == before
    assert dict(site.hits) == asked


def everything(store: SqlStore) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the days themselves."""
    with store.engine.connect() as connection:
        names = [t for t in store.status()["rows"] if t != "redone_days"]
        return {t: sorted(map(tuple, connection.execute(text(f"select * from {t}"))), key=str) for t in names}  # noqa: S608 -- our own tables


@pytest.mark.slow
def test_a_run_that_was_stopped_goes_on_with_the_stage_where_it_was(worked: SqlStore) -> None:
    run, _ = plan(FIRST, LAST)
    for stage in STAGES:
        redo(stage, FIRST, run)
    redo("extract", LAST, run)

    again, planned = plan(FIRST, LAST)
    days = list(backfill(FIRST, LAST))

    assert again == run == days[0].run
    assert [p.left for p in planned] == [(), STAGES[1:]]
    assert [d.state for d in days] == ["done"] * 2
    assert plan(FIRST, LAST)[0].endswith("#2")


def test_a_stage_that_fails_is_noted_with_its_reason(worked: SqlStore, worked_home: Path) -> None:
    redo("extract", FIRST, "a run")
    (worked_home / "config" / "topics.yaml").write_text("topics: []")

    with pytest.raises(Exception, match="topics"):
        redo("classify", FIRST, "a run")

    [day] = worked.redone("a run")
    assert day.state == "failed"
    assert day.reason.startswith("classify: ")
    assert day.left == STAGES[1:]


def test_a_clear_of_the_first_stage_starts_the_day_anew(worked: SqlStore) -> None:
    redo("extract", FIRST, "a run")
    redo("cluster", FIRST, "a run")

    redo("extract", FIRST, "a run")

    [day] = worked.redone("a run")
    assert (day.state, day.left) == ("running", STAGES[1:])


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2025, 7, 2), date(2025, 7, 1), "the first before the last"),
        (date(2020, 1, 1), date(2025, 1, 1), "up to 366 days"),
        (datetime.now(UTC).date(), datetime.now(UTC).date(), "not over yet"),
    ],
)
def test_days_that_cannot_be_redone_are_refused(worked_home: Path, since: date, until: date, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        plan(since, until)


def policywire(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *words]
    env = {**os.environ, "COLUMNS": "200"}
    return subprocess.run(command, env=env, check=False, capture_output=True, text=True)  # noqa: S603 -- our own


def test_a_dry_run_shows_the_plan_and_changes_nothing(worked: SqlStore) -> None:
    words = ["backfill", "--since", "2025-07-25", "--until", "2025-07-26", "--dry-run"]
    done = CliRunner().invoke(app, words)

    assert done.exit_code == 0, done.output
    assert "2025-07-26" in done.output
    assert "extract, classify" in done.output
    assert worked.redone() == []


@pytest.mark.slow
def test_sigterm_stops_the_command_and_the_same_command_goes_on(worked: SqlStore) -> None:
    words = ["backfill", "--since", "2025-07-20", "--until", "2025-07-25"]
    running = subprocess.Popen([sys.executable, "-m", "pipeline.cli", *words], stdout=subprocess.PIPE, text=True)  # noqa: S603 -- our own
    deadline = time.monotonic() + 60
    while not any(d.state == "done" for d in worked.redone()) and time.monotonic() < deadline:
        time.sleep(0.05)

    running.send_signal(signal.SIGTERM)
    output, _ = running.communicate(timeout=30)
    stopped = {d.day: d.state for d in worked.redone()}
    done = policywire(*words)

    assert running.returncode == 130
    assert "goes on with 2025-07-20 to 2025-07-25 #1" in output
    assert 1 <= list(stopped.values()).count("done") < 6
    assert done.returncode == 0, done.stderr
    assert [d.state for d in worked.redone("2025-07-20 to 2025-07-25 #1")] == ["done"] * 6
    assert "done" in policywire("backfill", "--list").stdout
