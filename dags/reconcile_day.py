"""Redo one UTC day through `extract`, `classify`, `cluster` and `draft`: yesterday each night, any day by Backfill.

The day is the first day of the run's data interval. Nothing is fetched or mailed. Flags of the same article, topic
and model are overwritten; a brief that was already mailed gets a new revision.

**When it fails**

- Red task: see the manual of the DAG that usually runs this stage. Clear the task to go on from there.
- The log says that `data_interval_start` is undefined: the run was triggered without a date. Give it one.
- A backfill of many days keeps other work waiting: pause it in the Backfill banner, and go on at night.

**By hand**

The Backfill button, or `airflow backfill create --dag-id reconcile_day --from-date 2025-07-26 --to-date 2025-07-27`.
Without Airflow: `policywire extract --since 2025-07-26`, then the same for `classify`, `cluster` and `draft`.
All are safe to repeat.
"""

from __future__ import annotations

from _assets import COMMON, stage
from airflow.sdk import DAG, CronDataIntervalTimetable

DAY = "{{ data_interval_start | ds }}"
NIGHTLY = CronDataIntervalTimetable("0 0 * * *", timezone="UTC")

with DAG("reconcile_day", doc_md=__doc__, schedule=NIGHTLY, tags=["policywire", "repair"], **COMMON):
    extracted, flagged, clustered, drafted = (
        stage(name, since=DAY, until=DAY) for name in ("extract", "classify", "cluster", "draft")
    )
    extracted >> flagged >> clustered >> drafted
