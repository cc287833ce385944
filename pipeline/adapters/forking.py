"""How workers start: as children of a server process that has imported what they need and nothing else."""

from __future__ import annotations

import multiprocessing.context
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from typing import Any, cast

_starting = threading.Lock()
_servers: dict[tuple[str, ...], forkserver.ForkServer] = {}


class _Process(multiprocessing.context.ForkServerProcess):
    """A child of the fork server that has imported `modules`."""

    modules: tuple[str, ...] = ()

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802 -- the library's name
        with _starting, _no_main(), _server_of(cast(_Process, process_obj).modules):
            return multiprocessing.context.ForkServerProcess._Popen(process_obj)


class Context(multiprocessing.context.ForkServerContext):
    """How workers that need these modules start."""

    def __init__(self, *modules: str) -> None:
        super().__init__()
        self._modules = modules

    def Process(self, *args: Any, **kwargs: Any) -> _Process:  # type: ignore[override]  # noqa: N802 -- a class there; the library's name
        process = _Process(*args, **kwargs)
        process.modules = self._modules
        return process


@contextmanager
def _server_of(modules: tuple[str, ...]) -> Iterator[None]:
    """Let a child come from the fork server that has imported these, has no threads, and lives as long as we do.

    The library has one server for all, which cannot import anything once it runs: after the feeds each worker would
    import trafilatura for itself.
    """
    if modules not in _servers:
        _servers[modules] = forkserver.ForkServer()
        _servers[modules].set_forkserver_preload(list(modules))
    usual = forkserver.connect_to_new_process
    forkserver.connect_to_new_process = _servers[modules].connect_to_new_process
    try:
        yield
    finally:
        forkserver.connect_to_new_process = usual


@contextmanager
def _no_main() -> Iterator[None]:
    """Hide where `__main__` came from, or a child would run it again: Airflow's may not run in one."""
    main = sys.modules["__main__"]
    hidden: dict[str, Any] = {name: vars(main).pop(name) for name in ("__file__", "__spec__") if name in vars(main)}
    try:
        main.__spec__ = None
        yield
    finally:
        del main.__spec__
        vars(main).update(hidden)
