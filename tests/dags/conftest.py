"""Airflow for tests: its own home and SQLite database in a temporary folder, set before Airflow is imported."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

DAGS = Path(__file__).resolve().parents[2] / "dags"
HOME = Path(tempfile.mkdtemp(prefix="policywire-airflow-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ.update(
    AIRFLOW_HOME=str(HOME),
    AIRFLOW__CORE__DAGS_FOLDER=str(DAGS),
    AIRFLOW__CORE__PLUGINS_FOLDER=str(DAGS / "plugins"),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__CORE__UNIT_TEST_MODE="True",
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=f"sqlite:///{HOME / 'airflow.db'}",
)


@pytest.fixture(scope="session")
def airflow_home() -> Path:
    """A home whose database is migrated."""
    subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], check=True, capture_output=True)
    return HOME


@pytest.fixture(scope="session")
def bag(airflow_home: Path) -> Any:
    """Every DAG, as the DAG processor loads them."""
    from airflow.dag_processing.dagbag import DagBag

    sys.path.insert(0, str(DAGS))  # the DAG processor does the same
    return DagBag(dag_folder=str(DAGS))


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No configuration, and a database that nobody serves."""
    monkeypatch.setenv("POLICYWIRE_HOME", str(tmp_path / "missing"))
    monkeypatch.setenv("POLICYWIRE_DATABASE", "postgresql+psycopg://nobody@127.0.0.1:1/nothing")
