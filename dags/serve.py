"""Airflow on this machine, for trying out: `make airflow`, or `make airflow DEMO=1` over the bundled sample site.

Everything it keeps lies in `.airflow/`. The four components run side by side and end together. The log servers are
off, since they would listen on every address; the API listens on 127.0.0.1. SQLite bears two tasks at a time.
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
import socket
import subprocess
import sys
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from honcho.manager import Manager  # type: ignore[import-untyped]  # honcho ships no types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
# Every DAG is known before the first one runs: an event wakes nobody whose DAG was not parsed yet.
PREPARATION = ("db migrate", "dags reserialize")
COMPONENTS = {
    "api": "api-server",
    "scheduler": "scheduler --skip-serve-logs",
    "parser": "dag-processor",
    "triggerer": "triggerer --skip-serve-logs",
}


def environment(home: Path, port: int) -> dict[str, str]:
    """The variables that the components need on top of ours. The port stands in three settings, which must agree."""
    address = f"http://{HOST}:{port}"
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(32),
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__API__HOST": HOST,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__CORE__AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": "2",
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "dags" / "plugins"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / "passwords.json"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin",
        "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "60",  # a killed scheduler's tasks are taken over sooner
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
    }


def free(port: int) -> bool:
    """Whether nobody listens on the port; Airflow itself would not notice."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def password(path: Path) -> str:
    """The password of `admin`: the one in the file, or a new one that is written there for the owner's eyes only."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            json.dump({"admin": secrets.token_urlsafe(12)}, file)
    return str(json.loads(path.read_text())["admin"])


@contextmanager
def demo(home: Path) -> Iterator[Mapping[str, str]]:
    """The sample site on loopback, and the variables of an installation that reads nothing else."""
    from pipeline.demo.site import SampleSite
    from pipeline.demo.tour import demo_home

    with SampleSite() as site:
        demo_home(ROOT, home / "demo", site)
        yield {
            "POLICYWIRE_HOME": str(home / "demo"),
            "POLICYWIRE_OUT": str(home / "demo" / "out"),
            "POLICYWIRE_DATABASE": f"sqlite:///{home / 'demo' / 'policywire.db'}",
            "POLICYWIRE_ALLOW": urlsplit(site.base_url).netloc,
            "POLICYWIRE_SMTP": "",
            "POLICYWIRE_MIN_INTERVAL_MINUTES": "0",
        }


class Components(Manager):  # type: ignore[misc]  # honcho ships no types
    """Side by side until one ends or somebody ends them, also in the moment before their process ids are known.

    Honcho itself fails then, and leaves them running.
    """

    asked = False

    def terminate(self) -> None:
        self.asked = not all("pid" in part for part in self._processes.values())
        if not self.asked:
            super().terminate()

    def _all_started(self) -> bool:
        if self.asked:
            self.terminate()
        return bool(super()._all_started())


def main() -> int:
    """Make Airflow's database ready, then run the components until one ends or Ctrl+C. Gives the exit code."""
    home = Path(os.environ.get("AIRFLOW_HOME", ROOT / ".airflow"))
    port = int(os.environ.get("AIRFLOW__API__PORT", "8080"))
    if not free(port):
        sys.stderr.write(
            f"Port {port} on {HOST} is taken. Stop what listens there, or choose another: "
            f"AIRFLOW__API__PORT={port + 1} make airflow\n"
        )
        return 2
    home.mkdir(exist_ok=True)
    none: AbstractContextManager[Mapping[str, str]] = nullcontext({})
    with demo(home) if os.environ.get("DEMO") else none as source:
        return serve(home, port, {**os.environ, **environment(home, port), **source})


def serve(home: Path, port: int, env: Mapping[str, str]) -> int:
    """Run the components until one ends or somebody ends them."""
    airflow = [sys.executable, "-m", "airflow"]
    for words in PREPARATION:
        subprocess.run([*airflow, *words.split()], env=env, check=True, capture_output=True)  # noqa: S603 -- our own
    login = password(home / "passwords.json")
    sys.stdout.write(
        f"\nAirflow: http://{HOST}:{port}  user: admin  password: {login}  (kept in {home / 'passwords.json'})\n"
        "It answers within a minute. Every DAG is on. Ctrl+C ends it.\n\n"
    )
    sys.stdout.flush()
    manager = Components()
    for name, words in COMPONENTS.items():
        manager.add_process(name, f"exec {shlex.join([*airflow, *words.split()])}", env=dict(env), cwd=str(ROOT))
    manager.loop()
    return int(manager.returncode or 0)


if __name__ == "__main__":
    sys.exit(main())
