"""What keeps an installation well: database, configuration, version."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__, settings
from pipeline.cli.show import say, say_json
from pipeline.domain.attempt import UNREAD
from pipeline.domain.state import State
from pipeline.errors import UsageError

app = typer.Typer()
db = typer.Typer(help="The database.", no_args_is_help=True)
config = typer.Typer(help="Configuration files.", no_args_is_help=True)


@app.command()
def version() -> None:
    """The version of Policywire."""
    say(__version__)


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="Where it goes; what is there already stays.")]) -> None:
    """Write a fresh home: the configuration and the classifier that ship with this version."""
    shipped, written = settings.shipped(), 0
    for source in sorted(path for part in ("config", "models") for path in (shipped / part).rglob("*")):
        target = folder / source.relative_to(shipped)
        if source.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            written += 1
    say(f"{written} files written. Next: POLICYWIRE_HOME={folder.resolve()} policywire doctor")


@app.command()
def requeue(
    links: Annotated[list[str] | None, typer.Argument(help="Links of entries; none: all in the state.")] = None,
    state: Annotated[str, typer.Option(help="Which entries: quarantined, or another state without an article.")] = (
        "quarantined"
    ),
    show: Annotated[bool, typer.Option("--list", help="Only show them, with their reasons.")] = False,
) -> None:
    """Bring entries back whose pages could not be read: the next `extract` tries them again."""
    from pipeline.adapters.store import open_store

    if state not in UNREAD:
        raise UsageError(f'--state: "{state}" is none of {", ".join(sorted(UNREAD))}')
    chosen = State(state)
    store = open_store(settings.load().database_url)
    try:
        if show:
            for link, _, reason in store.unread([chosen]):
                say(f"{link}: {reason}")
        else:
            say(f"{store.requeue([chosen], links or [])} entries are pending again")
    finally:
        store.close()


@db.command()
def upgrade() -> None:
    """Bring the database to the newest revision."""
    from pipeline.adapters.store import open_store

    store = open_store(settings.load().database_url)
    try:
        say_json(store.status())
    finally:
        store.close()


@db.command()
def status() -> None:
    """Revision and number of rows; nothing is changed."""
    from pipeline.adapters.store import SqlStore

    store = SqlStore(settings.load().database_url)
    try:
        say_json(store.status())
    finally:
        store.close()


@config.command()
def schemas() -> None:
    """Write the JSON schemas of the configuration files and of a brief's record into config/schemas/."""
    from pipeline.adapters.schemas import schemas

    folder = settings.load().home / "config" / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text)
