"""Digest: one edition a day and list; rendered and committed before anything is sent."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pipeline.domain.digest import digest_text, heading
from pipeline.domain.edition import Content, Delivery, Edition, Item, ReaderList, Reason
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.domain.text import clean
from pipeline.ports import Deps, Report

MAIL_BYTES = 95_000  # some mail programs cut the HTML part at 102,400
WEEKS = timedelta(days=27)  # beside the day itself
STALE = timedelta(minutes=15)  # a mail that has been on its way for longer belongs to a run that died
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=6)
ATTEMPTS = 8
ARCHIVED = 28  # editions in the page of links and in the feed
TERMS = 5


def run(deps: Deps, scope: Scope) -> Report:
    """Write today's edition of each list whose hour has come, then send what is prepared; `force` does not wait.

    Without `mail` the editions are files only: nothing is committed, so the same briefs come again in the next
    edition. A window never mails: it counts nothing.
    """
    if scope.window:
        return Report.of("digest", ())
    states: list[State] = []
    for readers in deps.readers:
        local = deps.now().astimezone(ZoneInfo(readers.zone))
        edition = deps.store.edition(local.date(), readers.id)
        if edition is None and local.hour < readers.hour and not scope.force:
            states.append(State.NOT_DUE)
            continue
        if edition is None:
            edition = compile_edition(deps, readers, local.date())
            states.append(State.WRITTEN)
            if scope.mail:
                deps.store.save_edition(edition, recipients(deps, readers), deps.now())
                edition = deps.store.edition(local.date(), readers.id) or edition
                write_archive(deps, readers)
        write(deps, edition)
    if not scope.mail:
        return Report.of("digest", states)
    failures = []
    for delivery, state, reason in deliver(deps):
        states.append(state)
        failures += [f"{delivery.recipient}: {state}: {reason}"] if reason else []
    return Report.of("digest", states, failures)


def recipients(deps: Deps, readers: ReaderList) -> list[str]:
    """Who gets a mail: nobody where there is no mail server, and nobody who asked for none."""
    silent = deps.store.suppressed(readers.id)
    return [r for r in readers.recipients if parseaddr(r)[1].lower() not in silent] if deps.mailer else []


def compile_edition(deps: Deps, readers: ReaderList, day: date) -> Edition:
    """Render the edition of `day`: the newest of every brief that this list has not had yet."""
    items, settled = deps.store.pending_items(readers)
    content = Content(
        readers=readers,
        day=day,
        items=tuple(explained(deps, item) for item in items),
        health=deps.store.health(datetime.combine(day, time(), ZoneInfo(readers.zone))),
        per_day=tuple(deps.store.stories_per_day(day - WEEKS, day, readers.zone)),
    )
    edition = Edition(
        day=day, list_id=readers.id, title=subject(content), html="", text="", eml=b"", briefs=tuple(settled)
    )
    if deps.public_url:
        content = replace(content, archive_url=f"{deps.public_url}/{file_name(deps, edition)}.html")
    picture = deps.renderer.picture(content.per_day)
    page = deps.renderer.digest(content, "data:image/png;base64," + base64.b64encode(picture).decode())
    fitting = fit(deps, content, picture_id(edition))
    text = clean(digest_text(fitting))
    message = compose(edition, readers, deps.now(), text, deps.renderer.mail(fitting, picture_id(edition)), picture)
    return replace(edition, html=page, text=text, eml=message.as_bytes(policy=SMTP))


def explained(deps: Deps, item: Item) -> Item:
    """The item with the reasons why its story was flagged, and the countries of its outlets."""
    ids = [s.article_id for s in item.brief.sources]
    set_ = [f for f in deps.store.flags(ids) if f.flagged]
    reasons = []
    for topic in deps.topics:
        flags = sorted((f for f in set_ if f.topic == topic.id), key=lambda f: (-f.probability, f.article_id))
        if flags:
            terms = tuple(dict.fromkeys(term for f in flags for term in f.terms))[:TERMS]
            surest = flags[0]
            reasons.append(
                Reason(label=topic.label, probability=surest.probability, terms=terms, sentence=surest.sentence)
            )
    countries = sorted({a.country for a in deps.store.articles(ids)})
    return replace(item, reasons=tuple(reasons), countries=tuple(countries))


def fit(deps: Deps, content: Content, picture: str) -> Content:
    """As many briefs as fit into one mail; the titles of the others are listed."""
    few, many = 0, len(content.items)
    while few < many:
        middle = (few + many + 1) // 2
        size = len(deps.renderer.mail(first(content, middle), picture).encode())
        few, many = (middle, many) if size <= MAIL_BYTES else (few, middle - 1)
    return first(content, few)


def first(content: Content, count: int) -> Content:
    """The content with its first items, in the order of the sections, and only the titles of the rest."""
    ordered = [item for _, items in content.sections for item in items]
    rest = tuple(item.brief.title for item in ordered[count:])
    return replace(content, items=tuple(ordered[:count]), left_out=rest)


def subject(content: Content) -> str:
    """The subject line: how much there is, or that nothing came, or that something is wrong."""
    briefs, health = len(content.items), content.health
    if not briefs and health.feeds_failing and not health.feeds_read:
        return f"{heading(content)}: all feeds are failing"
    return f"{heading(content)}: " + (f"{briefs} brief{'s' if briefs != 1 else ''}" if briefs else "nothing new")


def picture_id(edition: Edition) -> str:
    """The address of the picture inside the mail; its id is told apart by day and list."""
    return f"cid:weeks.{digest_id(edition)}@policywire"


def digest_id(edition: Edition) -> str:
    return hashlib.sha256(f"{edition.day}/{edition.list_id}".encode()).hexdigest()[:24]


def compose(edition: Edition, readers: ReaderList, now: datetime, text: str, html: str, picture: bytes) -> EmailMessage:
    """A multipart mail without recipient; every part of it but the date depends on the edition alone."""
    name, address = parseaddr(readers.sender)
    domain = address.partition("@")[2] or "localhost"
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(edition.title)
    message["From"] = Address(one_line(name), addr_spec=address)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{digest_id(edition)}@{domain}>"
    message["List-Id"] = f"<{readers.id}.{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    page = message.get_body(("html",))
    assert isinstance(page, EmailMessage)  # noqa: S101 -- it was added a line before
    page.add_related(picture, "image", "png", cid=f"<{picture_id(edition).removeprefix('cid:')}>", filename="weeks.png")
    for n, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"{digest_id(edition)}-{n}")
    return message


def one_line(text: str) -> str:
    """Header text: control characters would make the mail library refuse the whole digest.

    >>> one_line("News\\r\\nBcc: a@b.example")
    'News Bcc: a@b.example'
    """
    return " ".join(re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+", " ", text).split())[:500]


def write(deps: Deps, edition: Edition) -> None:
    """Lay the edition where people look for it."""
    name = file_name(deps, edition)
    deps.files.write(f"digest/{name}.eml", edition.eml)
    deps.files.write(f"digest/{name}.html", edition.html.encode())


def file_name(deps: Deps, edition: Edition) -> str:
    """Day and list; the first list's name stays out of it."""
    list_ = "" if edition.list_id == deps.readers[0].id else f"-{edition.list_id}"
    return edition.day.isoformat() + list_


