"""Airflow's connections as the addresses that stages read from the environment; stages never see Airflow objects."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException


def connect() -> None:
    """Give the stages the addresses that Airflow keeps as connections, where the environment names none."""
    for connection_id, parts in CONNECTIONS.items():
        if not os.environ.get(next(iter(parts))):
            with suppress(AirflowNotFoundException):
                connection = Connection.get(connection_id)
                os.environ.update({variable: part(connection) for variable, part in parts.items()})


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


def endpoint(connection: Any) -> str:
    """The address of a language model: the host as it was typed, which may be a whole URL, or put together."""
    host = str(connection.host or "")
    if "://" in host or not host:
        return host
    return f"{connection.schema or 'https'}://{host}" + (f":{connection.port}" if connection.port else "")


CONNECTIONS: dict[str, dict[str, Callable[[Any], str]]] = {  # the first variable decides whether it is asked
    "policywire_db": {"POLICYWIRE_DATABASE": address},
    "smtp_default": {"POLICYWIRE_SMTP": address},
    "policywire_archive": {"POLICYWIRE_ARCHIVE": address},
    "policywire_llm": {
        "POLICYWIRE_LLM_URL": endpoint,
        "POLICYWIRE_LLM_MODEL": lambda connection: str(connection.extra_dejson.get("model", "")),
        "POLICYWIRE_LLM_KEY": lambda connection: str(connection.password or ""),
    },
}
