"""Mail to the operators named in POLICYWIRE_OPERATORS: a task failed for good, or a digest is late."""

from __future__ import annotations

import asyncio
import html
import logging
import os
from typing import Any
from urllib.parse import urlsplit

from policywire_connections import connect

log = logging.getLogger(__name__)
LINE = 300  # characters of an error that a mail shows


def tell_operators(context: Any) -> None:
    """Airflow calls this once a task has failed and is not tried again."""
    ti = context["task_instance"]
    error = " ".join(str(context.get("exception") or "no reason was given").split())[:LINE]
    lines = [
        f"Task {ti.task_id} of {ti.dag_id} failed: {error}",
        f"Run: {ti.run_id}",
        f"Log: {getattr(ti, 'log_url', '')}",
        "What to do stands in the DAG's docs, under “When it fails”.",
    ]
    mail(f"Policywire: {ti.dag_id} failed at {ti.task_id}", lines, context)


async def digest_is_late(context: Any) -> None:
    """Airflow's triggerer calls this when a run of `send_digest` is not done in time."""
    name = context["dag_run"]["dag_run_id"]  # the run as the REST API tells it
    lines = [f"The run {name} of send_digest is not done in time.", "Readers may be waiting for today's edition."]
    await asyncio.to_thread(mail, "Policywire: the digest is late", lines, context)


def mail(subject: str, lines: list[str], context: Any) -> None:
    """Send one mail; where nobody is named, or there is no mail server, the log says it alone."""
    from pipeline import settings

    connect()
    config = settings.load()
    to = [address.strip() for address in config.operators.split(",") if address.strip()]
    log.warning("%s: %s", subject, " ".join(lines))
    if not to or not config.smtp:
        return
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier

    os.environ.setdefault("AIRFLOW_CONN_SMTP_DEFAULT", connection_uri(config.smtp))
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    # Not called but asked to notify: a call would take braces in an error for a template.
    SmtpNotifier(to=to, from_email="policywire@localhost", subject=subject, html_content=body).notify(context)


def connection_uri(smtp: str) -> str:
    """The connection for Airflow that means the same as POLICYWIRE_SMTP.

    Airflow asks for TLS by STARTTLS unless it is told not to, also where TLS is there from the start.

    >>> connection_uri("smtp://127.0.0.1:25")
    'smtp://127.0.0.1:25/?disable_ssl=true&disable_tls=true'
    >>> connection_uri("smtp://desk:word@mail.example:587")
    'smtp://desk:word@mail.example:587/?disable_ssl=true'
    >>> connection_uri("smtps://desk:word@mail.example")
    'smtp://desk:word@mail.example:465/?disable_tls=true'
    >>> connection_uri("smtp+insecure://desk:word@mail.example")
    'smtp://desk:word@mail.example:25/?disable_ssl=true&disable_tls=true'
    """
    parts = urlsplit(smtp)
    secure = parts.scheme == "smtps"
    # A password goes out in clear only where the address says so.
    starttls = parts.scheme == "smtp" and bool(parts.username)
    said = [*([] if secure else ["disable_ssl=true"]), *([] if starttls else ["disable_tls=true"])]
    port = "" if parts.port else f":{465 if secure else 25}"
    return f"smtp://{parts.netloc}{port}/?{'&'.join(said)}"
