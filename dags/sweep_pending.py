"""Take up, every 15 minutes, whatever an event missed.

### What it does

Events can get lost in a burst, while a DAG is paused, or before it was parsed for the first time. This runs `extract`,
`classify`, `cluster` and `draft` over what is pending. Usually that is nothing, and the run takes seconds. It neither
fetches nor mails.

### When it fails

- Red task: see the manual of the DAG that usually runs this stage; later tasks did not run.
- It finds much work each time: events do not arrive. Check that the other DAGs are not paused.

### By hand

Trigger it; the form chooses one stage alone. Without Airflow: `policywire extract`, `policywire classify`,
`policywire cluster`, `policywire draft`. All are safe to repeat.
"""

from __future__ import annotations

from _assets import BRIEFS
from _forms import STAGE
from _tasks import TIMED, stage
from airflow.sdk import DAG

ONLY = "{{ params.stage }}"

with DAG(
    "sweep_pending",
    doc_md=__doc__,
    schedule="5,20,35,50 * * * *",
    tags=["policywire", "repair"],
    params=STAGE,
    **TIMED,
):
    extracted, flagged, clustered = (stage(name, only=ONLY) for name in ("extract", "classify", "cluster"))
    extracted >> flagged >> clustered >> stage("draft", news=BRIEFS, only=ONLY)
