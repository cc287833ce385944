"""`policywire model`: train the classifier, and judge it."""

from __future__ import annotations

import typer

from pipeline import settings
from pipeline.cli import evaluate
from pipeline.cli.show import Predictions, RowsFile, read_rows, say, say_json

app = typer.Typer(help="The classifier.", no_args_is_help=True)


@app.command()
def train() -> None:
    """Train the classifier from models/corpus and write it into models/."""
    from pipeline.training import train

    config = settings.load()
    say_json(train(config.home / "models", [t.id for t in config.topics()]))


@app.command()
def words(file: RowsFile) -> None:
    """Count in how many rows `{id, title, text}` of a sample of news each word stands, into models/words.tsv."""
    from pipeline.adapters.language import save
    from pipeline.stages.cluster.features import counted

    config = settings.load()
    rows = read_rows(file, "title", "text")
    counts = counted((f"{row['title']}. {row['text']}" for row in rows), config.actors())
    say(str(save(config.home / "models", len(rows), counts)))


@app.command("evaluate")
def evaluate_model(file: RowsFile, predictions: Predictions = None) -> None:
    """The same as `policywire evaluate flags`."""
    evaluate.flags(file, predictions)
