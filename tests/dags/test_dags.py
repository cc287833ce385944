"""The DAGs load anywhere, explain themselves, and announce only what is new."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

DAGS = Path(__file__).resolve().parents[2] / "dags"
SCHEDULES = {  # DAG id: its tasks in order of the data flow, and whether time, an event or a person starts it
    "fetch_feeds": (["fetch", "announce"], "time"),
    "fetch_pinged": (["fetch"], "event"),
    "extract_articles": (["extract"], "event"),
    "flag_articles": (["classify"], "event"),
    "compile_briefs": (["cluster", "draft"], "event"),
    "approve_briefs": (["pending", "approve"], "event"),
    "send_digest": (["digest"], "time"),
    "sweep_pending": (["extract", "classify", "cluster", "draft"], "time"),
    "reconcile_day": (["extract", "classify", "cluster", "draft"], "time"),
    "train_classifier": (["train"], "person"),
}
FORMS = {  # DAG id: the fields of its form
    "fetch_feeds": {"feeds", "force", "since", "until"},
    "extract_articles": {"since", "until", "feeds"},
    "flag_articles": {"since", "until", "topics"},
    "compile_briefs": {"since", "until", "topics"},
    "send_digest": {"mail", "force"},
    "sweep_pending": {"stage"},
}
HEAVY = ("sklearn", "numpy", "trafilatura", "feedparser", "aiohttp", "sqlalchemy.ext.asyncio", "pipeline.runner")
PARSE_SECONDS = 0.5
every_dag = pytest.mark.parametrize("dag_id", SCHEDULES)


@pytest.mark.usefixtures("nowhere")
def test_fault_84_every_dag_loads_without_database_and_configuration(bag: Any) -> None:
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
    headings = [line for line in bag.dags[dag_id].doc_md.splitlines() if line.startswith("#")]

    # As headings: Airflow sets no space between paragraphs.
    assert headings == ["### What it does", "### When it fails", "### By hand"]


@every_dag
def test_runs_do_not_meet_but_where_one_waits_for_a_person(bag: Any, dag_id: str) -> None:
    dag = bag.dags[dag_id]
    waits = dag_id == "approve_briefs"

    assert dag.max_active_runs == (16 if waits else 1)
    assert dag.catchup is False
    assert dag.tags > {"policywire"}
    assert dag.dagrun_timeout == (None if waits else timedelta(hours=4))


@every_dag
def test_every_task_has_owner_timeout_growing_retries_and_a_voice(bag: Any, dag_id: str) -> None:
    tasks = bag.dags[dag_id].tasks

    assert {task.owner for task in tasks} == {"policywire"}
    assert all(_bounded(task) for task in tasks)
    assert {task.retries for task in tasks} == {2}
    assert all(task.retry_exponential_backoff and task.retry_policy for task in tasks)
    assert all(task.on_failure_callback for task in tasks)


def _bounded(task: Any) -> bool:
    """`approve` waits for a person: its own test says for how long."""
    limit: timedelta = task.execution_timeout
    return task.task_id == "approve" or timedelta(0) < limit <= timedelta(minutes=45)


@every_dag
def test_the_form_says_what_each_field_wants_and_its_defaults_fit(bag: Any, dag_id: str) -> None:
    fields = bag.dags[dag_id].params

    assert set(fields) == FORMS.get(dag_id, set())
    for name in fields:
        param = fields.get_param(name)
        assert param.schema["title"]
        assert param.schema["description_md"]
        Draft202012Validator(param.schema).validate(param.value)


@pytest.mark.parametrize(
    ("choice", "run_type", "mails"),
    [
        ("as scheduled", "scheduled", "yes"),
        ("as scheduled", "manual", "no"),
        ("as scheduled", "backfill", "no"),
        ("yes", "manual", "yes"),
        ("no", "scheduled", "no"),
    ],
)
def test_fault_69_only_the_clock_mails_unless_the_form_says_so(
    bag: Any, choice: str, run_type: str, mails: str
) -> None:
    from airflow.sdk.api.datamodels._generated import DagRun
    from jinja2 import Template

    words = bag.dags["send_digest"].get_task("digest").op_kwargs["scope"]
    run = DagRun.model_construct(run_type=run_type)

    assert Template(words["mail"]).render(params={"mail": choice}, dag_run=run) == mails


def test_one_unmapped_task_announces_for_all_shards(bag: Any) -> None:
    fetch, announce = bag.dags["fetch_feeds"].topological_sort()

    assert fetch.is_mapped
    assert not announce.is_mapped
    assert fetch.op_kwargs_expand_input.value == {"shard": [f"{n}/4" for n in range(4)]}
    assert fetch.partial_kwargs["map_index_template"] == "{{ task.op_kwargs['shard'] }}"
    assert [alias.name for alias in announce.outlets] == ["policywire_entries_news"]
    assert not fetch.outlets


def test_a_task_that_succeeds_without_news_emits_nothing_by_itself(bag: Any) -> None:
    from airflow.sdk import AssetAlias

    outlets = [outlet for dag in bag.dags.values() for task in dag.tasks for outlet in task.outlets]

    assert {outlet.name for outlet in outlets} == {
        f"policywire_{n}_news" for n in ("entries", "articles", "flags", "briefs")
    }
    assert {type(outlet) for outlet in outlets} == {AssetAlias}


def test_feeds_pages_and_past_days_have_pools_of_their_own(bag: Any) -> None:
    from policywire_runs import POOLS

    pools = {(d, t.task_id): t.pool for d, dag in bag.dags.items() for t in dag.tasks if t.pool != "default_pool"}

    assert pools["fetch_feeds", "fetch"] == pools["fetch_pinged", "fetch"] == "fetch"
    assert pools["extract_articles", "extract"] == pools["sweep_pending", "extract"] == "extract"
    assert {t for (d, t), pool in pools.items() if pool == "backfill"} == set(SCHEDULES["reconcile_day"][0])
    assert set(pools.values()) == set(POOLS)


def test_only_the_dag_that_redoes_past_days_can_be_backfilled(bag: Any) -> None:
    timed = {d for d, dag in bag.dags.items() if SCHEDULES[d][1] == "time"}
    allowed = {d for d in timed if "backfill" in (bag.dags[d].allowed_run_types or {"backfill"})}

    assert allowed == {"reconcile_day"}


def test_past_days_wait_for_live_work(bag: Any) -> None:
    past = {task.priority_weight for task in bag.dags["reconcile_day"].tasks}
    live = {task.priority_weight for task in bag.dags["extract_articles"].tasks}

    assert max(past) < min(live)


def test_repair_neither_fetches_nor_mails(bag: Any) -> None:
    tasks = {task.task_id for dag_id in ("sweep_pending", "reconcile_day") for task in bag.dags[dag_id].tasks}

    assert tasks.isdisjoint({"fetch", "digest"})


def test_reconcile_redoes_the_first_day_of_its_interval(bag: Any) -> None:
    asked = [task.op_kwargs for task in bag.dags["reconcile_day"].tasks]

    assert {words["day"] for words in asked} == {"{{ data_interval_start | ds }}"}
    assert {words["run"] for words in asked} == {"{{ run_id }}"}


def test_the_days_are_redone_through_the_same_stages_as_by_the_command(bag: Any) -> None:
    from pipeline.domain.redone import STAGES

    assert [task.task_id for task in bag.dags["reconcile_day"].topological_sort()] == list(STAGES)


def test_a_ping_and_news_from_the_command_line_are_heard(bag: Any) -> None:
    watched = {
        asset.name: [watcher.trigger.serialize() for watcher in asset.watchers]
        for dag_id in ("fetch_pinged", "extract_articles")
        for asset in bag.dags[dag_id].timetable.asset_condition.objects
    }

    assert watched == {
        "policywire_feeds": [("policywire_bell.Bell", {"signal": "feeds"})],
        "policywire_entries": [("policywire_bell.Bell", {"signal": "entries"})],
    }


@pytest.mark.usefixtures("bag")
def test_a_late_digest_is_told_where_the_dag_processor_reads_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["airflow", "dag-processor"])

    [alert] = runpy.run_path(str(DAGS / "send_digest.py"))["dag"].deadline

    assert alert.interval == timedelta(minutes=10)
    assert alert.callback.path == "policywire_alerts.digest_is_late"


@pytest.mark.usefixtures("airflow_home")
def test_fault_84_files_parse_fast_and_import_nothing_heavy(tmp_path: Path) -> None:
    """As the DAG processor does it: Airflow is there already, and each file comes with all that it imports."""
    code = f"""
