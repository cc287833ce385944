"""What the tests of the digest share: a list of readers, a brief, and a mail server that remembers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import cast

from pipeline.adapters.store import SqlStore
from pipeline.domain.brief import Brief, Evidence, Source, Statement
from pipeline.domain.edition import ReaderList
from pipeline.domain.state import State
from pipeline.ports import Deps, Sending
from tests.adapters.store.told import tell

HALF_AN_HOUR = timedelta(minutes=30)
NOON = datetime(2025, 7, 26, 12, tzinfo=UTC)
READERS = ReaderList(
    id="desk", title="Desk", recipients=("a@desk.example", "b@desk.example"), zone="Europe/Berlin", hour=0
)


@dataclass
class Mailer:
    """Keeps what it is given; `answers` by recipient say otherwise."""

    sent: list[tuple[str, EmailMessage]] = field(default_factory=list)
    answers: dict[str, tuple[State, str]] = field(default_factory=dict)
    raw: list[bytes] = field(default_factory=list)
    ours: bool = False

    def send_all(self, mails: Iterable[tuple[str, bytes]]) -> Iterator[Sending]:
        for recipient, data in mails:
            state, reason = self.answers.get(recipient, (State.SENT, ""))
            if state is State.SENT:
                message = message_from_bytes(data, policy=SMTP)
                assert isinstance(message, EmailMessage)
                self.raw.append(data)
                self.sent.append((recipient, message))
            yield Sending(recipient=recipient, state=state, reason=reason, ours=self.ours)


@dataclass
class Folder:
    written: dict[str, bytes] = field(default_factory=dict)

    def write(self, name: str, data: bytes) -> None:
        self.written[name] = data

    def remove(self, name: str) -> None:
        self.written.pop(name, None)


def brief(story: str = "s1", title: str = "The first one", topics: tuple[str, ...] = ("states",)) -> Brief:
    evidence = Evidence(source=1, article_id="a1", start=0, end=9, sha256="0" * 64, score=1.0)
    source = Source(
        n=1,
        title="They sign",
        outlet="The Harbor",
        url="https://harbor.example/1",
        published=NOON,
        retrieved=NOON,
        sha256="0" * 64,
        group=1,
    )
    statements = (
        Statement(text="Twelve states signed a treaty.", paragraph=1, role="lead", evidence=(evidence,)),
        Statement(text="The treaty moves them closer.", paragraph=0, role="closing"),
    )
    return Brief(story=story, topics=topics, title=title, statements=statements, quote=None, sources=(source,))


def save(store: SqlStore, *briefs: Brief) -> None:
    tell(store, [b.story for b in briefs])
    store.save_briefs(briefs, NOON)


def mails(given: Deps) -> list[tuple[str, EmailMessage]]:
    return cast(Mailer, given.mailer).sent


def files(given: Deps) -> dict[str, bytes]:
    return cast(Folder, given.files).written


def at(given: Deps, now: datetime) -> Deps:
    return replace(given, now=lambda: now)


def part(message: EmailMessage, kind: str = "plain") -> str:
    """The text of a mail's plain part, or of its html one."""
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content())
