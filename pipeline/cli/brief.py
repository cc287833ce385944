"""`policywire brief`: list, show, check, and compile from rows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline import settings
from pipeline.adapters.store import open_store
from pipeline.cli.show import RowsFile, err, read_rows, read_text, say
from pipeline.domain.article import Article
from pipeline.domain.brief import Brief, changed_sources, gone_sources
from pipeline.domain.record import to_record
from pipeline.domain.renderings import change_line, closing_line, plain, revision_line
from pipeline.domain.revision import rewritten
from pipeline.errors import ConfigError, UsageError
from pipeline.ports import Deps

app = typer.Typer(help="Briefs: list, show, check, compile from rows.", no_args_is_help=True)


@app.command("list")
def list_briefs() -> None:
    """The newest revision of every brief."""
    from pipeline.runner import wired

    with wired(settings.load()) as deps:
        for brief in deps.store.briefs():
            now = cited(deps, brief)
            mark = "  sources changed" if changed_sources(brief, now) or gone_sources(brief, now) else ""
            say(f"{brief.story} r{brief.revision}  {brief.title}  ({', '.join(brief.topics)}){mark}")


@app.command()
def show(story: str) -> None:
    """One brief with its title and sources."""
    from pipeline.runner import wired

    with wired(settings.load()) as deps:
        briefs = deps.store.briefs(story)
        held = {b.story: cited(deps, b) for b in briefs}
        lines = [f(b) for b in briefs for f in (revision_line, closing_line)]
        lines += [change_line(changed_sources(b, held[b.story]), gone_sources(b, held[b.story])) for b in briefs]
    if not briefs:
        raise UsageError(f'no brief of story "{story}"; `policywire brief list` shows them')
    say(plain(briefs[0]))
    for line in filter(None, lines):
        say(line)


def cited(deps: Deps, brief: Brief) -> list[Article]:
    """The articles behind a brief's sources, as they are now."""
    return deps.store.articles([s.article_id for s in brief.sources])


@app.command()
def approve(story: str, analyst: Annotated[str, typer.Option(help="Who has read it against its sources.")]) -> None:
    """Approve the newest revision of a brief, for lists that get approved briefs only."""
    store = open_store(settings.load().database_url)
    try:
        briefs = store.briefs(story)
        if not briefs:
            raise UsageError(f'no brief of story "{story}"; `policywire brief list` shows them')
        store.approve(story, briefs[0].revision, analyst, datetime.now(UTC))
    finally:
        store.close()
    say(f"{story} r{briefs[0].revision} approved by {analyst}")


@app.command()
def edit(
    story: str, file: Path, analyst: Annotated[str, typer.Option(help="Whose wording it is; later revisions keep it.")]
) -> None:
    """Make a new revision from an analyst's text in the house format; what the linter finds is shown."""
    from pipeline.domain.lint import lint

    store = open_store(settings.load().database_url)
    try:
        briefs = store.briefs(story)
        if not briefs:
            raise UsageError(f'no brief of story "{story}"; `policywire brief list` shows them')
        brief = rewritten(briefs[0], read_text(file), analyst)
        texts = {a.id: a.text for a in store.articles([s.article_id for s in brief.sources])}
        for finding in lint(brief.text, record=to_record(brief), articles=texts):
            err.print(str(finding), markup=False)
        (state,) = store.save_briefs([brief], datetime.now(UTC))
    finally:
        store.close()
    say(f"{story}: {state}")


@app.command()
def lint(
    file: Path,
    record: Annotated[Path | None, typer.Option(help="The brief's record.")] = None,
    articles: Annotated[Path | None, typer.Option(help="Stored texts as JSON lines {id, text}.")] = None,
    short: Annotated[bool, typer.Option("--short", help="Judge it as a short brief.")] = False,
) -> None:
    """One finding a line, with its code; exit code 1 when there is one."""
    from pipeline.domain.lint import lint, unchecked
    from pipeline.stages.draft.evidence.support import judge

    try:
        data = json.loads(read_text(record)) if record else None
    except ValueError as error:
        raise ConfigError(f"{record}: not JSON ({error})") from error
    texts = {str(row["id"]): row["text"] for row in read_rows(articles, "text")} if articles else None
    findings = lint(read_text(file), record=data, articles=texts, short=short, judge=judge)
    for finding in findings:
        say(str(finding))
    if skipped := unchecked(data, texts, judge):
        err.print(f"not checked without record or articles: {', '.join(skipped)}")
    if findings:
        raise typer.Exit(1)


@app.command("compile")
def compile_briefs(file: RowsFile, folder: Annotated[Path, typer.Option("--out", help="Where the briefs go.")]) -> None:
    """One brief for each `story` value of the rows, flagged or not."""
    from pipeline.domain.brief import NoBrief
    from pipeline.runner import compile_rows

    for brief in compile_rows(read_rows(file, "text"), folder):
        state = f"none: {brief.reason}" if isinstance(brief, NoBrief) else brief.title
        say(f"{brief.story}  {state}")
