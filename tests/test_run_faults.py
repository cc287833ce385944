"""Runs that meet, databases that are full or locked, configuration that changes meanwhile, hostile log lines."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from threading import Timer

import pytest
import yaml
from sqlalchemy import event, text

from pipeline import settings
from pipeline.adapters.store import SqlStore, open_store
from pipeline.demo.site import SampleSite
from pipeline.domain.state import State
from pipeline.errors import ConfigError, StoreError
from pipeline.ports import ReadEntry
from pipeline.runner import run_stage

LOGGED = """
from pipeline.adapters.store import SqlStore
from pipeline import runner
from pipeline.ports import Report
from pipeline.domain.state import State
failure = "bad\\n2026 [info] done \\x1b[31mred"
runner.STAGES = {"fetch": lambda deps, scope: Report.of("fetch", [State.HTTP_ERROR], [failure])}
runner.run_stage("fetch")
"""


def stages_at_once(*stages: str) -> list[int]:
    """Start each stage in a process of its own, all at once; the exit codes."""
    running = [
        subprocess.Popen([sys.executable, "-m", "pipeline.cli", stage], stdout=subprocess.DEVNULL)  # noqa: S603 -- our own
        for stage in stages
    ]
    return [process.wait(120) for process in running]


@pytest.mark.slow
def test_fault_74_two_runs_that_overlap_ask_for_each_page_once_and_end_like_one(
    sample_home: Path, sample_site: SampleSite
) -> None:
    run_stage("fetch")

    codes = stages_at_once("extract", "extract")
    codes += stages_at_once("classify", "classify")
    codes += stages_at_once("cluster", "cluster", "cluster")
    codes += stages_at_once("draft", "draft")

    pages = Counter(
        {path: n for (path, status), n in sample_site.hits.items() if status == 200 and path.count("/") > 2}
    )
    store = open_store(settings.load().database_url)
    briefs = store.briefs()
    rows = store.status()["rows"]
    store.close()
    assert set(codes) == {0}
    assert max(pages.values()) == 1
    assert {brief.revision for brief in briefs} == {1}
    assert rows["briefs"] == len(briefs) >= 6
    assert rows["articles"] == rows["story_members"] == rows["entries"]


@pytest.mark.slow
def test_fault_74_a_run_waits_for_the_one_before_it_and_then_finds_nothing_to_do(worked_home: Path) -> None:
    store = open_store(settings.load().database_url)
    began = time.monotonic()

    with store.turns({"classify": True}):
        command = [sys.executable, "-m", "pipeline.cli", "classify"]
        second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 -- our own
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(4)
    output, _ = second.communicate(timeout=60)

    store.close()
    assert time.monotonic() - began > 4
    assert "Nothing new." in output


def test_fault_76_a_locked_database_is_waited_for(worked_home: Path) -> None:
    store = open_store(settings.load().database_url)
    locker = sqlite3.connect(str(store.engine.url.database), isolation_level=None, check_same_thread=False)
    locker.execute("begin immediate")
    release = Timer(1.0, lambda: locker.execute("commit"))
    release.start()

    store.ring("feeds")

    release.join()
    locker.close()
    assert store.unheard("feeds") == 1
    store.close()


def test_fault_76_a_full_disk_is_named_and_leaves_no_half_article(worked_home: Path) -> None:
    store = open_store(settings.load().database_url)
    before = content(store)

    @event.listens_for(store.engine, "begin")
    def fill(connection: object) -> None:
        connection.exec_driver_sql("pragma max_page_count = 1")  # type: ignore[attr-defined]  # SQLite raises it to what is used

    [article] = store.articles([str(before["articles"][0][0])])
    other = replace(article, text="".join(f"Word {n} of a text that needs many pages. " for n in range(50_000)))
    page = ReadEntry(key=article.id, state=State.OK, article=other)
    with pytest.raises(StoreError, match="full"):
        store.save_pages([page])

    event.remove(store.engine, "begin", fill)
    store.engine.dispose()
    assert content(store) == before
    store.save_pages([page])
    assert content(store) != before
    store.close()


def content(store: SqlStore) -> dict[str, list[tuple[object, ...]]]:
    with store.engine.connect() as connection:
        names = ("articles", "article_revisions", "texts", "entries")
        return {t: sorted(map(tuple, connection.execute(text(f"select * from {t}"))), key=str) for t in names}  # noqa: S608 -- our own tables


def test_fault_82_a_feed_that_is_removed_while_its_run_is_on_finishes_and_is_not_asked_again(
    sample_home: Path, sample_site: SampleSite
) -> None:
    path = sample_home / "config" / "feeds.yaml"
    rows = yaml.safe_load(path.read_text())["feeds"]
    gone = rows[0]["url"]
    calls: list[int] = []

    def remove(done: int, total: int) -> None:
        calls.append(total)
        path.write_text(yaml.safe_dump({"feeds": rows[1:]}))

    first = run_stage("fetch", remove)
    later = [run_stage(stage) for stage in ("extract", "fetch")]

    store = open_store(settings.load().database_url)
    with store.engine.connect() as connection:
        kept = connection.execute(text("select count(*) from articles a join entries e on e.key = a.id "
                                       "where e.feed_url = :url"), {"url": gone}).scalar()  # fmt: skip
    store.close()
    assert calls == [len(rows)]
    assert first.counts["polled"] == len(rows) - 1  # one of them is broken on purpose
    assert later[0].counts["ok"] >= 40
    assert sum(n for (path_, _), n in sample_site.hits.items() if gone.endswith(path_)) == 1
    assert kept


def test_fault_82_ten_thousand_feeds_are_read_and_two_of_one_address_are_named(sample_home: Path) -> None:
    path = sample_home / "config" / "feeds.yaml"
    lines = [f"  - {{url: 'https://n{n}.example/feed', outlet: N{n}}}" for n in range(10_000)]
    path.write_text("\n".join(["feeds:", *lines]))
    began = time.process_time()

    feeds = settings.load().feeds()

    assert len(feeds) == 10_000
    assert time.process_time() - began < 30
    path.write_text("\n".join(["feeds:", *lines[:3], lines[1]]))
    with pytest.raises(ConfigError, match=r"feeds\.yaml:5: feed https://n1\.example/feed stands here twice"):
        settings.load().feeds()


def test_fault_86_one_event_is_one_log_line_whatever_a_title_holds(sample_home: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}

    done = subprocess.run([sys.executable, "-c", LOGGED], env=env, check=True, capture_output=True, text=True)  # noqa: S603 -- our own

    lines = [line for line in (done.stdout + done.stderr).splitlines() if "item failed" in line or "done" in line]
    assert len(lines) == 2
    assert "bad 2026 [info] done [31mred" in lines[0]
    assert "\x1b[31mred" not in done.stdout + done.stderr
