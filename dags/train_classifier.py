"""Train the classifier from the labelled corpus in `models/corpus/`. Only when somebody triggers it.

### What it does

Writes the artefact and its manifest into `models/`, and returns the figures of cross-validation.
Articles are flagged by the new model from the next run of `flag_articles` on; older flags stay.

### When it fails

- The log names a corpus file and line: an item is not JSON or lacks a key. Mend the line.
- The log says that a topic needs more labelled items of each kind: label more, then train again.
- Timed out: training takes about a minute with the shipped corpus. The model in use is still the old one.
- The figures got worse: put `models/` back from version control, and look at the labels added last.

### By hand

Trigger it in Airflow, or run `policywire model train`. It is safe to repeat: same corpus, same model id.
"""

from __future__ import annotations

from typing import Any

from _tasks import COMMON
from airflow.sdk import DAG, task


def train() -> dict[str, Any]:
    """Train with the configured topics; the figures per topic."""
    from pipeline import settings, training

    config = settings.load()
    return training.train(config.home / "models", [topic.id for topic in config.topics()])


with DAG("train_classifier", doc_md=__doc__, schedule=None, tags=["policywire", "model"], **COMMON):
    task(task_id="train")(train)()
