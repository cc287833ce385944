"""The events that wake DAGs up.

An event only wakes the next DAG up. The work itself is whatever is pending in the database, so a lost event
costs time (until `sweep_pending`), never an article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, AssetAlias, AssetWatcher, TriggerRule, XComArg, get_current_context, task
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


def may_emit(asset: Asset) -> list[AssetAlias]:
    """The outlets of a task that calls `emit`: an asset itself would have its event whenever the task succeeds."""
    return [AssetAlias(f"{asset.name}_news")]


def emit(asset_name: str, fresh: int, *, again: bool = False) -> None:
    """Emit the asset's event, with the count alone, unless nothing is new. For the task that runs.

    A task that runs `again` emits it in any case: its first try may have died between its work and its event.
    """
    if fresh or again:
        events = get_current_context()["outlet_events"]
        events[AssetAlias(f"{asset_name}_news")].add(Asset(asset_name), extra={"fresh": fresh})


def announce(asset: Asset, counts: XComArg) -> XComArg:
    """One task that emits the event for all shards.

    It waits for every shard and needs one of them to succeed, so a broken shard does not hold up the others.
    """
    announcing: Any = task(
        task_id="announce",
        outlets=may_emit(asset),
        trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS,
        execution_timeout=timedelta(minutes=2),
    )(announce_news)
    arg: XComArg = announcing(asset_name=asset.name, counts=counts)
    return arg


def announce_news(asset_name: str, counts: Sequence[Counts | None]) -> int:
    """Emit what is new over all shards, and give how much that is."""
    shards = counts[:]  # one request; a loop would ask Airflow for one shard more than there is, and log an error
    fresh = news(shards)
    emit(asset_name, fresh, again=any(shard.get("again") for shard in shards if shard))
    return fresh


def news(counts: Sequence[Counts | None]) -> int:
    """How many items are new to the next stage, over all shards; one that failed has none.

    >>> news([{"fresh": 1}, None, {"fresh": 2}])
    3
    """
    return sum(shard["fresh"] for shard in counts if shard)
