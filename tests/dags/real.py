"""A real Airflow for tests: its four components, PostgreSQL for both databases, and the sample site as source."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from sqlalchemy import make_url

from pipeline.adapters.store import SqlStore
from pipeline.demo.content import SampleArticle, SampleContent, SampleOutlet, load_site
from pipeline.demo.feeds import CONTENT_TYPES, feed_body
from pipeline.demo.pages import article_page, article_path
from pipeline.demo.site import HTML, Reply, SampleSite
from pipeline.demo.tour import demo_home

ROOT = Path(__file__).resolve().parents[2]
HEALTHY_SECONDS = 120
STEP_SECONDS = 0.1


def serve_module() -> Any:
    """`dags/serve.py`, which lies in no package."""
    spec = importlib.util.spec_from_file_location("serve", ROOT / "dags" / "serve.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def until(true: Callable[[], Any], seconds: float, what: str = "") -> Any:
    """Wait for something to become true, and give it."""
    deadline = time.monotonic() + seconds
    while True:
        if found := true():
            return found
        assert time.monotonic() < deadline, f"not within {seconds} s: {what or true}"
        time.sleep(STEP_SECONDS)


class PublishingSite(SampleSite):
    """The sample site as a newsroom: some articles are held back until somebody publishes them."""

    def __init__(self, held: Sequence[str] = ()) -> None:
        super().__init__()
        self.content = load_site()
        self._shown = {o.id: [a for a in self.content.of(o) if a.slug not in held] for o in self.content.outlets}
        for outlet in self.content.outlets:
            if outlet.fault != "answers-500":
                for article in self.content.of(outlet):
                    if article.slug in held:
                        del self.replies[article_path(outlet, article)]
                self._show(outlet)

    def publish(self, *articles: SampleArticle) -> None:
        """Show articles, pages first; an outlet's feed shows all of its new ones at once."""
        outlets = {outlet.id: outlet for outlet in self.content.outlets}
        for article in articles:
            outlet = outlets[article.outlet_id]
            page = article_page(outlet, article, (), self.base_url)
            self.replies[article_path(outlet, article)] = Reply(
                status=200, content_type=HTML, body=page, modified=article.published
            )
            self._shown[outlet.id].insert(0, article)
        for outlet_id in {a.outlet_id for a in articles}:
            self._show(outlets[outlet_id])

    def article(self, slug: str) -> SampleArticle:
        return next(a for a in self.content.articles if a.slug == slug)

    def feed(self, article: SampleArticle) -> str:
        return f"{self.base_url}/{article.outlet_id}/feed"

    def _show(self, outlet: SampleOutlet) -> None:
        shown = self._shown[outlet.id]
        body = feed_body(outlet, shown, self.base_url)
        newest = max(a.published for a in shown)
        self.replies[f"/{outlet.id}/feed"] = Reply(
            status=200, content_type=CONTENT_TYPES[outlet.feed], body=body, modified=newest
        )


def invented(content: SampleContent, outlet: SampleOutlet, number: int) -> SampleArticle:
    """An article that no other test has: another's text under a title and an order of its own."""
    models = [a for a in content.articles if a.development and not a.paywall]
    model = models[number % len(models)]
    return dataclasses.replace(
        model,
        outlet_id=outlet.id,
        slug=f"burst-{number}",
        title=f"{model.title} ({outlet.name}, report {number})",
        paragraphs=(*model.paragraphs[number % 3 :], *model.paragraphs[: number % 3]),
    )


