"""Killable workers: with `forking` the one place that starts processes.

Feeds and pages are hostile, and no check finds each one that never ends or eats the memory. So they are read in
processes that the kernel kills: an alarm for the wall clock, RLIMIT_CPU, RLIMIT_AS. A killed item costs only itself.
"""

from __future__ import annotations

import importlib
import itertools
import os
import pickle
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, InvalidStateError, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import pebble

from pipeline.adapters.forking import Context
from pipeline.domain.state import State
from pipeline.errors import WorkerError

pebble.CONSTS.term_timeout = 0.2  # seconds between asking a worker to end and killing it; its own default is 3

BATCH = 8  # items that travel to a worker together
AHEAD = 3  # batches for each worker that are under way or wait for it
PATIENCE_SECONDS = 0.5  # between looks at the pool that items wait for
RESTARTS = 3  # pools that may break one after the other before the machine is to blame
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one item may use: seconds, of CPU and of wall alike, and memory beside that of the idle worker."""

    seconds: int = 10
    memory_bytes: int = 512 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """What is left of an item that cost its worker the life: timeout, too-large or unreadable, and why."""

    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Items on their way to a worker, and the file into which it writes one result after the other."""

    items: Sequence[Any]
    journal: Path


class Workers:
    """A process for each core that runs `target` ("module:function"); they start with the first item.

    Only they import the module, so that a run that reads nothing does not pay for its libraries.
    """

    def __init__(self, target: str, *, limits: Limits | None = None, processes: int = 0) -> None:
        self._target = target
        self._limits = limits or Limits()
        self._processes = processes or cores()
        self._pool: pebble.ProcessPool | None = None
        self._started = 0  # pools since the last result
        self._numbers = itertools.count()

    def run(self, items: Iterable[T]) -> Iterator[tuple[T, Any]]:
        """Each item with its result or with Killed, in any order, while `items` is still being read."""
        flying: dict[Future[None], Batch] = {}
        waiting: list[T] = []
        for item in items:
            waiting.append(item)
            yield from self._landed(flying, [f for f in flying if f.done()])
            if len(waiting) >= BATCH or len(flying) < self._processes:  # an idle worker does not wait for a full batch
                self._launch(flying, waiting)
                waiting = []
            while len(flying) >= self._processes * AHEAD:
                yield from self._landed(flying, self._done(flying))
        if waiting:
            self._launch(flying, waiting)
        while flying:
            yield from self._landed(flying, self._done(flying))

    def one(self, item: T) -> Any:
        """The result of one item, or Killed."""
        [(_, result)] = self.run([item])
        return result

    def close(self) -> None:
        self._stop()
        if "_folder" in vars(self):
            self._folder.cleanup()

    @cached_property
    def _folder(self) -> tempfile.TemporaryDirectory[str]:
        """Where the workers write; most runs of most stages read nothing and need none."""
        return tempfile.TemporaryDirectory(prefix="policywire-", ignore_cleanup_errors=True)

    def _launch(self, flying: dict[Future[None], Batch], items: Sequence[Any]) -> None:
        batch = Batch(tuple(items), Path(self._folder.name) / str(next(self._numbers)))
        # A second string only: the worker's own alarm comes first.
        longest = (len(items) + 1) * self._limits.seconds
        arguments = (self._target, batch.items, batch.journal, self._limits)
        flying[self._open().schedule(_work, args=arguments, timeout=longest)] = batch

    def _done(self, flying: Iterable[Future[None]]) -> Iterable[Future[None]]:
        """Wait for those that are done; pebble never ends what reaches a pool in the moment in which it breaks."""
        while not (done := wait(flying, timeout=PATIENCE_SECONDS, return_when=FIRST_COMPLETED).done):
            if self._pool is not None and not self._pool.active:
                for future in flying:
                    with suppress(InvalidStateError):
                        future.set_exception(RuntimeError("its pool broke"))
        return done

    def _landed(self, flying: dict[Future[None], Batch], done: Iterable[Future[None]]) -> Iterator[tuple[Any, Any]]:
        """The results of batches that came back; what a dead worker left undone starts once more."""
        for future in list(done):
            batch, error = flying.pop(future), future.exception()
            results = _results(batch.journal)
            if isinstance(error, pebble.ProcessExpired | TimeoutError) and len(results) < len(batch.items):
                results.append(_killed(error, self._limits))
            elif error and not isinstance(error, RuntimeError):  # a RuntimeError is the pool's own end
                raise error
            if results:
                self._started = 0
            yield from zip(batch.items, results, strict=False)
            if rest := batch.items[len(results) :]:
                self._launch(flying, rest)

    def _open(self) -> pebble.ProcessPool:
        """A pool that works; one breaks when the system kills an idle worker."""
        if self._pool is None or not self._pool.active:
            self._stop()
            self._started += 1
            if self._started > RESTARTS:
                raise WorkerError(f"{self._target}: its processes cannot be started, or are killed at once")
            self._pool = pebble.ProcessPool(
                max_workers=self._processes,
                initializer=_prepare,
                initargs=(self._target, self._limits),
                context=Context(self._target.partition(":")[0], __name__),
            )
        return self._pool

    def _stop(self) -> None:
        if self._pool:
            self._pool.stop()  # type: ignore[no-untyped-call]  # the library left it so
            self._pool.join()
            self._pool = None


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _results(journal: Path) -> list[Any]:
    """What a worker wrote before it came back or died; a last result that breaks off does not count."""
    found: list[Any] = []
    with suppress(FileNotFoundError), journal.open("rb") as file:
        journal.unlink()
        with suppress(EOFError, pickle.UnpicklingError):
            while True:
                found.append(pickle.load(file))  # noqa: S301 -- our own worker wrote it, in a folder of ours alone
    return found


def _killed(error: BaseException, limits: Limits) -> Killed:
    code = -getattr(error, "exitcode", -signal.SIGALRM)
    if code in {signal.SIGALRM, signal.SIGXCPU}:
        return Killed(state=State.TIMEOUT, reason=f"killed after {limits.seconds} s")
    if code == signal.SIGKILL:  # the system's answer when the machine's memory is full
        return Killed(state=State.TOO_LARGE, reason="killed by the system, most likely for its memory")
    return Killed(state=State.UNREADABLE, reason=f"crashed its process (exit code {-code})")


# What follows runs in the workers.


def _prepare(target: str, limits: Limits) -> None:
    """Import what the worker needs; then its memory counts from here."""
    _function(target)
    for number in (signal.SIGALRM, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # macOS has neither /proc nor a limit that it would keep: there time alone is limited.
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + limits.memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _work(target: str, items: Sequence[Any], journal: Path, limits: Limits) -> None:
    function = _function(target)
    with journal.open("wb", buffering=0) as file:
        for item in items:
            with _alarm(limits):
                try:
                    result = function(item)
                except MemoryError:
                    result = Killed(state=State.TOO_LARGE, reason=f"needs more than {limits.memory_bytes >> 20} MB")
                except Exception as error:  # a bug of the target's costs one item, too
                    result = Killed(state=State.UNREADABLE, reason=f"failed: {type(error).__name__}")
            file.write(pickle.dumps(result))


def _function(target: str) -> Callable[[Any], Any]:
    module, _, name = target.partition(":")
    found: Callable[[Any], Any] = getattr(importlib.import_module(module), name)
    return found


@contextmanager
def _alarm(limits: Limits) -> Iterator[None]:
    """The kernel ends this process when the block takes too long, even inside a C library."""
    spent, most = int(time.process_time()) + limits.seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (spent if most == resource.RLIM_INFINITY else min(spent, most), most))
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
