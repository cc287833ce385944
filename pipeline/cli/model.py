"""`policywire model`: train the classifier, judge it, and decide which one is in use."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline import settings
from pipeline.cli import evaluate
from pipeline.cli.show import Predictions, RowsFile, read_rows, say, say_json

app = typer.Typer(help="The classifier.", no_args_is_help=True)


@app.command()
def train(
    with_feedback: Annotated[
        bool, typer.Option("--with-feedback", help="Learn from verdicts, too, and promote only what is not worse.")
    ] = False,
) -> None:
    """Train the classifier from models/corpus and write it into models/."""
    config = settings.load()
    topics = [t.id for t in config.topics()]
    if not with_feedback:
        from pipeline.training import train

        say_json(train(config.home / "models", topics))
        return
    from datetime import UTC, datetime

    from pipeline.runner import wired
    from pipeline.training.promotion import challenge

    with wired(config) as deps:
        say_json(challenge(config.home / "models", config.topics(), deps.store.judged(), datetime.now(UTC)))


@app.command()
def words(file: RowsFile) -> None:
    """Count in how many rows `{id, title, text}` of a sample of news each word stands, into models/words.tsv."""
    from pipeline.adapters.language import save
    from pipeline.stages.cluster.features import counted

    config = settings.load()
    rows = read_rows(file, "title", "text")
    counts = counted((f"{row['title']}. {row['text']}" for row in rows), config.actors())
    say(str(save(config.home / "models", len(rows), counts)))


@app.command()
def support(file: RowsFile) -> None:
    """Fit the soft score to rows `{id, claim, references, supported, subset?}`, into models/support.json."""
    from pipeline.adapters import language
    from pipeline.adapters import support as weights
    from pipeline.adapters.embedding import embed
    from pipeline.training.support import fit_support

    config = settings.load()
    models = config.home / "models"
    rows = read_rows(file, "claim", "references", "supported")
    fitted, figures = fit_support(rows, language.load(models, config.actors()), embed)
    weights.save(models, fitted)
    say_json(figures)


@app.command("evaluate")
def evaluate_model(file: RowsFile, predictions: Predictions = None) -> None:
    """The same as `policywire evaluate flags`."""
    evaluate.flags(file, predictions)


@app.command()
def calibrate(file: RowsFile) -> None:
    """Fit probabilities to labelled real rows, write models/calibration.json, and print the thresholds."""
    from pipeline.adapters import model
    from pipeline.training.calibration import calibrate, save

    config = settings.load()
    topics = [t.id for t in config.topics()]
    rows = read_rows(file, "title", "text", *topics)
    logits = model.load(config.home / "models", topics).logits([(row["title"], row["text"]) for row in rows])
    numbers = calibrate(rows, {topic: logits[topic] for topic in topics})
    save(config.home / "models", numbers)
    say_json(numbers)
    say("Run `policywire model train`, and put the thresholds that you want into config/topics.yaml.")


@app.command()
def history() -> None:
    """Every promotion and rollback, oldest first."""
    from pipeline.training.promotion import history

    for line in history(settings.load().home / "models"):
        say(f"{line['at']}  {line['model_id']}  replaced {line['replaced']}  {line['why']}")


@app.command()
def rollback() -> None:
    """Put back the classifier that the newest promotion replaced."""
    from datetime import UTC, datetime

    from pipeline.training.promotion import rollback

    say(f"{rollback(settings.load().home / 'models', datetime.now(UTC))} is in use again.")


@app.command()
def drift(weeks: Annotated[int, typer.Option(min=1, help="How many weeks back.")] = 8) -> None:
    """By week: articles, share of flags, distribution of probabilities, and share of words the model has not seen."""
    from datetime import UTC, datetime, timedelta

    from pipeline.adapters import model
    from pipeline.runner import wired
    from pipeline.training.drift import drift

    config = settings.load()
    classifier = model.load(config.home / "models", [t.id for t in config.topics()])
    with wired(config) as deps:
        flagged = deps.store.flags_since(datetime.now(UTC) - timedelta(weeks=weeks))
        articles = deps.store.articles(sorted({flag.article_id for _, flag in flagged}))
        say_json(drift(flagged, articles, classifier.vocabulary))
