"""The compose file, the image and .env.example agree with the settings and with each other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.settings import Settings
from tests.dags.real import serve_module

ROOT = Path(__file__).resolve().parent.parent
DOCKER = ROOT / "docker"
VARIABLE = re.compile(r"\$\{(\w+)")
SETTINGS = {f"POLICYWIRE_{name.upper()}" for name in Settings.model_fields}
AIRFLOW = {"api-server", "scheduler", "dag-processor", "triggerer"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text())
    return loaded


def image_environment() -> dict[str, str]:
    text = (DOCKER / "Dockerfile").read_text().rpartition("FROM ")[2].replace("\\\n", " ")
    return dict(re.findall(r"\b([A-Z_]+)=(\S+)", text))


def example() -> dict[str, str]:
    lines = [line for line in (DOCKER / ".env.example").read_text().splitlines() if line and line[0] != "#"]
    return dict(line.partition("=")[::2] for line in lines)


def test_every_setting_can_be_set_and_none_is_misspelt(compose: dict[str, Any]) -> None:
    given = {name for name in compose["x-airflow"]["environment"] if name.startswith("POLICYWIRE_")}
    given |= {name for name in image_environment() if name.startswith("POLICYWIRE_")}

    assert given == SETTINGS


def test_the_example_lists_every_variable_that_the_compose_file_reads(compose: dict[str, Any]) -> None:
    read = set(VARIABLE.findall((DOCKER / "compose.yaml").read_text()))

    assert set(example()) == read


def test_defaults_of_the_example_are_those_of_the_settings() -> None:
    settings = Settings(smtp="smtp://mail:1025")  # the mail catcher

    for name, value in example().items():
        if name.startswith("POLICYWIRE_"):
            default = getattr(settings, name.removeprefix("POLICYWIRE_").lower())
            assert type(default)(value) == default, name


def test_secrets_have_no_default_and_stand_in_no_file(compose: dict[str, Any]) -> None:
    text = (DOCKER / "compose.yaml").read_text()

    for secret in ("JWT_SECRET", "FERNET_KEY", "POSTGRES_PASSWORD"):
        assert example()[secret] == ""
        assert f"${{{secret}:?" in text
        assert f"${{{secret}:-" not in text


def test_the_components_are_those_of_the_local_server(compose: dict[str, Any]) -> None:
    local = {words.split()[0]: words.split() for words in serve_module().COMPONENTS.values()}

    commands = {name: service.get("command") for name, service in compose["services"].items()}

    assert set(local) == AIRFLOW
    for name in AIRFLOW:
        assert commands[name] == local[name]


def test_nothing_is_reached_from_outside_this_machine(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_every_service_that_stays_is_watched_and_started_again(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        if name != "init":
            assert service["restart"] == "unless-stopped", name
        if name in AIRFLOW | {"postgres"}:
            assert service["healthcheck"]["test"], name


def test_airflow_waits_for_both_databases_and_for_every_dag_to_be_known(compose: dict[str, Any]) -> None:
    [upgrade] = compose["services"]["init"]["command"]

    assert "airflow db migrate && airflow dags reserialize" in upgrade
    assert "policywire db upgrade" in upgrade
    for name in AIRFLOW:
        assert compose["services"][name]["depends_on"]["init"]["condition"] == "service_completed_successfully"


def test_the_image_runs_as_nobody_special_with_locked_dependencies() -> None:
    text = (DOCKER / "Dockerfile").read_text()
    last = text.rpartition("FROM ")[2]

    assert "USER 50000" in last
    assert "HEALTHCHECK" in last
    assert "ARG BASE=python:3.12-slim" in text
    assert all("-c config/constraints.txt" in line for line in text.splitlines() if "pip install" in line)


def test_dags_plugins_and_home_lie_where_the_image_says(compose: dict[str, Any]) -> None:
    env = image_environment()
    copied = dict(re.findall(r"COPY --chown=50000:0 (\w+) (\S+)", (DOCKER / "Dockerfile").read_text()))

    assert env["AIRFLOW__CORE__DAGS_FOLDER"] == copied["dags"]
    assert env["AIRFLOW__CORE__PLUGINS_FOLDER"] == copied["dags"] + "/plugins"
    assert {copied["config"], copied["models"]} == {f"{env['POLICYWIRE_HOME']}/{part}" for part in ("config", "models")}
    targets = {volume.rpartition(":")[2] for volume in compose["x-airflow"]["volumes"]}
    assert targets == {copied["config"], copied["models"], env["POLICYWIRE_OUT"], env["AIRFLOW_HOME"]}


def test_what_the_build_must_not_see_is_kept_out() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()

    assert {".git", ".venv", "docker/.env", "var"} <= set(ignored)
