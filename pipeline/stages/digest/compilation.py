"""What an edition says: the briefs that its readers have not had, why they are there, and the day's health."""

from __future__ import annotations

import base64
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.domain.digest import digest_text, heading
from pipeline.domain.edition import Content, Edition, Item, ReaderList, Reason
from pipeline.domain.text import clean, shortened
from pipeline.ports import Deps
from pipeline.stages.digest.letter import compose, picture_id

MAIL_BYTES = 95_000  # some mail programs cut the HTML part at 102,400
WEEKS = timedelta(days=27)  # beside the day itself
TERMS = 5
TITLE = 200  # characters of a title in a mail


def compile_edition(deps: Deps, readers: ReaderList, day: date) -> Edition:
    """Render the edition of `day`: the newest of every brief that this list has not had yet."""
    items, settled = deps.store.pending_items(readers)
    begin = datetime.combine(day, time(), ZoneInfo(readers.zone))
    last = deps.store.last_edition(readers.id) or begin - timedelta(days=1)
    # A clock that was ahead must not leave out the day.
    health = deps.store.health(min(last, begin), [feed.url for feed in deps.feeds if feed.enabled])
    content = Content(
        readers=readers,
        day=day,
        items=tuple(explained(deps, item) for item in items),
        health=health,
        per_day=tuple(deps.store.stories_per_day(day - WEEKS, day, readers.zone)),
    )
    edition = Edition(
        day=day, list_id=readers.id, title=subject(content), html="", text="", eml=b"", briefs=tuple(settled)
    )
    edition = replace(edition, name=file_name(deps, edition))
    if deps.public_url:
        content = replace(content, archive_url=f"{deps.public_url}/{edition.name}.html")
    picture = deps.renderer.picture(content.per_day)
    page = deps.renderer.digest(content, "data:image/png;base64," + base64.b64encode(picture).decode())
    fitting = fit(deps, content, picture_id(edition))
    text = clean(digest_text(fitting))
    eml = compose(edition, readers, deps.now(), text, deps.renderer.mail(fitting, picture_id(edition)), picture)
    return replace(edition, html=page, text=text, eml=eml)


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
    """As many briefs as fit into one mail; the titles of the others are listed, in half of it at most."""

    def size(briefs: int, titles: int) -> int:
        return len(deps.renderer.mail(first(content, briefs, titles), picture).encode())

    briefs = len(content.items)
    titles = most(briefs, lambda n: size(0, n) <= MAIL_BYTES // 2)
    return first(content, most(briefs, lambda n: size(n, titles) <= MAIL_BYTES), titles)


def most(highest: int, holds: Callable[[int], bool]) -> int:
    """The greatest number up to `highest` that holds, where all smaller ones do, too; 0 for none.

    >>> most(10, lambda n: n * n <= 50)
    7
    """
    return bisect_left(range(1, highest + 1), True, key=lambda n: not holds(n))


def first(content: Content, briefs: int, titles: int) -> Content:
    """The content with its first items, in the order of the sections, and some of the titles of the rest."""
    ordered = [_short(item) for _, items in content.sections for item in items]
    rest = tuple(item.brief.title for item in ordered[briefs:])
    return replace(content, items=tuple(ordered[:briefs]), left_out=rest[:titles], unlisted=max(0, len(rest) - titles))


def _short(item: Item) -> Item:
    title = shortened(item.brief.title, TITLE)
    return item if title == item.brief.title else replace(item, brief=replace(item.brief, title=title))


def subject(content: Content) -> str:
    """The subject line: how much there is, or that nothing came, or that something is wrong."""
    briefs, health = len(content.items), content.health
    told = [f"{briefs} brief{'s' if briefs != 1 else ''}"] if briefs else []
    if health.blind:
        told.append("all feeds are failing" if health.feeds_tried else "no feed was read")
    return f"{heading(content)}: {', '.join(told) or 'nothing new'}"


def file_name(deps: Deps, edition: Edition) -> str:
    """Day and list; a single list's id stays out of it."""
    return edition.day.isoformat() + (f"-{edition.list_id}" if len(deps.readers) > 1 else "")
