"""The stage digest, over a real database: one edition a list and day, committed before it is sent."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from pipeline.adapters.html import HtmlRenderer
from pipeline.adapters.http import AiohttpClient
from pipeline.adapters.store import SqlStore, open_store
from pipeline.domain.brief import Brief, Evidence, Source, Statement
from pipeline.domain.digest import digest_text
from pipeline.domain.edition import Content, Health, Item, ReaderList
from pipeline.domain.feed import Feed, Poll
from pipeline.domain.scope import Scope, Window
from pipeline.domain.state import State
from pipeline.ports import Deps, Sending
from pipeline.stages import digest, fetch
from pipeline.stages.digest.compilation import fit
from tests.adapters.store.told import tell
from tests.fakes import FakeHttp, FakeStore, deps

HALF_AN_HOUR = timedelta(minutes=30)
NOON = datetime(2025, 7, 26, 12, tzinfo=UTC)
HEADERS = set("Subject From Date Message-ID List-Id Auto-Submitted MIME-Version Content-Type".split())
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
    tell(store, [b.story for b in briefs])
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
    assert set(parts) == {"text/plain", "text/html", "image/png"}
    for kind in ("text/plain", "text/html"):
        assert "Twelve states signed a treaty" in parts[kind]
        assert "https://harbor.example/1" in parts[kind]


def test_fault_69_a_second_run_sends_nothing_and_changes_no_byte(given: Deps, store: SqlStore) -> None:
    save(store, brief())
    digest.run(given, Scope())
    before = dict(files(given))
    files(given).clear()

    report = digest.run(at(given, NOON + timedelta(minutes=15)), Scope())

    assert report.counts == {}
    assert len(mails(given)) == 2
    assert files(given).items() <= before.items()


def test_a_brief_that_arrives_after_the_edition_stands_in_the_next_one_only(given: Deps, store: SqlStore) -> None:
    save(store, brief())
    digest.run(given, Scope())
    save(store, brief(story="s2", title="A late one"))
    digest.run(given, Scope())

    digest.run(at(given, NOON + timedelta(days=1)), Scope())

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

    assert {"digest/2025-07-27.eml", "digest/2025-07-27.html"} <= set(files(given))


def test_fault_79_what_is_seen_late_is_in_the_next_digest_once(given: Deps, store: SqlStore) -> None:
    digest.run(given, Scope())
    save(store, brief(title="Told the day before"))  # its sources are of the day whose edition is out

    for days in (1, 2):
        digest.run(replace(given, now=lambda days=days: NOON + timedelta(days=days)), Scope())  # type: ignore[misc]  # mypy cannot infer a default

    told = [b"Told the day before" in files(given)[f"digest/2025-07-{day}.html"] for day in (26, 27, 28)]
    assert told == [False, True, False]


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
    digest.run(at(replace(given, feeds=(Feed(url=bad.feed_url, outlet="A"),)), NOON + timedelta(days=1)), Scope())

    assert "all feeds are failing" in mails(given)[-1][1]["Subject"]
    assert "Alarm" in mails(given)[-1][1].get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_fault_17_and_70_a_host_that_is_down_is_a_failing_feed_from_the_socket_to_the_digest(
    given: Deps, store: SqlStore
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        pair = f"127.0.0.1:{closed.getsockname()[1]}"
    client = AiohttpClient(allowed=frozenset({pair}), unpaced=frozenset({pair}), hosts=store, timeout_seconds=5)
    url = f"http://{pair}/feed"
    given = replace(given, http=client, feeds=(Feed(url=url, outlet="Down"),))

    report = fetch.run(given, Scope())
    digest.run(given, Scope())

    poll = store.polls([url])[url]
    assert report.counts == {"network-error": 1}
    assert (poll.health, poll.failures, poll.next_poll > NOON) == (State.FAILING, 1, True)
    assert "all feeds are failing" in mails(given)[-1][1]["Subject"]


def test_a_day_on_which_fetching_did_not_run_is_an_alarm_though_the_feeds_were_well_before(
    given: Deps, store: SqlStore
) -> None:
    feed = Feed(url="https://a.example/feed", outlet="A")
    store.save_polls([Poll(feed_url=feed.url, state=State.POLLED, polled_at=NOON, next_poll=NOON)])
    save(store, brief())
    given = replace(given, feeds=(feed,))
    digest.run(given, Scope())
    assert mails(given)[-1][1]["Subject"] == "Desk, 2025-07-26: 1 brief"

    digest.run(at(given, NOON + timedelta(days=1)), Scope())
    save(store, brief(story="s2"))
    digest.run(at(given, NOON + timedelta(days=10)), Scope())

    assert mails(given)[-1][1]["Subject"] == "Desk, 2025-08-05: 1 brief, no feed was read"
    for part in mails(given)[-1][1].get_body(("plain",)), mails(given)[-1][1].get_body(("html",)):
        assert part is not None
        assert "none of 1 feeds was read since the last digest; fetching did not run" in part.get_content()


def at(given: Deps, now: datetime) -> Deps:
    return replace(given, now=lambda: now)


def states(store: SqlStore) -> dict[str, str]:
    return {d.recipient: d.state for d in store.deliveries(NOON.date(), "desk")}


def test_fault_68_one_refused_reader_stops_nobody_else_and_is_named(given: Deps, store: SqlStore) -> None:
    cast(Mailer, given.mailer).answers = {"a@desk.example": (State.REFUSED, "mail.example: 550")}

    report = digest.run(given, Scope())

    assert report.counts == {"written": 1, "refused": 1, "sent": 1}
    assert report.failures == ("a@desk.example: refused: mail.example: 550",)
    assert states(store) == {"a@desk.example": "refused", "b@desk.example": "sent"}


def test_fault_68_a_deferred_mail_alone_is_tried_again_with_growing_waits_and_given_up_in_the_end(
    given: Deps, store: SqlStore
) -> None:
    given = replace(given, readers=(replace(READERS, hour=14),))  # 12:00 UTC: the next edition comes a day later
    mailer = cast(Mailer, given.mailer)
    mailer.answers = {"a@desk.example": (State.DEFERRED, "mail.example: 451")}
    tried = []

    for minutes in range(0, 24 * 60, 15):
        now = NOON + timedelta(minutes=minutes)
        report = digest.run(at(given, now), Scope())
        if any("a@desk.example" in line for line in report.failures):
            tried.append(minutes)

    assert tried == [0, 15, 45, 105, 225, 465, 825, 1185]
    assert states(store) == {"a@desk.example": "refused", "b@desk.example": "sent"}
    assert [recipient for recipient, _ in mailer.sent] == ["b@desk.example"]


def test_a_mail_that_waits_for_our_own_mending_is_never_given_up(given: Deps, store: SqlStore) -> None:
    given = replace(given, readers=(replace(READERS, recipients=("a@desk.example",)),))
    mailer = cast(Mailer, given.mailer)
    mailer.answers = {"a@desk.example": (State.DEFERRED, "mail.example: 550")}
    mailer.ours = True
    for hours in range(0, 11 * 6, 6):
        digest.run(replace(given, now=lambda hours=hours: NOON + timedelta(hours=hours)), Scope())  # type: ignore[misc]  # mypy cannot infer a default

    mailer.answers = {}
    digest.run(at(given, NOON + timedelta(hours=72)), Scope())

    assert states(store) == {"a@desk.example": "sent"}


def test_a_mail_whose_fate_is_unknown_is_never_sent_again_by_itself(given: Deps, store: SqlStore) -> None:
    mailer = cast(Mailer, given.mailer)
    mailer.answers = {"a@desk.example": (State.UNKNOWN, "mail.example: SMTPServerDisconnected")}
    digest.run(given, Scope())
    mailer.answers = {}

    digest.run(at(given, NOON + timedelta(hours=5)), Scope())

    assert states(store) == {"a@desk.example": "unknown", "b@desk.example": "sent"}
    assert [r for r, _ in mailer.sent] == ["b@desk.example"]


def test_a_dry_run_writes_files_and_commits_and_sends_nothing(given: Deps, store: SqlStore) -> None:
    save(store, brief())

    report = digest.run(given, Scope(mail=False))

    assert report.counts == {"written": 1}
    assert b"The first one" in files(given)["digest/2025-07-26.html"]
    assert store.edition(NOON.date(), "desk") is None
    assert mails(given) == []
    assert digest.run(given, Scope()).counts == {"written": 1, "sent": 2}


def test_a_suppressed_reader_gets_nothing(given: Deps, store: SqlStore) -> None:
    store.suppress("desk", "A@desk.example", NOON)

    digest.run(given, Scope())

    assert [r for r, _ in mails(given)] == ["b@desk.example"]


def test_an_address_that_nobody_can_write_to_is_refused_alone(given: Deps, store: SqlStore) -> None:
    readers = replace(READERS, recipients=("a..b@desk.example", "b@desk.example", "z@desk.example@"))

    report = digest.run(replace(given, readers=(readers,)), Scope())

    assert report.counts == {"written": 1, "sent": 1, "refused": 2}
    assert "a..b@desk.example: refused: expected one mail address" in report.failures[0]
    assert [r for r, _ in mails(given)] == ["b@desk.example"]
    assert digest.run(given, Scope()).counts == {}


def test_a_list_of_approved_briefs_waits_for_the_analyst(given: Deps, store: SqlStore) -> None:
    given = replace(given, readers=(replace(READERS, approved=True),))
    save(store, brief(), brief(story="s2", title="Nobody read this"))
    store.approve("s1", 1, "A. Reed", NOON)

    digest.run(given, Scope())

    page = files(given)["digest/2025-07-26.html"]
    assert b"The first one" in page
    assert b"Nobody read this" not in page


def test_every_mail_can_be_unsubscribed_by_mail_and_by_one_click_where_an_address_is_set(given: Deps) -> None:
    address = "https://desk.example/stop?who={recipient}"
    digest.run(given, Scope())
    digest.run(at(replace(given, readers=(replace(READERS, unsubscribe=address),)), NOON + timedelta(days=1)), Scope())

    (_, by_mail), *_, (_, by_click) = mails(given)
    assert by_mail["List-Unsubscribe"] == "<mailto:policywire@localhost?subject=unsubscribe%20desk>"
    assert by_mail["List-Unsubscribe-Post"] is None
    assert by_click["List-Unsubscribe"].startswith("<https://desk.example/stop?who=b%40desk.example>, <mailto:")
    assert by_click["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_addresses_go_out_readable_however_long_they_and_the_links_are(given: Deps) -> None:
    sender = "policywire-digest-of-the-day@" + "policy-institute-of-the-region." * 3 + "example.org"
    reader = "a.reader.with.a.long.name.indeed@" + "department-of-long-names." * 3 + "desk.example"
    readers = replace(
        READERS,
        sender=f"Büro für Fragen der Zeit, Abteilung für Ausführliches und für Weiteres <{sender}>",
        recipients=(f"Ann Reed <{reader}>",),
        unsubscribe="https://desk.example/a/path/to/the/page/where/readers/of/the/digest/leave?who={recipient}",
    )

    digest.run(replace(given, readers=(readers,)), Scope())

    head = cast(Mailer, given.mailer).raw[0].partition(b"\r\n\r\n")[0].decode("ascii")
    who = reader.replace("@", "%40")
    assert f"\r\nList-Unsubscribe: <{readers.unsubscribe.replace('{recipient}', who)}>,\r\n <mailto:{sender}" in head
    assert f"\r\nList-Id: <desk.{sender.partition('@')[2]}>\r\n" in head
    assert f"\r\n <{sender}>\r\n" in head
    assert head.startswith(f"To: Ann Reed <{reader}>\r\n")
    assert re.search(rf"\r\nMessage-ID: <\w+@{re.escape(sender.partition('@')[2])}>\r\n", head)
    name = re.search(r"\r\nFrom: (.*?)\r\n <", head, re.S)
    assert name
    assert str(make_header(decode_header(name[1]))) == readers.sender.partition(" <")[0]
    assert max(map(len, head.splitlines())) <= 998


def test_a_grown_story_stands_under_developing_with_what_is_new(given: Deps, store: SqlStore) -> None:
    save(store, brief())
    digest.run(given, Scope())
    grown = brief()
    extra = replace(grown.statements[0], text="A thirteenth state joined.")
    save(store, replace(grown, statements=(grown.statements[0], extra, grown.statements[1])))

    digest.run(at(given, NOON + timedelta(days=1)), Scope())

    text = str(mails(given)[-1][1].get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert "DEVELOPING" in text
    assert "Since the last edition: A thirteenth state joined [1]." in text


def test_fault_71_a_mail_of_500_briefs_stays_small_and_lists_the_titles_of_the_rest(
    given: Deps, store: SqlStore
) -> None:
    save(store, *(brief(story=f"s{n}", title=f"Story number {n}") for n in range(500)))

    digest.run(replace(given, public_url="https://desk.example/digest"), Scope())

    message = mails(given)[0][1]
    page = str(message.get_body(("html",)).get_content())  # type: ignore[union-attr]
    text = str(message.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert len(page.encode()) < 100_000
    assert {f"Story number {n}" for n in range(500)} <= {line.removeprefix("- ") for line in text.splitlines()}
    assert "https://desk.example/digest/2025-07-26.html" in page
    assert files(given)["digest/2025-07-26.html"].count(b"<article") == 500


@pytest.mark.parametrize(("count", "length"), [(2000, 65), (500, 1000), (500, 5000)])
def test_fault_71_a_mail_stays_small_whatever_the_titles_and_says_how_many_are_not_listed(
    given: Deps, count: int, length: int
) -> None:
    titles = [f"{n} " + ("Ministers & others “agree” on shared rules " * length)[:length] for n in range(count)]
    items = tuple(Item(brief=brief(story=f"s{n}", title=title)) for n, title in enumerate(titles))
    content = Content(readers=READERS, day=NOON.date(), items=items, health=Health())

    fitting = fit(given, content, "cid:weeks")

    page, text = given.renderer.mail(fitting, "cid:weeks"), digest_text(fitting)
    assert len(page.encode()) < 100_000
    assert len(fitting.items) > 10
    assert len(fitting.items) + len(fitting.left_out) + fitting.unlisted == count
    for part in page, text:
        assert f"{count - len(fitting.items)} more briefs did not fit" in part
        assert f"and {fitting.unlisted:,} more" in part
    assert max(map(len, fitting.left_out)) <= 200


def test_an_edition_s_files_are_named_by_day_and_keep_their_name_when_lists_come_or_change_places(
    given: Deps,
) -> None:
    other = replace(READERS, id="other", title="Other")
    digest.run(replace(given, public_url="https://desk.example/d"), Scope())

    digest.run(at(replace(given, readers=(other, READERS)), NOON + timedelta(hours=1)), Scope())
    digest.run(at(replace(given, readers=(READERS, other)), NOON + timedelta(days=1)), Scope())

    assert {n.removeprefix("digest/").removesuffix(".html") for n in files(given) if n.endswith(".html")} == {
        "desk",
        "other",
        "2025-07-26",
        "2025-07-26-other",
        "2025-07-27-desk",
        "2025-07-27-other",
    }
    assert b'href="2025-07-26.html"' in files(given)["digest/desk.html"]
    assert b'href="2025-07-27-desk.html"' in files(given)["digest/desk.html"]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("changes", [date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)])
def test_fault_77_each_local_day_has_one_edition_and_each_brief_is_in_one(
    given: Deps, store: SqlStore, zone: str, changes: date
) -> None:
    readers = replace(READERS, zone=zone, hour=0)
    begin, end = (datetime.combine(changes + timedelta(days=n), time(), ZoneInfo(zone)) for n in (-1, 2))
    ticks = int((end.astimezone(UTC) - begin.astimezone(UTC)) / HALF_AN_HOUR)

    # At each tick a brief is there and then the stage looks: midnight's own brief is the last of the day before.
    for tick in range(ticks + 1):
        save(store, brief(story=f"s{tick}", title=f"Story {tick}"))
        now = begin.astimezone(UTC) + HALF_AN_HOUR * tick
        digest.run(at(replace(given, readers=(readers,), mailer=None), now), Scope())

    editions = store.editions("desk", 10)[::-1]
    hours = [0.5, *(length(changes + timedelta(days=n), zone) for n in (-1, 0, 1))]
    assert [e.day for e in editions] == [changes + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [len(e.briefs) / 2 for e in editions] == hours
    assert sorted(story for e in editions for story, _ in e.briefs) == sorted(f"s{n}" for n in range(ticks + 1))


def length(day: date, zone: str) -> float:
    """The hours of a local day: 23 where the clock goes forward, 25 where it goes back."""
    change = {("Europe/Berlin", "2026-03-29"): -1, ("America/New_York", "2026-03-08"): -1}
    change |= {("Europe/Berlin", "2026-10-25"): 1, ("America/New_York", "2026-11-01"): 1}
    return 24 + change.get((zone, day.isoformat()), 0)


def test_fault_78_a_clock_that_steps_back_or_forward_loses_and_repeats_no_brief(given: Deps, store: SqlStore) -> None:
    steps = [0, 24, 22, -2, 25, 48]
    for n, hours in enumerate(steps):
        save(store, brief(story=f"s{n}", title=f"Story {n}"))
        digest.run(at(given, NOON + timedelta(hours=hours)), Scope())

    shown = [story for e in store.editions("desk", 10) for story, _ in e.briefs]
    assert sorted(shown) == [f"s{n}" for n in range(len(steps))]


def test_fault_80_after_three_days_without_a_run_one_edition_holds_everything(given: Deps, store: SqlStore) -> None:
    digest.run(given, Scope())
    save(store, brief(), brief(story="s2", title="Another"))

    digest.run(at(given, NOON + timedelta(days=3)), Scope())

    assert [len(e.briefs) for e in store.editions("desk", 5)] == [2, 0]


def test_a_window_never_mails(given: Deps, store: SqlStore) -> None:
    save(store, brief())

    report = digest.run(given, Scope(window=Window.of_days(NOON.date(), NOON.date())))

    assert report.counts == {}
    assert mails(given) == []
    assert files(given) == {}


def test_without_a_mail_server_the_edition_is_files_and_nobody_is_owed_a_mail(given: Deps, store: SqlStore) -> None:
    digest.run(replace(given, mailer=None), Scope())

    assert {"digest/2025-07-26.eml", "digest/2025-07-26.html"} <= set(files(given))
    assert states(store) == {}


def test_fault_66_a_hostile_title_adds_no_header_and_no_recipient(given: Deps, store: SqlStore) -> None:
    hostile = replace(READERS, title="News\r\nBcc: evil@x.example\u202e" + "🎉" * 3000)
    save(store, brief(title="<script>alert(1)</script>\r\nBcc: evil@x.example"))

    digest.run(replace(given, readers=(hostile,)), Scope())

    message = message_from_bytes(files(given)["digest/2025-07-26.eml"], policy=SMTP)
    assert message["Bcc"] is None
    assert set(message.keys()) == HEADERS
    assert len(message["Subject"]) <= 510
    assert b"<script>" not in files(given)["digest/2025-07-26.html"]


def test_the_message_id_depends_on_day_and_list_alone(given: Deps, store: SqlStore) -> None:
    digest.run(given, Scope())
    first = mails(given)[0][1]["Message-ID"]
    assert {m["Message-ID"] for _, m in mails(given)} == {first}

    digest.run(at(given, NOON + timedelta(days=1)), Scope())

    assert mails(given)[-1][1]["Message-ID"] != first
    assert mails(given)[-1][1]["Auto-Submitted"] == "auto-generated"
