"""Stages get the addresses of Airflow's connections as URLs, where the environment names none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from aiosmtpd.controller import Controller

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
