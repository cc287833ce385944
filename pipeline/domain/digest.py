"""What a digest says in words: the text part of the mail, and the lines that the page shows, too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.domain.edition import Content, Health, Item, Section
from pipeline.domain.renderings import coverage, plain_body


def digest_text(content: Content) -> str:
    """The text part of the digest: every section with its briefs, then the four weeks and the health line."""
    line = "-" * 40 + "\n\n"
    parts = [f"{heading(content)}\n\n"]
    if content.items and content.health.blind:
        parts.append(alarm(content.health) + "\n\n")
    for section, items in content.sections:
        parts.append(f"{section.upper()}\n\n")
        parts += [line + item_text(item) + "\n" for item in items]
    if not content.items:
        parts.append(quiet(content.health) + "\n\n")
    if content.left_out or content.unlisted:
        titles = [f"- {title}" for title in content.left_out]
        parts.append(line + "\n".join([left_out(content), *titles, *unlisted(content)]) + "\n\n")
    parts.append(line + f"{four_weeks(content.per_day)}\n{health_line(content.health)}\n")
    if content.archive_url:
        parts.append(f"This edition as a page: {content.archive_url}\n")
    return "".join(parts)


def heading(content: Content) -> str:
    """The digest's title with its day."""
    return f"{content.readers.title}, {content.day.isoformat()}"


def item_text(item: Item) -> str:
    """One brief of the digest: why it is there and what is new above, the brief and its sources below."""
    about = [f"({coverage(item.brief)})", *countries(item), *flagged(item)]
    notes = about + [f"Since the last edition: {line}" for line in since(item)]
    return "\n".join([item.brief.title, *notes]) + "\n\n" + plain_body(item.brief)


def countries(item: Item) -> list[str]:
    """The countries of the outlets, as one line or none."""
    return [f"Outlets in: {', '.join(item.countries)}"] if item.countries else []


def flagged(item: Item) -> list[str]:
    """Why the story was flagged: a line for each topic."""
    lines = []
    for reason in item.reasons:
        terms = f" ({', '.join(reason.terms)})" if reason.terms else ""
        said = f" for “{reason.sentence}”" if reason.sentence else ""
        lines.append(f"Flagged: {reason.label}, {reason.probability:.0%}{said}{terms}")
    return lines


def since(item: Item) -> list[str]:
    """What is new of a story that readers know; the linter judges the brief itself, so this stands above it."""
    if not item.before:
        return []
    lines = [f"also told by {', '.join(item.new_outlets)}"] if item.new_outlets else []
    lines += ["a source has changed its text"] if item.section is Section.CORRECTED else []
    return lines + [statement.rendered for statement in item.news]


def left_out(content: Content) -> str:
    """What stands above the titles for which a mail has no room."""
    where = "the whole edition is linked below" if content.archive_url else "the edition's page has them"
    return f"{len(content.left_out) + content.unlisted} more briefs did not fit into one mail; {where}:"


def unlisted(content: Content) -> list[str]:
    """What stands below the titles when there was no room for all of them, as one line or none."""
    return [f"and {content.unlisted:,} more"] if content.unlisted else []


def four_weeks(per_day: Sequence[tuple[date, int]]) -> str:
    """The picture of the digest in words.

    >>> four_weeks([(date(2025, 7, 1), 2), (date(2025, 7, 2), 5)])
    'Flagged stories in 2 days to 2025-07-02: 7; most on 2025-07-02 (5), today 5.'
    """
    if not per_day:
        return ""
    total, (top, most) = sum(n for _, n in per_day), max(per_day, key=lambda pair: pair[1])
    peak = f"; most on {top.isoformat()} ({most}), today {per_day[-1][1]}" if most else ""
    return f"Flagged stories in {len(per_day)} days to {per_day[-1][0].isoformat()}: {total}{peak}."


def quiet(health: Health) -> str:
    """What a day without briefs says; feeds that all fail, or are not asked for, are an alarm, not a quiet day."""
    return alarm(health) or f"Nothing crossed the threshold; {health.articles} articles read."


def alarm(health: Health) -> str:
    """What is wrong when no feed was read; empty when one was.

    >>> alarm(Health(feeds=51))
    'Alarm: none of 51 feeds was read since the last digest; fetching did not run.'
    """
    if not health.blind:
        return ""
    why = f"all {health.feeds_tried} that were tried are failing" if health.feeds_tried else "fetching did not run"
    return f"Alarm: none of {health.feeds} feeds was read since the last digest; {why}."


def health_line(health: Health) -> str:
    """The day's work in two sentences."""
    return (
        f"Feeds read: {health.feeds_read} of {health.feeds}, failing: {health.feeds_failing}, "
        f"silent: {health.feeds_silent}. "
        f"Articles read: {health.articles}, flagged: {health.flagged}; "
        f"stories without enough evidence for a brief: {health.withheld}."
    )
