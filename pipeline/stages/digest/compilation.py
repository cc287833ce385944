"""What an edition says: the briefs that its readers have not had, why they are there, and the day's health."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.domain.digest import digest_text, heading
from pipeline.domain.edition import Content, Edition, Item, ReaderList, Reason
from pipeline.domain.text import clean
from pipeline.ports import Deps
from pipeline.stages.digest.letter import compose, picture_id

MAIL_BYTES = 95_000  # some mail programs cut the HTML part at 102,400
WEEKS = timedelta(days=27)  # beside the day itself
TERMS = 5


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
    if deps.public_url:
        content = replace(content, archive_url=f"{deps.public_url}/{file_name(deps, edition)}.html")
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
    told = [f"{briefs} brief{'s' if briefs != 1 else ''}"] if briefs else []
    if health.blind:
        told.append("all feeds are failing" if health.feeds_tried else "no feed was read")
    return f"{heading(content)}: {', '.join(told) or 'nothing new'}"


def file_name(deps: Deps, edition: Edition) -> str:
    """Day and list; the first list's name stays out of it."""
    list_ = "" if edition.list_id == deps.readers[0].id else f"-{edition.list_id}"
    return edition.day.isoformat() + list_
