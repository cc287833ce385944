"""The DAGs load anywhere, explain themselves, and announce only what is new."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

DAGS = Path(__file__).resolve().parents[2] / "dags"
SCHEDULES = {  # DAG id: its tasks in order of the data flow, and whether time, an event or a person starts it
    "fetch_feeds": (["fetch", "announce"], "time"),
    "extract_articles": (["extract", "announce"], "event"),
    "flag_articles": (["classify", "announce"], "event"),
    "compile_briefs": (["cluster", "draft", "announce"], "event"),
    "send_digest": (["digest"], "time"),
    "sweep_pending": (["extract", "classify", "cluster", "draft"], "time"),
    "reconcile_day": (["extract", "classify", "cluster", "draft"], "time"),
    "train_classifier": (["train"], "person"),
}
HEAVY = ("sklearn", "trafilatura", "feedparser", "pipeline")
every_dag = pytest.mark.parametrize("dag_id", SCHEDULES)


@pytest.mark.usefixtures("nowhere")
def test_every_dag_loads_without_database_and_configuration(bag: Any) -> None:
    loaded = set(bag.dags)

    assert bag.import_errors == {}
    assert loaded == set(SCHEDULES)


def test_file_name_is_the_dag_id(bag: Any) -> None:
    files = {dag_id: Path(dag.fileloc).stem for dag_id, dag in bag.dags.items()}

    assert files == {dag_id: dag_id for dag_id in SCHEDULES}


@every_dag
def test_tasks_follow_the_data_flow(bag: Any, dag_id: str) -> None:
    tasks = [task.task_id for task in bag.dags[dag_id].topological_sort()]

    assert tasks == SCHEDULES[dag_id][0]


@every_dag
def test_time_event_or_person_starts_it(bag: Any, dag_id: str) -> None:
    timetable = bag.dags[dag_id].timetable
    event = bool(getattr(timetable, "asset_condition", None))
    kind = "event" if event else "person" if type(timetable).__name__ == "NullTimetable" else "time"

    assert kind == SCHEDULES[dag_id][1]


@every_dag
def test_manual_says_what_to_do(bag: Any, dag_id: str) -> None:
    manual = bag.dags[dag_id].doc_md

    assert "**When it fails**" in manual
    assert "**By hand**" in manual


@every_dag
def test_one_run_at_a_time_with_tags_and_no_catchup(bag: Any, dag_id: str) -> None:
    dag = bag.dags[dag_id]

    assert dag.max_active_runs == 1
    assert dag.catchup is False
    assert "policywire" in dag.tags
    assert dag.dagrun_timeout == timedelta(hours=4)


@every_dag
def test_every_task_has_owner_timeout_and_growing_retries(bag: Any, dag_id: str) -> None:
    tasks = bag.dags[dag_id].tasks

    assert {task.owner for task in tasks} == {"policywire"}
    assert {task.execution_timeout for task in tasks} == {timedelta(minutes=45)}
    assert {task.retries for task in tasks} == {2}
    assert all(task.retry_exponential_backoff for task in tasks)


def test_one_unmapped_task_announces_for_all_shards(bag: Any) -> None:
    fetch, announce = bag.dags["fetch_feeds"].topological_sort()

    assert fetch.is_mapped
    assert not announce.is_mapped
    assert fetch.op_kwargs_expand_input.value == {"scope": [{"shard": f"{n}/4"} for n in range(4)]}
    assert [asset.name for asset in announce.outlets] == ["policywire_entries"]


def test_repair_neither_fetches_nor_mails(bag: Any) -> None:
    tasks = {task.task_id for dag_id in ("sweep_pending", "reconcile_day") for task in bag.dags[dag_id].tasks}

    assert tasks.isdisjoint({"fetch", "digest"})


def test_reconcile_redoes_the_first_day_of_its_interval(bag: Any) -> None:
    asked = [task.op_kwargs["scope"] for task in bag.dags["reconcile_day"].tasks]

    assert {words["since"] for words in asked} == {"{{ data_interval_start | ds }}"}
    assert all(words["since"] == words["until"] for words in asked)


@every_dag
def test_file_imports_nothing_heavy(airflow_home: Path, dag_id: str) -> None:
    code = f"import json, sys, {dag_id}; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"

    done = subprocess.run([sys.executable, "-c", code], cwd=DAGS, check=True, capture_output=True, text=True)  # noqa: S603 -- our own file

    assert json.loads(done.stdout.splitlines()[-1]) == []


@pytest.mark.parametrize("counts", [{"fresh": 3, "total": 9}, [{"fresh": 1}, {"fresh": 2}, {"fresh": 0}]])
def test_news_are_summed_over_shards(bag: Any, counts: Any) -> None:
    from _assets import news

    assert news(counts) == 3


@pytest.mark.parametrize("counts", [{"fresh": 0, "total": 9}, [{"fresh": 0}, {"fresh": 0}], []])
def test_nothing_new_is_not_announced(bag: Any, counts: Any) -> None:
    from _assets import news
    from airflow.sdk.exceptions import AirflowSkipException

    with pytest.raises(AirflowSkipException, match="nothing new"):
        news(counts)


def test_wrong_scope_fails_without_retries(bag: Any) -> None:
    from _assets import run
    from airflow.sdk.exceptions import AirflowFailException

    with pytest.raises(AirflowFailException, match="unknown scope keys"):
        run("fetch", {"day": "2025-07-26"})
