"""Every stage does its work three ways: as a function, as a subcommand, and from its DAG."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline import settings
from pipeline.adapters.store import open_store
from pipeline.runner import STAGES, run_stage

STAGE_OF = {  # stage: the DAG that runs it, and the table in which its work shows
    "fetch": ("fetch_feeds", "entries"),
    "extract": ("extract_articles", "articles"),
    "classify": ("flag_articles", "flags"),
    "cluster": ("compile_briefs", "stories"),
    "draft": ("compile_briefs", "briefs"),
    "digest": ("send_digest", "editions"),
}


def by_function(stage: str, _: Any) -> None:
    run_stage(stage)


def by_subcommand(stage: str, _: Any) -> None:
    command = [sys.executable, "-m", "pipeline.cli", stage]
    assert subprocess.run(command, check=False, capture_output=True).returncode in {0, 1}  # noqa: S603 -- our own


def by_dag(stage: str, bag: Any) -> None:
    form = {"mail": "yes"} if stage == "digest" else {}  # a run by hand writes files only
    assert str(bag.dags[STAGE_OF[stage][0]].test(run_conf=form).state) == "success"


@pytest.mark.parametrize("way", [by_function, by_subcommand, by_dag])
@pytest.mark.parametrize("stage", STAGE_OF)
def test_every_stage_runs_as_function_subcommand_and_dag(sample_home: Path, bag: Any, stage: str, way: Any) -> None:
    earlier = list(STAGES)[: list(STAGES).index(stage)]
    for name in earlier:
        run_stage(name)
    table = STAGE_OF[stage][1]
    before = rows(table)

    way(stage, bag)

    assert rows(table) > before == 0


def rows(table: str) -> int:
    store = open_store(settings.load().database_url)
    try:
        return int(store.status()["rows"][table])
    finally:
        store.close()
