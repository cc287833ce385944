"""Ask an analyst to approve new briefs, where a list of readers wants approved ones only.

### What it does

`pending` finds the briefs that a list with `approved: true` in `config/digest.yaml` waits for, each of them once,
and up to 100 in one run.
`approve` then shows each brief under Required Actions, for 20 hours. Approve lets that revision into the digest.
Hold, or no answer, keeps it out.
Without such a list nobody is asked, and `approve` is skipped.

### When it fails

- Red `pending`: the database or a configuration file; the log names it. Clear it, and it asks again.
- Red `approve`: the answer could not be stored. Clear the task, and it asks again.
- A brief was held by mistake, or nobody was there: `policywire brief approve STORY --analyst NAME`.
- A brief that changed after it was approved is a new revision, and is asked about anew.

### By hand

Trigger it: it asks about whatever nobody was asked about yet. `policywire brief list` shows the stories.
"""

from __future__ import annotations

from _approval import Approve, pending
from _assets import BRIEFS
from _tasks import COMMON
from airflow.sdk import DAG, task

RUN = "{{ dag_run.run_after.isoformat() }}"  # the same for every try
# A run waits for its analyst, and later briefs must not wait for that run.
MANY = {**COMMON, "max_active_runs": 16, "dagrun_timeout": None}

with DAG("approve_briefs", doc_md=__doc__, schedule=[BRIEFS], tags=["policywire", "draft"], **MANY):
    Approve.partial(task_id="approve", map_index_template="{{ task.story }}").expand_kwargs(
        task(task_id="pending")(pending)(moment=RUN)
    )
