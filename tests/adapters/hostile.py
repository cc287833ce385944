"""What the pool's tests let its workers do: each a way for one item to take its process with it."""

from __future__ import annotations

import os
import signal
import threading
import time


def work(item: str) -> tuple[str, int]:
    """The item and the worker's process id, unless the item is a bad one."""
    if item == "spin":
        while True:
            pass
    if item == "sleep":
        time.sleep(60)
    if item == "eat":
        bytearray(4 * 2**30)
    if item == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if item == "threads":
        assert threading.active_count() == 1
    return item, os.getpid()
