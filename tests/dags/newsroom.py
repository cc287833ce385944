"""A newsroom for tests: a running Airflow, a site that publishes, and the mails that come of it."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import time
import urllib.error
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg.errors import OperationalError

from tests.adapters.test_mail import Post
from tests.dags.real import PublishingSite, RealAirflow, until

OPERATOR = "operator@desk.example"
HELD = (  # articles that tell more of a story that has a brief without them
    "ntia-open-weights-three-steps us-open-weights-marginal-risk un-ai-panel-african-seats un-panel-forty-scientists "
    "small-labs-open-source-exemption eu-guidelines-open-source-test seoul-summit-institutes-network "
    "shanghai-ai-plan-nairobi beijing-13-points-openness us-joins-ai-rights-treaty "
    "norway-iceland-first-to-sign-ai-treaty washington-evidence-before-limits brussels-defines-open-source-ai"
).split()
TIMED = ("fetch_feeds", "sweep_pending", "reconcile_day", "send_digest")
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
