"""Flag the articles that nobody has flagged yet, when `extract_articles` announces some.

### What it does

Gives each pending article a calibrated probability for every topic.
If any is flagged, `compile_briefs` wakes up.

### When it fails

- Failed at once, and the log says that the model is missing or not the one in `models/manifest.json`: restore
  `models/`, or run `train_classifier`. No article is passed over: they wait.
- The log says that a topic has no trained head: a topic was added to the configuration. Label articles, then train.
- Out of memory: each running task loads the classifier once.

### By hand

Trigger it; the form names days or topics. Without Airflow: `policywire classify`, or for one day again
`policywire classify --since 2025-07-26`. It is safe to repeat.
"""

from __future__ import annotations

from _assets import ARTICLES, FLAGS
from _forms import DAYS, SINCE, THESE_TOPICS, TOPICS
from _tasks import COMMON, stage
from airflow.sdk import DAG

PARAMS = {**DAYS, **TOPICS}

with DAG(
    "flag_articles", doc_md=__doc__, schedule=[ARTICLES], tags=["policywire", "classify"], params=PARAMS, **COMMON
):
    stage("classify", {**SINCE, **THESE_TOPICS}, news=FLAGS)
