"""A task is red only when its stage could do none of its work; what a retry cannot mend is not tried again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.state import State
from pipeline.errors import CitationError, ConfigError, FetchError, ModelError, StoreError, UsageError
from pipeline.ports import Report

pytestmark = pytest.mark.usefixtures("bag")


@pytest.mark.parametrize("error", [ConfigError("x"), UsageError("x"), ModelError("x"), CitationError("x")])
def test_what_only_a_person_can_mend_fails_at_once(error: Exception) -> None:
    from _tasks import RETRIES
    from airflow.sdk import RetryAction

    decision = RETRIES.evaluate(error, 1, 2)

    assert decision.action is RetryAction.FAIL
    assert decision.reason


@pytest.mark.parametrize(
    ("error", "wait"),
    [(StoreError("x"), timedelta(seconds=30)), (FetchError("http-error", "HTTP 429"), timedelta(minutes=15))],
)
def test_what_may_pass_is_tried_again_after_its_own_wait(error: Exception, wait: timedelta) -> None:
    from _tasks import RETRIES
    from airflow.sdk import RetryAction

    decision = RETRIES.evaluate(error, 1, 2)

    assert (decision.action, decision.retry_delay) == (RetryAction.RETRY, wait)


def test_anything_else_is_tried_again_with_growing_waits() -> None:
    from _tasks import RETRIES, NothingDoneError
    from airflow.sdk import RetryAction

    assert RETRIES.evaluate(NothingDoneError("x"), 1, 2).action is RetryAction.DEFAULT


def test_the_policy_survives_the_way_into_airflow_s_database() -> None:
    from _tasks import RETRIES
    from airflow.sdk import ExceptionRetryPolicy, RetryAction

    stored = ExceptionRetryPolicy.deserialize(json.loads(json.dumps(RETRIES.serialize())))

    assert stored.evaluate(ConfigError("x"), 1, 2).action is RetryAction.FAIL


def test_a_stage_that_did_none_of_its_work_is_red_and_says_why() -> None:
    from _tasks import NothingDoneError, told

    report = Report.of("extract", [State.HTTP_ERROR] * 3, [f"https://n.example/{n}: HTTP\n500" for n in range(3)])

    with pytest.raises(NothingDoneError, match=r"extract: all 3 items failed.*https://n\.example/0: HTTP 500"):
        told(report)


@pytest.mark.parametrize(
    "states",
    [
        [State.HTTP_ERROR, State.HTTP_ERROR, State.OK],  # some work was done
        [State.HTTP_ERROR] * 2,  # two pages say nothing about the network
        [State.NOT_DUE] * 9,  # there was nothing to do
        [],
    ],
)
def test_single_failures_stay_green_and_are_counted(states: list[State]) -> None:
    from _tasks import told

    counts = told(Report.of("extract", states))

    assert counts["failed"] == states.count(State.HTTP_ERROR)
    assert counts["total"] == len(states)


def test_feeds_that_rest_do_not_hide_that_all_others_failed() -> None:
    from _tasks import NothingDoneError, told

    with pytest.raises(NothingDoneError, match="all 3 items"):
        told(Report.of("fetch", [*[State.NOT_DUE] * 50, *[State.NETWORK_ERROR] * 3]))


def test_only_the_chosen_stage_runs(sample_home: Path) -> None:
    from _tasks import run
    from airflow.sdk.exceptions import AirflowSkipException

    with pytest.raises(AirflowSkipException, match="only cluster"):
        run("extract", {}, only="cluster")
    assert run("extract", {}, only="extract")["total"] == 0


def test_fault_85_what_tasks_hand_on_is_counts_and_small(sample_home: Path) -> None:
    from _tasks import redo, run

    results: list[dict[str, Any]] = [run(s, {}) for s in ("fetch", "extract", "classify", "cluster", "draft")]
    results += [redo(s, "2025-07-26", "a run") for s in ("extract", "classify", "cluster", "draft")]

    for result in results:
        changes = result.pop("changes", {})
        flat = {**result, **changes}
        assert all(isinstance(value, int) for value in flat.values()), flat
        assert len(json.dumps(flat)) < 1000


@pytest.mark.parametrize(
    ("attempt", "events"),
    [("1", []), ("2", [{"fresh": 0}])],  # the first try may have died between its work and its event
)
def test_a_stage_that_found_nothing_new_wakes_the_next_only_when_it_is_run_again(
    sample_home: Path, attempt: str, events: list[dict[str, int]]
) -> None:
    from _tasks import run

    with task_context() as emitted:
        counts = run("extract", {}, news="policywire_articles", attempt=attempt)

    assert counts["total"] == 0
    assert [event.extra for event in emitted["policywire_articles_news"].asset_alias_events] == events


@pytest.mark.parametrize(
    ("shards", "events"),
    [([{"fresh": 0}, None], []), ([{"fresh": 0}, {"fresh": 0, "again": 1}], [{"fresh": 0}])],
)
def test_shards_that_ran_again_wake_the_next_stage(shards: list[Any], events: list[dict[str, int]]) -> None:
    from _assets import announce_news

    with task_context() as emitted:
        announce_news("policywire_entries", shards)

    assert [event.extra for event in emitted["policywire_entries_news"].asset_alias_events] == events


@contextmanager
def task_context() -> Iterator[Any]:
    """The part of Airflow's context that emits; gives the events of an alias by its name."""
    from airflow.sdk import AssetAlias
    from airflow.sdk.execution_time.context import OutletEventAccessors, set_current_context

    accessors = OutletEventAccessors()

    class ByName:
        def __getitem__(self, name: str) -> Any:
            return accessors[AssetAlias(name)]

    with set_current_context({"outlet_events": accessors}):  # the rest is not asked for
        yield ByName()
