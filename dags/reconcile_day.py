"""Redo one UTC day through `extract`, `classify`, `cluster` and `draft`: yesterday each night, any day by Backfill.

### What it does

Pages that failed are asked for again, thin ones are read again from the archive, stories and briefs follow.
The day is the first day of the run's data interval. No feed is asked, and nothing is mailed, whatever the run is.
Flags of the same article, topic and model are overwritten; a brief that was already mailed gets a new revision.
The run's note says what changed, and `policywire backfill --list` says it for every day. Doing a day twice changes
nothing the second time.

### When it fails

- Red task: see the manual of the DAG that usually runs this stage. Clear the task to go on from there.
- Tasks stay scheduled: past days go one at a time, through the pool `backfill` (Admin, Pools).
- A backfill of many days takes too long: pause or cancel it in the Backfill banner. Days that are done stay done.

### By hand

Trigger, Backfill: choose the days; Missing Runs redoes days that never ran, Missing and Errored Runs those that
failed as well, All Runs every day. Or
`airflow backfill create --dag-id reconcile_day --from-date 2025-07-26 --to-date 2025-07-27`.
Without Airflow: `policywire backfill --since 2025-07-26 --until 2025-07-27`, with `--dry-run` for the plan alone.
"""

from __future__ import annotations

from _tasks import COMMON, past
from airflow.sdk import DAG, CronDataIntervalTimetable

DAY = "{{ data_interval_start | ds }}"
NIGHTLY = CronDataIntervalTimetable("0 0 * * *", timezone="UTC")

with DAG("reconcile_day", doc_md=__doc__, schedule=NIGHTLY, tags=["policywire", "repair"], **COMMON):
    extracted, flagged, clustered, drafted = (past(name, DAY) for name in ("extract", "classify", "cluster", "draft"))
    extracted >> flagged >> clustered >> drafted
