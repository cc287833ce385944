"""The stage digest, over a real database: one edition a list and day, committed before it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any, cast

import pytest

from pipeline.adapters.html import HtmlRenderer
from pipeline.adapters.store import SqlStore, open_store
from pipeline.domain.brief import Brief, Evidence, Source, Statement
from pipeline.domain.edition import ReaderList
from pipeline.domain.feed import Poll
from pipeline.domain.scope import Scope, Window
from pipeline.domain.state import State
from pipeline.errors import MailError
from pipeline.ports import Deps
from pipeline.stages import digest
from tests.fakes import FakeHttp, FakeStore, deps

NOON = datetime(2025, 7, 26, 12, tzinfo=UTC)
READERS = ReaderList(
    id="desk", title="Desk", recipients=("a@desk.example", "b@desk.example"), zone="Europe/Berlin", hour=0
)


@dataclass
class Mailer:
    """Keeps what it is given; refuses the addresses in `refuses`."""

    sent: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)

    def send(self, message: EmailMessage, recipient: str) -> None:
        if recipient in self.refuses:
            raise MailError("mail.example: SMTPRecipientsRefused 550")
        self.sent.append((recipient, message))


@dataclass
class Folder:
    written: dict[str, bytes] = field(default_factory=dict)

    def write(self, name: str, data: bytes) -> None:
        self.written[name] = data


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    yield opened
    opened.close()


@pytest.fixture
def given(store: SqlStore) -> Deps:
    base = deps(FakeStore(), FakeHttp(), [])
    return replace(
        base,
        store=cast(Any, store),
        mailer=Mailer(),
        renderer=HtmlRenderer(),
        files=Folder(),
        readers=(READERS,),
        now=lambda: NOON,
    )


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
    store.save_briefs(briefs, NOON)


def mails(given: Deps) -> list[tuple[str, EmailMessage]]:
    return cast(Mailer, given.mailer).sent


def files(given: Deps) -> dict[str, bytes]:
    return cast(Folder, given.files).written


def test_an_edition_holds_the_new_briefs_in_both_parts_and_goes_to_every_reader(given: Deps, store: SqlStore) -> None:
    save(store, brief())

    report = digest.run(given, Scope())

    assert report.counts == {"written": 1, "sent": 2}
    assert [recipient for recipient, _ in mails(given)] == list(READERS.recipients)
    message = mails(given)[0][1]
    parts = {p.get_content_type(): p.get_content() for p in message.walk() if not p.is_multipart()}
    assert set(parts) == {"text/plain", "text/html"}
    assert all("Twelve states signed a treaty" in part for part in parts.values())
    assert all("https://harbor.example/1" in part for part in parts.values())


def test_fault_69_a_second_run_sends_nothing_and_changes_no_byte(given: Deps, store: SqlStore) -> None:
    save(store, brief())
    digest.run(given, Scope())
    before = dict(files(given))

    report = digest.run(replace(given, now=lambda: NOON + timedelta(minutes=15)), Scope())

    assert report.counts == {}
    assert len(mails(given)) == 2
    assert files(given) == before


def test_a_brief_that_arrives_after_the_edition_stands_in_the_next_one_only(given: Deps, store: SqlStore) -> None:
    save(store, brief())
    digest.run(given, Scope())
    save(store, brief(story="s2", title="A late one"))
    digest.run(given, Scope())

    digest.run(replace(given, now=lambda: NOON + timedelta(days=1)), Scope())

    assert b"A late one" not in files(given)["digest/2025-07-26.html"]
    assert b"A late one" in files(given)["digest/2025-07-27.html"]
    assert b"The first one" not in files(given)["digest/2025-07-27.html"]


def test_no_edition_is_written_before_the_list_s_local_hour_unless_forced(given: Deps, store: SqlStore) -> None:
    early = replace(given, readers=(replace(READERS, hour=15),))  # 12:00 UTC is 14:00 in Berlin

    assert digest.run(early, Scope()).counts == {"not-due": 1}
    assert files(given) == {}
    assert digest.run(replace(early, now=lambda: NOON + timedelta(hours=1)), Scope()).counts["written"] == 1


def test_a_forced_edition_does_not_wait_for_its_hour(given: Deps) -> None:
    early = replace(given, readers=(replace(READERS, hour=23),))

    assert digest.run(early, Scope(force=True)).counts["written"] == 1


def test_the_day_is_the_readers_own(given: Deps) -> None:
    late = replace(given, now=lambda: datetime(2025, 7, 26, 22, 30, tzinfo=UTC))

    digest.run(late, Scope())

    assert set(files(given)) == {"digest/2025-07-27.eml", "digest/2025-07-27.html"}


def test_a_list_gets_its_own_topics_only(given: Deps, store: SqlStore) -> None:
    save(store, brief(), brief(story="s2", title="About weights", topics=("open",)))

    digest.run(replace(given, readers=(replace(READERS, topics=frozenset({"open"})),)), Scope())

    page = files(given)["digest/2025-07-26.html"]
    assert b"About weights" in page
    assert b"The first one" not in page


def test_fault_70_a_quiet_day_says_so_and_a_day_of_failing_feeds_is_an_alarm(given: Deps, store: SqlStore) -> None:
    digest.run(given, Scope())
    assert "nothing new" in mails(given)[0][1]["Subject"]

    bad = Poll(
        feed_url="https://a.example/feed", state=State.HTTP_ERROR, polled_at=NOON, next_poll=NOON, reason="HTTP 500"
    )
    store.save_polls([bad])
    digest.run(replace(given, now=lambda: NOON + timedelta(days=1)), Scope())

    assert "all feeds are failing" in mails(given)[-1][1]["Subject"]
    assert "Alarm" in mails(given)[-1][1].get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_one_refused_reader_stops_nobody_else_and_is_named(given: Deps, store: SqlStore) -> None:
    cast(Mailer, given.mailer).refuses = {"a@desk.example"}

    report = digest.run(given, Scope())

    assert report.counts == {"written": 1, "refused": 1, "sent": 1}
    assert report.failures == ("a@desk.example: refused: mail.example: SMTPRecipientsRefused 550",)
    assert store.deliveries(NOON.date(), "desk") == {"a@desk.example": "refused", "b@desk.example": "sent"}


def test_a_window_never_mails(given: Deps, store: SqlStore) -> None:
    save(store, brief())

    report = digest.run(given, Scope(window=Window.of_days(NOON.date(), NOON.date())))

    assert report.counts == {}
    assert mails(given) == []
    assert files(given) == {}


def test_without_a_mail_server_the_edition_is_files_and_nobody_is_owed_a_mail(given: Deps, store: SqlStore) -> None:
    digest.run(replace(given, mailer=None), Scope())

    assert set(files(given)) == {"digest/2025-07-26.eml", "digest/2025-07-26.html"}
    assert store.deliveries(NOON.date(), "desk") == {}


def test_fault_66_a_hostile_title_adds_no_header_and_no_recipient(given: Deps, store: SqlStore) -> None:
    hostile = replace(READERS, title="News\r\nBcc: evil@x.example\u202e" + "🎉" * 3000)
    save(store, brief(title="<script>alert(1)</script>\r\nBcc: evil@x.example"))

    digest.run(replace(given, readers=(hostile,)), Scope())

    message = message_from_bytes(files(given)["digest/2025-07-26.eml"], policy=SMTP)
    assert message["Bcc"] is None
    assert len(message["Subject"]) <= 510
    assert b"<script>" not in files(given)["digest/2025-07-26.html"]


def test_the_message_id_depends_on_day_and_list_alone(given: Deps, store: SqlStore) -> None:
    digest.run(given, Scope())
    first = mails(given)[0][1]["Message-ID"]
    assert {m["Message-ID"] for _, m in mails(given)} == {first}

    digest.run(replace(given, now=lambda: NOON + timedelta(days=1)), Scope())

    assert mails(given)[-1][1]["Message-ID"] != first
    assert mails(given)[-1][1]["Auto-Submitted"] == "auto-generated"
