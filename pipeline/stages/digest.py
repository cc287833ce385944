"""Digest: one edition a day and list; rendered and committed before anything is sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from zoneinfo import ZoneInfo

from pipeline.domain.brief import Brief
from pipeline.domain.edition import Edition, Health, ReaderList
from pipeline.domain.renderings import digest_text
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.errors import MailError
from pipeline.ports import Deps, Report


def run(deps: Deps, scope: Scope) -> Report:
    """Write today's edition of each list whose hour has come, then send what is prepared; `force` does not wait.

    A window never mails: it counts nothing.
    """
    states: list[State] = []
    failures: list[str] = []
    for readers in () if scope.window else deps.readers:
        local = deps.now().astimezone(ZoneInfo(readers.zone))
        day = local.date()
        edition = deps.store.edition(day, readers.id)
        if edition is None and local.hour < readers.hour and not scope.force:
            states.append(State.NOT_DUE)
            continue
        if edition is None:
            edition = compile_edition(deps, readers, day)
            deps.store.save_edition(edition, readers.recipients if deps.mailer else (), deps.now())
            states.append(State.WRITTEN)
        write(deps, edition)
        for recipient, state, reason in deliver(deps, edition, readers):
            states.append(state)
            failures += [f"{recipient}: {state}: {reason}"] if reason else []
    return Report.of("digest", states, failures)


def compile_edition(deps: Deps, readers: ReaderList, day: date) -> Edition:
    """Render the edition of `day`: every brief revision that this list has not had yet."""
    briefs = deps.store.pending_briefs(readers)
    health = deps.store.health(datetime.combine(day, time(), ZoneInfo(readers.zone)))
    flags = deps.store.flags(sorted({s.article_id for b in briefs for s in b.sources}))
    html = deps.renderer.digest(readers, day, briefs, health, flags)
    text = digest_text(readers.title, day, briefs, health, flags)
    message = compose(readers, day, deps.now(), subject(readers, day, briefs, health), html, text)
    return Edition(
        day=day,
        list_id=readers.id,
        html=html,
        text=text,
        eml=message.as_bytes(policy=SMTP),
        briefs=tuple((b.story, b.revision) for b in briefs),
    )


def subject(readers: ReaderList, day: date, briefs: Sequence[Brief], health: Health) -> str:
    """The subject line: how much there is, or that nothing came, or that something is wrong."""
    if not briefs and health.feeds_failing and not health.feeds_read:
        return f"{readers.title}, {day.isoformat()}: all feeds are failing"
    count = f"{len(briefs)} brief{'s' if len(briefs) != 1 else ''}" if briefs else "nothing new"
    return f"{readers.title}, {day.isoformat()}: {count}"


def compose(readers: ReaderList, day: date, now: datetime, title: str, html: str, text: str) -> EmailMessage:
    """A multipart/alternative mail whose Message-ID depends on day and list only."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(title)
    message["From"] = one_line(readers.sender)
    message["Date"] = format_datetime(now)
    digest = hashlib.sha256(f"{day}/{readers.id}".encode()).hexdigest()[:24]
    domain = parseaddr(readers.sender)[1].partition("@")[2] or "localhost"
    message["Message-ID"] = f"<{digest}@{domain}>"
    message["List-Id"] = f"<{readers.id}.{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message


def one_line(text: str) -> str:
    """Header text: control characters would make the mail library refuse the whole digest.

    >>> one_line("News\\r\\nBcc: a@b.example")
    'News Bcc: a@b.example'
    """
    return " ".join(re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+", " ", text).split())[:500]


def write(deps: Deps, edition: Edition) -> None:
    """Lay the edition where people look for it; only the first list's name stays out of the file name."""
    name = edition.day.isoformat() if edition.list_id == deps.readers[0].id else f"{edition.day}-{edition.list_id}"
    deps.files.write(f"digest/{name}.eml", edition.eml)
    deps.files.write(f"digest/{name}.html", edition.html.encode())


def deliver(deps: Deps, edition: Edition, readers: ReaderList) -> Iterator[tuple[str, State, str]]:
    """Send the committed bytes to every recipient whose row is still 'prepared'; one refusal stops nobody else."""
    if deps.mailer is None:
        return
    for recipient in readers.recipients:
        if not deps.store.claim_delivery(edition.day, edition.list_id, recipient):
            continue
        message = BytesParser(policy=SMTP).parsebytes(edition.eml)
        assert isinstance(message, EmailMessage)  # noqa: S101 -- the policy's message factory makes no other
        message["To"] = recipient
        state, reason = State.SENT, ""
        try:
            deps.mailer.send(message, recipient)
        except MailError as error:
            state, reason = State.REFUSED, str(error)
        deps.store.close_delivery(edition.day, edition.list_id, recipient, state, reason)
        yield recipient, state, reason
