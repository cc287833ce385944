"""`policywire doctor`: what is configured, reachable and missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import typer
from rich.table import Table

from pipeline import settings
from pipeline.cli.show import out
from pipeline.domain.state import FAILED, State
from pipeline.errors import PolicywireError, StoreError

app = typer.Typer()


@app.command()
def doctor() -> None:
    """Say what is configured, reachable and missing; exit code 2 when a part is wrong."""
    table, broken = Table("part", "state", "detail"), False
    for part, state, detail in examine(settings.load()):
        table.add_row(part, state, detail)
        broken = broken or state == "wrong"
    out.print(table)
    if broken:
        raise typer.Exit(2)


def examine(config: settings.Settings) -> Iterator[tuple[str, str, str]]:
    """Part, state (ok, missing or wrong) and detail of everything that a run needs."""
    from pipeline.adapters import model
    from pipeline.adapters.archive import UrlArchive
    from pipeline.adapters.files import Folder
    from pipeline.adapters.mail import SmtpMailer
    from pipeline.adapters.store import open_store

    def feeds() -> str:
        listed = config.feeds()
        return f"{sum(f.enabled for f in listed)} on, {len(listed)} listed"

    def readers() -> str:
        return ", ".join(f"{r.id} ({len(r.recipients)} recipients)" for r in config.readers())

    def database() -> str:
        store = open_store(config.database_url)
        try:
            status = store.status()
            polls = store.polls([f.url for f in config.feeds()]).values()
        finally:
            store.close()
        failing = sum(poll.state in FAILED for poll in polls)
        return f"{status['database']} at revision {status['revision']}; {len(polls)} feeds polled, {failing} failing"

    def outbox() -> str:
        store = open_store(config.database_url)
        try:
            mails = store.mails_by_state()
        finally:
            store.close()
        if mails.get(State.UNKNOWN):
            raise StoreError(
                f"{mails[State.UNKNOWN]} mails whose fate is unknown: look into the mail server's log, then "
                "`policywire edition list` and `policywire edition resolve`"
            )
        return ", ".join(f"{n} {state}" for state, n in sorted(mails.items())) or "no mail yet"

    def classifier() -> str:
        return model.load(config.home / "models", [t.id for t in config.topics()]).model_id

    def output() -> str:
        Folder(config.out_folder).write(".writable", b"")
        return f"{config.out_folder} can be written"

    def archive() -> str:
        bodies, size = UrlArchive(config.archive_url).size()
        return f"{config.archive_url}: {bodies} bodies, {size / 1e6:.1f} MB, kept for {config.archive_days} days"

    def mail() -> str:
        SmtpMailer(config.smtp).reach()
        return "the server answers"

    parts: dict[str, Callable[[], str]] = {
        "feeds": feeds,
        "topics": lambda: ", ".join(t.id for t in config.topics()),
        "readers": readers,
        "actors": lambda: f"{len(set(config.actors().values()))} known by name",
        "output": output,
        "archive": archive,
        "database": database,
        "outbox": outbox,
        "model": classifier,
    }
    yield "home", "ok", str(config.home)
    for part, tell in (parts | ({"mail": mail} if config.smtp else {})).items():
        try:
            yield part, "ok", tell()
        except (PolicywireError, OSError) as error:
            yield part, "wrong", str(error)
    if not config.smtp:
        yield "mail", "missing", "POLICYWIRE_SMTP is not set: digests are written as files only"
