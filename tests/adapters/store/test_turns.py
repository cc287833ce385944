"""Of two runs that would do the same work, one waits; who is killed gives the turn back."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Thread

import pytest

from pipeline.adapters.store import SqlStore, open_store
from pipeline.errors import StoreError

HOLD = """
import sys, time
from pipeline.adapters.store import open_store
with open_store(sys.argv[1]).turns({"extract": True}):
    print("held", flush=True)
    time.sleep(60)
"""


def refused(store: SqlStore, names: Mapping[str, bool]) -> bool:
    try:
        with store.turns(names, patience=0):
            return False
    except StoreError:
        return True


@pytest.mark.parametrize(
    ("held", "asked", "waits"),
    [
        ({"extract": True}, {"extract": True}, True),
        ({"extract": True}, {"classify": True}, False),
        ({"extract": True}, {"extract-past": True}, False),
        ({"fetch": False, "fetch-0-4": True}, {"fetch": False, "fetch-1-4": True}, False),
        ({"fetch": False, "fetch-0-4": True}, {"fetch": False, "fetch-0-4": True}, True),
        ({"fetch": False, "fetch-0-4": True}, {"fetch": True}, True),
    ],
)
def test_only_who_would_do_the_same_work_waits(
    database_url: str, held: dict[str, bool], asked: dict[str, bool], waits: bool
) -> None:
    first, second = open_store(database_url), open_store(database_url)

    with first.turns(held):
        meanwhile = refused(second, asked)
    afterwards = refused(second, asked)

    assert (meanwhile, afterwards) == (waits, False)
    first.close()
    second.close()


def test_who_waits_goes_on_as_soon_as_the_other_is_done(database_url: str) -> None:
    first, second = open_store(database_url), open_store(database_url)
    order = []

    def wait() -> None:
        with second.turns({"draft": True}, patience=20):
            order.append("second")

    with first.turns({"draft": True}):
        waiting = Thread(target=wait)
        waiting.start()
        time.sleep(0.3)
        order.append("first")
    waiting.join()

    assert order == ["first", "second"]
    first.close()
    second.close()


def test_a_run_that_is_killed_gives_its_turn_back_at_once(database_url: str) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, database_url], stdout=subprocess.PIPE)  # noqa: S603 -- our own
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    store = open_store(database_url)
    before = refused(store, {"extract": True})

    holder.send_signal(signal.SIGKILL)
    holder.wait()

    with store.turns({"extract": True}, patience=5):
        pass
    assert before
    holder.stdout.close()
    store.close()


def test_a_turn_that_does_not_come_is_an_error_that_names_the_stage(store: SqlStore) -> None:
    other = SqlStore(store.engine.url.render_as_string(hide_password=False))

    with other.turns({"cluster": True}), pytest.raises(StoreError, match="cluster: another run"):
        store.turns({"cluster": True}, patience=0.2).__enter__()
    other.close()


def test_the_files_of_turns_are_not_taken_for_the_database(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'policywire.db'}")

    with store.turns({"extract": True}):
        beside = {path.name for path in tmp_path.iterdir()}

    store.close()
    assert all(name.startswith("policywire.db") or name == ".policywire-turns" for name in beside)
    assert not any(path.is_dir() for path in tmp_path.glob("policywire.db*"))
