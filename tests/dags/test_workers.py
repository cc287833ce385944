"""Killable workers inside a task of a real LocalExecutor, whose `__main__` may not run in a child."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 180  # that Airflow may take until the task has run
DAG = """
from airflow.sdk import DAG, task

with DAG("workers", schedule=None):

    @task
    def work():
        import json
        from pathlib import Path
        from pipeline.adapters.pool import Killed, Limits, Workers

        workers = Workers("tests.adapters.hostile:work", limits=Limits(seconds=2))
        items = [str(n) for n in range(30)] + ["spin", "crash"]
        found = {{i: str(r.state) if isinstance(r, Killed) else r[0] for i, r in workers.run(items)}}
        workers.close()
        Path({out!r}).write_text(json.dumps(found))

    work()
"""


def serve_environment(home: Path, port: int) -> dict[str, str]:
    """The variables of `make airflow`."""
    spec = importlib.util.spec_from_file_location("serve", ROOT / "dags" / "serve.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, str] = module.environment(home, port)
    return found


@pytest.fixture
def airflow(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a running Airflow whose DAGs lie in `dags`; its components end with the test."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "workers.py").write_text(DAG.format(out=str(tmp_path / "found.json")))
    env = {**os.environ, **serve_environment(tmp_path, port), "PYTHONPATH": str(ROOT)}
    env |= {"AIRFLOW__CORE__DAGS_FOLDER": str(tmp_path / "dags"), "AIRFLOW__CORE__UNIT_TEST_MODE": "False"}
    env["AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION"] = "False"
    command(env, "db", "migrate")
    logs = (tmp_path / "components.log").open("w")
    parts = ("api-server", "scheduler --skip-serve-logs", "dag-processor")
    running = [
        subprocess.Popen([sys.executable, "-m", "airflow", *p.split()], env=env, stdout=logs, stderr=logs, start_new_session=True)  # noqa: S603, E501 -- our own
        for p in parts
    ]  # fmt: skip
    yield env
    for part in running:
        os.killpg(part.pid, signal.SIGTERM)
    for part in running:
        try:
            part.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(part.pid, signal.SIGKILL)
    logs.close()


def command(env: dict[str, str], *words: str) -> int:
    done = subprocess.run([sys.executable, "-m", "airflow", *words], env=env, check=False, capture_output=True)  # noqa: S603 -- our own
    return done.returncode


@pytest.mark.slow
def test_workers_run_and_are_killed_inside_a_task_of_the_local_executor(
    airflow: dict[str, str], tmp_path: Path
) -> None:
    deadline = time.monotonic() + SECONDS
    while command(airflow, "dags", "trigger", "workers") and time.monotonic() < deadline:
        time.sleep(2)  # until the DAG is known

    out = tmp_path / "found.json"
    while not out.exists() and time.monotonic() < deadline:
        time.sleep(1)

    assert out.exists(), (tmp_path / "components.log").read_text()[-5000:]
    good = {str(n): str(n) for n in range(30)}
    assert json.loads(out.read_text()) == {**good, "spin": "timeout", "crash": "unreadable"}
