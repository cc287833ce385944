"""The local Airflow listens on loopback only, keeps its password to itself, and does not fight over a port."""

from __future__ import annotations

import importlib.util
import os
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

SERVE = Path(__file__).resolve().parents[2] / "dags" / "serve.py"


@pytest.fixture(scope="module")
def serve() -> Any:
    spec = importlib.util.spec_from_file_location("serve", SERVE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_taken_port_is_refused_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        done = subprocess.run(  # noqa: S603 -- our own file
            [sys.executable, str(SERVE)],
            env={**os.environ, "AIRFLOW__API__PORT": port},
            check=False,
            capture_output=True,
            text=True,
        )

    assert done.returncode == 2
    assert f"Port {port} on 127.0.0.1 is taken" in done.stderr
    assert "AIRFLOW__API__PORT=" in done.stderr


def test_port_moves_in_all_three_settings(serve: Any, tmp_path: Path) -> None:
    env = serve.environment(tmp_path, 8181)

    assert env["AIRFLOW__API__PORT"] == "8181"
    assert env["AIRFLOW__API__BASE_URL"] == "http://127.0.0.1:8181"
    assert env["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:8181/execution/"


def test_password_is_kept_for_the_owner_alone(serve: Any, tmp_path: Path) -> None:
    path = tmp_path / "passwords.json"

    first, second = serve.password(path), serve.password(path)

    assert first == second
    assert len(first) >= 16
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_who_ends_it_in_its_first_moment_leaves_nothing_running(serve: Any) -> None:
    manager = serve.Components()
    manager.add_process("part", "exec sleep 60")
    began = time.monotonic()

    manager.terminate()  # as Ctrl+C does before the part has told its process id
    manager.loop()

    assert time.monotonic() - began < 30
