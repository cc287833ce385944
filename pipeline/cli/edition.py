"""`policywire edition`: what was mailed to whom, and an operator's word where nobody can know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Annotated

import typer
from rich.table import Table

from pipeline import settings
from pipeline.adapters.store import SqlStore, open_store
from pipeline.adapters.store.outbox import SENDING
from pipeline.cli.show import out, say
from pipeline.domain.edition import Delivery, Edition
from pipeline.domain.mailbox import mailbox, reader_key
from pipeline.errors import UsageError

app = typer.Typer(help="Editions and their mails.", no_args_is_help=True)
ROWS = 28

Day = Annotated[str, typer.Argument(help="The edition's local day, such as 2025-07-26.")]
List = Annotated[str, typer.Argument(metavar="LIST", help="The list's id in config/digest.yaml.")]
Recipient = Annotated[str, typer.Argument(help="The mail address; a name before it and capitals do not matter.")]


@app.command("list")
def list_editions() -> None:
    """The newest editions of each list, of lists that are gone, too: briefs, and mails by state."""
    table = Table("day", "list", "title", "mails")
    with _store() as store:
        for list_id in _lists(store):
            for edition in store.editions(list_id, ROWS):
                states = Counter(d.state for d in store.deliveries(edition.day, edition.list_id))
                mails = ", ".join(f"{n} {state}" for state, n in sorted(states.items())) or "none: files only"
                table.add_row(edition.day.isoformat(), edition.list_id, edition.title, mails)
    out.print(table)


@app.command()
def show(day: Day, list_id: List) -> None:
    """The text part of an edition, then every mail with its state."""
    with _store() as store:
        edition = _edition(store, day, list_id)
        say(edition.text)
        for mail in store.deliveries(edition.day, list_id):
            reason = f": {mail.reason}" if mail.reason else ""
            say(f"{mail.state:10} {mail.recipient} ({mail.attempts} attempts){reason}")


@app.command()
def resend(day: Day, list_id: List, recipient: Recipient) -> None:
    """Send the committed mail again with the next digest run, although this recipient may have it already."""
    _decide(day, list_id, recipient, "prepared", "")


@app.command()
def resolve(
    day: Day, list_id: List, recipient: Recipient, state: Annotated[str, typer.Argument(help="sent or refused")]
) -> None:
    """Settle a mail whose fate is unknown, after a look into the mail server's log."""
    if state not in {"sent", "refused"}:
        raise UsageError(f'expected sent or refused, got "{state}"')
    _decide(day, list_id, recipient, state, "settled by an operator")


@app.command()
def suppress(list_id: List, recipient: Recipient) -> None:
    """From now on this recipient gets nothing of the list."""
    with _store() as store:
        _known(store, list_id)
        store.suppress(list_id, _reader(recipient), datetime.now(UTC))


@app.command()
def restore(list_id: List, recipient: Recipient) -> None:
    """Take a suppression back."""
    with _store() as store:
        _known(store, list_id)
        if not store.restore(list_id, _reader(recipient)):
            raise UsageError(f"{recipient} was not suppressed on the list {list_id}")


def _decide(day: str, list_id: str, recipient: str, state: str, reason: str) -> None:
    with _store() as store:
        edition = _edition(store, day, list_id)
        key = reader_key(recipient)
        mail = next((d for d in store.deliveries(edition.day, list_id) if d.recipient == key), None)
        if mail is None:
            raise UsageError(f"the edition {day} of {list_id} holds no mail to {recipient}")
        if not store.decide_delivery(mail, state, reason, datetime.now(UTC)):
            raise UsageError(_why_not(mail))


def _why_not(mail: Delivery) -> str:
    if mail.state == SENDING:
        return f"a run may be sending the mail to {mail.recipient}; if it died, a run 15 minutes later says unknown"
    return f"{mail.recipient} asked to get nothing of {mail.list_id}; `policywire edition restore` takes that back"


def _lists(store: SqlStore) -> list[str]:
    """The configured lists, then those that are gone but had editions."""
    configured = [readers.id for readers in settings.load().readers()]
    return configured + [list_id for list_id in store.edition_lists() if list_id not in configured]


def _known(store: SqlStore, list_id: str) -> None:
    if list_id not in (lists := _lists(store)):
        raise UsageError(f'no list is called "{list_id}"; there are {", ".join(lists)}')


def _reader(recipient: str) -> str:
    try:
        return mailbox(recipient).address
    except ValueError as error:
        raise UsageError(f'{error}, got "{recipient}"') from error


def _edition(store: SqlStore, day: str, list_id: str) -> Edition:
    try:
        edition = store.edition(date.fromisoformat(day), list_id)
    except ValueError as error:
        raise UsageError(f'expected a day such as 2025-07-26, got "{day}"') from error
    if edition is None:
        raise UsageError(f"no edition of {list_id} on {day}; `policywire edition list` shows them")
    return edition


@contextmanager
def _store() -> Iterator[SqlStore]:
    store = open_store(settings.load().database_url)
    try:
        yield store
    finally:
        store.close()
