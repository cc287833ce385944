"""The outbox: committed before it is sent, nobody twice, and every mail in a state that is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import cast

from pipeline.adapters.store import SqlStore
from pipeline.domain.scope import Scope, Window
from pipeline.domain.state import State
from pipeline.ports import Deps
from pipeline.stages import digest
from tests.stages.digest.desk import NOON, READERS, Mailer, at, brief, files, mails, save


def test_fault_69_a_second_run_sends_nothing_and_changes_no_byte(given: Deps, store: SqlStore) -> None:
    save(store, brief())
    digest.run(given, Scope())
    before = dict(files(given))
    files(given).clear()

    report = digest.run(at(given, NOON + timedelta(minutes=15)), Scope())

    assert report.counts == {}
    assert len(mails(given)) == 2
    assert files(given).items() <= before.items()


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
