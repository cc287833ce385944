"""The fields of the form for manual runs, and how their values reach a stage."""

from __future__ import annotations

from typing import Any

from airflow.sdk import Param

STAGES = ("extract", "classify", "cluster", "draft")


def _day(title: str, description: str) -> Any:
    return Param(None, type=["null", "string"], format="date", title=title, description_md=description)


def _lines(title: str, description: str) -> Any:
    return Param([], type=["array", "null"], items={"type": "string"}, title=title, description_md=description)


DAYS = {
    "since": _day("First day to redo", "A UTC day. Empty: whatever is pending, which is what the schedule does."),
    "until": _day("Last day to redo", "A UTC day, included. Empty: the first day alone."),
}
FEEDS = {"feeds": _lines("Feeds", "Addresses as in `config/feeds.yaml`, one a line. Empty: all.")}
TOPICS = {"topics": _lines("Topics", "Topic ids as in `config/topics.yaml`, one a line. Empty: all.")}
FORCE = {
    "force": Param(
        False,
        type=["boolean", "null"],
        title="Feeds that are not due, too",
        description_md="Sites ask for a pace; use it for a feed that you mend.",
    )
}
STAGE = {
    "stage": Param(
        "all", type="string", enum=["all", *STAGES], title="Stage", description_md="All four, or this one alone."
    )
}
MAIL = {
    "mail": Param(
        "as scheduled",
        type="string",
        enum=["as scheduled", "yes", "no"],
        title="Mail",
        # No code marks: in a text of two lines they cover the other line.
        description_md="**as scheduled**: runs by the clock mail, runs by hand write files only. "
        "**yes**: mail now, to everybody who has not had today's edition. **no**: files only.",
    ),
    "force": Param(
        False,
        type=["boolean", "null"],
        title="Before the hour, too",
        description_md="Also lists whose local hour has not come yet.",
    ),
}

SINCE = {"since": "{{ params.since or '' }}", "until": "{{ params.until or '' }}"}
THESE_FEEDS = {"feeds": "{{ (params.feeds or []) | join(',') }}"}
THESE_TOPICS = {"topics": "{{ (params.topics or []) | join(',') }}"}
FORCED = {"force": "{{ 'yes' if params.force else 'no' }}"}
MAILED = {
    "mail": "{{ params.mail if params.mail in ('yes', 'no') else 'yes' if dag_run.run_type == 'scheduled' else 'no' }}"
}
