"""Airflow's connections as the addresses that stages read from the environment; stages never see Airflow objects."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

CONNECTIONS = {
    "POLICYWIRE_DATABASE": "policywire_db",
    "POLICYWIRE_SMTP": "smtp_default",
    "POLICYWIRE_ARCHIVE": "policywire_archive",
}


def connect() -> None:
    """Give the stages the addresses that Airflow keeps as connections, where the environment names none."""
    for variable, connection_id in CONNECTIONS.items():
        if not os.environ.get(variable):
            with suppress(AirflowNotFoundException):
                os.environ[variable] = address(Connection.get(connection_id))


def address(connection: Any) -> str:
    """The URL of a connection.

    Airflow's mail connections are meant with TLS from the start, with `disable_ssl` in the extra with TLS from the
    server's answer on, and with `disable_tls` beside it without any.
    """
    url: str = connection.get_uri()
    if connection.conn_type != "smtp":
        return url
    scheme = {(True, False): "smtp", (True, True): "smtp+insecure"}.get(
        (_says(connection, "disable_ssl"), _says(connection, "disable_tls")), "smtps"
    )
    return scheme + url.partition("?")[0].removeprefix("smtp").rstrip("/")


def _says(connection: Any, key: str) -> bool:
    return str(connection.extra_dejson.get(key, "")).lower() == "true"
