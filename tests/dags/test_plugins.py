"""What Airflow loads beside the DAGs: notes with counts, pools, mail to operators, approvals, pages."""

from __future__ import annotations

import doctest
import ssl
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller

from pipeline import settings
from pipeline.adapters.store import open_store
from tests.adapters.test_http_faults import certificate
from tests.adapters.test_mail import Post, free_port
from tests.dags.conftest import DAGS

pytestmark = pytest.mark.usefixtures("bag")
FIRST_RUN = "2025-07-27T08:00:00+00:00"
FAILED = SimpleNamespace(task_id="extract", dag_id="extract_articles", run_id="a run", log_url="http://127.0.0.1/log")


@pytest.mark.parametrize("name", sorted(p.stem for p in DAGS.rglob("*.py") if ">>> " in p.read_text()))
def test_examples_in_docstrings_are_true(name: str) -> None:
    done = doctest.testmod(import_module(name))

    assert done.attempted
    assert not done.failed


def test_the_plugin_loads_whole() -> None:
    from airflow import plugins_manager

    plugins, errors = plugins_manager._get_plugins()
    [ours] = [plugin for plugin in plugins if plugin.name == "policywire"]

    assert errors == {}
    assert [app["url_prefix"] for app in ours.fastapi_apps] == ["/policywire"]
    assert [vars(listener)["__name__"] for listener in ours.listeners] == ["policywire_runs"]


def test_a_note_adds_up_shards_and_says_what_changed() -> None:
    from policywire_runs import summary

    redone = {"ok": 2, "failed": 0, "total": 2, "changes": {"flags changed": 4}}

    assert summary([("draft", {"drafted": 1, "total": 1}), ("extract", redone), ("x", None)]) == (
        "extract 2 ok · draft 1 drafted · changed: 4 flags changed"
    )


@pytest.mark.parametrize(
    ("drafted", "links"), [({"drafted": 1, "total": 1}, True), ({"unchanged": 1, "total": 1}, False)]
)
def test_only_a_run_that_compiled_a_brief_links_to_briefs(drafted: dict[str, int], links: bool) -> None:
    from policywire_runs import compiled

    assert compiled([("cluster", {"joined": 1}), ("draft", drafted)]) is links


def test_missing_pools_are_made_and_an_operator_s_number_stays(airflow_home: Path) -> None:
    from airflow.models.pool import Pool
    from airflow.utils.session import create_session
    from policywire_runs import POOLS, make_pools
    from sqlalchemy import select

    make_pools()
    with create_session() as session:
        session.scalars(select(Pool).where(Pool.pool == "fetch")).one().slots = 9
    make_pools()

    with create_session() as session:
        slots = {row.pool: row.slots for row in session.execute(select(Pool.pool, Pool.slots))}
    assert slots["fetch"] == 9
    assert {name: slots[name] for name in POOLS if name != "fetch"} == {"extract": 2, "backfill": 1}


