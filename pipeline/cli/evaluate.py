"""`policywire evaluate`: predictions as JSON lines, and figures where the rows are labelled."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

import typer

from pipeline import settings
from pipeline.cli.show import Predictions, RowsFile, read_rows, write_evaluation
from pipeline.errors import UsageError

app = typer.Typer(help="Figures on labelled rows.", no_args_is_help=True)


@app.command()
def flags(file: RowsFile, predictions: Predictions = None) -> None:
    """Rows `{id, title, text, <topic>?}`: probabilities, flags, and figures where labels are there."""
    from pipeline import evaluation
    from pipeline.adapters import model

    config = settings.load()
    topics = config.topics()
    classifier = model.load(config.home / "models", [t.id for t in topics])
    write_evaluation(*evaluation.flags(read_rows(file, "text"), classifier, topics), predictions)


@app.command()
def stories(file: RowsFile, predictions: Predictions = None) -> None:
    """Rows `{id, title, text, source, date, cluster?}`: stories, and B-cubed figures."""
    from pipeline import evaluation
    from pipeline.adapters import language

    config = settings.load()
    news = language.load(config.home / "models", config.actors())
    write_evaluation(*evaluation.stories(read_rows(file, "text"), news), predictions)


@app.command()
def support(file: RowsFile, predictions: Predictions = None) -> None:
    """Rows `{id, claim, references, supported?, subset?}`: whether the references support the claim."""
    from pipeline import evaluation
    from pipeline.adapters import support as weights

    config = settings.load()
    soft = weights.load(config.home / "models", config.actors())
    rows = read_rows(file, "claim", "references")
    write_evaluation(*evaluation.support(rows, soft.score, soft.weights.threshold), predictions)


@app.command()
def statements(file: RowsFile, predictions: Predictions = None) -> None:
    """Rows `{id, claim, text, before?}`: whether the strict check lets the claim stand on the text, and why not."""
    from pipeline.stages.draft.evidence.support import check

    rows = read_rows(file, "claim", "text")
    reasons = [check(str(r["claim"]), str(r["text"]), str(r.get("before") or "")) for r in rows]
    out = [{"id": r["id"], "passed": why is None, "reason": why} for r, why in zip(rows, reasons, strict=True)]
    passed = sum(why is None for why in reasons)
    write_evaluation(out, {"statements": len(rows), "passed": passed}, predictions)


@app.command()
def pages(folder: Path, predictions: Predictions = None) -> None:
    """Every *.html[.gz] of a folder: state and extracted text."""
    from pipeline import evaluation
    from pipeline.adapters.pages import TrafilaturaExtractor

    if not folder.is_dir():
        raise UsageError(f"{folder}: is not a folder")
    with closing(TrafilaturaExtractor()) as extractor:
        rows = evaluation.pages(folder, extractor)
    write_evaluation(rows, {"pages": len(rows), "states": Counter(row["state"] for row in rows)}, predictions)
