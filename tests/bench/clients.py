"""One client of the fetch benchmark, in a process of its own: poll all feeds four times and print what it cost.

python clients.py policywire|reader|plain ADDRESS FEEDS FOLDER
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]


def cpu() -> float:
    """Seconds of processor time of this process and of all below it, those that have ended included."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    # A worker is a child of the fork server, so that its time is not counted among our children's while that lives.
    ticks = sum(sum(map(int, fields[11:15])) for fields in _below(os.getpid()))
    return sum(u.ru_utime + u.ru_stime for u in used) + ticks / os.sysconf("SC_CLK_TCK")


def _below(top: int) -> Iterator[list[str]]:
    """What /proc/PID/stat says, after the name, of every process below one."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            stats[int(path.parent.name)] = path.read_text().rpartition(")")[2].split()
    family = {top}
    while grown := {pid for pid, fields in stats.items() if int(fields[1]) in family} - family:
        family |= grown
    return (stats[pid] for pid in family - {top})


def feed_home(urls: list[str], folder: Path) -> None:
    """A home of our own that follows these feeds, and the environment that points to it."""
    sys.path.insert(0, str(ROOT))
    (folder / "config").mkdir()
    for file in (ROOT / "config").glob("*.yaml"):
        (folder / "config" / file.name).write_text(file.read_text())
    rows = "".join(f"  - url: {url}\n    outlet: Bench\n" for url in urls)
    (folder / "config" / "feeds.yaml").write_text("feeds:\n" + rows)
    (folder / "models").symlink_to(ROOT / "models")
    os.environ |= {
        "POLICYWIRE_HOME": str(folder),
        "POLICYWIRE_OUT": str(folder / "out"),
        "POLICYWIRE_DATABASE": f"sqlite:///{folder / 'bench.db'}",
        "POLICYWIRE_ALLOW": urls[0].split("/")[2],
    }
    import logging

    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def policywire(urls: list[str], folder: Path) -> Callable[[], dict[str, int]]:
    feed_home(urls, folder)
    from pipeline import settings
    from pipeline.adapters.store import open_store
    from pipeline.runner import run_stage

    open_store(settings.load().database_url).close()
    return lambda: dict(run_stage("fetch", force="yes").counts)


def reader(urls: list[str], folder: Path) -> Callable[[], dict[str, int]]:
    from reader import make_reader

    library = make_reader(str(folder / "reader.db"))
    for url in urls:
        library.add_feed(url)

    def poll() -> dict[str, int]:
        counts = {"new": 0, "unchanged": 0, "failed": 0}
        for result in library.update_feeds_iter(scheduled=False, workers=20):
            feed = result.updated_feed
            counts["new"] += feed.new if feed else 0
            counts["unchanged"] += result.value is None
            counts["failed"] += isinstance(result.value, Exception)
        return counts

    return poll


def plain(urls: list[str], folder: Path) -> Callable[[], dict[str, int]]:
    """A script as one would write it: no guard, no limits, no manners, nothing kept but validators in memory."""
    import aiohttp
    import feedparser

    etags: dict[str, str] = {}

    async def poll() -> dict[str, int]:
        counts = {"new": 0, "unchanged": 0}
        room = asyncio.Semaphore(20)
        async with aiohttp.ClientSession() as session:

            async def one(url: str) -> None:
                async with room, session.get(url, headers={"If-None-Match": etags.get(url, '"none"')}) as answer:
                    if answer.status == 304:
                        counts["unchanged"] += 1
                        return
                    etags[url] = answer.headers["ETag"]
                    counts["new"] += len(feedparser.parse(BytesIO(await answer.read())).entries)

            await asyncio.gather(*(one(url) for url in urls))
        return counts

    return lambda: asyncio.run(poll())


def main() -> None:
    name, address, feeds, folder = sys.argv[1:]
    urls = [f"{address}/{n}" for n in range(int(feeds))]
    poll = {"policywire": policywire, "reader": reader, "plain": plain}[name](urls, Path(folder))
    out = []
    for _ in range(4):
        before, start = cpu(), time.monotonic()
        counts = poll()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        spent, wall = cpu() - before, time.monotonic() - start
        with urlopen(f"{address}/answered") as seen:  # noqa: S310 -- the benchmark's own server
            answered = json.load(seen)
        row = {"cpu_ms": 1000 * spent / len(urls), "seconds": wall, "peak_mb": peak}
        out.append(row | {"counts": counts, "answered": answered})
    print(json.dumps(out))


if __name__ == "__main__":
    main()
