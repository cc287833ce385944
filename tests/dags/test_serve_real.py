"""`make airflow DEMO=1` as somebody tries it: healthy soon, on loopback alone, plain to see, and gone when it ends."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dags.browser import Browser, browser
from tests.dags.real import ROOT, free_port, until

pytestmark = pytest.mark.slow
HEALTHY_SECONDS = 60


class Served:
    """A running `dags/serve.py` over the sample site."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        env = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "POLICYWIRE"))}
        env |= {"AIRFLOW_HOME": str(home), "AIRFLOW__API__PORT": str(self.port), "DEMO": "1"}
        self.began = time.monotonic()
        self.log = home.parent / f"{home.name}.log"
        with self.log.open("wb") as log:
            command = [sys.executable, str(ROOT / "dags" / "serve.py")]
            self.process = subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True)  # noqa: S603 -- our own

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def token(self) -> str:
        body = {"username": "admin", "password": json.loads((self.home / "passwords.json").read_text())["admin"]}
        return str(self.api("POST", "/auth/token", "", **body)["access_token"])

    def api(self, method: str, path: str, token: str, **body: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers)  # noqa: S310 -- ours
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- our own address
            return json.loads(answer.read())

    def healthy(self) -> bool:
        try:
            health = self.api("GET", "/api/v2/monitor/health", "")
        except (OSError, urllib.error.URLError):
            return False
        return all(part["status"] == "healthy" for part in health.values())

    def processes(self) -> set[int]:
        """Every process that descends from ours, or was started with our AIRFLOW_HOME; no zombies."""
        parents, ours = {}, {self.process.pid}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                if state != "Z":
                    parents[int(entry.name)] = int(parent)
                    # Some write their title over it, so it does not tell of all.
                    if f"AIRFLOW_HOME={self.home}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                        ours.add(int(entry.name))
            except OSError:
                continue
        while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
            ours |= more
        return ours & set(parents)

    def listening(self) -> set[str]:
        """The addresses, in hex as the kernel has them, on which our processes listen."""
        sockets = set()
        for pid in self.processes():
            for file in Path(f"/proc/{pid}/fd").glob("*"):
                try:
                    sockets.add(os.readlink(file))
                except OSError:
                    continue
        rows = [
            line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
        ]
        return {row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in sockets}

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        try:
            return self.process.wait(120)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise


def alive() -> set[int]:
    return {int(entry.name) for entry in Path("/proc").glob("[0-9]*")}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("serve") / "home")
    until(lambda: made.healthy() or made.process.poll() is not None, 2 * HEALTHY_SECONDS, "healthy")
    made.took = time.monotonic() - made.began  # type: ignore[attr-defined]  # for the test below
    yield made
    if made.process.poll() is None:
        made.end(signal.SIGTERM)


def test_it_is_healthy_within_a_minute_and_says_where_and_with_which_login(served: Served) -> None:
    said = served.log.read_text(errors="replace")

    assert served.took < HEALTHY_SECONDS  # type: ignore[attr-defined]  # set by the fixture
    assert f"Airflow: {served.url}" in said
    assert "user: admin" in said


def test_nothing_listens_off_loopback(served: Served) -> None:
    addresses = served.listening()

    assert any(int(a.partition(":")[2], 16) == served.port for a in addresses)
    assert {a.partition(":")[0] for a in addresses} <= {"0100007F", "0" * 24 + "01000000"}


def test_every_dag_is_on_and_the_sample_site_becomes_briefs(served: Served) -> None:
    token = served.token()

    dags = served.api("GET", "/api/v2/dags?limit=50", token)["dags"]
    until(lambda: len(list((served.home / "demo" / "out" / "briefs").glob("*.html"))) >= 4, 240, "briefs")

    assert len(dags) == 10
    assert not any(d["is_paused"] for d in dags)
    assert served.api("GET", "/api/v2/importErrors", token)["total_entries"] == 0


def test_every_dag_is_known_before_the_first_one_runs(served: Served) -> None:
    database = sqlite3.connect(served.home / "airflow.db")
    [(dags, known)] = database.execute("select count(distinct dag_id), max(created_at) from serialized_dag")
    [(first,)] = database.execute("select min(queued_at) from dag_run")
    database.close()

    assert dags == 10
    assert known < first


