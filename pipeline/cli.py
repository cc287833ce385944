"""The command `policywire`: every stage, the contracts for evaluation, and what an operator asks.

Exit codes: 0 all well, 1 some items failed, 2 wrong use or configuration.
"""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from rich.console import Console
from rich.table import Table

from pipeline import __version__, settings
from pipeline.errors import ConfigError, PolicywireError, UsageError
from pipeline.ports import Report

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__.split("\n")[0])
feeds_app, brief_app, model_app = typer.Typer(), typer.Typer(), typer.Typer()
evaluate_app, db_app, config_app = typer.Typer(), typer.Typer(), typer.Typer()
app.add_typer(feeds_app, name="feeds", help="The subscribed feeds.", no_args_is_help=True)
app.add_typer(brief_app, name="brief", help="Briefs: list, show, check, compile from rows.", no_args_is_help=True)
app.add_typer(model_app, name="model", help="The classifier.", no_args_is_help=True)
app.add_typer(evaluate_app, name="evaluate", help="Figures on labelled rows.", no_args_is_help=True)
app.add_typer(db_app, name="db", help="The database.", no_args_is_help=True)
app.add_typer(config_app, name="config", help="Configuration files.", no_args_is_help=True)
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)

Since = Annotated[str, typer.Option(help="First UTC day to redo, such as 2025-07-26.")]
Until = Annotated[str, typer.Option(help="Last UTC day to redo; without it the first alone.")]
Json = Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")]
Rows = Annotated[Path, typer.Argument(help="JSON lines.")]
Predictions = Annotated[Path | None, typer.Option(help="Where the predictions go, as JSON lines.")]


def main() -> None:
    """Run the command; an error of ours becomes one message and exit code 2."""
    logging.basicConfig(level=logging.WARNING)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    try:
        app()
    except PolicywireError as error:
        err.print(str(error), style="red", markup=False, highlight=False)
        sys.exit(2)


# --- stages


@app.command()
def run(as_json: Json = False) -> None:
    """All six stages once, over what is pending."""
    from pipeline.runner import STAGES

    reports = [_stage(name) for name in STAGES]
    _show(reports, as_json=as_json)


def _stage(name: str, **strings: str) -> Report:
    from pipeline.runner import run_stage

    with err.status(f"{name} …") if err.is_terminal else _quiet():
        return run_stage(name, **strings)


class _quiet:  # noqa: N801 -- reads as a word where it is used
    """A context that shows nothing."""

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


def _add_stage(name: str, about: str) -> None:
    def command(
        since: Since = "",
        until: Until = "",
        shard: Annotated[str, typer.Option(help="INDEX/COUNT, from 0.")] = "",
        feeds: Annotated[str, typer.Option(help="Feed addresses, with commas.")] = "",
        topics: Annotated[str, typer.Option(help="Topic ids, with commas.")] = "",
        force: Annotated[bool, typer.Option("--force", help="Poll feeds that are not due yet.")] = False,
        as_json: Json = False,
    ) -> None:
        given = {"since": since, "until": until, "shard": shard, "feeds": feeds, "topics": topics}
        _show([_stage(name, **given, force="yes" if force else "")], as_json=as_json)

    app.command(name, help=about)(command)


for _name, _about in {
    "fetch": "Read the feeds that are due.",
    "extract": "Read the pages of new entries.",
    "classify": "Flag the articles that nobody has flagged yet.",
    "cluster": "Put articles about one development into one story.",
    "draft": "Compile briefs of the flagged stories that changed.",
    "digest": "Write today's edition of each list, and send it where a mail server is set.",
}.items():
    _add_stage(_name, _about)


def _show(reports: list[Report], *, as_json: bool) -> None:
    """Counts as a table or JSON, failures one a line; exit code 1 when an item failed."""
    if as_json:
        print(json.dumps({r.stage: {"counts": r.counts, "failures": r.failures} for r in reports}))  # noqa: T201 -- output
    else:
        out.print(_table(reports))
        for report in reports:
            for line in report.failures:
                out.print(f"  {line}", markup=False, highlight=False)
        if not any(r.fresh for r in reports):
            out.print("Nothing new.")
    if any(r.failed for r in reports):
        raise typer.Exit(1)


def _table(reports: Iterable[Report]) -> Table:
    table = Table("stage", "items", "became")
    for report in reports:
        counts = ", ".join(f"{n} {state}" for state, n in report.counts.items())
        table.add_row(report.stage, str(report.total), counts or "nothing pending")
    return table


# --- demo and doctor


