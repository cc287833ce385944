"""What one poll brought: a feed's entries, or the named state of an answer that is none."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from pipeline.domain.entry import Entry, tidy
from pipeline.domain.feed import Feed, Poll
from pipeline.domain.state import State
from pipeline.errors import ParseError
from pipeline.ports import Deps, Reply

WALL = re.compile(rb"captcha|cf-challenge|challenge-platform|just a moment|type=.password|access denied", re.IGNORECASE)
WALL_BYTES = 50_000  # of the answer's beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """One poll: its state, and the entries where there was a feed to parse."""

    feed: Feed
    reply: Reply
    state: State
    reason: str = ""
    body_sha256: str = ""
    entries: tuple[Entry, ...] = ()


def read(deps: Deps, feed: Feed, reply: Reply, poll: Poll | None) -> Polled:
    """Parse a reply, unless it says or shows that nothing changed."""
    if reply.state is not State.OK:
        return Polled(feed=feed, reply=reply, state=reply.state, reason=reply.error)
    sha256 = hashlib.sha256(reply.body).hexdigest()
    if poll and poll.body_sha256 == sha256:
        return Polled(feed=feed, reply=reply, state=State.UNCHANGED, body_sha256=sha256)
    try:
        entries = tuple(tidy(e, deps.canonical) for e in deps.parser.parse(feed, reply))
    except ParseError as error:
        return Polled(feed=feed, reply=reply, state=State(error.state), reason=_reason(error, reply.body))
    if not entries and poll and poll.items:
        reason = f"the feed has no entry, the last time it had {poll.items}"
        return Polled(feed=feed, reply=reply, state=State.SUSPICIOUS_EMPTY, reason=reason)
    return Polled(feed=feed, reply=reply, state=State.POLLED, body_sha256=sha256, entries=entries)


def _reason(error: ParseError, body: bytes) -> str:
    if error.state == State.NOT_A_FEED and WALL.search(body[:WALL_BYTES]):
        return "the answer is a log-in, captcha or refusal page"
    return error.reason
