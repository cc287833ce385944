"""Write the day's edition of each list of readers, and mail it, daily at 11:00 UTC.

One edition for each list and local day. Without a mail server the edition is written to the output folder only.

**When it fails**

- Red `digest`: no list could be served. The log gives the mail server's answer; check address, port and password.
- One list failed, others went out: the task is green and counts the failure; a repeat sends what is missing.
- Nobody got mail and nothing is red: no mail server is set, or the list has no recipients.
- 11:00 UTC passed while the scheduler was down: the run starts when it is back.

**By hand**

`policywire digest`. It is safe to repeat: an edition that was mailed is not mailed again.
"""

from __future__ import annotations

from _assets import COMMON, stage
from airflow.sdk import DAG

with DAG("send_digest", doc_md=__doc__, schedule="0 11 * * *", tags=["policywire", "digest"], **COMMON):
    stage("digest")
