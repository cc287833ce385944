"""The whole pipeline over the sample site, by command and by function."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipeline.demo.site import SampleSite
from pipeline.errors import UsageError
from pipeline.ports import Report
from pipeline.runner import STAGES, run_stage


def run_all() -> dict[str, Report]:
    return {name: run_stage(name) for name in STAGES}


def test_a_run_leads_from_feeds_to_briefs_and_a_digest(sample_home: Path) -> None:
    reports = run_all()

    briefs = sorted((sample_home / "out" / "briefs").glob("*.txt"))
    assert reports["fetch"].counts["new"] >= 40
    assert len(briefs) >= 4
    assert list((sample_home / "out" / "digest").glob("*.eml"))


def test_every_brief_of_a_run_passes_the_linter(sample_home: Path) -> None:
    run_all()

    for path in (sample_home / "out" / "briefs").glob("*.txt"):
        result = policywire("brief", "lint", str(path), "--record", str(path.with_suffix(".json")))
        assert (result.returncode, result.stdout) == (0, ""), path.read_text()


def test_a_second_run_fetches_no_page_and_writes_only_poll_times(sample_home: Path, sample_site: SampleSite) -> None:
    run_all()
    before, hits = rows(sample_home), dict(sample_site.hits)

    reports = run_all()

    again = {key: n - hits.get(key, 0) for key, n in sample_site.hits.items() if n != hits.get(key, 0)}
    assert all(path.endswith("/feed") for path, _ in again)
    assert rows(sample_home) == before
    assert not any(report.fresh for report in reports.values())


def test_a_run_without_news_says_so(sample_home: Path) -> None:
    run_all()

    result = policywire("run")

    assert "Nothing new." in result.stdout


def test_a_broken_feed_costs_only_itself(sample_home: Path) -> None:
    report = run_stage("fetch")

    assert any("/down/feed" in line and "http-error" in line for line in report.failures)
    assert report.counts["polled"] >= 10


def test_an_unknown_stage_is_named_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="fetch, extract, classify, cluster, draft, digest"):
        run_stage("fetsch")


def test_an_unknown_scope_key_is_named_with_the_known_ones(sample_home: Path) -> None:
    with pytest.raises(UsageError, match="since, until, shard, feeds, topics, force, mail"):
        run_stage("fetch", from_="2025-01-01")


@pytest.mark.parametrize("name", STAGES)
def test_every_stage_runs_as_a_subcommand(sample_home: Path, name: str) -> None:
    result = policywire(name, "--json")

    assert result.returncode in {0, 1}, result.stderr
    assert set(json.loads(result.stdout)) == {name}


def test_a_window_redoes_a_day_without_a_socket(sample_home: Path, sample_site: SampleSite) -> None:
    run_all()
    hits = sum(sample_site.hits.values())

    for name in ("fetch", "extract", "classify", "cluster", "draft"):
        run_stage(name, since="2025-07-26", until="2025-07-27")

    assert sum(sample_site.hits.values()) == hits


def policywire(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603 -- our own


def rows(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the polls."""
    engine = create_engine(f"sqlite:///{home.parent / 'policywire.db'}")
    with engine.connect() as connection:
        names = connection.execute(text("select name from sqlite_master where type = 'table'")).scalars().all()
        tables = [n for n in names if "poll" not in n and n != "feeds" and n != "feed_bodies"]
        found = {n: [tuple(r) for r in connection.execute(text(f'select * from "{n}"'))] for n in tables}  # noqa: S608 -- names come from the catalogue
    engine.dispose()
    return found
