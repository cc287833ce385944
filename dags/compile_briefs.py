"""Compile briefs of the flagged stories that changed, when `flag_articles` announces some.

### What it does

`cluster` puts articles about one development into one story; `draft` compiles a brief with numbered citations
for each flagged story that changed. New briefs wake `approve_briefs`.
The run's note links to its briefs.

### When it fails

- Red `cluster`: no brief is drafted in this run. Flags and articles are kept; `sweep_pending` tries again.
- Red `draft`, failed at once: a citation error in the log is a bug: nothing wrong was published; report it.
- A story without a brief is not a failure: it is counted as `no-evidence`, and the log has the reason.
- No space or no right to write: briefs are files in the output folder.

### By hand

Trigger it; the form names days or topics. Without Airflow: `policywire cluster`, then `policywire draft`.
Both are safe to repeat; a brief that was mailed gets a new revision.
"""

from __future__ import annotations

from _assets import BRIEFS, FLAGS
from _forms import DAYS, SINCE, THESE_TOPICS, TOPICS
from _tasks import COMMON, stage
from airflow.sdk import DAG

PARAMS = {**DAYS, **TOPICS}

with DAG("compile_briefs", doc_md=__doc__, schedule=[FLAGS], tags=["policywire", "draft"], params=PARAMS, **COMMON):
    stage("cluster", SINCE) >> stage("draft", {**SINCE, **THESE_TOPICS}, news=BRIEFS)