@app.command()
def demo(folder: Annotated[Path, typer.Option(help="Where everything goes.")] = Path(".demo")) -> None:
    """Run the whole pipeline over the bundled sample site, on loopback."""
    from pipeline.demo.tour import tour

    folder = folder.resolve()
    reports: list[Report] = []
    tour(settings.load().home, folder, lambda _, report: reports.append(report))
    out.print(_table(reports))
    for line in (line for r in reports for line in r.failures):
        out.print(f"  {line} (the sample site breaks this one on purpose)", markup=False, highlight=False)
    texts = sorted((folder / "briefs").glob("*.txt"))
    if texts:
        longest = max(texts, key=lambda path: path.stat().st_size)
        out.print(f"\nOne of {len(texts)} briefs ({longest.name}):\n", highlight=False)
        out.print(longest.read_text(), markup=False, highlight=False)
    out.print(f"briefs    {folder}/briefs/<story>.txt .md .html .json\ndigest    {folder}/digest/<day>.eml .html")
    out.print(f"database  {folder}/policywire.db")
    if len(texts) < 4:
        err.print("The demo should give at least four briefs.", style="red")
        raise typer.Exit(1)


@app.command()
def doctor() -> None:
    """Say what is configured, reachable and missing."""
    from pipeline.adapters import model
    from pipeline.adapters.store import open_store

    config = settings.load()
    table, broken = Table("part", "state"), False

    def check(part: str, tell: Callable[[], object]) -> None:
        nonlocal broken
        try:
            table.add_row(part, str(tell()))
        except PolicywireError as error:
            broken = True
            table.add_row(part, f"WRONG: {error}")

    def database() -> str:
        store = open_store(config.database_url)
        try:
            return f"revision {store.status()['revision']}"
        finally:
            store.close()

    def topics() -> list[str]:
        return [t.id for t in config.topics()]

    check("home", lambda: config.home)
    check("feeds", lambda: f"{sum(f.enabled for f in config.feeds())} on, {len(config.feeds())} listed")
    check("topics", lambda: ", ".join(topics()))
    check("readers", lambda: ", ".join(f"{r.id} ({len(r.recipients)} recipients)" for r in config.readers()))
    check("database", database)
    check("model", lambda: model.load(config.home / "models", topics()).model_id)
    check("mail", lambda: "an SMTP server is set" if config.smtp else "none: digests are written as files")
    out.print(table)
    if broken:
        raise typer.Exit(2)


# --- feeds


@feeds_app.command("list")
def feeds_list() -> None:
    """Every feed, with the state of its last poll."""
    from pipeline.runner import wired

    with wired(settings.load()) as deps:
        polls = deps.store.polls([f.url for f in deps.feeds])
        table = Table("outlet", "kind", "country", "state", "feed")
        for feed in deps.feeds:
            poll = polls.get(feed.url)
            state = f"off: {feed.reason}" if not feed.enabled else str(poll.state) if poll else "never polled"
            table.add_row(feed.outlet, feed.kind, feed.country, state, feed.url)
    out.print(table)


@feeds_app.command("check")
def feeds_check() -> None:
    """Try every enabled feed once and say which answer; nothing is stored."""
    from pipeline.domain.state import State
    from pipeline.errors import ParseError
    from pipeline.ports import Request
    from pipeline.runner import wired

    bad = 0
    with wired(settings.load()) as deps:
        feeds = {f.url: f for f in deps.feeds if f.enabled}
        for reply in deps.http.get_all([Request(url=url, key=url) for url in feeds]):
            feed, state, detail = feeds[reply.request.key], str(reply.state), reply.error
            if reply.state is State.OK:
                try:
                    detail = f"{len(deps.parser.parse(feed, reply))} entries"
                except ParseError as error:
                    state, detail = error.state, error.reason
            bad += state != "ok"
            out.print(f"{state:16} {feed.outlet}: {detail} {feed.url}", markup=False, highlight=False)
    out.print(f"{len(feeds) - bad} of {len(feeds)} feeds answer")
    if bad:
        raise typer.Exit(1)


# --- briefs


@brief_app.command("list")
def brief_list() -> None:
    """The newest revision of every brief."""
    from pipeline.runner import wired

    with wired(settings.load()) as deps:
        for b in deps.store.briefs():
            out.print(f"{b.story} r{b.revision}  {b.title}  ({', '.join(b.topics)})", markup=False, highlight=False)


@brief_app.command("show")
def brief_show(story: str) -> None:
    """One brief with its title and sources."""
    from pipeline.domain.renderings import plain
    from pipeline.runner import wired

    with wired(settings.load()) as deps:
        briefs = deps.store.briefs(story)
    if not briefs:
        raise UsageError(f'no brief of story "{story}"; `policywire brief list` shows them')
    out.print(plain(briefs[0]), markup=False, highlight=False)


