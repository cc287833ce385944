"""Flag the articles that nobody has flagged yet, when `extract_articles` announces some.

Gives each pending article a calibrated probability for every topic.
Then `announce` wakes `compile_briefs`, or is skipped when nothing new was flagged.

**When it fails**

- The log says that the model is missing or not the one in `models/manifest.json`: restore `models/`, or run
  `train_classifier`.
- The log says that a topic has no trained head: a topic was added to the configuration. Label articles, then train.
- Out of memory: the classifier loads the classifier once for each running task.

**By hand**

`policywire classify`, or for one day again `policywire classify --since 2025-07-26`. It is safe to repeat.
"""

from __future__ import annotations

from _assets import ARTICLES, COMMON, FLAGS, announce, stage
from airflow.sdk import DAG

with DAG("flag_articles", doc_md=__doc__, schedule=[ARTICLES], tags=["policywire", "classify"], **COMMON):
    announce(FLAGS, stage("classify"))
