"""Killable workers: a bad item costs only itself, and nothing of a worker's parent runs in it again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.adapters.pool import Killed, Limits, Workers
from pipeline.domain.state import State
from pipeline.errors import WorkerError

ROOT = Path(__file__).resolve().parents[2]
TARGET = "tests.adapters.hostile:work"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    opened = Workers(TARGET, limits=Limits(seconds=1), processes=2)
    yield opened
    opened.close()


def states(workers: Workers, items: list[str]) -> dict[str, State | str]:
    """Each item with its state where it was killed, and with itself where it came through."""
    return {item: r.state if isinstance(r, Killed) else r[0] for item, r in workers.run(items)}


def test_every_item_comes_back_once(workers: Workers) -> None:
    items = [str(n) for n in range(100)]

    back = [item for item, _ in workers.run(items)]

    assert sorted(back) == sorted(items)


@pytest.mark.parametrize(
    ("bad", "state"),
    [
        ("spin", State.TIMEOUT),
        ("sleep", State.TIMEOUT),
        ("eat", State.TOO_LARGE),
        ("crash", State.UNREADABLE),
    ],
)
def test_a_bad_item_costs_only_itself(workers: Workers, bad: str, state: State) -> None:
    good = [str(n) for n in range(40)]

    found = states(workers, [*good[:13], bad, *good[13:]])

    assert found == {**{item: item for item in good}, bad: state}


def test_several_bad_items_side_by_side_are_each_counted(workers: Workers) -> None:
    found = list(workers.run(["crash", "a", "crash", "b", "crash"]))

    assert sum(isinstance(result, Killed) for _, result in found) == 3
    assert sorted(item for item, result in found if not isinstance(result, Killed)) == ["a", "b"]


def test_items_are_taken_while_others_are_worked_on(workers: Workers) -> None:
    taken: list[int] = []

    def source() -> Iterator[str]:
        for n in range(1000):
            taken.append(n)
            yield str(n)

    next(workers.run(source()))

    assert len(taken) < 1000


def test_a_worker_that_the_system_kills_while_it_is_idle_is_replaced(workers: Workers) -> None:
    _, victim = workers.one("a")
    os.kill(victim, signal.SIGKILL)

    found = states(workers, [str(n) for n in range(30)])

    assert len(found) == 30


def test_a_worker_has_one_thread_whatever_its_parent_has(workers: Workers) -> None:
    assert workers.one("threads")[0] == "threads"


def test_workers_that_read_nothing_start_nothing_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    unused, used = Workers(TARGET), Workers(TARGET)

    assert list(unused.run([])) == []
    assert list(tmp_path.iterdir()) == []
    used.one("well")
    assert list(tmp_path.iterdir())
    for workers in (unused, used):
        workers.close()

    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_imported_is_an_error_for_the_operator() -> None:
    broken = Workers("pipeline.nowhere:work", processes=1)

    with pytest.raises(WorkerError, match=r"pipeline\.nowhere"):
        broken.one("a")
    broken.close()


def python(*arguments: str) -> str:
    """What a Python prints that runs in the root of the project."""
    command = [sys.executable, *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout  # noqa: S603 -- our own


def test_workers_do_not_run_the_main_program_again(tmp_path: Path) -> None:
    main = tmp_path / "main.py"
    main.write_text(
        "from pipeline.adapters.pool import Workers\n"
        "print('main runs')\n"
        f"workers = Workers({TARGET!r})\n"
        "print(workers.one('a')[0])\n"
        "workers.close()\n"
    )

    assert python(str(main)) == "main runs\na\n"


def test_workers_end_with_their_parent_though_nobody_closed_them() -> None:
    code = f"from pipeline.adapters.pool import Workers; w = Workers({TARGET!r}); print(w.one('a')[1], flush=True)"

    worker = int(python("-c", code))

    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
