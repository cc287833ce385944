"""The outbox: each committed mail on its way once, and none a second time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pipeline.domain.edition import Delivery, Edition
from pipeline.domain.mailbox import mailbox
from pipeline.domain.state import State
from pipeline.ports import Deps
from pipeline.stages.digest.letter import addressed

STALE = timedelta(minutes=15)  # a mail that has been on its way for longer belongs to a run that died
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=6)
ATTEMPTS = 8


def deliver(deps: Deps) -> Iterator[tuple[Delivery, State, str]]:
    """Send the committed bytes of every mail that is due; one refusal stops nobody else.

    A mail that was surely not taken waits and is tried again; one whose fate is unknown waits for an operator.
    """
    if deps.mailer is None:
        return
    claimed: list[Delivery] = []
    unfit: list[tuple[Delivery, str]] = []
    for sending in deps.mailer.send_all(_claimed(deps, claimed, unfit)):
        yield from _refused(deps, unfit)
        delivery = claimed.pop()
        state, reason, again = sending.state, sending.reason, None
        if state is State.DEFERRED and (sending.ours or delivery.attempts + 1 < ATTEMPTS):
            again = deps.now() + min(FIRST_WAIT * 2**delivery.attempts, LONGEST_WAIT)
        elif state is State.DEFERRED:
            state, reason = State.REFUSED, f"given up after {ATTEMPTS} attempts: {reason}"
        deps.store.close_delivery(delivery, state, reason, again)
        yield delivery, state, reason
    yield from _refused(deps, unfit)


def _claimed(deps: Deps, claimed: list[Delivery], unfit: list[tuple[Delivery, str]]) -> Iterator[tuple[str, bytes]]:
    """Each mail that is due, once this run alone holds it. `claimed` ends with the one on its way.

    `unfit` gets what cannot be addressed, with the reason.
    """
    edition: Edition | None = None
    lists = {readers.id: readers for readers in deps.readers}
    for delivery in deps.store.due_deliveries(deps.now(), deps.now() - STALE):
        if edition is None or (edition.day, edition.list_id) != (delivery.day, delivery.list_id):
            edition = deps.store.edition(delivery.day, delivery.list_id)
        if edition is None:
            continue
        try:
            recipient = mailbox(delivery.mailbox)
            message = addressed(edition.eml, lists.get(delivery.list_id), recipient)
        except ValueError as error:
            if deps.store.claim_delivery(delivery, deps.now()):
                unfit.append((delivery, str(error)))
            continue
        if deps.store.claim_delivery(delivery, deps.now()):
            claimed.append(delivery)
            yield recipient.address, message


def _refused(deps: Deps, unfit: list[tuple[Delivery, str]]) -> Iterator[tuple[Delivery, State, str]]:
    """Settle what cannot be addressed: it stops nobody else."""
    while unfit:
        delivery, reason = unfit.pop()
        deps.store.close_delivery(delivery, State.REFUSED, reason, None)
        yield delivery, State.REFUSED, reason