class RealAirflow:
    """Airflow as an operator runs it, with our DAGs on; `kill` and `start` take single components.

    A component that ends by itself is started again, as compose's `restart: unless-stopped` does; `fell` names it.
    """

    def __init__(self, folder: Path, server: str, source: Mapping[str, str], **settings: str) -> None:
        serve = serve_module()
        self.folder, self.port = folder, free_port()
        self._server = make_url(server).set(drivername="postgresql")
        self.components: dict[str, subprocess.Popen[bytes]] = {}
        self.fell: list[tuple[str, int]] = []
        self._changing, self._over = threading.RLock(), threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self.words = {name: words.split() for name, words in serve.COMPONENTS.items()}
        folder.mkdir(parents=True, exist_ok=True)
        metadata = self._database("airflow", "postgresql+psycopg")
        self.database = self._database("policywire", "postgresql+psycopg")
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "POLICYWIRE"))}
        self.env |= serve.environment(folder, self.port) | {
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": metadata,
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC": metadata,
            "AIRFLOW__CORE__PARALLELISM": "4",
            "POLICYWIRE_DATABASE": self.database,
            **source,
            **settings,
        }
        self.password = serve.password(folder / "passwords.json")
        self._token = ""
        self.log = folder / "components.log"

    def _database(self, name: str, driver: str) -> str:
        with psycopg.connect(self._server.render_as_string(hide_password=False), autocommit=True) as connection:
            if not connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
                connection.execute(f"create database {name}".encode())
        return self._server.set(drivername=driver, database=name).render_as_string(hide_password=False)

    def start(self, *names: str) -> None:
        """Start components, all of them for no name."""
        if not names:
            for words in serve_module().PREPARATION:
                self.airflow(*words.split())
            self._keeper.start()
        with self._changing, self.log.open("ab") as log:
            for name in names or self.words:
                command = [sys.executable, "-m", "airflow", *self.words[name]]
                self.components[name] = subprocess.Popen(  # noqa: S603 -- our own
                    command, env=self.env, stdout=log, stderr=log, cwd=self.folder, start_new_session=True
                )

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        """End a component with everything that it started."""
        with self._changing:
            part = self.components.pop(name)
        os.killpg(part.pid, number)
        try:
            part.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(part.pid, signal.SIGKILL)
            part.wait()

    def stop(self) -> None:
        self._over.set()
        with self._changing:
            for part in self.components.values():  # all at once: each takes seconds
                if part.poll() is None:
                    os.killpg(part.pid, signal.SIGTERM)
        for name in list(self.components):
            if self.components[name].poll() is None:
                self.kill(name, signal.SIGTERM)

    def _keep(self) -> None:
        while not self._over.wait(0.5):
            with self._changing:
                for name, part in list(self.components.items()):
                    if (code := part.poll()) is not None:
                        self.fell.append((name, code))
                        with suppress(ProcessLookupError):  # what it left behind dies with its container
                            os.killpg(part.pid, signal.SIGKILL)
                        self.start(name)

    def airflow(self, *words: str) -> str:
        command = [sys.executable, "-m", "airflow", *words]
        return subprocess.run(command, env=self.env, check=True, capture_output=True, text=True).stdout  # noqa: S603 -- our own

    def policywire(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pipeline.cli", *words]
        return subprocess.run(command, env=self.env, check=False, capture_output=True, text=True)  # noqa: S603 -- our own

    def api(self, method: str, path: str, **body: Any) -> Any:
        """Call Airflow's REST API as `admin`."""
        if not self._token:
            login = {"username": "admin", "password": self.password}
            self._token = "-"
            self._token = self.api("POST", "/auth/token", **login)["access_token"]
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=json.dumps(body).encode() if body else None,
            method=method,
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- our own address
            return json.loads(answer.read() or b"null")

    def page(self, url: str, *, login: bool = True) -> str:
        """A page of the plugin as a browser gets it, or the status where it is refused."""
        headers = {"Authorization": f"Bearer {self._token}"} if login else {}
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:  # noqa: S310 -- our own address
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return str(error.code)

    def healthy(self) -> bool:
        try:
            health = self.api("GET", "/api/v2/monitor/health")
        except (OSError, urllib.error.URLError):
            self._token = ""
            return False
        return all(part["status"] == "healthy" for part in health.values())

    def ready(self, dags: int = 10) -> None:
        """Wait until every component is healthy and every DAG is there."""
        until(self.healthy, HEALTHY_SECONDS, f"healthy; see {self.log}")
        until(lambda: self.sql("airflow", "select count(*) from dag where not is_paused")[0][0] >= dags, 120, "DAGs")

    def sql(self, database: str, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask one of the two databases."""
        url = self._server.set(database=database).render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(query.encode(), values or None)  # without values a % is a %
            return cursor.fetchall() if cursor.description else []

    def ring(self, *feeds: str) -> None:
        """What `policywire feeds ping` does, without the start of a Python."""
        store = SqlStore(self.database)
        store.poll_now(feeds, datetime.now(UTC))
        store.ring("feeds")
        store.close()


@contextmanager
def newsroom(folder: Path, held: Sequence[str] = ()) -> Iterator[tuple[PublishingSite, dict[str, str]]]:
    """A publishing site, and the variables of an installation that reads nothing else."""
    with PublishingSite(held) as site:
        demo_home(ROOT, folder / "home", site)
        yield (
            site,
            {
                "POLICYWIRE_HOME": str(folder / "home"),
                "POLICYWIRE_OUT": str(folder / "out"),
                "POLICYWIRE_ALLOW": urlsplit(site.base_url).netloc,
                "POLICYWIRE_SMTP": "",
                "POLICYWIRE_MIN_INTERVAL_MINUTES": "60",
            },
        )
