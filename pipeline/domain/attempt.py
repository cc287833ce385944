"""Attempts: when a page that could not be read is tried again, and when no more."""

from __future__ import annotations

from datetime import datetime, timedelta

from pipeline.domain.state import State

ATTEMPTS = 5
FIRST_WAIT = timedelta(minutes=15)
GROWTH = 4  # waits of 15 minutes, 1, 4 and 16 hours: a bad day of a server is survived
PASSING = frozenset({State.NETWORK_ERROR, State.TIMEOUT, State.UNREADABLE})
PASSING_STATUS = frozenset({408, 425, 429})


UNREAD = PASSING | {
    State.QUARANTINED,
    State.HTTP_ERROR,
    State.BLOCKED,
    State.DISALLOWED,
    State.THIN,
    State.WRONG_PAGE,
    State.NOT_HTML,
    State.TOO_LARGE,
}
"""What an operator may bring back."""


def passes(state: State, status: int) -> bool:
    """Whether a failure may be gone the next time; `status` is HTTP's, 0 where there was none.

    >>> passes(State.HTTP_ERROR, 503), passes(State.HTTP_ERROR, 404), passes(State.THIN, 200)
    (True, False, False)
    """
    refused = state in {State.HTTP_ERROR, State.NOT_NOW} and (status >= 500 or status in PASSING_STATUS)
    return state in PASSING or refused


def next_try(attempts: int, now: datetime, asked: timedelta = timedelta()) -> datetime | None:
    """When to try again after so many failures, not before what the server `asked` for; None after the last one."""
    return now + max(FIRST_WAIT * GROWTH ** (attempts - 1), asked) if attempts < ATTEMPTS else None
