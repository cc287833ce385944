"""`policywire verdict` and `policywire model`: what an analyst and an operator can say, and what they hear."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import settings
from pipeline.adapters.store import open_store
from pipeline.cli import app
from pipeline.errors import UsageError
from pipeline.runner import run_stage


@pytest.fixture
def flagged(sample_home: Path) -> str:
    """An article of the sample site that is flagged."""
    for stage in ("fetch", "extract", "classify"):
        run_stage(stage)
    store = open_store(settings.load().database_url)
    flags = [flag for _, flag in store.flags_since(datetime(2000, 1, 1, tzinfo=UTC))]
    store.close()
    return next(flag.article_id for flag in flags if flag.flagged)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_verdict_is_stored_with_its_analyst_and_model_once(flagged: str) -> None:
    said = [run("verdict", flagged, "relevant", "--analyst", "ada") for _ in range(2)]

    store = open_store(settings.load().database_url)
    judged = store.judged()
    store.close()
    assert "new" in said[0]
    assert said[1].startswith("0 of")
    assert {j.verdict.analyst for j in judged} == {"ada"}
    assert all(j.verdict.model_id.startswith("views-") for j in judged)


def test_a_verdict_on_an_article_without_a_flag_is_refused(sample_home: Path) -> None:
    with pytest.raises(UsageError, match="has no flag"):
        run("verdict", "nothing", "not", "--analyst", "ada")


def test_drift_tells_the_weeks_of_what_was_flagged(flagged: str) -> None:
    weeks = json.loads(run("model", "drift", "--weeks", "2000"))

    assert weeks
    assert all(0 <= week["unknown_words"] < 0.9 and week["articles"] > 0 for week in weeks.values())


def test_history_is_empty_before_the_first_promotion(sample_home: Path) -> None:
    assert run("model", "history") == ""
    with pytest.raises(UsageError, match="nothing to roll back"):
        run("model", "rollback")
