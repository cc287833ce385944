"""What every DAG shares: the four events, a task that runs one stage, and a task that announces its news.

An event only wakes the next DAG up. The work itself is whatever is pending in the database, so a lost event
costs time (until `sweep_pending`), never an article. Nothing heavy is imported before a task runs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Asset, Connection, TriggerRule, XComArg, task
from airflow.sdk.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowNotFoundException,
    AirflowSkipException,
)

Counts = Mapping[str, int]

ENTRIES = Asset("policywire_entries")
ARTICLES = Asset("policywire_articles")
FLAGS = Asset("policywire_flags")
BRIEFS = Asset("policywire_briefs")

COMMON: dict[str, Any] = {
    "start_date": datetime(2025, 1, 1, tzinfo=UTC),
    "catchup": False,
    "max_active_runs": 1,
    "dagrun_timeout": timedelta(hours=4),
    "default_args": {
        "owner": "policywire",
        "retries": 2,
        "retry_delay": timedelta(minutes=1),
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": timedelta(minutes=15),
        "execution_timeout": timedelta(minutes=45),
    },
}


def run(stage: str, scope: Mapping[str, str]) -> dict[str, int]:
    """Run one stage and give its counts, with `fresh`, `failed` and `total`.

    The scope is one argument because Airflow pours its whole context into a task that takes `**strings`.

    Raises AirflowException, which is tried again, when every item failed; some failed items are counted only.
    Raises AirflowFailException, which is not, for wrong configuration or scope: only a person can mend it.
    """
    from pipeline.errors import ConfigError, UsageError
    from pipeline.runner import run_stage

    connect()
    try:
        report = run_stage(stage, **scope)
    except (ConfigError, UsageError) as error:
        raise AirflowFailException(str(error)) from error
    if report.total and report.failed == report.total:
        raise AirflowException(f"{stage}: all {report.total} items failed, first: {'; '.join(report.failures[:3])}")
    return {**report.counts, "fresh": report.fresh, "failed": report.failed, "total": report.total}


def connect() -> None:
    """Give the stages the addresses that Airflow keeps as connections, where the environment names none."""
    for variable, connection_id in (("POLICYWIRE_DATABASE", "policywire_db"), ("POLICYWIRE_SMTP", "smtp_default")):
        if not os.environ.get(variable):
            with suppress(AirflowNotFoundException):
                os.environ[variable] = address(Connection.get(connection_id))


def address(connection: Any) -> str:
    """The URL of a connection. Airflow's mail connections are meant with TLS from the start unless they say no."""
    url: str = connection.get_uri()
    if connection.conn_type != "smtp":
        return url
    plain = str(connection.extra_dejson.get("disable_ssl", "")).lower() == "true"
    return ("smtp" if plain else "smtps") + url.partition("?")[0].removeprefix("smtp").rstrip("/")


def stage(name: str, **strings: str) -> XComArg:
    """A task that runs the stage over what is pending, or over the scope in `strings` (templates allowed)."""
    return task(task_id=name)(run)(stage=name, scope=strings)


def sharded(name: str, count: int) -> XComArg:
    """The stage as `count` mapped tasks; a host's feeds are always in the same one."""
    shards = [{"shard": f"{index}/{count}"} for index in range(count)]
    return task(task_id=name)(run).partial(stage=name).expand(scope=shards)


def announce(asset: Asset, counts: XComArg) -> XComArg:
    """One task that emits the asset's event, skipped when nothing is new.

    It waits for every shard and needs one of them to succeed, so a broken shard does not hold up the others.
    """
    rule = TriggerRule.ALL_DONE_MIN_ONE_SUCCESS
    announcing = task(task_id="announce", outlets=[asset], trigger_rule=rule)(news)
    return announcing(counts=counts)  # type: ignore[arg-type]  # Airflow puts the value in its place


def news(counts: Counts | Sequence[Counts]) -> int:
    """How many items are new to the next stage, over all shards. Raises AirflowSkipException for none."""
    shards = [counts] if isinstance(counts, Mapping) else counts
    fresh = sum(shard["fresh"] for shard in shards)
    if not fresh:
        raise AirflowSkipException("nothing new")
    return fresh
