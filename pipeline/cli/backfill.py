"""`policywire backfill`: redo past days, as the DAG `reconcile_day` does."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from datetime import date
from types import FrameType
from typing import Annotated

import typer
from rich.table import Table

from pipeline import settings
from pipeline.cli.show import out, progress, say
from pipeline.domain.redone import RedoneDay
from pipeline.errors import UsageError

app = typer.Typer()
STOPPED = 130  # the exit code of what Ctrl+C ended


@app.command()
def backfill(
    since: Annotated[str, typer.Option(help="First UTC day, such as 2025-07-26.")] = "",
    until: Annotated[str, typer.Option(help="Last UTC day; without it the first alone.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only the plan.")] = False,
    show: Annotated[bool, typer.Option("--list", help="Only how earlier runs stand, Airflow's included.")] = False,
) -> None:
    """Redo past days through extract, classify, cluster and draft; nothing is fetched from feeds or mailed.

    Ctrl+C or SIGTERM stops it, and the same command goes on where it was.
    """
    from pipeline.redo import backfill as redo_days
    from pipeline.redo import plan

    if show:
        out.print(_standing(_all()))
        return
    first, last = _day("--since", since), _day("--until", until or since)
    run, planned = plan(first, last)
    table = Table("day", "entries", "articles", "briefs", "to do")
    for day in planned:
        holds = [str(day.holds[kind]) for kind in ("entries", "articles", "briefs")]
        table.add_row(str(day.day), *holds, ", ".join(day.left) or "done")
    out.print(table)
    if dry_run:
        return
    signal.signal(signal.SIGTERM, _stop)
    try:
        with progress("days") as tell:
            for n, done in enumerate(redo_days(first, last), 1):
                tell(n, len(planned))
                say(_line(done))
    except KeyboardInterrupt as error:
        say(f"stopped; the same command goes on with {run}")
        raise typer.Exit(STOPPED) from error


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f'{option}: expected a day such as 2025-07-26, got "{text}"') from error


def _line(day: RedoneDay) -> str:
    changed = ", ".join(f"{count} {what}" for what, count in day.changes.items())
    return f"{day.day} {day.state}: {changed or 'nothing changed'}"


def _all() -> list[RedoneDay]:
    from pipeline.adapters.store import open_store

    store = open_store(settings.load().database_url)
    try:
        return store.redone()
    finally:
        store.close()


def _standing(days: Iterable[RedoneDay]) -> Table:
    table = Table("run", "day", "state", "done", "what changed")
    for day in days:
        changed = ", ".join(f"{count} {what}" for what, count in day.changes.items()) or "nothing"
        table.add_row(day.run, str(day.day), day.state, ", ".join(day.stages), day.reason or changed)
    return table
