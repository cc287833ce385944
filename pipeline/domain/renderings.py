"""A brief for people, without markup languages' libraries: Markdown, and the plain text of the mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.domain.brief import Brief, Source
from pipeline.domain.edition import Health
from pipeline.domain.topic import Flag


def coverage(brief: Brief) -> str:
    """What stands under the title: how many independent sources, since when.

    It is a fact of the record and never part of the text.
    """
    independent = len({s.group for s in brief.sources})
    days = sorted(s.published.date().isoformat() for s in brief.sources if s.published)
    since = f", since {days[0]}" if days else ""
    return f"{independent} independent source{'s' if independent != 1 else ''}{since}"


def reasons(brief: Brief, flags: Sequence[Flag]) -> Iterator[str]:
    """Why a brief's articles were flagged: for each topic the surest flag, with its sentence and terms.

    It is a fact of the record and never part of the text.
    """
    of = {s.article_id for s in brief.sources}
    for topic in brief.topics:
        told = [f for f in flags if f.article_id in of and f.topic == topic and f.flagged]
        if told:
            surest = max(told, key=lambda f: f.probability)
            said = f" for “{surest.sentence}”" if surest.sentence else ""
            terms = f" ({', '.join(surest.terms)})" if surest.terms else ""
            yield f"Flagged {topic.replace('_', ' ')}, {surest.probability:.2f}{said}{terms}"


def source_line(source: Source) -> str:
    """Outlet, title, date and link of one source."""
    day = f", {source.published.date().isoformat()}" if source.published else ""
    return f"{source.outlet}: {source.title}{day}. {source.url}"


def markdown(brief: Brief) -> str:
    """The brief with its title above and the numbered sources below."""
    sources = [f"{s.n}. {_escaped(source_line(s))}" for s in brief.sources]
    head = f"# {_escaped(brief.title)}\n\n*{coverage(brief)}*"
    body = "\n\n".join(_escaped(p) for p in brief.paragraphs)
    return f"{head}\n\n{body}\n\n## Sources\n\n" + "\n".join(sources) + "\n"


def plain(brief: Brief, flags: Sequence[Flag] = ()) -> str:
    """The brief as it stands in the mail's text part."""
    sources = [f"[{s.n}] {source_line(s)}" for s in brief.sources]
    body = "\n\n".join(brief.paragraphs)
    why = "".join(f"({line})\n" for line in reasons(brief, flags))
    return f"{brief.title}\n({coverage(brief)})\n{why}\n{body}\n\nSources\n" + "\n".join(sources) + "\n"


def digest_text(title: str, day: date, briefs: Sequence[Brief], health: Health, flags: Sequence[Flag] = ()) -> str:
    """The text part of the digest: every brief, then the health line."""
    head = f"{title}, {day.isoformat()}\n"
    parts = [plain(b, flags) for b in briefs] or [quiet(health) + "\n"]
    line = "\n" + "-" * 40 + "\n\n"
    return head + line + line.join(parts) + line + health_line(health) + "\n"


def quiet(health: Health) -> str:
    """What a day without briefs says; feeds that all fail are an alarm, not a quiet day."""
    if health.feeds_failing and not health.feeds_read:
        return f"Alarm: all {health.feeds_failing} feeds are failing, so nothing could be read."
    return f"Nothing crossed the threshold; {health.articles} articles read."


def health_line(health: Health) -> str:
    """The day's work in two sentences."""
    return (
        f"Feeds read: {health.feeds_read}, failing: {health.feeds_failing}. Articles read: {health.articles}, "
        f"flagged: {health.flagged}; stories without enough evidence for a brief: {health.withheld}."
    )


def _escaped(text: str) -> str:
    """Markdown's active characters made plain, so that no source can add a link or an image."""
    for character in "\\`*_<>![]":
        text = text.replace(character, "\\" + character)
    return text
