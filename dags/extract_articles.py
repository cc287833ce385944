"""Read the pages of new entries, when `fetch_feeds` announces some or they came by another way.

### What it does

Takes every pending entry from the database, reads its page and stores the text as an article.
New articles wake `flag_articles`.
Entries that somebody fetched on the command line start it, too.

### When it fails

- Red `extract`: every pending page failed, and there were several, so it is the network rather than a page.
  The log gives the reasons; the entries that may still be read stay pending.
- Entries `quarantined`: five attempts failed. `policywire requeue --list` gives the reasons, `policywire requeue`
  brings them back.
- Timed out: what was stored stays stored, and the next run goes on from there.
- Failed at once, without retries: a configuration file is wrong. The log names file, line and key.
- Tasks stay scheduled: the pool `extract` is full or missing (Admin, Pools).

### By hand

Trigger it; the form names days to read again. Without Airflow: `policywire extract`, or for one day again
`policywire extract --since 2025-07-26`. It is safe to repeat.
"""

from __future__ import annotations

from _assets import ARTICLES, ENTRIES
from _forms import DAYS, FEEDS, SINCE, THESE_FEEDS
from _tasks import COMMON, stage
from airflow.sdk import DAG

PARAMS = {**DAYS, **FEEDS}

with DAG(
    "extract_articles", doc_md=__doc__, schedule=[ENTRIES], tags=["policywire", "extract"], params=PARAMS, **COMMON
):
    stage("extract", {**SINCE, **THESE_FEEDS}, news=ARTICLES)
