"""`policywire archive`: raw bodies as WARC, and the end of the old ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline import settings
from pipeline.cli.show import say
from pipeline.errors import StoreError, UsageError

app = typer.Typer(help="The archive of raw bodies.", no_args_is_help=True)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Such as week.warc.gz.")],
    since: Annotated[str, typer.Option(help="First UTC day, such as 2025-07-26.")],
    until: Annotated[str, typer.Option(help="Last UTC day; without it the first alone.")] = "",
) -> None:
    """Write what was fetched on some days as WARC."""
    from pipeline.adapters.archive import UrlArchive
    from pipeline.adapters.store import open_store
    from pipeline.adapters.warc import write_warc
    from pipeline.runner import scope

    config = settings.load()
    window = scope(since=since, until=until).window
    if window is None:
        raise UsageError("since: expected a day such as 2025-07-26")
    store, archive = open_store(config.database_url), UrlArchive(config.archive_url)
    lost: list[str] = []

    def bodies() -> Iterator[tuple[str, datetime, str, bytes]]:
        for body in store.bodies_of(window):
            try:
                yield body.url or body.feed_url, body.fetched_at, body.content_type, archive.get(body.sha256)
            except StoreError as error:
                lost.append(str(error))

    try:
        with file.open("wb") as out:
            written = write_warc(out, bodies())
    finally:
        store.close()
    say(f"{written} bodies in {file}" + (f"; {len(lost)} are not in the archive any more" if lost else ""))


@app.command()
def prune() -> None:
    """Delete bodies older than POLICYWIRE_ARCHIVE_DAYS that no brief cites; every fetch run does some of it too."""
    from pipeline.adapters.archive import UrlArchive
    from pipeline.adapters.store import open_store
    from pipeline.runner import prune_archive

    config = settings.load()
    store = open_store(config.database_url)
    gone = 0
    try:
        while step := prune_archive(store, UrlArchive(config.archive_url), config.archive_days, datetime.now(UTC)):
            gone += step
    finally:
        store.close()
    say(f"{gone} bodies deleted")
