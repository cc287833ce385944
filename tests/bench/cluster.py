"""How placing grows: the stage over a window of 10,000 invented articles, for batches of 50, 200 and 800.

`python tests/bench/cluster.py` ends with 1 where a batch of 200 takes 5 s of one core, or where the cost grows
faster than the batch.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pipeline.adapters.store import open_store
from pipeline.domain.article import Article
from pipeline.domain.scope import Scope
from pipeline.ports import Deps
from pipeline.stages import cluster
from tests.fakes import FakeHttp, FakeStore, deps
from tests.stages.cluster.news import START, keep, telling, word

WINDOW = 10_000
BATCHES = (50, 200, 800)
MOST_SECONDS = 5.0  # of one core, for the batch in the middle


def main() -> int:
    random, numbers = Random(1), count()
    pool = [[word(random) for _ in range(24)] for _ in range(3000)]
    vocabulary = [word(random) for _ in range(20_000)]

    def news(size: int) -> list[Article]:
        """Accounts of random developments over 14 days, each with a tail of everyday words."""
        found = []
        for _ in range(size):
            at = START + timedelta(minutes=random.randint(0, 14 * 1440))
            one = telling(random, f"a{next(numbers)}", random.choice(pool), at)
            everyday = " ".join(vocabulary[min(int(random.paretovariate(0.6)), 19_999)] for _ in range(120))
            found.append(replace(one, text=f"{one.text} {everyday}"))
        return found

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/bench.db")
        wired = replace(deps(FakeStore(), FakeHttp(), []), store=store)
        keep(store, news(WINDOW))
        timed("first run", wired)
        costs = []
        for batch in BATCHES:
            keep(store, news(batch))
            costs.append(timed(f"batch of {batch}", wired))
        store.close()
    _, middle, large = costs
    short = [f"a batch of {BATCHES[1]} takes more than {MOST_SECONDS:g} s"] if middle > MOST_SECONDS else []
    short += ["cost grows faster than the batch"] if large / middle > BATCHES[2] / BATCHES[1] else []
    sys.stdout.write("\n".join(f"SHORT: {line}" for line in short) or "all figures reached")
    sys.stdout.write("\n")
    return int(bool(short))


def timed(name: str, wired: Deps) -> float:
    """Seconds of one core."""
    start, cpu = time.perf_counter(), time.process_time()
    report = cluster.run(wired, Scope())
    seconds, busy = time.perf_counter() - start, time.process_time() - cpu
    sys.stdout.write(f"{name}: {seconds:.2f} s, {busy:.2f} s of one core, {report.counts}\n")
    return busy


if __name__ == "__main__":
    sys.exit(main())
