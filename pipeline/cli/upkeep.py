"""What keeps an installation well: database, configuration, version."""

from __future__ import annotations

import typer

from pipeline import __version__, settings
from pipeline.cli.show import say, say_json

app = typer.Typer()
db = typer.Typer(help="The database.", no_args_is_help=True)
config = typer.Typer(help="Configuration files.", no_args_is_help=True)


@app.command()
def version() -> None:
    """The version of Policywire."""
    say(__version__)


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
