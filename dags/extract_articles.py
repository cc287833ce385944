"""Read the pages of new entries, when `fetch_feeds` announces some.

Takes every pending entry from the database, reads its page and stores the text as an article.
Then `announce` wakes `flag_articles`, or is skipped when no article is new.

**When it fails**

- Red `extract`: every pending page failed. With many pages that is the network; with one or two it is often
  those pages. The log gives the reasons; the entries that may still be read stay pending.
- Entries `quarantined`: five attempts failed. `policywire requeue --list` gives the reasons, `policywire requeue`
  brings them back.
- Timed out: what was stored stays stored, and the next run goes on from there.
- Failed at once, without retries: a configuration file is wrong. The log names file, line and key.

**By hand**

`policywire extract`, or for one day again `policywire extract --since 2025-07-26`. It is safe to repeat.
"""

from __future__ import annotations

from _assets import ARTICLES, COMMON, ENTRIES, announce, stage
from airflow.sdk import DAG

with DAG("extract_articles", doc_md=__doc__, schedule=[ENTRIES], tags=["policywire", "extract"], **COMMON):
    announce(ARTICLES, stage("extract"))
