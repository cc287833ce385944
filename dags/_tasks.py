"""The tasks that DAGs are made of: one stage over what is pending, over shards, or over a past day.

Nothing heavy is imported before a task runs.
"""

from __future__ import annotations

import logging
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from _assets import emit, may_emit
from airflow.sdk import Asset, ExceptionRetryPolicy, RetryAction, RetryRule, XComArg, task
from airflow.sdk.exceptions import AirflowSkipException
from policywire_alerts import tell_operators  # in dags/plugins, which AIRFLOW__CORE__PLUGINS_FOLDER must name
from policywire_connections import connect

log = logging.getLogger(__name__)

SHOWN = 100  # characters of a line that the log page shows without scrolling
FEW = 3  # items; fewer that all fail say more about themselves than about the stage
MINUTES = {"fetch": 15, "extract": 45, "classify": 30, "cluster": 30, "draft": 30, "digest": 20}
ALL: Mapping[str, str] = {}  # a scope without bounds: whatever is pending
ATTEMPT = "{{ ti.try_number }}"
POOLS = {"fetch": "fetch", "extract": "extract"}

RETRIES = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            ["pipeline.errors.ConfigError", "pipeline.errors.UsageError", "pipeline.errors.ModelError"],
            action=RetryAction.FAIL,
            reason="only an operator can mend it",
        ),
        RetryRule("pipeline.errors.CitationError", action=RetryAction.FAIL, reason="a bug: please report it"),
        RetryRule("pipeline.errors.StoreError", retry_delay=timedelta(seconds=30), reason="it may come back"),
        RetryRule("pipeline.errors.FetchError", retry_delay=timedelta(minutes=15), reason="the server asks to wait"),
    ]
)
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
        "retry_policy": RETRIES,
        "execution_timeout": timedelta(minutes=45),
        "on_failure_callback": tell_operators,
        "priority_weight": 10,
        "weight_rule": "absolute",
    },
}


# A past day is redone by `reconcile_day` alone: the Backfill button of other timed DAGs refuses.
TIMED: dict[str, Any] = {**COMMON, "allowed_run_types": ["scheduled", "manual"]}


class NothingDoneError(Exception):
    """Every item of a stage run failed: that is not about single items."""


def run(
    stage: str, scope: Mapping[str, str], shard: str = "", only: str = "all", news: str = "", attempt: str = "1"
) -> dict[str, int]:
    """Run one stage and give its counts, with `fresh`, `failed` and `total`; `news` is the asset whose event it emits.

    From the second attempt on the counts have `again`.
    The scope is one argument because Airflow pours its whole context into a task that takes `**strings`.
    Raises NothingDoneError when every item failed; some failed items are counted only.
    """
    from pipeline.runner import run_stage

    if only not in {"all", stage}:
        raise AirflowSkipException(f"only {only} was asked for")
    connect()
    with explained():
        counts = told(run_stage(stage, **scope, shard=shard))
    again = int(attempt) > 1
    if news:
        emit(news, counts["fresh"], again=again)
    return {**counts, "again": 1} if again else counts


def redo(stage: str, day: str, run: str) -> dict[str, Any]:
    """Run one stage over one past day, as `policywire backfill` does; the counts, and what changed."""
    from datetime import date

    from pipeline import redo

    connect()
    with explained():
        report, changes = redo.redo(stage, date.fromisoformat(day), run)
    return {**told(report), "changes": changes}


@contextmanager
def explained() -> Iterator[None]:
    """Say why a task fails before Airflow's long traceback, in lines that its log page shows whole."""
    from pipeline.errors import PolicywireError

    try:
        yield
    except (PolicywireError, NothingDoneError) as error:
        for line in textwrap.wrap(f"{type(error).__name__}: {error}", SHOWN):
            log.error("%s", line)
        log.error("What to do stands in the docs of this DAG (book icon), under “When it fails”.")
        raise


def told(report: Any) -> dict[str, int]:
    """The report's counts, also as metrics of Airflow. Raises NothingDoneError."""
    from airflow.sdk.observability.stats import incr

    for state, count in report.counts.items():
        incr(f"policywire.{report.stage}.{state}", count)
    resting = report.counts.get("not-due", 0) + report.counts.get("disabled", 0)
    tried = report.total - resting
    if tried >= FEW and report.failed == tried:
        reasons = "; ".join(" ".join(line.split())[:200] for line in report.failures[:3])
        raise NothingDoneError(f"{report.stage}: all {tried} items failed, the first for these reasons: {reasons}")
    return {**report.counts, "fresh": report.fresh, "failed": report.failed, "total": report.total}


def stage(name: str, scope: Mapping[str, str] = ALL, *, news: Asset | None = None, only: str = "all") -> XComArg:
    """A task that runs the stage over what is pending, or over a scope (templates allowed).

    It emits the event of `news` when there are some. A template in `only` names the one stage that is wanted; the
    task is skipped where it is another one.
    """
    outlets = may_emit(news) if news else []
    made: Any = task(**_settings(name), outlets=outlets, trigger_rule="none_failed")(run)
    arg: XComArg = made(stage=name, scope=scope, only=only, news=news.name if news else "", attempt=ATTEMPT)
    return arg


def sharded(name: str, count: int, scope: Mapping[str, str] = ALL) -> XComArg:
    """The stage as `count` mapped tasks, labelled by shard; a host's feeds are always in the same one."""
    label = "{{ task.op_kwargs['shard'] }}"
    made: Any = task(**_settings(name), map_index_template=label)(run)
    shards = [f"{index}/{count}" for index in range(count)]
    arg: XComArg = made.partial(stage=name, scope=scope, attempt=ATTEMPT).expand(shard=shards)
    return arg


def past(name: str, day: str) -> XComArg:
    """A task that redoes the stage for a past day, one at a time and after any live work that waits."""
    made: Any = task(**{**_settings(name), "pool": "backfill", "priority_weight": 1})(redo)
    arg: XComArg = made(stage=name, day=day, run="{{ run_id }}")
    return arg


def _settings(name: str) -> dict[str, Any]:
    pool = {"pool": POOLS[name]} if name in POOLS else {}
    limit = timedelta(minutes=MINUTES[name])
    return {"task_id": name, "execution_timeout": limit, "multiple_outputs": False, **pool}
