"""The six stages, all of them in a run, and the demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline import settings
from pipeline.cli.show import AsJson, counts_table, err, out, progress, read_text, say, tell_reports
from pipeline.ports import Report

app = typer.Typer()

Since = Annotated[str, typer.Option(help="First UTC day to redo, such as 2025-07-26.")]
Until = Annotated[str, typer.Option(help="Last UTC day to redo; without it the first alone.")]
ABOUT = {
    "fetch": "Read the feeds that are due.",
    "extract": "Read the pages of new entries.",
    "classify": "Flag the articles that nobody has flagged yet.",
    "cluster": "Put articles about one development into one story.",
    "draft": "Compile briefs of the flagged stories that changed.",
    "digest": "Write today's edition of each list whose hour has come, and send it where a mail server is set.",
}


@app.command()
def run(as_json: AsJson = False) -> None:
    """All six stages once, over what is pending."""
    tell_reports([_stage(name) for name in ABOUT], as_json=as_json)


def _stage(name: str, **strings: str) -> Report:
    from pipeline.runner import run_stage

    with progress(name) as tell:
        return run_stage(name, tell, **strings)


def ring(signal: str) -> None:
    """Tell an Airflow that works on the same database that there is news; without one nothing comes of it."""
    from pipeline.adapters.store import open_store

    store = open_store(settings.load().database_url)
    try:
        store.ring(signal)
    finally:
        store.close()


def _add_stage(name: str) -> None:
    def command(
        since: Since = "",
        until: Until = "",
        shard: Annotated[str, typer.Option(help="INDEX/COUNT, from 0.")] = "",
        feeds: Annotated[str, typer.Option(help="Feed addresses, with commas.")] = "",
        topics: Annotated[str, typer.Option(help="Topic ids, with commas.")] = "",
        force: Annotated[bool, typer.Option("--force", help="Poll feeds that are not due yet.")] = False,
        as_json: AsJson = False,
    ) -> None:
        given = {"since": since, "until": until, "shard": shard, "feeds": feeds, "topics": topics}
        report = _stage(name, **given, force="yes" if force else "")
        if name == "fetch" and report.fresh:
            ring("entries")
        tell_reports([report], as_json=as_json)

    app.command(name, help=ABOUT[name])(command)


for _name in list(ABOUT)[:-1]:
    _add_stage(_name)


@app.command(help=ABOUT["digest"])
def digest(
    since: Since = "",
    until: Until = "",
    force: Annotated[bool, typer.Option("--force", help="Do not wait for the list's hour.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Files only: nothing is committed or sent.")] = False,
    as_json: AsJson = False,
) -> None:
    words = {"since": since, "until": until, "force": "yes" if force else "", "mail": "no" if dry_run else ""}
    report = _stage("digest", **words)
    tell_reports([report], as_json=as_json)


@app.command()
def demo(folder: Annotated[Path, typer.Option(help="Where everything goes.")] = Path(".demo")) -> None:
    """Run the whole pipeline over the bundled sample site, on loopback."""
    from pipeline.demo.tour import tour

    folder = folder.resolve()
    reports = list(tour(settings.load().home, folder))
    out.print(counts_table(reports))
    for line in (line for r in reports for line in r.failures):
        say(f"  {line} (the sample site breaks this one on purpose)")
    texts = sorted((folder / "briefs").glob("*.txt"))
    if texts:
        longest = max(texts, key=lambda path: path.stat().st_size)
        say(f"\nOne of {len(texts)} briefs ({longest.name}):\n\n{read_text(longest)}")
    say(f"briefs    {folder}/briefs/<story>.txt .md .html .json\ndigest    {folder}/digest/<day>.eml .html")
    say(f"database  {folder}/policywire.db")
    if len(texts) < 4:
        err.print("The demo should give at least four briefs.", style="red")
        raise typer.Exit(1)
