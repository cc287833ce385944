"""One mail: its headers, its size, and what a hostile title cannot do to it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP
from typing import cast

import pytest

from pipeline.adapters.store import SqlStore
from pipeline.domain.digest import digest_text
from pipeline.domain.edition import Content, Health, Item
from pipeline.domain.scope import Scope
from pipeline.ports import Deps
from pipeline.stages import digest
from pipeline.stages.digest.compilation import fit
from tests.stages.digest.desk import NOON, READERS, Mailer, at, brief, files, mails, part, save

HEADERS = set("Subject From Date Message-ID List-Id Auto-Submitted MIME-Version Content-Type".split())


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


def test_fault_71_a_mail_of_500_briefs_stays_small_and_lists_the_titles_of_the_rest(
    given: Deps, store: SqlStore
) -> None:
    save(store, *(brief(story=f"s{n}", title=f"Story number {n}") for n in range(500)))

    digest.run(replace(given, public_url="https://desk.example/digest"), Scope())

    message = mails(given)[0][1]
    page = part(message, "html")
    text = part(message)
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
    for said in page, text:
        assert f"{count - len(fitting.items)} more briefs did not fit" in said
        assert f"and {fitting.unlisted:,} more" in said
    assert max(map(len, fitting.left_out)) <= 200


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