def test_operators_hear_of_a_failed_task_and_braces_in_its_error_are_text(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from policywire_alerts import tell_operators

    post = Post()
    server = Controller(post, hostname="127.0.0.1", port=free_port())
    server.start()
    monkeypatch.setenv("POLICYWIRE_SMTP", f"smtp://127.0.0.1:{server.port}")
    monkeypatch.setenv("POLICYWIRE_OPERATORS", "a@desk.example, b@desk.example")
    monkeypatch.delenv("AIRFLOW_CONN_SMTP_DEFAULT", raising=False)
    try:
        tell_operators({"task_instance": FAILED, "exception": ValueError("{{ var.value.secret }} <b>\nx")})
    finally:
        server.stop()
        monkeypatch.delenv("AIRFLOW_CONN_SMTP_DEFAULT", raising=False)

    [mail] = post.taken
    assert isinstance(mail.content, bytes)
    message = message_from_bytes(mail.content)
    [part] = [part for part in message.walk() if part.get_content_type() == "text/html"]
    text = f"{message['Subject']}{bytes(part.get_payload(decode=True)).decode()}"
    assert mail.rcpt_tos == ["a@desk.example", "b@desk.example"]
    assert "extract_articles failed at extract" in text
    assert "{{ var.value.secret }} &lt;b&gt; x" in text


def test_operators_hear_of_a_failed_task_over_a_server_that_speaks_tls_alone(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from policywire_alerts import tell_operators

    pair = certificate(tmp_path, "127.0.0.1", 2)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    post = Post()
    server = Controller(post, hostname="127.0.0.1", port=free_port(), ssl_context=context)
    monkeypatch.setenv("SSL_CERT_FILE", str(pair))
    monkeypatch.setenv("POLICYWIRE_SMTP", f"smtps://127.0.0.1:{server.port}")
    monkeypatch.setenv("POLICYWIRE_OPERATORS", "a@desk.example")
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", "")
    monkeypatch.delenv("AIRFLOW_CONN_SMTP_DEFAULT")
    server.start()
    try:
        tell_operators({"task_instance": FAILED, "exception": ValueError("no such thing")})
    finally:
        server.stop()

    assert [mail.rcpt_tos for mail in post.taken] == [["a@desk.example"]]


def test_without_operators_the_log_says_it_alone(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from policywire_alerts import tell_operators

    monkeypatch.setenv("POLICYWIRE_OPERATORS", "")
    tell_operators({"task_instance": FAILED, "exception": ValueError("no such thing")})

    assert "no such thing" in caplog.text


def _strict(home: Path) -> None:
    path = home / "config" / "digest.yaml"
    path.write_text(path.read_text().replace("approved: false", "approved: true"))


def test_each_new_brief_is_asked_about_once_where_a_list_wants_approval(worked_home: Path) -> None:
    from _approval import pending

    nobody = pending(FIRST_RUN)
    _strict(worked_home)

    asked, repeated, again = pending(FIRST_RUN), pending(FIRST_RUN), pending("2025-07-27T08:00:00.000001+00:00")

    store = open_store(settings.load().database_url)
    wanted = {(b.story, b.revision) for b in store.briefs()}
    store.close()
    assert nobody == []
    assert {(a["story"], a["revision"]) for a in asked} == wanted
    assert repeated == asked  # the run was killed before it could ask
    assert again == []
    assert len(str(asked)) < 1000  # no text of a brief


@pytest.mark.parametrize(("option", "approved"), [("Approve", 1), ("Hold", 0)])
def test_the_analyst_s_word_is_stored_with_the_name_and_hold_keeps_the_brief_out(
    worked_home: Path, option: str, approved: int
) -> None:
    from _approval import Approve
    from airflow.sdk.timezone import utcnow

    _strict(worked_home)
    store = open_store(settings.load().database_url)
    brief = store.briefs()[0]
    event = {
        "chosen_options": [option],
        "params_input": {},
        "responded_at": utcnow(),
        "responded_by_user": {"id": "7", "name": "Ada"},
    }

    result = Approve(task_id="approve", story=brief.story, revision=brief.revision).execute_complete({}, event)

    items, _ = store.pending_items(settings.load().readers()[0])
    store.close()
    assert result == {"approved": bool(approved)}
    assert [item.brief.story for item in items] == [brief.story] * approved


def test_no_answer_in_time_means_hold() -> None:
    from _approval import PATIENCE, Approve

    task = Approve(task_id="approve", story="s1", revision=1)

    assert task.options == ["Approve", "Hold"]
    assert task.defaults == ["Hold"]
    assert task.response_timeout == PATIENCE
    assert task.execution_timeout is None


def test_a_scheduler_counts_its_life_from_when_it_has_warmed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Airflow sets the first heartbeat before; one that starts slowly would take its own tasks for orphans."""
    from airflow.jobs.job import Job
    from policywire_runs import on_starting

    monkeypatch.setattr(sys, "argv", ["airflow", "scheduler"])
    job, began = Job(job_type="SchedulerJob"), datetime.now(UTC)  # type: ignore[no-untyped-call]  # Airflow types no jobs
    job.latest_heartbeat = began - timedelta(minutes=5)

    on_starting(job)

    assert job.latest_heartbeat >= began
