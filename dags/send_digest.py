"""Write the day's edition of each list of readers once its local hour has come, and mail it. Looks every 15 minutes.

### What it does

One edition for each list and local day; zone and hour stand in `config/digest.yaml` and are read in the task.
The mail server is `POLICYWIRE_SMTP`, or Airflow's connection `smtp_default`; without one the edition is written to
the output folder only. A run that is not done 10 minutes after it was queued is told to the operators.

### When it fails

- Red `digest`: nothing could be done. The log gives the mail server's answer; check address, port and password.
- Some mails were put off: the task is green and counts them; they are tried again for a day, with growing waits.
- Some mails are `unknown`: the connection broke after the message. Look into the mail server's log, then settle
  each with `policywire edition resolve` or `resend`. Nothing is sent twice by itself.
- Nobody got mail and nothing is red: no mail server is set, or the list has no recipients.
- The hour passed while the scheduler was down: the first run after it is back sends the edition.

### By hand

A run by hand writes files only, unless the form's field Mail says `yes`.
Without Airflow: `policywire digest`, or `policywire digest --force` before the hour. It is safe to repeat: an edition
that was mailed is not mailed again.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from _forms import FORCED, MAIL, MAILED
from _tasks import TIMED, stage
from airflow.sdk import DAG
from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference
from policywire_alerts import digest_is_late

LATE = DeadlineAlert(
    reference=DeadlineReference.DAGRUN_QUEUED_AT,
    interval=timedelta(minutes=10),
    callback=AsyncCallback(digest_is_late),
)
# `airflow dags test` dies at the end of a good run where the DAG has a deadline (apache/airflow #73428, in 3.3.2).
SCHEDULED = not {"dag-processor", "reserialize"}.isdisjoint(sys.argv)

with DAG(
    "send_digest",
    doc_md=__doc__,
    schedule="*/15 * * * *",
    tags=["policywire", "digest"],
    params=MAIL,
    deadline=LATE if SCHEDULED else None,
    **TIMED,
) as dag:
    stage("digest", {**MAILED, **FORCED})