def test_an_analyst_is_asked_in_the_ui_and_the_answer_lets_the_brief_out(
    served: Served, chromium: str, tmp_path: Path
) -> None:
    digest = served.home / "demo" / "config" / "digest.yaml"
    digest.write_text(digest.read_text().replace("approved: false", "approved: true"))
    token, dag = served.token(), "/api/v2/dags/approve_briefs/dagRuns"
    served.api("POST", dag, token, logical_date=None)  # unless the chain's own run asks first
    everywhere = "/api/v2/dags/~/dagRuns/~/hitlDetails"
    asked = until(lambda: served.api("GET", everywhere, token)["hitl_details"], 120, "questions")
    run, index = asked[0]["task_instance"]["dag_run_id"], asked[0]["task_instance"]["map_index"]
    pictures = Path(os.environ.get("POLICYWIRE_PICTURES") or tmp_path)
    pictures.mkdir(parents=True, exist_ok=True)

    async def look() -> Path:
        async with browser(chromium, pictures, {"_token": token}, served.url) as tab:
            await tab.open(
                f"{served.url}/dags/approve_briefs/runs/{run}/tasks/approve/mapped/{index}/required_actions",
                "Approve",
                "Hold",
                "[1]",
            )
            return await tab.picture("approval")

    asyncio.run(look())
    answer = f"{dag}/{run}/taskInstances/approve/{index}/hitlDetails"
    served.api("PATCH", answer, token, chosen_options=["Approve"], params_input={})

    database = sqlite3.connect(served.home / "demo" / "policywire.db")
    # Who answers before the scheduler has noted the question is noted at the task's retry, a minute later.
    [(story, analyst)] = until(lambda: database.execute("select story, analyst from approvals").fetchall(), 180, "it")
    database.close()
    assert story.startswith("s")
    assert analyst == "admin"


def test_the_ui_explains_itself(served: Served, chromium: str, tmp_path: Path) -> None:
    """Pictures go to the folder that POLICYWIRE_PICTURES names, for who wants to look."""
    pictures = Path(os.environ.get("POLICYWIRE_PICTURES") or tmp_path)
    pictures.mkdir(parents=True, exist_ok=True)
    token = served.token()
    (served.home / "demo" / "config" / "topics.yaml").write_text("topics: none\n")
    broken = served.api(
        "POST", "/api/v2/dags/sweep_pending/dagRuns", token, logical_date=None, conf={"stage": "classify"}
    )
    # Whoever comes first compiles: the chain of events, a sweep, or the day that is redone.
    runs = "/api/v2/dags/~/dagRuns?state=success&limit=50"
    compiled = until(
        lambda: [r for r in served.api("GET", runs, token)["dag_runs"] if "briefs of this run" in (r["note"] or "")],
        120,
        "a run with briefs",
    )[0]
    path = f"/api/v2/dags/sweep_pending/dagRuns/{broken['dag_run_id']}"
    until(lambda: served.api("GET", path, token)["state"] == "failed", 120, "the failed run")

    async def look() -> list[Path]:
        async with browser(chromium, pictures, {"_token": token}, served.url) as tab:
            return [await view(tab) for view in views(served.url, broken["dag_run_id"], compiled)]

    shots = asyncio.run(look())

    assert all(shot.stat().st_size > 20_000 for shot in shots)


def views(url: str, failed: str, compiled: dict[str, Any]) -> list[Callable[[Browser], Any]]:
    """What an operator looks at, each with the words that must be there."""

    async def listed(tab: Browser) -> Path:
        await tab.open(f"{url}/dags?limit=50", "fetch_feeds", "send_digest", "reconcile_day")
        return await tab.picture("dags")

    async def docs(tab: Browser) -> Path:
        await tab.open(f"{url}/dags/reconcile_day", "reconcile_day")
        await tab.click("Dag Docs")
        await tab.shows("When it fails", "By hand", "policywire backfill")
        return await tab.picture("docs")

    async def form(tab: Browser) -> Path:
        await tab.open(f"{url}/dags/fetch_feeds", "fetch_feeds")
        await tab.click("Trigger")
        await tab.shows("First day to redo", "Feeds", "that are not due, too")
        return await tab.picture("form")

    async def mail(tab: Browser) -> Path:
        await tab.open(f"{url}/dags/send_digest", "send_digest")
        await tab.click("Trigger")
        await tab.shows("runs by hand write files only")
        return await tab.picture("mail")

    async def backfill(tab: Browser) -> Path:
        await tab.open(f"{url}/dags/reconcile_day", "reconcile_day")
        await tab.click("Trigger")
        await tab.click("Backfill", ("label",))
        await tab.shows("Missing and Errored Runs", "Max Active Runs")
        return await tab.picture("backfill")

    async def log(tab: Browser) -> Path:
        await tab.open(f"{url}/dags/sweep_pending/runs/{failed}/tasks/classify", "topics.yaml:1", "What to do stands")
        return await tab.picture("log")

    async def note(tab: Browser) -> Path:
        await tab.open(f"{url}/dags/{compiled['dag_id']}/runs/{compiled['dag_run_id']}", "briefs of this run")
        return await tab.picture("note")

    async def briefs(tab: Browser) -> Path:
        await tab.script(
            "location = [...document.querySelectorAll('a')].find(a => a.innerText == 'briefs of this run').href"
        )
        await tab.shows("revision 1")
        return await tab.picture("briefs")

    return [listed, docs, form, mail, backfill, log, note, briefs]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_no_process_is_left_when_it_ends(tmp_path: Path, number: int, request: pytest.FixtureRequest) -> None:
    if number == signal.SIGTERM:
        made: Served = request.getfixturevalue("served")
    else:  # Ctrl+C while it is still starting
        made = Served(tmp_path / "home")
        until(lambda: len(made.processes()) >= 5, 120, "the components")
    before = made.processes()

    made.end(number)

    until(lambda: not (before | made.processes()) & alive(), 30, "the end of every process")
    assert len(before) >= 5
