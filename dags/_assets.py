"""The events that wake DAGs up, and a task that emits one.

An event only wakes the next DAG up. The work itself is whatever is pending in the database, so a lost event
costs time (until `sweep_pending`), never an article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, AssetWatcher, TriggerRule, XComArg, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException
from policywire_bell import Bell  # in dags/plugins, which AIRFLOW__CORE__PLUGINS_FOLDER must name

Counts = Mapping[str, int]


def rung(name: str) -> list[AssetWatcher]:
    """Emit the asset's event also when `policywire` rings this bell from outside Airflow."""
    return [AssetWatcher(name=f"policywire_{name}_rung", trigger=Bell(signal=name))]


FEEDS = Asset("policywire_feeds", watchers=rung("feeds"))
ENTRIES = Asset("policywire_entries", watchers=rung("entries"))
ARTICLES = Asset("policywire_articles")
FLAGS = Asset("policywire_flags")
BRIEFS = Asset("policywire_briefs")


def announce(asset: Asset, counts: XComArg) -> XComArg:
    """One task that emits the asset's event with counts, skipped when nothing is new.

    It waits for every shard and needs one of them to succeed, so a broken shard does not hold up the others.
    """

    def announce_news(counts: Counts | Sequence[Counts]) -> int:
        fresh = news(counts)
        get_current_context()["outlet_events"][asset].extra = {"fresh": fresh}
        return fresh

    announcing = task(
        task_id="announce",
        task_display_name=f"announce {asset.name.removeprefix('policywire_')}",
        outlets=[asset],
        trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS,
        execution_timeout=timedelta(minutes=2),
    )(announce_news)
    return announcing(counts=counts)  # type: ignore[arg-type]  # Airflow puts the value in its place


def news(counts: Counts | Sequence[Counts | None]) -> int:
    """How many items are new to the next stage, over all shards. Raises AirflowSkipException for none.

    >>> news([{"fresh": 1}, None, {"fresh": 2}])
    3
    """
    # A slice comes in one request; a loop would ask Airflow for one more than there are, and log an error.
    shards: Sequence[Any] = [counts] if isinstance(counts, Mapping) else counts[:]
    fresh = sum(shard["fresh"] for shard in shards if shard)
    if not fresh:
        raise AirflowSkipException("nothing new")
    return fresh
