"""`policywire requeue`, and how a brief is marked whose source changed, over the sample site."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import settings
from pipeline.adapters.store import open_store
from pipeline.demo.site import SampleSite
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.ports import ReadEntry
from pipeline.runner import STAGES, run_stage


def policywire(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603 -- our own


@pytest.fixture
def quarantined(sample_home: Path) -> str:
    """The link of an entry in quarantine, behind which the page is well by now."""
    run_stage("fetch")
    store = open_store(settings.load().database_url)
    entry = store.pending_entries(Scope(), datetime.now(UTC))[0]
    store.save_pages([ReadEntry(key=entry.key, state=State.QUARANTINED, reason="5 attempts", attempts=5)])
    store.close()
    return entry.link


def test_requeue_shows_and_brings_back_what_was_given_up(quarantined: str) -> None:
    shown = policywire("requeue", "--list")
    brought = policywire("requeue", quarantined)
    after = policywire("requeue", "--list")

    assert shown.stdout == f"{quarantined}: 5 attempts\n"
    assert brought.stdout == "1 entries are pending again\n"
    assert after.stdout == ""


def test_an_unknown_state_is_named_with_the_known_ones(sample_home: Path) -> None:
    result = policywire("requeue", "--state", "ok")

    assert result.returncode == 2
    assert '"ok" is none of' in result.stderr
    assert "quarantined" in result.stderr


def test_a_brief_whose_source_changed_is_marked_in_list_and_page(sample_home: Path, sample_site: SampleSite) -> None:
    for name in STAGES:
        run_stage(name)
    store = open_store(settings.load().database_url)
    brief = store.briefs()[0]
    [article] = store.articles([brief.sources[0].article_id])
    changed = replace(article, text=article.text + " A correction was added.")
    store.save_pages([ReadEntry(key=article.id, state=State.OK, article=changed)])
    store.close()

    listed, shown = policywire("brief", "list"), policywire("brief", "show", brief.story)
    run_stage("draft")

    marked = [line for line in listed.stdout.splitlines() if line.endswith("sources changed")]
    page = (sample_home / "out" / "briefs" / f"{brief.story}.html").read_text()
    assert [line.split()[0] for line in marked] == [brief.story]
    assert "Changed since this brief was written: source 1." in shown.stdout
    assert "Changed since this brief was written: source 1." in page
