"""Read the feeds that are due, every 15 minutes.

### What it does

Four tasks, each with a fixed share of the hosts, read feeds and store new entries; the bytes are archived.
Then `announce` wakes `extract_articles`, if any entry is new.

### When it fails

- One red `fetch` task: every feed of that share failed, which usually means the network or one large host.
  The other shares were announced all the same. It is tried twice more, then again in 15 minutes.
- All four red: look at the network, the proxy and the database. The task's log names each feed and its reason.
- Failed at once, without retries: a configuration file is wrong. The log names file, line and key.
- A single broken feed never makes a task red. `policywire feeds list` lists the feeds and how they fare.
- Tasks stay scheduled: the pool `fetch` is full or missing (Admin, Pools).

### By hand

Trigger it; the form narrows it to some feeds, or reads archived feeds of past days again without asking anybody.
Without Airflow: `policywire fetch`, for one share `policywire fetch --shard 0/4`, for feeds that are not due
`policywire fetch --force`. It is safe to repeat.
"""

from __future__ import annotations

from _assets import ENTRIES, announce
from _forms import DAYS, FEEDS, FORCE, FORCED, SINCE, THESE_FEEDS
from _tasks import TIMED, sharded
from airflow.sdk import DAG

PARAMS = {**FEEDS, **FORCE, **DAYS}

with DAG(
    "fetch_feeds",
    doc_md=__doc__,
    schedule="*/15 * * * *",
    tags=["policywire", "fetch"],
    params=PARAMS,
    **TIMED,
):
    announce(ENTRIES, sharded("fetch", 4, {**SINCE, **THESE_FEEDS, **FORCED}))
