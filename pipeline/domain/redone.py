"""A day that is redone: how it stands, and what that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

Content = Mapping[str, Mapping[str, str]]
"""Table to key to a text that differs when the row says something else."""

STAGES = ("extract", "classify", "cluster", "draft")
"""What a day is redone through, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedoneDay:
    """One day of one run. `stages`: those that are done, each with `counts` and `changes`."""

    run: str
    day: date
    state: str
    started: datetime
    finished: datetime | None = None
    reason: str = ""
    stages: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)

    @property
    def left(self) -> tuple[str, ...]:
        """The stages that are still to be done."""
        return tuple(s for s in STAGES if s not in self.stages)

    @property
    def changes(self) -> dict[str, int]:
        """What the stages changed together, such as {"articles changed": 2}."""
        total: dict[str, int] = {}
        for done in self.stages.values():
            for what, count in done["changes"].items():
                total[what] = total.get(what, 0) + count
        return total


def changes(before: Content, after: Content) -> dict[str, int]:
    """How many rows are new, changed or gone, by table; what stayed is left out.

    >>> changes({"flags": {"a": "0.1", "b": "0.2"}}, {"flags": {"b": "0.3", "c": "0.4"}})
    {'flags new': 1, 'flags changed': 1, 'flags gone': 1}
    """
    found = {}
    for table, rows in after.items():
        old = before.get(table, {})
        found[f"{table} new"] = len(rows.keys() - old.keys())
        found[f"{table} changed"] = sum(old[key] != rows[key] for key in rows.keys() & old.keys())
        found[f"{table} gone"] = len(old.keys() - rows.keys())
    return {what: count for what, count in found.items() if count}


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included.

    >>> [d.day for d in days(date(2025, 7, 30), date(2025, 8, 1))]
    [30, 31, 1]
    """
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)
