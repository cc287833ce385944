"""What every command shares: the two consoles, progress, tables of counts, and JSON lines in and out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.errors import ConfigError, UsageError
from pipeline.ports import Report, Tell

out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")]
RowsFile = Annotated[Path, typer.Argument(help="JSON lines.")]
Predictions = Annotated[Path | None, typer.Option(help="Where the predictions go, as JSON lines.")]


def say(line: str) -> None:
    """Print one line as it is: text from outside holds no markup."""
    out.print(line, markup=False, highlight=False)


def say_json(data: Any) -> None:
    """Print JSON on standard output, unfolded and without colours, for other programs."""
    print(json.dumps(data, indent=2))  # noqa: T201 -- the console would fold it


@contextmanager
def progress(name: str) -> Iterator[Tell]:
    """A bar on standard error; nothing where that is not a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        task = bars.add_task(name, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def counts_table(reports: Iterable[Report]) -> Table:
    """A row for each stage: how many items, and what became of them."""
    table = Table("stage", "items", "became")
    for report in reports:
        became = ", ".join(f"{n} {state}" for state, n in report.counts.items())
        table.add_row(report.stage, str(report.total), became or "nothing pending")
    return table


def tell_reports(reports: Sequence[Report], *, as_json: bool) -> None:
    """Counts as a table or JSON, failures one a line; exit code 1 when an item failed."""
    if as_json:
        say_json({r.stage: {"counts": r.counts, "failures": r.failures} for r in reports})
    else:
        out.print(counts_table(reports))
        for report in reports:
            for line in report.failures:
                say(f"  {line}")
        if not any(r.fresh for r in reports):
            say("Nothing new.")
    if any(r.failed for r in reports):
        raise typer.Exit(1)


def read_text(path: Path) -> str:
    """A UTF-8 file. Raises UsageError that names it."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error


def read_rows(path: Path, *needed: str) -> list[dict[str, Any]]:
    """JSON lines, each an object with an `id` and the `needed` keys. Raises ConfigError with file and line."""
    rows = []
    for n, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ConfigError(f"{path}:{n}: not JSON ({error})") from error
        if not isinstance(row, dict) or (missing := [key for key in ("id", *needed) if key not in row]):
            lacks = f"lacks {missing}" if isinstance(row, dict) else "is no object"
            raise ConfigError(f"{path}:{n}: the row {lacks}; every row needs {['id', *needed]}")
        rows.append(row)
    return rows


def write_evaluation(rows: Sequence[Mapping[str, Any]], figures: Mapping[str, Any], predictions: Path | None) -> None:
    """Predictions into their file, figures on standard output."""
    if predictions:
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        predictions.parent.mkdir(parents=True, exist_ok=True)
        predictions.write_text(text, encoding="utf-8")
    if figures:
        say_json(figures)
