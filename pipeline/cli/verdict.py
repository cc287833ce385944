"""`policywire verdict`: an analyst's word on an article's flags."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from pipeline import settings
from pipeline.cli.show import say
from pipeline.domain.topic import Verdict, Word
from pipeline.errors import UsageError

app = typer.Typer()


@app.command()
def verdict(
    article: Annotated[str, typer.Argument(help="The article's id.")],
    word: Word,
    analyst: Annotated[str, typer.Option(help="Who says so.")],
    topic: Annotated[str, typer.Option(help="A topic's id; without it every topic the article is flagged with.")] = "",
) -> None:
    """Say whether an article's flags are relevant; `withdrawn` takes your earlier word back."""
    from pipeline.runner import wired

    if not analyst.strip():
        raise UsageError("--analyst: expected a name")
    with wired(settings.load()) as deps:
        flags = [f for f in deps.store.flags([article]) if (f.topic == topic if topic else f.flagged)]
        if not flags:
            raise UsageError(f'article "{article}" has no flag {f"of topic {topic}" if topic else "that is set"}')
        now = datetime.now(UTC)
        given = [
            Verdict(
                article_id=article, topic=f.topic, word=word, analyst=analyst.strip(), model_id=f.model_id, created=now
            )
            for f in flags
        ]
        say(f"{deps.store.save_verdicts(given)} of {len(given)} verdicts are new")
