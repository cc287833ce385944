"""Digest: one edition a day and list; rendered and committed before anything is sent.

The way of an edition: `compilation` (what it says), `letter` (the mail), `outbox` (its way to each reader).
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pipeline.domain.edition import Edition, ReaderList
from pipeline.domain.mailbox import reader_key
from pipeline.domain.scope import Scope
from pipeline.domain.state import State
from pipeline.ports import Deps, Report
from pipeline.stages.digest.compilation import compile_edition
from pipeline.stages.digest.outbox import deliver

ARCHIVED = 28  # editions in the page of links and in the feed


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
    return [r for r in readers.recipients if reader_key(r) not in silent] if deps.mailer else []


def write(deps: Deps, edition: Edition) -> None:
    """Lay the edition where people look for it."""
    name = name_of(deps, edition)
    deps.files.write(f"digest/{name}.eml", edition.eml)
    deps.files.write(f"digest/{name}.html", edition.html.encode())


def name_of(deps: Deps, edition: Edition) -> str:
    """The name that the edition was written under; older releases kept only the first list's id out of it."""
    first = edition.list_id == deps.readers[0].id
    return edition.name or edition.day.isoformat() + ("" if first else f"-{edition.list_id}")


def write_archive(deps: Deps, readers: ReaderList) -> None:
    """The newest editions of a list as a page of links and as an Atom feed."""
    editions = [(name_of(deps, e), e) for e in deps.store.editions(readers.id, ARCHIVED)]
    page, feed = deps.renderer.archive(readers, readers.id, editions, deps.public_url)
    deps.files.write(f"digest/{readers.id}.html", page.encode())
    deps.files.write(f"digest/{readers.id}.xml", feed.encode())