import airflow.sdk, airflow.dag_processing.dagbag, airflow.providers.standard.decorators.python
import importlib, json, sys, time
from pathlib import Path
heavy = set(sys.modules)
OURS = ("_assets", "_tasks", "_forms", "_approval", "policywire")
seconds = {{}}
for path in sorted(Path({str(DAGS)!r}).glob("*_*.py")):
    if not path.name.startswith("_"):
        for name in [n for n in sys.modules if n.startswith(OURS)]:
            del sys.modules[name]
        began = time.process_time()
        importlib.import_module(path.stem)
        seconds[path.stem] = time.process_time() - began
print(json.dumps([seconds, [m for m in {HEAVY!r} if m in set(sys.modules) - heavy]]))
"""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(DAGS), str(DAGS / "plugins")])}

    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=env, cwd=tmp_path, check=True, capture_output=True, text=True)  # noqa: S603 -- our own

    seconds, heavy = json.loads(done.stdout.splitlines()[-1])
    assert set(seconds) == set(SCHEDULES)
    assert heavy == []
    assert max(seconds.values()) < PARSE_SECONDS, seconds


@pytest.mark.usefixtures("bag")
@pytest.mark.parametrize(
    ("counts", "fresh"), [([{"fresh": 1}, {"fresh": 2}, None, {"fresh": 0}], 3), ([None], 0), ([], 0)]
)
def test_news_are_summed_over_shards(counts: Any, fresh: int) -> None:
    from _assets import news

    assert news(counts) == fresh
