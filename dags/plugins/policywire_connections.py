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
    """The URL of a connection. Airflow's mail connections are meant with TLS from the start unless they say no."""
    url: str = connection.get_uri()
    if connection.conn_type != "smtp":
        return url
    plain = str(connection.extra_dejson.get("disable_ssl", "")).lower() == "true"
    return ("smtp" if plain else "smtps") + url.partition("?")[0].removeprefix("smtp").rstrip("/")
