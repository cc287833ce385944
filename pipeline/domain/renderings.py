"""A brief for people, without markup languages' libraries: Markdown and plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.domain.brief import Brief, Source
from pipeline.domain.topic import Flag


def coverage(brief: Brief) -> str:
    """What stands under the title: how many independent sources, since when.

    It is a fact of the record and never part of the text.
    """
    independent = len({s.group for s in brief.sources})
    days = sorted(s.published.date().isoformat() for s in brief.sources if s.published)
    since = f", since {days[0]}" if days else ""
    return f"{independent} independent source{'s' if independent != 1 else ''}{since}"


def change_line(numbers: Sequence[int], gone: Sequence[int] = ()) -> str:
    """What marks a brief whose sources changed since; empty for none.

    >>> change_line([2, 3])
    'Changed since this brief was written: sources 2, 3. Read them again.'
    """
    changed = f"Changed since this brief was written: {_listed(numbers)}. Read them again." if numbers else ""
    lost = f"No longer stored: {_listed(gone)}." if gone else ""
    return " ".join(filter(None, (changed, lost)))


def _listed(numbers: Sequence[int]) -> str:
    return f"source{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def revision_line(brief: Brief) -> str:
    """Which revision this is and how many of its sentences are new; empty for a first one."""
    fresh = sum(s.new for s in brief.statements)
    if brief.revision == 1:
        return ""
    return f"Revision {brief.revision}, {fresh} new sentence{'s' if fresh != 1 else ''}"


def closing_line(brief: Brief) -> str:
    """What asks for an analysis where the closing is none."""
    return (
        "The closing only restates what is cited: an analysis is still to be written."
        if brief.closing == "analyst"
        else ""
    )


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
    """The brief with its title above and the numbered sources below, without markup."""
    why = "".join(f"({line})\n" for line in reasons(brief, flags))
    return f"{brief.title}\n({coverage(brief)})\n{why}\n{plain_body(brief)}"


def plain_body(brief: Brief) -> str:
    """Paragraphs and numbered sources."""
    sources = [f"[{s.n}] {source_line(s)}" for s in brief.sources]
    return "\n\n".join(brief.paragraphs) + "\n\nSources\n" + "\n".join(sources) + "\n"


def _escaped(text: str) -> str:
    """Markdown's active characters made plain, so that no source can add a link or an image."""
    for character in "\\`*_<>![]":
        text = text.replace(character, "\\" + character)
    return text