@brief_app.command("lint")
def brief_lint(
    file: Path,
    record: Annotated[Path | None, typer.Option(help="The brief's record.")] = None,
    articles: Annotated[Path | None, typer.Option(help="Stored texts as JSON lines {id, text}.")] = None,
    short: Annotated[bool, typer.Option("--short", help="Judge it as a short brief.")] = False,
) -> None:
    """One finding a line, with its code; exit code 1 when there is one."""
    from pipeline.domain.lint import lint, unchecked

    data = json.loads(_text(record)) if record else None
    texts = {str(row["id"]): row["text"] for row in _rows(articles)} if articles else None
    findings = lint(_text(file), record=data, articles=texts, short=short)
    for finding in findings:
        out.print(str(finding), markup=False, highlight=False)
    if skipped := unchecked(data, texts):
        err.print(f"not checked without record or articles: {', '.join(skipped)}")
    if findings:
        raise typer.Exit(1)


@brief_app.command("compile")
def brief_compile(file: Rows, folder: Annotated[Path, typer.Option("--out", help="Where the briefs go.")]) -> None:
    """One brief for each `story` value of the rows, flagged or not."""
    from pipeline.domain.brief import NoBrief
    from pipeline.runner import compile_rows

    for brief in compile_rows(_rows(file), folder):
        state = f"none: {brief.reason}" if isinstance(brief, NoBrief) else brief.title
        out.print(f"{brief.story}  {state}", markup=False, highlight=False)


# --- model, evaluation, database, configuration


@model_app.command("train")
def model_train() -> None:
    """Train the classifier from models/corpus and write it into models/."""
    from pipeline.training import train

    config = settings.load()
    print(json.dumps(train(config.home / "models", [t.id for t in config.topics()]), indent=2))  # noqa: T201 -- output


@model_app.command("evaluate")
def model_evaluate(file: Rows) -> None:
    """The same as `policywire evaluate flags`."""
    evaluate_flags(file)


@evaluate_app.command("flags")
def evaluate_flags(file: Rows, predictions: Predictions = None) -> None:
    """Rows `{id, title, text, <topic>?}`: probabilities, flags, and figures where labels are there."""
    from pipeline import evaluation
    from pipeline.adapters import model

    config = settings.load()
    topics = config.topics()
    classifier = model.load(config.home / "models", [t.id for t in topics])
    _report(*evaluation.flags(_rows(file), classifier, topics), predictions)


@evaluate_app.command("stories")
def evaluate_stories(file: Rows, predictions: Predictions = None) -> None:
    """Rows `{id, title, text, source, date, cluster?}`: stories, and B-cubed figures."""
    from pipeline import evaluation

    _report(*evaluation.stories(_rows(file)), predictions)


@evaluate_app.command("support")
def evaluate_support(file: Rows, predictions: Predictions = None) -> None:
    """Rows `{id, claim, references, supported?, subset?}`: whether the references support the claim."""
    from pipeline import evaluation
    from pipeline.stages.draft.support import score

    _report(*evaluation.support(_rows(file), score, evaluation.SUPPORTED_FROM), predictions)


@evaluate_app.command("pages")
def evaluate_pages(folder: Path, predictions: Predictions = None) -> None:
    """Every *.html[.gz] of a folder: state and extracted text."""
    from pipeline import evaluation
    from pipeline.adapters.pages import TrafilaturaExtractor

    if not folder.is_dir():
        raise UsageError(f"{folder}: is not a folder")
    rows = list(evaluation.pages(folder, TrafilaturaExtractor()))
    _report(rows, {"pages": len(rows), "states": Counter(row["state"] for row in rows)}, predictions)


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the newest revision."""
    db_status()


@db_app.command("status")
def db_status() -> None:
    """Revision and number of rows."""
    from pipeline.adapters.store import open_store

    store = open_store(settings.load().database_url)
    try:
        print(json.dumps(store.status(), indent=2))  # noqa: T201 -- output
    finally:
        store.close()


@config_app.command("schemas")
def config_schemas() -> None:
    """Write the JSON schemas of the configuration files into config/schemas/."""
    folder = settings.load().home / "config" / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text)


def schemas() -> dict[str, str]:
    """File name to text of every generated schema."""
    return {
        f"{name}.json": json.dumps(model.model_json_schema(), indent=2, sort_keys=True) + "\n"
        for name, model in settings.FILES.items()
    }


@app.command()
def version() -> None:
    """The version of Policywire."""
    out.print(__version__)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = []
    for n, line in enumerate(_text(path).split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                raise ConfigError(f"{path}:{n}: not JSON ({error})") from error
            if not isinstance(row, dict) or "id" not in row:
                raise ConfigError(f'{path}:{n}: expected an object with an "id"')
            rows.append(row)
    return rows


def _report(rows: list[dict[str, Any]], figures: dict[str, Any], predictions: Path | None) -> None:
    if predictions:
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        predictions.write_text(text, encoding="utf-8")
    if figures:
        print(json.dumps(figures, indent=2))  # noqa: T201 -- the contract says standard output


if __name__ == "__main__":
    main()
