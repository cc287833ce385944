"""Stages get the addresses of Airflow's connections as URLs, where the environment names none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from aiosmtpd.controller import Controller

from pipeline import settings
from tests.adapters.test_mail import Post, free_port


@pytest.mark.usefixtures("airflow_home")
@pytest.mark.parametrize(
    ("uri", "url"),
    [
        ("smtp://mail.example:465", "smtps://mail.example:465"),
        ("smtp://desk:p%40ss@mail.example:587/?disable_ssl=true", "smtp://desk:p%40ss@mail.example:587"),
        (
            "smtp://desk:p%40ss@mail.example/?disable_ssl=true&disable_tls=true",
            "smtp+insecure://desk:p%40ss@mail.example",
        ),
        ("smtp://mail.example/?disable_ssl=false&disable_tls=true", "smtps://mail.example"),
        ("postgres://desk:p%40ss@db.example:5432/wire", "postgres://desk:p%40ss@db.example:5432/wire"),
    ],
)
def test_a_connection_becomes_a_url(bag: Any, uri: str, url: str) -> None:
    from airflow.sdk import Connection
    from policywire_connections import address

    assert address(Connection.from_uri(uri, conn_id="any")) == url


@pytest.mark.usefixtures("airflow_home")
@pytest.mark.parametrize(
    ("host", "url"),
    [
        ('"https://words.example/v1"', "https://words.example/v1"),
        ('"words.example", "port": 8443', "https://words.example:8443"),
        ('"127.0.0.1", "port": 8000, "schema": "http"', "http://127.0.0.1:8000"),
    ],
)
def test_the_language_model_is_named_with_its_key_by_a_connection(
    bag: Any, unnamed: None, monkeypatch: pytest.MonkeyPatch, host: str, url: str
) -> None:
    from policywire_connections import connect

    kept = f'{{"conn_type": "http", "host": {host}, "password": "word", "extra": {{"model": "large"}}}}'
    monkeypatch.setenv("AIRFLOW_CONN_POLICYWIRE_LLM", kept)

    connect()

    said = settings.Settings()
    assert (said.llm_url, said.llm_model, said.llm_key) == (url, "large", "word")


def test_an_address_in_the_environment_never_gets_the_key_of_a_connection(
    bag: Any, unnamed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from policywire_connections import connect

    monkeypatch.setenv("POLICYWIRE_LLM_URL", "https://other.example/v1")
    monkeypatch.setenv("AIRFLOW_CONN_POLICYWIRE_LLM", '{"conn_type": "http", "host": "a", "password": "word"}')

    connect()

    assert settings.Settings().llm_key == ""


@pytest.fixture
def unnamed(bag: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that names no address, until the test ends."""
    from policywire_connections import CONNECTIONS

    for variable in (variable for parts in CONNECTIONS.values() for variable in parts):
        monkeypatch.setenv(variable, "")


def test_the_digest_goes_through_the_mail_server_of_airflow_s_connection(
    sample_home: Path, bag: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = sample_home / "config" / "digest.yaml"
    lists = yaml.safe_load(digest.read_text())["lists"]
    digest.write_text(yaml.safe_dump({"lists": [{**lists[0], "recipients": ["a@desk.example"]}]}))
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", f"smtp://127.0.0.1:{controller.port}/?disable_ssl=true")
    monkeypatch.setenv("POLICYWIRE_SMTP", "")
    try:
        run = bag.dags["send_digest"].test(run_conf={"mail": "yes"})
    finally:
        controller.stop()

    assert str(run.state) == "success"
    assert [envelope.rcpt_tos for envelope in post.taken] == [["a@desk.example"]]
