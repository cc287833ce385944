"""The command `policywire`: every stage, the contracts for evaluation, and what an operator asks.

Exit codes: 0 all well, 1 some items failed, 2 wrong use or configuration.
"""

from __future__ import annotations

import logging
import sys

import structlog
import typer

from pipeline.cli import (
    archive,
    backfill,
    brief,
    doctor,
    edition,
    evaluate,
    feeds,
    model,
    stages,
    story,
    upkeep,
    verdict,
)
from pipeline.cli.show import err
from pipeline.errors import PolicywireError

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__.split("\n")[0])
app.add_typer(stages.app)
app.add_typer(backfill.app)
app.add_typer(doctor.app)
app.add_typer(upkeep.app)
app.add_typer(verdict.app)
app.add_typer(feeds.app, name="feeds")
app.add_typer(archive.app, name="archive")
app.add_typer(story.app, name="story")
app.add_typer(brief.app, name="brief")
app.add_typer(edition.app, name="edition")
app.add_typer(model.app, name="model")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(upkeep.db, name="db")
app.add_typer(upkeep.config, name="config")


def main() -> None:
    """Run the command; an error of ours becomes one message and exit code 2."""
    logging.basicConfig(level=logging.WARNING)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),  # the reports tell of single items
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    try:
        app()
    except PolicywireError as error:
        err.print(str(error), style="red", markup=False, highlight=False)
        sys.exit(2)