def write_archive(deps: Deps, readers: ReaderList) -> None:
    """The newest editions of a list as a page of links and as an Atom feed."""
    editions = [(file_name(deps, e), e) for e in deps.store.editions(readers.id, ARCHIVED)]
    page, feed = deps.renderer.archive(readers, readers.id, editions, deps.public_url)
    deps.files.write(f"digest/{readers.id}.html", page.encode())
    deps.files.write(f"digest/{readers.id}.xml", feed.encode())


def deliver(deps: Deps) -> Iterator[tuple[Delivery, State, str]]:
    """Send the committed bytes of every mail that is due; one refusal stops nobody else.

    A mail that was surely not taken waits and is tried again; one whose fate is unknown waits for an operator.
    """
    if deps.mailer is None:
        return
    claimed: list[Delivery] = []
    for sending in deps.mailer.send_all(_claimed(deps, claimed)):
        delivery = claimed.pop()
        state, reason, again = sending.state, sending.reason, None
        if state is State.DEFERRED and delivery.attempts + 1 < ATTEMPTS:
            again = deps.now() + min(FIRST_WAIT * 2**delivery.attempts, LONGEST_WAIT)
        elif state is State.DEFERRED:
            state, reason = State.REFUSED, f"given up after {ATTEMPTS} attempts: {reason}"
        deps.store.close_delivery(delivery, state, reason, again)
        yield delivery, state, reason


def _claimed(deps: Deps, claimed: list[Delivery]) -> Iterator[tuple[str, bytes]]:
    """Each mail that is due, once this run alone holds it. `claimed` ends with the one on its way."""
    edition: Edition | None = None
    lists = {readers.id: readers for readers in deps.readers}
    for delivery in deps.store.due_deliveries(deps.now(), deps.now() - STALE):
        if edition is None or (edition.day, edition.list_id) != (delivery.day, delivery.list_id):
            edition = deps.store.edition(delivery.day, delivery.list_id)
        if edition and deps.store.claim_delivery(delivery, deps.now()):
            claimed.append(delivery)
            yield delivery.recipient, addressed(edition.eml, lists.get(delivery.list_id), delivery.recipient)


def addressed(eml: bytes, readers: ReaderList | None, recipient: str) -> bytes:
    """The committed bytes with the recipient's own headers before them; `readers` is None for a list that is gone."""
    header = EmailMessage(policy=SMTP)
    name, address = parseaddr(recipient)
    header["To"] = Address(one_line(name), addr_spec=address)
    if readers:
        ways = [f"<mailto:{parseaddr(readers.sender)[1]}?subject=unsubscribe%20{readers.id}>"]
        if readers.unsubscribe:
            ways.insert(0, f"<{readers.unsubscribe.replace('{recipient}', quote(address, safe=''))}>")
            header["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        header["List-Unsubscribe"] = ", ".join(ways)
    return header.as_bytes().removesuffix(b"\r\n") + eml
