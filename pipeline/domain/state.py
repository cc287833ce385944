"""The counted states: every item of every stage ends in exactly one of them."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What became of one feed, entry, page, article, story, brief or mail."""

    # a feed's poll
    POLLED = "polled"
    UNCHANGED = "unchanged"
    NOT_DUE = "not-due"
    SUSPICIOUS_EMPTY = "suspicious-empty"
    NOT_A_FEED = "not-a-feed"
    DISABLED = "disabled"
    # a feed's health, learnt over many polls (beside ok, unchanged, suspicious-empty, not-a-feed, disabled, blocked)
    QUIET = "quiet"
    FAILING = "failing"
    # an entry
    NEW = "new"
    KNOWN = "known"
    NO_LINK = "no-link"
    PENDING = "pending"
    # a page
    OK = "ok"
    THIN = "thin"
    WRONG_PAGE = "wrong-page"
    NOT_HTML = "not-html"
    OTHER_LANGUAGE = "other-language"
    QUARANTINED = "quarantined"
    # an article whose text is not its page's
    FEED_TEXT = "feed-text"
    # a request, for feeds and pages alike
    BLOCKED = "blocked"
    DISALLOWED = "disallowed"
    NOT_NOW = "not-now"
    HTTP_ERROR = "http-error"
    NETWORK_ERROR = "network-error"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"
    # an article's flags
    FLAGGED = "flagged"
    NOT_FLAGGED = "not-flagged"
    # an article's place in a story
    FOUNDED = "founded"
    JOINED = "joined"
    # a story's brief
    DRAFTED = "drafted"
    REVISED = "revised"
    NO_EVIDENCE = "no-evidence"
    # a digest
    WRITTEN = "written"
    SENT = "sent"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"


FAILED = frozenset(
    {
        State.NOT_A_FEED,
        State.SUSPICIOUS_EMPTY,
        State.BLOCKED,
        State.DISALLOWED,
        State.HTTP_ERROR,
        State.NETWORK_ERROR,
        State.TIMEOUT,
        State.TOO_LARGE,
        State.UNREADABLE,
        State.DEFERRED,
        State.QUARANTINED,
        State.WRONG_PAGE,
        State.REFUSED,
        State.UNKNOWN,
    }
)
"""The states that an operator should look at; the others are the ordinary course of a day."""

FRESH = frozenset({State.NEW, State.OK, State.FLAGGED, State.FOUNDED, State.JOINED, State.DRAFTED, State.REVISED})
"""The states that give the next stage work."""
