"""Read the feeds that have news, as soon as somebody says so (`policywire feeds ping`).

### What it does

A ping makes its feeds due and rings a bell in the database; Airflow's triggerer hears it within a second or two.
This reads whatever is due, as `fetch_feeds` does on its timer; new entries wake `extract_articles`.

### When it fails

- Red `fetch`: every feed that was due failed. They stay due; `fetch_feeds` tries them again on its timer.
- A ping starts nothing: look whether the triggerer runs, and whether it has the same database (its log says so
  where it has none). The feeds are due all the same, and are read by the timer.
- It waits for a `fetch_feeds` run that reads the same hosts: that is meant to be.

### By hand

`policywire feeds ping URL`, or trigger it. It is safe to repeat: a feed that is not due is not asked.
"""

from __future__ import annotations

from _assets import ENTRIES, FEEDS
from _tasks import COMMON, stage
from airflow.sdk import DAG

with DAG("fetch_pinged", doc_md=__doc__, schedule=[FEEDS], tags=["policywire", "fetch"], **COMMON):
    stage("fetch", news=ENTRIES)
